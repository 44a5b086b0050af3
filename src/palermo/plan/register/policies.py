"""Who may see and change what in the register."""

from __future__ import annotations

from palermo.people.models import Organisation
from palermo.people.policies import Viewer, is_command_line, is_coordinator
from palermo.plan.register.models import Plan


def may_make_plan(viewer: Viewer, owner: Organisation) -> bool:
    """Coordinators of the organisation that is to own the plan, and the command line."""
    return is_coordinator(viewer, owner) or is_command_line(viewer)


def may_change_plan(viewer: Viewer, plan: Plan) -> bool:
    """Coordinators of the organisation that owns the plan, and the command line."""
    return may_make_plan(viewer, plan.owner)

