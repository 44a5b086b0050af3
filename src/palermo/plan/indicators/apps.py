"""Indicators as a Django app."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The series that show whether a deliverable or a section of a plan is reached."""

    name = "palermo.plan.indicators"

    def ready(self) -> None:
        """Tell figures what their series serve: figures know nothing of plans."""
        from palermo.figures.series import serving
        from palermo.plan.indicators.queries import places_served

        serving.register(places_served)
