"""Reminders as a Django app."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Reminders: who is told by mail what is due, once."""

    name = "palermo.plan.reminders"
