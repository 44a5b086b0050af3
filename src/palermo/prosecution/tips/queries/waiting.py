"""What waits at desks: tips that somebody has to look at, and tips that are going to be erased."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from palermo.people.models import Membership, Role, User
from palermo.people.policies import Viewer, held_today, is_command_line
from palermo.prosecution.tips.keeping import due as is_due
from palermo.prosecution.tips.keeping import due_day, erased_soon
from palermo.prosecution.tips.models import Desk, DeskReminder, State, Tip
from palermo.prosecution.tips.policies import is_member
from palermo.prosecution.tips.reminding import Told, Waiting, is_to_be_told, together

SHOWN = {"due", "erasing", "open", "closed"}
"""What a list can be narrowed to."""


@dataclass(frozen=True)
class Counts:
    """How many tips wait for what at a desk."""

    due: int
    erasing: int


def due(viewer: Viewer, desk: Desk, day: date) -> QuerySet[Tip]:
    """The tips of a desk that somebody has to look at by a day, or had to before."""
    return Tip.objects.filter(is_due(day), desk=desk) if is_member(viewer, desk) else Tip.objects.none()


def counts(viewer: Viewer, desk: Desk, day: date) -> Counts:
    """How many tips of a desk wait for what. One query."""
    if not is_member(viewer, desk):
        return Counts(0, 0)
    found = Tip.objects.filter(desk=desk).order_by()
    return Counts(**found.aggregate(due=Count("pk", filter=is_due(day)), erasing=Count("pk", filter=erased_soon(day))))


def narrowed(show: str, day: date) -> Q:
    """The condition for what a list is narrowed to; none for anything that it cannot be."""
    states = {"open": (State.NEW, State.OPEN), "closed": (State.CLOSED, State.ERASED)}
    if show in states:
        return Q(state__in=states[show])
    return {"due": is_due, "erasing": erased_soon}.get(show, lambda _day: Q())(day)


def to_tell(viewer: Viewer, day: date) -> list[tuple[User, Waiting]]:
    """Who is to be reminded on a day, and of how much. Five queries, whatever the size."""
    if not is_command_line(viewer):
        return []
    waiting = _at_desks(day)
    theirs: dict[int, list[Waiting]] = defaultdict(list)
    for user, desk in _memberships():
        if desk in waiting:
            theirs[user].append(waiting[desk])
    newest = DeskReminder.objects.filter(user=OuterRef("user")).order_by("-day")
    last = {
        one.user_id: Told(one.day, one.new) for one in DeskReminder.objects.filter(pk=Subquery(newest.values("pk")[:1]))
    }
    told = {user: together(several) for user, several in theirs.items()}
    told = {user: one for user, one in told.items() if is_to_be_told(one, last.get(user), day)}
    people = User.objects.filter(pk__in=list(told)).order_by("pk")
    return [(user, told[user.pk]) for user in people]


def _at_desks(day: date) -> dict[int, Waiting]:
    """What waits at each desk at which something does."""
    parts: dict[int, list[Waiting]] = defaultdict(list)
    columns = ("desk_id", "state", "urgency", "hour", "due_on")
    for one in Tip.objects.filter(is_due(day)).only(*columns).order_by().iterator():
        parts[one.desk_id].append(Waiting(due=1, newest=due_day(one), new=1, is_pressing=one.urgency == "now"))
    soon = Tip.objects.filter(erased_soon(day)).order_by()
    for desk, warned_on in soon.values_list("desk_id", "warned_on").iterator():
        parts[desk].append(Waiting(erasing=1, newest=warned_on or day, new=1))
    return {desk: together(several) for desk, several in parts.items()}


def _memberships() -> set[tuple[int, int]]:
    """Each member of today, beside each of their desks."""
    desks: dict[int, list[int]] = defaultdict(list)
    for pk, organisation in Desk.objects.order_by().values_list("pk", "organisation_id"):
        desks[organisation].append(pk)
    held = held_today(Membership.objects.filter(role=Role.DESK_MEMBER, organisation__in=list(desks)))
    return {(user, desk) for user, at in held.values_list("user_id", "organisation_id") for desk in desks[at]}
