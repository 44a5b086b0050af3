"""Which days matter: when promises fall due, and when a person's returns do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from palermo.people.models import Organisation, Role
from palermo.people.policies import Viewer, holding
from palermo.people.queries import organisations
from palermo.plan.register.models import Deliverable, DueDate, Plan
from palermo.plan.register.vocabulary import Gathering
from palermo.plan.returns.models import Cycle, Return
from palermo.plan.returns.policies import OF_THE_ORGANISATION
from palermo.plan.returns.vocabulary import State

STILL_OWED = (State.DRAFT, State.RETURNED, State.SUBMITTED)
"""Where a return is still with its organisation."""


def due_dates(viewer: Viewer, plan: Plan) -> QuerySet[DueDate]:
    """The date that stands for each promise of a plan that has one: the newest revision. Public, as the plan is."""
    newest = DueDate.objects.filter(deliverable=OuterRef("pk")).order_by("-revision").values("pk")[:1]
    standing = Deliverable.objects.filter(plan=plan).order_by().annotate(newest=Subquery(newest)).values("newest")
    return DueDate.objects.filter(pk__in=standing).select_related("deliverable").order_by("due_on", "deliverable")


@dataclass(frozen=True, slots=True)
class OwedDay:
    """By when an organisation owes how many returns of one period, or by when a coordinator awaits them."""

    cycle: Cycle
    organisation: Organisation | None
    """None for whoever coordinates the plan: all organisations together."""
    count: int


def owed_days(viewer: Viewer) -> list[OwedDay]:
    """What the viewer's organisations still owe, and what the viewer awaits; each open period once per organisation."""
    still = Return.objects.filter(state__in=STILL_OWED, cycle__period__gathering=Gathering.OPEN).order_by()
    own = still.filter(organisation__in=holding(viewer, *OF_THE_ORGANISATION).values("organisation"))
    counted = own.values("cycle", "organisation").annotate(n=Count("pk"))
    counts = {(cycle, organisation): n for cycle, organisation, n in counted.values_list("cycle", "organisation", "n")}
    coordinated = Q(period__plan__owner__in=holding(viewer, Role.COORDINATOR).values("organisation"))
    wanted = Q(pk__in=[cycle for cycle, _organisation in counts]) | coordinated
    found = Cycle.objects.filter(wanted, period__gathering=Gathering.OPEN).select_related("period__plan")
    cycles = {one.pk: one for one in found.annotate(is_own=coordinated)}
    awaited = Counter(
        still.filter(cycle__in=[pk for pk, one in cycles.items() if one.is_own]).values_list("cycle", flat=True)
    )
    named = organisations(viewer).in_bulk([organisation for _cycle, organisation in counts])
    days = [OwedDay(cycles[cycle], named[organisation], n) for (cycle, organisation), n in counts.items()]
    days += [OwedDay(cycles[cycle], None, n) for cycle, n in awaited.items()]
    return sorted(
        days, key=lambda day: (day.cycle.due_on, day.cycle.pk, day.organisation.code if day.organisation else "")
    )
