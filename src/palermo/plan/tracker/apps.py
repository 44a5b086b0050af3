"""The export of the tracker as a Django app."""

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    """A page and two files; what they tell of is stored in the register."""

    name = "palermo.plan.tracker"
