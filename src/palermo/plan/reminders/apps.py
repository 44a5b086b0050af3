"""Reminders as a Django app."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Reminders: who is told by mail what is due, once."""

    name = "palermo.plan.reminders"

    def ready(self) -> None:
        """Tell the house what can be counted of reminders."""
        from palermo.figures.measures import register
        from palermo.plan.reminders.measures import MEASURES

        for measure in MEASURES:
            register(measure)
