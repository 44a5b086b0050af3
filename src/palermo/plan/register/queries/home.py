"""The home page: one plan at a glance, and all the others by name."""

from __future__ import annotations

from dataclasses import dataclass

from palermo.people.policies import Viewer
from palermo.plan.register.queries.changes import Changes, changes_at_a_glance
from palermo.plan.register.queries.overview import Overview, overview
from palermo.plan.register.queries.plan_at import PlanAt, plan_for_home, plans_at


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the home page tells; `shown` is None while there is no plan at all."""

    plans: tuple[PlanAt, ...]
    shown: Overview | None
    changes: Changes | None


def home_page(viewer: Viewer) -> HomePage:
    """The plan at a glance, what changed in it, and every plan of the register."""
    plans = tuple(plans_at(viewer))
    at = plan_for_home(viewer, plans)
    if at is None:
        return HomePage(plans, None, None)
    return HomePage(plans, overview(viewer, at), changes_at_a_glance(viewer, at))
