"""What the pages of reminders show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from palermo.people.models import Organisation, User
from palermo.people.policies import Viewer
from palermo.plan.reminders.mails import Group, groups, groups_of_each
from palermo.plan.reminders.models import Digest
from palermo.plan.reminders.planning import out_of_reach, planned_ahead
from palermo.plan.reminders.policies import of_own_plans
from palermo.plan.reminders.queries.rows import own_cycles, rows

SHOWN = 50
"""So many people a preview lists; the others are counted."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What will go out on a day, as far as it is about the viewer's plans."""

    day: date
    people: list[tuple[User, list[Group]]]
    count: int
    """How many people get a digest."""
    returns: int
    unreached: list[Organisation]
    """Organisations in which a return waits and nobody can be reminded."""


def ahead(viewer: Viewer, day: date) -> Ahead:
    """What will go out on `day`, today or later, if nothing else happens until then."""
    own, found = own_cycles(viewer), rows(date.today())
    plan = planned_ahead(found, date.today(), day)
    mine = {person: [due for due in dues if due.cycle in own] for person, dues in plan.items()}
    mine = {person: dues for person, dues in mine.items() if dues}
    users = list(User.objects.filter(pk__in=list(mine)).order_by("name", "pk")[:SHOWN])
    told = groups_of_each({user.pk: mine[user.pk] for user in users})
    lost = {each.organisation for each in out_of_reach(found) if each.cycle in own}
    return Ahead(
        day=day,
        people=[(user, told[user.pk]) for user in users],
        count=len(mine),
        returns=sum(len(dues) for dues in mine.values()),
        unreached=list(Organisation.objects.filter(pk__in=lost).prefetch_related("names")),
    )


def own_groups(viewer: User) -> list[Group]:
    """What the viewer will be told of next, if that is today."""
    found = rows(date.today())
    return groups(planned_ahead(found, date.today(), date.today()).get(viewer.pk, []))


def own_digests(viewer: User) -> QuerySet[Digest]:
    """What was sent to the viewer, newest first."""
    return (
        Digest.objects.filter(person=viewer, sent_at__isnull=False)
        .annotate(count=Count("items"))
        .order_by("-day", "-pk")
    )


def digests(viewer: Viewer) -> QuerySet[Digest]:
    """Every digest in which there is something of the viewer's plans, with how much; newest first."""
    mine = of_own_plans(viewer, "items__of__cycle__period__plan")
    return Digest.objects.filter(mine).select_related("person").annotate(count=Count("items")).order_by("-day", "-pk")


def failed(viewer: Viewer) -> QuerySet[Digest]:
    """Those of them that could not be sent yet."""
    return digests(viewer).filter(Q(sent_at__isnull=True) & ~Q(last_error=""))
