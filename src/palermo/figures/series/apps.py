"""Series as a Django app."""

from django.apps import AppConfig


class SeriesConfig(AppConfig):
    """Defined numbers over time, their values, sources and revisions."""

    name = "palermo.figures.series"
