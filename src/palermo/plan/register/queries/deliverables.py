"""Deliverables with what is known of them for one period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from palermo.people.policies import Viewer
from palermo.plan.register.models import (
    Account,
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

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable


def deliverables(viewer: Viewer, plan: Plan, period: ReportingPeriod | None = None) -> QuerySet[KnownDeliverable]:
    """The deliverables of a plan in order, as known for a period.

    Each carries what `as_known` adds, and prefetched `responsibilities` with their organisations' names. A
    fixed number of queries, whatever the length.
    """
    found = as_known(Deliverable.objects.filter(plan=plan), [period] if period else [])
    found = found.select_related("section", "section__level", "added_in")
    return with_responsibilities(found.order_by("position"))


def deliverable(
    viewer: Viewer, plan: Plan, code: str, period: ReportingPeriod | None = None
) -> KnownDeliverable | None:
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
            Prefetch("accounts", _accounts()),
            Prefetch("became", Lineage.objects.select_related("after__plan")),
            Prefetch("came_from", Lineage.objects.select_related("before__plan")),
        )
        .first()
    )


def _accounts() -> QuerySet[Account]:
    """What organisations said, the newest period first; what was corrected since follows what stands."""
    found = Account.objects.select_related("period", "organisation").prefetch_related("organisation__names")
    return found.order_by("-period__starts_on", "organisation__code", "-is_current", "-recorded_at")


def with_responsibilities(found: QuerySet[KnownDeliverable]) -> QuerySet[KnownDeliverable]:
    """Prefetch who does what, in the order of the document."""
    doing = Responsibility.objects.select_related("organisation").prefetch_related("organisation__names")
    return found.prefetch_related(Prefetch("responsibilities", doing.order_by("position", "pk")))


def as_known(found: QuerySet[Deliverable], periods: Sequence[ReportingPeriod]) -> QuerySet[KnownDeliverable]:
    """Deliverables with what is known of them in the given periods, of which each plan has one at most.

    Adds `status` and `printed_status` (claimed, `not_stated` where the period has none), `assessed_status`
    (None where nobody assessed), `first_due_on`, `due_on` (the newest) and `has_evidence` (for the period or an
    earlier one): all that `concerns` asks for. `was_promised_before` says whether an earlier plan promised it.
    """
    due = DueDate.objects.filter(deliverable=OuterRef("pk"))
    return found.annotate(
        status=status_in(periods),
        printed_status=Coalesce(Subquery(_current(periods).values("printed")[:1]), Value("")),
        assessed_status=Subquery(_current(periods, StatusKind.ASSESSED).values("value")[:1]),
        first_due_on=Subquery(due.order_by("revision").values("due_on")[:1]),
        due_on=Subquery(due.order_by("-revision").values("due_on")[:1]),
        has_evidence=Exists(_shown(periods)),
        was_promised_before=Exists(Lineage.objects.filter(after=OuterRef("pk"))),
    )


def status_in(periods: Sequence[ReportingPeriod]) -> Coalesce:
    """The claimed status of a deliverable in whichever of the periods belongs to its plan."""
    return Coalesce(Subquery(_current(periods).values("value")[:1]), Value(Status.NOT_STATED.value))


def _current(periods: Sequence[ReportingPeriod], kind: StatusKind = StatusKind.CLAIMED) -> QuerySet[StatusRecord]:
    """What stands of a deliverable; unordered, since there is one at most and sorting would join three tables."""
    found = StatusRecord.objects.filter(period__in=[period.pk for period in periods], kind=kind)
    return found.filter(deliverable=OuterRef("pk"), is_current=True).order_by()


def _shown(periods: Sequence[ReportingPeriod]) -> QuerySet[Evidence]:
    """Evidence of a period or an earlier one of the same plan; without periods, any evidence."""
    found = Evidence.objects.filter(deliverable=OuterRef("pk")).order_by()
    until = Q()
    for period in periods:
        until |= Q(plan=period.plan_id, starts_on__lte=period.starts_on)
    return found.filter(period__in=ReportingPeriod.objects.filter(until).order_by()) if until else found


def evidence_of(viewer: Viewer, period: ReportingPeriod) -> QuerySet[Evidence]:
    """What was shown for a period, in the order of the plan."""
    return (
        Evidence.objects.filter(period=period).select_related("deliverable").order_by(F("deliverable__position"), "pk")
    )
