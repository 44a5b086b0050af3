"""Whether promises were kept on the date that was given first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from palermo.people.policies import Viewer
from palermo.plan.register.models import Deliverable, DueDate, StatusRecord
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import Kept, Status, StatusKind


def kept_on_first_date(_viewer: Viewer, plans: Sequence[PlanAt]) -> Counter[tuple[int, str, Kept]]:
    """The deliverables whose first due date has come, by plan, P and whether they were complete by then. One query.

    A status is known for a period and not for a day: what is complete for the period that the date lies in, or for an
    earlier one, was kept. Where that period says nothing of it, nobody can tell.
    """
    first = DueDate.objects.filter(deliverable=OuterRef("pk")).order_by("revision").values("due_on")[:1]
    rows = (
        Deliverable.objects.filter(plan__in=[at.plan.pk for at in plans])
        .annotate(first_due_on=Subquery(first))
        .filter(_has_come(plans))
        .annotate(complete=Exists(_complete(plans)), told=Exists(_told(plans)))
        .order_by()
        .values_list("plan_id", "p", "complete", "told")
        .annotate(count=Count("pk"))
    )
    found: Counter[tuple[int, str, Kept]] = Counter()
    for plan, p, complete, told, count in rows:
        found[plan, p, Kept.KEPT if complete else Kept.NOT_KEPT if told else Kept.NOT_KNOWN] += count
    return found


def _has_come(plans: Sequence[PlanAt]) -> Q:
    come = Q(pk__isnull=True)
    for at in plans:
        come |= Q(plan=at.plan, first_due_on__lte=at.moment.day)
    return come


def _claims(plans: Sequence[PlanAt]) -> QuerySet[StatusRecord]:
    """What stands of a deliverable in the periods that began by its first due date, none later than the one shown."""
    periods = [one.pk for at in plans for one in at.periods if at.period and one.starts_on <= at.period.starts_on]
    found = StatusRecord.objects.filter(period__in=periods, kind=StatusKind.CLAIMED, is_current=True)
    return found.filter(deliverable=OuterRef("pk"), period__starts_on__lte=OuterRef("first_due_on")).order_by()


def _complete(plans: Sequence[PlanAt]) -> QuerySet[StatusRecord]:
    return _claims(plans).filter(value=Status.COMPLETE)


def _told(plans: Sequence[PlanAt]) -> QuerySet[StatusRecord]:
    untold = (Status.NOT_STATED, Status.NOT_REPORTED)
    return _claims(plans).filter(period__ends_on__gte=OuterRef("first_due_on")).exclude(value__in=untold)
