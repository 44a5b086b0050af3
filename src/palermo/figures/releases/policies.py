"""Who may prepare, approve and read releases, and decide rules."""

from __future__ import annotations

from django.db.models import QuerySet

from palermo.figures.releases.models import Release
from palermo.figures.releases.vocabulary import OPEN, State
from palermo.people.models import Organisation, Role, User
from palermo.people.policies import Viewer, holding, holds, is_command_line

PREPARERS = (Role.ANALYST, Role.COORDINATOR)
"""Roles that prepare and approve what is published of the records of their own organisation."""


def may_prepare_for(viewer: Viewer, owner: Organisation | int) -> bool:
    """Prepare releases, decide rules and name populations of an organisation: its analysts and coordinators."""
    return is_command_line(viewer) or holds(viewer, owner, *PREPARERS)


def may_change(viewer: Viewer, release: Release) -> bool:
    """Change a release: those who may prepare it, until it is submitted."""
    return release.state in OPEN and may_prepare_for(viewer, release.owner_id)


def may_decide(viewer: Viewer, release: Release) -> bool:
    """Approve or reject it: a second person, who had no hand in preparing it. No command approves anything."""
    if release.state != State.SUBMITTED or not isinstance(viewer, User) or is_command_line(viewer):
        return False
    if viewer.pk in {release.prepared_by_id, release.submitted_by_id}:
        return False
    return holds(viewer, release.owner_id, *PREPARERS) and not release.hands.filter(pk=viewer.pk).exists()


def may_see(viewer: Viewer, release: Release) -> bool:
    """See a release and what is lost in it before it is published: the same people."""
    return may_prepare_for(viewer, release.owner_id)


def may_erase(viewer: Viewer, release: Release) -> bool:
    """Erase its records before their day: whoever may prepare it, in any state."""
    return may_prepare_for(viewer, release.owner_id)


def organisations_to_prepare_for(viewer: Viewer) -> QuerySet[Organisation]:
    """The organisations for which the viewer prepares releases, by code."""
    if is_command_line(viewer):
        return Organisation.objects.prefetch_related("names").order_by("code")
    own = holding(viewer, *PREPARERS).values("organisation")
    return Organisation.objects.filter(pk__in=own).prefetch_related("names").order_by("code")
