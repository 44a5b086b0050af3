"""Returns as a Django app."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Periods that are gathered, returns, the evidence in them and the steps they take."""

    name = "palermo.plan.returns"

    def ready(self) -> None:
        """Tell the house what can be counted of returns."""
        from palermo.figures.measures import register
        from palermo.plan.returns.measures import MEASURES

        for measure in MEASURES:
            register(measure)
