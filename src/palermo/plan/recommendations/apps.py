"""Recommendations as a Django app."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Recommendations from outside, and the deliverables that answer them."""

    name = "palermo.plan.recommendations"

    def ready(self) -> None:
        """Tell the house what can be counted of recommendations."""
        from palermo.figures.measures import register
        from palermo.plan.recommendations.measures import MEASURES

        for measure in MEASURES:
            register(measure)
