"""The foundation as a Django app: it brings template tags and no tables."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Template tags for text in two languages, money and numbers."""

    name = "palermo.foundation"
