"""Desks, and for whom what is told there is sealed."""

from __future__ import annotations

from django.db.models import QuerySet

from palermo.people.models import Role
from palermo.people.policies import Viewer, holding
from palermo.prosecution.tips.models import Desk, DeskKey


def public_desk(_viewer: Viewer) -> Desk | None:
    """The desk that the public tells; None where there is none yet, or nobody there has a key."""
    desk = Desk.objects.filter(is_public=True).first()
    return desk if desk and readers(_viewer, desk).exists() else None


def readers(_viewer: Viewer, desk: Desk) -> QuerySet[DeskKey]:
    """The keys that everything which comes to a desk is sealed to. Whoever writes to it has to know them."""
    return DeskKey.objects.filter(desk=desk, confirmed_at__isnull=False, retired_at__isnull=True)


def my_desks(viewer: Viewer) -> QuerySet[Desk]:
    """The desks of which the viewer is a member today."""
    return Desk.objects.filter(organisation__in=holding(viewer, Role.DESK_MEMBER).values("organisation"))


def my_key(viewer: Viewer, desk: Desk) -> DeskKey | None:
    """The viewer's own key at a desk."""
    found = DeskKey.objects.filter(desk=desk, user__in=[viewer.pk] if viewer.pk else [], retired_at__isnull=True)
    return found.prefetch_related("locks").first()
