"""The report room as a Django app."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    """See the package's docstring."""

    name = "palermo.plan.report"
    label = "report"
