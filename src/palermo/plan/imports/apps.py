"""The imports room as a Django app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """See the package's docstring."""

    name = "palermo.plan.imports"
    label = "imports"
