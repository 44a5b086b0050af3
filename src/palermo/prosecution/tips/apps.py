"""The room of tips."""

from django.apps import AppConfig


class TipsConfig(AppConfig):
    """What the public tells, sealed for those it is meant for, and the desks that read it."""

    name = "palermo.prosecution.tips"
    label = "tips"
