"""What the register can count: the same functions that its pages and the annual report take their numbers from."""

from __future__ import annotations

from palermo.figures.measures import register
from palermo.plan.register.measures import deliverables, given, parts, promises


def register_all() -> None:
    """Tell the house of them, when the app begins."""
    for measure in (*deliverables.MEASURES, *parts.MEASURES, *promises.MEASURES, *given.MEASURES):
        register(measure)
