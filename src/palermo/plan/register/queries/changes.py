"""What is different between two periods of a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from palermo.people.policies import Viewer
from palermo.plan.register.models import DueDate, ReportingPeriod, StatusRecord
from palermo.plan.register.queries.deliverables import deliverables, status_in
from palermo.plan.register.queries.kept import kept
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import Direction, Status, StatusKind

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import MovedDeliverable

SHOWN_AT_A_GLANCE = 5


@dataclass(frozen=True, slots=True)
class Changes:
    """The first few of what changed in a period; how many there are in all is in the overview."""

    moved: list[MovedDeliverable]
    added: list[MovedDeliverable]
    revised: list[DueDate]


def moved(
    viewer: Viewer, at: PlanAt, before: ReportingPeriod, *, only_changes: bool = True
) -> QuerySet[MovedDeliverable]:
    """Deliverables with `status` in the period shown and `before` in another one."""
    found = deliverables(viewer, at.plan, at.period).annotate(before=status_in([before]))
    return found.exclude(status=F("before")) if only_changes else found


def changes_at_a_glance(viewer: Viewer, at: PlanAt) -> Changes:
    """The first few changes of the period shown against the one before. Three lists of fixed length."""
    if at.period is None:
        return Changes([], [], [])
    added = deliverables(viewer, at.plan, at.period).annotate(before=status_in([])).filter(added_in=at.period)
    return Changes(
        moved=list(moved(viewer, at, at.before)[:SHOWN_AT_A_GLANCE]) if at.before else [],
        added=list(added[:SHOWN_AT_A_GLANCE]),
        revised=list(revised_due_dates(viewer, at.period)[:SHOWN_AT_A_GLANCE]),
    )


def revised_due_dates(viewer: Viewer, period: ReportingPeriod) -> QuerySet[DueDate]:
    """Due dates that replaced an earlier one within a period, the latest first; only such as say when."""
    found = replaced_within([period])
    return found.select_related("deliverable").order_by("-set_on", "deliverable__position", "revision")


def replaced_within(periods: Sequence[ReportingPeriod]) -> QuerySet[DueDate]:
    """Due dates that took the place of an earlier one within the period of their plan; only such as say when."""
    within = Q(pk__isnull=True)
    for one in periods:
        within |= Q(deliverable__plan=one.plan_id, set_on__gte=one.starts_on, set_on__lte=one.ends_on)
    return DueDate.objects.filter(within, revision__gt=0)


def changed_dates(_viewer: Viewer, plans: Sequence[PlanAt]) -> Counter[tuple[int, str, Direction]]:
    """The due dates that `revised_due_dates` lists of each plan shown, by plan, P and direction. One query."""
    earlier = DueDate.objects.filter(deliverable=OuterRef("deliverable"), revision__lt=OuterRef("revision"))
    before = Subquery(earlier.order_by("-revision").values("due_on")[:1])
    rows = replaced_within([at.period for at in plans if at.period]).annotate(before=before).order_by()
    found: Counter[tuple[int, str, Direction]] = Counter()
    for plan, p, old, new in rows.values_list("deliverable__plan", "deliverable__p", "before", "due_on"):
        moved_to = Direction.LATER if new > old else Direction.EARLIER if new < old else Direction.SAME
        found[plan, p, moved_to] += 1
    return found


def statuses_by_period(viewer: Viewer, at: PlanAt, total: int) -> dict[ReportingPeriod, Counter[str]]:
    """For each period of which anything is known, the deliverables of today's plan by claimed status."""
    by_period = kept(f"periods {at.plan.pk}", lambda: _statuses_by_period(at))
    found = {period: by_period[period.pk] for period in at.periods if period.pk in by_period}
    for counts in found.values():
        counts[Status.NOT_STATED] += total - counts.total()
    return found


def _statuses_by_period(at: PlanAt) -> dict[int, Counter[str]]:
    rows = (
        StatusRecord.objects.filter(period__in=at.periods, kind=StatusKind.CLAIMED, is_current=True)
        .order_by()
        .values_list("period", "value")
        .annotate(count=Count("pk"))
    )
    by_period: dict[int, Counter[str]] = {}
    for period, value, count in rows:
        by_period.setdefault(period, Counter())[value] += count
    return by_period
