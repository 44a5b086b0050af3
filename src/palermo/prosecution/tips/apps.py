"""The room of tips."""

from django.apps import AppConfig


class TipsConfig(AppConfig):
    """What the public tells, sealed for those it is meant for, and the desks that read it."""

    name = "palermo.prosecution.tips"
    label = "tips"

    def ready(self) -> None:
        """Tell the house what can be counted of tips."""
        from palermo.figures.measures import register
        from palermo.prosecution.tips.measures import MEASURES

        for measure in MEASURES:
            register(measure)
