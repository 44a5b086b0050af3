"""The audit trail as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """One append-only table and the head of its chain."""

    name = "palermo.audit"
