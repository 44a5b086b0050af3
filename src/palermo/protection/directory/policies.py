"""Who may keep the directory."""

from __future__ import annotations

from palermo.people.policies import Viewer, is_command_line, is_coordinator


def may_keep(viewer: Viewer) -> bool:
    """Whether the viewer may take entries in and change them: coordinators, and whoever runs commands."""
    return is_command_line(viewer) or is_coordinator(viewer)
