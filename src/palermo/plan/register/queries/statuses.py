"""Statuses as they were recorded."""

from __future__ import annotations

from django.db.models import QuerySet

from palermo.people.policies import Viewer
from palermo.plan.register.models import Plan, StatusRecord


def statuses(viewer: Viewer, plan: Plan) -> QuerySet[StatusRecord]:
    """Every status ever recorded for a plan, in its order, those that were replaced included."""
    return (
        StatusRecord.objects.filter(deliverable__plan=plan)
        .select_related("deliverable", "period", "document")
        .order_by("deliverable__position", "period__starts_on", "kind", "pk")
    )
