"""Returns as a Django app."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Periods that are gathered, returns, the evidence in them and the steps they take."""

    name = "palermo.plan.returns"
