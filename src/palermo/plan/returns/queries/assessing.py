"""What an assessor reads: each deliverable of a gathered period, claimed beside assessed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from palermo.people.models import Role
from palermo.people.policies import Viewer, holding
from palermo.plan.register.models import Deliverable
from palermo.plan.returns.models import Assessment, Cycle, Return
from palermo.plan.returns.vocabulary import OUT


@dataclass(frozen=True, slots=True)
class Assessed:
    """A deliverable, what its organisations claim and stand by, and what the assessor found."""

    deliverable: Deliverable
    claims: tuple[Return, ...]
    current: Assessment | None


def cycles_to_assess(viewer: Viewer) -> QuerySet[Cycle]:
    """The gathered periods of the plans that the viewer assesses, the newest first."""
    over = holding(viewer, Role.ASSESSOR).values("organisation")
    found = Cycle.objects.filter(period__plan__owner__in=over).select_related("period__plan__owner")
    return found.order_by("-period__starts_on")


def deliverables_to_assess(viewer: Viewer, cycle: Cycle, *, only_open: bool) -> QuerySet[Deliverable]:
    """The deliverables that returns are owed on, in the order of the plan; `only_open` leaves out the assessed ones."""
    owed = Exists(Return.objects.filter(cycle=cycle, deliverable=OuterRef("pk")))
    found = Deliverable.objects.filter(owed, plan=cycle.period.plan_id)
    if only_open:
        found = found.exclude(Exists(Assessment.objects.filter(cycle=cycle, deliverable=OuterRef("pk"))))
    return found.order_by("position")


def assessed(viewer: Viewer, cycle: Cycle, deliverables: list[Deliverable]) -> list[Assessed]:
    """Each with what was claimed and found, in three queries."""
    cleared = Return.objects.filter(cycle=cycle, deliverable__in=deliverables, state__in=OUT)
    claims: dict[int, list[Return]] = {}
    for one in cleared.select_related("organisation").prefetch_related("organisation__names", "proofs"):
        claims.setdefault(one.deliverable_id, []).append(one)
    current = {
        one.deliverable_id: one
        for one in Assessment.objects.filter(cycle=cycle, deliverable__in=deliverables, is_current=True)
    }
    return [Assessed(one, tuple(claims.get(one.pk, ())), current.get(one.pk)) for one in deliverables]
