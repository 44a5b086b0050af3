"""Deliverables with what is known of them for one period."""

from __future__ import annotations

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from palermo.people.policies import Viewer
from palermo.plan.register.models import (
    Deliverable,
    DueDate,
    Evidence,
    Lineage,
    Plan,
    ReportingPeriod,
    Responsibility,
    StatusRecord,
)
from palermo.plan.register.vocabulary import Status, StatusKind


def deliverables(viewer: Viewer, plan: Plan, period: ReportingPeriod | None = None) -> QuerySet[Deliverable]:
    """The deliverables of a plan in order, as known for a period.

    Each carries `status` and `printed_status` (claimed, `not_stated` where the period has none),
    `assessed_status` (None where nobody assessed), `first_due_on` and `due_on` (the newest), and prefetched
    `responsibilities` with their organisations' names. A fixed number of queries, whatever the length.
    """
    return with_responsibilities(
        _with_due_dates(_with_statuses(Deliverable.objects.filter(plan=plan), period))
        .select_related("section", "section__level", "added_in")
        .order_by("position")
    )


def deliverable(viewer: Viewer, plan: Plan, code: str, period: ReportingPeriod | None = None) -> Deliverable | None:
    """One deliverable with its whole history, or None where the plan has none of this code."""
    return (
        deliverables(viewer, plan, period)
        .filter(code=code)
        .prefetch_related(
            "due_dates",
            "money",
            Prefetch(
                "statuses",
                StatusRecord.objects.select_related("period", "document", "recorded_by").order_by(
                    "-period__starts_on", "kind", "-recorded_at"
                ),
            ),
            Prefetch("evidence", Evidence.objects.select_related("period")),
            Prefetch("became", Lineage.objects.select_related("after__plan")),
            Prefetch("came_from", Lineage.objects.select_related("before__plan")),
        )
        .first()
    )


def with_responsibilities(found: QuerySet[Deliverable]) -> QuerySet[Deliverable]:
    """Prefetch who does what, in the order of the document."""
    doing = Responsibility.objects.select_related("organisation").prefetch_related("organisation__names")
    return found.prefetch_related(Prefetch("responsibilities", doing.order_by("position", "pk")))


def _with_statuses(found: QuerySet[Deliverable], period: ReportingPeriod | None) -> QuerySet[Deliverable]:
    current = StatusRecord.objects.filter(deliverable=OuterRef("pk"), period=period, is_current=True)
    claimed = current.filter(kind=StatusKind.CLAIMED)
    return found.annotate(
        status=Coalesce(Subquery(claimed.values("value")[:1]), Value(Status.NOT_STATED.value)),
        printed_status=Coalesce(Subquery(claimed.values("printed")[:1]), Value("")),
        assessed_status=Subquery(current.filter(kind=StatusKind.ASSESSED).values("value")[:1]),
    )


def _with_due_dates(found: QuerySet[Deliverable]) -> QuerySet[Deliverable]:
    due = DueDate.objects.filter(deliverable=OuterRef("pk"))
    return found.annotate(
        first_due_on=Subquery(due.order_by("revision").values("due_on")[:1]),
        due_on=Subquery(due.order_by("-revision").values("due_on")[:1]),
    )


def evidence_of(viewer: Viewer, period: ReportingPeriod) -> QuerySet[Evidence]:
    """What was shown for a period, in the order of the plan."""
    return (
        Evidence.objects.filter(period=period)
        .select_related("deliverable")
        .order_by(F("deliverable__position"), "pk")
    )
