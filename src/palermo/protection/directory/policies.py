"""Who may keep the directory, and who sees more of it than everybody."""

from __future__ import annotations

from django.utils import timezone

from palermo.people.models import Role
from palermo.people.policies import Viewer, holding, is_command_line, is_coordinator
from palermo.protection.directory.models import ProviderLink


def may_keep(viewer: Viewer) -> bool:
    """Whether the viewer may take entries in and change them: coordinators, and whoever runs commands."""
    return is_command_line(viewer) or is_coordinator(viewer)


def may_refer(viewer: Viewer) -> bool:
    """Whether the viewer works with people who need help: front-line workers, and coordinators."""
    return may_keep(viewer) or holding(viewer, Role.WORKER).exists()


def is_good(link: ProviderLink) -> bool:
    """Whether a provider's link opens anything today."""
    return link.withdrawn_at is None and link.expires_at > timezone.now()
