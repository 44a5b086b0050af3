"""Plans that follow as a Django app."""

from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    """What was said not to be the same promise. Lineage itself is in the register, where the public reads it."""

    name = "palermo.plan.succession"
