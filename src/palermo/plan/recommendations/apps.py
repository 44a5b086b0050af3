"""Recommendations as a Django app."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Recommendations from outside, and the deliverables that answer them."""

    name = "palermo.plan.recommendations"
