"""Desks, and for whom what is told there is sealed."""

from __future__ import annotations

from django.db.models import QuerySet

from palermo.people.models import Membership, Role
from palermo.people.policies import Viewer, held_today, holding
from palermo.prosecution.tips.models import Desk, DeskKey


def public_desk(_viewer: Viewer) -> Desk | None:
    """The desk that the public tells; None where there is none yet, or nobody there can read today."""
    desk = Desk.objects.filter(is_public=True).first()
    return desk if desk and at_work(desk).exists() else None


def at_work(desk: Desk) -> QuerySet[DeskKey]:
    """The confirmed keys of those who are members of a desk today: with these, something can be done there.

    Whoever is no member any more reads nothing, although new messages are sealed to their key until it is retired.
    """
    confirmed = DeskKey.objects.filter(desk=desk, confirmed_at__isnull=False, retired_at__isnull=True)
    return confirmed.filter(user__in=members(desk).values("user"))


def members(desk: Desk) -> QuerySet[Membership]:
    """By what people are members of a desk today."""
    return held_today(Membership.objects.filter(organisation=desk.organisation_id, role=Role.DESK_MEMBER))


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
