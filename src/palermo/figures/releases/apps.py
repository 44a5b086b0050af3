"""The room of releases."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Tables that are protected, attacked, approved by a second person and frozen."""

    name = "palermo.figures.releases"
    label = "releases"
