"""The history of deliverables as a Django app."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Pages and files; what they tell of is stored elsewhere."""

    name = "palermo.plan.trail"
