"""The register as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Plans, sections, deliverables and what is known of them."""

    name = "palermo.plan.register"
    label = "register"

    def ready(self) -> None:
        """Tell people's room whom coordinators coordinate, and the house what can be counted here."""
        from palermo.people import oversight
        from palermo.plan.register.measures import register_all
        from palermo.plan.register.policies import organisations_in_own_plans

        oversight.register(organisations_in_own_plans)
        register_all()
