"""Who may read tips: the members of the desk that has them, and nobody else, whatever their role."""

from __future__ import annotations

from palermo.people.models import Role
from palermo.people.policies import Viewer, holds, is_command_line
from palermo.prosecution.tips.models import Desk


def is_member(viewer: Viewer, desk: Desk) -> bool:
    """Whether the viewer is a member of a desk today."""
    return holds(viewer, desk.organisation_id, Role.DESK_MEMBER)


def may_set_up(viewer: Viewer, desk: Desk) -> bool:
    """Whether the viewer may say which desk the public tells: whoever coordinates for its organization."""
    return is_command_line(viewer) or holds(viewer, desk.organisation_id, Role.COORDINATOR)
