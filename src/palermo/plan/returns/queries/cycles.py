"""Periods that are gathered: which there are, who would owe what, what closing would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from palermo.foundation.periods import Period as Span
from palermo.people.models import Membership, Organisation, Role
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.models import Deliverable, Plan
from palermo.plan.register.queries.plans import plans_to_change
from palermo.plan.returns.actions.cycles import leads_on
from palermo.plan.returns.models import Cycle, Return
from palermo.plan.returns.policies import WRITERS
from palermo.plan.returns.vocabulary import State

WAITING_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PlanCycles:
    """A plan that the viewer coordinates, with its gathered periods, the newest first."""

    plan: Plan
    cycles: tuple[Cycle, ...]


def own_cycles(viewer: Viewer) -> list[PlanCycles]:
    """Every plan that the viewer coordinates with what is gathered of it."""
    plans = list(plans_to_change(viewer))
    found: dict[int, list[Cycle]] = defaultdict(list)
    for cycle in Cycle.objects.filter(period__plan__in=plans).select_related("period").order_by("-period__starts_on"):
        found[cycle.period.plan_id].append(cycle)
    return [PlanCycles(plan, tuple(found[plan.pk])) for plan in plans]


def cycle_or_none(viewer: Viewer, plan_code: str, period_code: str) -> Cycle | None:
    """The gathering of one period of a plan, or None. Whether the viewer may see it is for the policies."""
    related = ("period__plan__owner", "opened_by", "closed_by")
    found = Cycle.objects.filter(period__plan__code=plan_code).select_related(*related)
    return next((cycle for cycle in found if cycle.period.code == period_code), None)


@dataclass(frozen=True, slots=True)
class Owes:
    """What one organisation would owe, and whether anybody could be asked."""

    organisation: Organisation
    count: int
    writers: tuple[str, ...]
    has_clearing_officer: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would owe what if the period were opened today."""

    owes: tuple[Owes, ...]
    without_lead: tuple[Deliverable, ...]
    total: int


def preview(viewer: Viewer, plan: Plan) -> Preview:
    """Work out who owes what from the responsibilities of today, in a fixed number of queries."""
    owed = leads_on(plan, timezone.localdate())
    counts: dict[int, int] = defaultdict(int)
    for _deliverable, organisation in owed:
        counts[organisation] += 1
    staff = staff_of(list(counts))
    found = organisations(viewer).filter(pk__in=counts).order_by("code")
    led = {deliverable for deliverable, _organisation in owed}
    return Preview(
        owes=tuple(
            Owes(
                one,
                counts[one.pk],
                tuple(staff.writers.get(one.pk, ())),
                one.pk in staff.with_clearing_officer,
            )
            for one in found
        ),
        without_lead=tuple(Deliverable.objects.filter(plan=plan).exclude(pk__in=led).order_by("position")),
        total=len(owed),
    )


@dataclass(frozen=True, slots=True)
class Staff:
    """Who writes for each organisation, by name, and which ones have somebody who clears."""

    writers: dict[int, list[str]]
    with_clearing_officer: set[int]


def staff_of(keys: Sequence[int]) -> Staff:
    """The people of these organisations today, in one query."""
    today = timezone.localdate()
    held = Membership.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=today),
        organisation__in=keys,
        from_date__lte=today,
        user__is_active=True,
        role__in=[*WRITERS, Role.CLEARING_OFFICER],
    ).order_by("-role", "user__name")
    staff = Staff(defaultdict(list), set())
    for organisation, role, name in held.values_list("organisation", "role", "user__name"):
        if role == Role.CLEARING_OFFICER:
            staff.with_clearing_officer.add(organisation)
        else:
            staff.writers[organisation].append(name)
    return staff


def next_span(plan: Plan) -> Span:
    """The period after the newest one, as long as it; or the fiscal year that ended last."""
    newest = plan.periods.order_by("-starts_on").first()
    if newest:
        starts_on = newest.ends_on + timedelta(days=1)
        return Span(starts_on, _a_year_from(starts_on) - timedelta(days=1))
    today = timezone.localdate()
    year = today.year - 1 if today >= date(today.year, 4, 1) else today.year - 2
    return Span(date(year, 4, 1), date(year + 1, 3, 31))


def _a_year_from(day: date) -> date:
    # 29 February has no anniversary in most years; the period then begins on 1 March.
    return date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing would do now."""

    accepted: int
    waiting: int
    """Cleared, and neither accepted nor sent back: the coordinator owes an answer."""
    first_waiting: tuple[Return, ...]
    """As many of them as are named on the page."""
    never_came: tuple[tuple[Organisation, int], ...]


def closing(viewer: Viewer, cycle: Cycle) -> Closing:
    """What would be carried into the register, what waits for an answer, and who would be named."""
    states = list(cycle.returns.values_list("organisation", "state"))
    missed: dict[int, int] = defaultdict(int)
    for organisation, state in states:
        if state not in {State.ACCEPTED, State.CLEARED}:
            missed[organisation] += 1
    waiting = cycle.returns.filter(state=State.CLEARED).select_related("deliverable", "organisation")
    named = organisations(viewer).filter(pk__in=missed).order_by("code")
    return Closing(
        accepted=sum(state == State.ACCEPTED for _organisation, state in states),
        waiting=sum(state == State.CLEARED for _organisation, state in states),
        first_waiting=tuple(waiting.prefetch_related("organisation__names")[:WAITING_SHOWN]),
        never_came=tuple((one, missed[one.pk]) for one in named),
    )
