"""The register as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Plans, sections, deliverables and what is known of them."""

    name = "palermo.plan.register"
    label = "register"
