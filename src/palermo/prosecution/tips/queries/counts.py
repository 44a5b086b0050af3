"""How many tips came, by what is known of each without a key."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.timezone import get_default_timezone

from palermo.people.models import Role
from palermo.people.policies import Viewer, holding
from palermo.prosecution.tips.models import Channel, Tip


class Row(NamedTuple):
    """How many tips are alike in all of this."""

    month: date
    """Its first day."""
    channel: str
    form: str
    place: str
    state: str
    outcome: str
    """Given when it was closed, or proposed."""
    tips: int


def counted_tips(viewer: Viewer) -> QuerySet[Tip]:
    """The tips that the viewer may count: as a member of their desk, or coordinating for its organization.

    Erased ones are among them, since what they were filed under stays. What was handed on is counted where it came
    first, and not once more.
    """
    own = holding(viewer, Role.DESK_MEMBER, Role.COORDINATOR).values("organisation")
    return Tip.objects.filter(desk__organisation__in=own).exclude(channel=Channel.HANDED)


def by_kind(viewer: Viewer, first: date, last: date) -> list[Row]:
    """How many tips came from one day to another, both included, in the time of the site. One query."""
    zone = get_default_timezone()
    within = Q()
    if first > date.min:
        within &= Q(hour__gte=datetime.combine(first, time.min, zone))
    if last < date.max:
        within &= Q(hour__lt=datetime.combine(last + timedelta(days=1), time.min, zone))
    rows = (
        counted_tips(viewer)
        .filter(within)
        .order_by()
        .annotate(month=TruncMonth("hour", tzinfo=zone))
        .values_list("month", "channel", "form", "place", "state", "outcome")
        .annotate(tips=Count("pk"))
    )
    return [Row(month.date(), *rest) for month, *rest in rows]


def first_month(_viewer: Viewer) -> date | None:
    """The first day of the month in which the first tip of the site came: before it, no tip could be counted."""
    first = Tip.objects.order_by().aggregate(first=Min("hour"))["first"]
    return first.astimezone(get_default_timezone()).date().replace(day=1) if first else None
