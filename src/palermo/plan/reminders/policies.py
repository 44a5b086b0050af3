"""Who may see and send reminders."""

from __future__ import annotations

from django.db.models import Q

from palermo.people.models import Role
from palermo.people.policies import Viewer, holding, is_command_line


def may_send(viewer: Viewer) -> bool:
    """Coordinators, for what their plans wait for, and the command line, for all of it."""
    return is_command_line(viewer) or holding(viewer, Role.COORDINATOR).exists()


def of_own_plans(viewer: Viewer, plan: str) -> Q:
    """The condition that the plan at the path `plan` is one that the viewer coordinates."""
    if is_command_line(viewer):
        return Q()
    return Q(**{f"{plan}__owner__in": holding(viewer, Role.COORDINATOR).values("organisation")})
