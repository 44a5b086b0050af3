"""The rows that planning looks at, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Max, Q
from django.utils.timezone import get_current_timezone

from palermo.people.models import MailRhythm, Membership, Role, User
from palermo.people.policies import Viewer
from palermo.plan.register.vocabulary import Gathering
from palermo.plan.reminders.models import DigestItem
from palermo.plan.reminders.planning import Gathered, Owed, Person, Rows, Task
from palermo.plan.reminders.policies import of_own_plans
from palermo.plan.returns.models import Cycle, Return
from palermo.plan.returns.vocabulary import State

WAITS_FOR = {
    State.DRAFT.value: Task.WRITE,
    State.RETURNED.value: Task.WRITE,
    State.SUBMITTED.value: Task.CLEAR,
    State.CLEARED.value: Task.ACCEPT,
}
"""What a return in each state waits for; in the others it waits for nobody."""

DOES = {
    Role.FOCAL_POINT.value: Task.WRITE,
    Role.ALTERNATE.value: Task.WRITE,
    Role.CLEARING_OFFICER.value: Task.CLEAR,
    Role.COORDINATOR.value: Task.ACCEPT,
}
"""What each role does in its organisation, or over the plans that its organisation owns."""


def rows(day: date) -> Rows:
    """Everything that is being gathered and everybody with a role on `day`. Five queries, whatever the size."""
    found = Cycle.objects.filter(period__gathering=Gathering.OPEN).values_list(
        "pk", "due_on", "reminder_days", "period__plan__owner_id"
    )
    cycles = {pk: Gathered(pk, due_on, tuple(distances), owner) for pk, due_on, distances, owner in found}
    doers = _doers(day)
    people = _people({person for each in doers.values() for person in each})
    return Rows(cycles, _returns(cycles), people, doers, _told(cycles))


def own_cycles(viewer: Viewer) -> set[int]:
    """The open periods of the plans that the viewer coordinates; all of them for the command line."""
    open_now = Cycle.objects.filter(of_own_plans(viewer, "period__plan"), period__gathering=Gathering.OPEN)
    return set(open_now.values_list("pk", flat=True))


def _returns(cycles: dict[int, Gathered]) -> tuple[Owed, ...]:
    found = (
        Return.objects.filter(cycle__in=list(cycles), state__in=list(WAITS_FOR))
        .order_by("cycle", "deliverable__position", "pk")
        .values_list("pk", "cycle_id", "organisation_id", "holder_id", "state", "state_since")
    )
    here = get_current_timezone()
    return tuple(
        Owed(pk, cycle, organisation, holder, WAITS_FOR[state], since.astimezone(here).date())
        for pk, cycle, organisation, holder, state, since in found.iterator()
    )


def _doers(day: date) -> dict[tuple[int, Task], tuple[int, ...]]:
    """Who does what for which organisation; a focal point who is the alternate as well counts once."""
    held = (
        Membership.objects.filter(
            Q(to_date__isnull=True) | Q(to_date__gte=day), from_date__lte=day, role__in=list(DOES), user__is_active=True
        )
        .order_by("pk")
        .values_list("organisation_id", "role", "user_id")
    )
    found: dict[tuple[int, Task], dict[int, None]] = defaultdict(dict)
    for organisation, role, user in held:
        found[organisation, DOES[role]][user] = None
    return {key: tuple(each) for key, each in found.items()}


def _people(numbers: set[int]) -> dict[int, Person]:
    found = User.objects.filter(is_active=True).annotate(last=Max("digests__day", filter=_SENT))
    return {
        pk: Person(pk, rhythm == MailRhythm.WEEKLY, last)
        for pk, rhythm, last in found.values_list("pk", "mail_rhythm", "last")
        if pk in numbers
    }


_SENT = Q(digests__sent_at__isnull=False)


def _told(cycles: dict[int, Gathered]) -> dict[tuple[int, int, date], int]:
    sent = DigestItem.objects.filter(digest__sent_at__isnull=False, of__cycle__in=list(cycles)).order_by()
    found = sent.values_list("person_id", "of_id", "due_on").annotate(Max("distance"))
    return {(person, of, due_on): distance for person, of, due_on, distance in found.iterator()}
