"""What a coordinator sees of a plan's lineage, and what could be carried forward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from palermo.people.policies import Viewer
from palermo.plan.register.models import Deliverable, Lineage, Plan
from palermo.plan.register.queries.deliverables import as_known
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.queries.plans import plans
from palermo.plan.register.queries.promised import Promise, first_promises
from palermo.plan.register.vocabulary import Status

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable

DONE = (Status.COMPLETE, Status.NO_LONGER_PURSUED)
"""What is not carried forward unless somebody says so."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deliverable that could be carried forward, where it was promised first, and whether it is still open."""

    one: KnownDeliverable
    promise: Promise | None
    is_open: bool


def links(viewer: Viewer, plan: Plan) -> QuerySet[Lineage]:
    """The links from deliverables of a plan to earlier promises, in the order of the plan."""
    found = Lineage.objects.filter(after__plan=plan).select_related("before__plan", "after")
    return found.order_by("after__position", "before__plan__starts_on", "pk")


def plans_earlier(viewer: Viewer, plan: Plan) -> list[Plan]:
    """The plans that can have promised something before: all that did not begin later."""
    found = plans(viewer).exclude(pk=plan.pk)
    return [one for one in found if not (one.starts_on and plan.starts_on and one.starts_on >= plan.starts_on)]


def followers(viewer: Viewer, plan: Plan) -> QuerySet[Plan]:
    """The plans that name this one as the one before."""
    return plans(viewer).filter(predecessor_code=plan.code).order_by("starts_on", "code")


def to_carry(viewer: Viewer, at: PlanAt) -> list[Candidate]:
    """Every deliverable of a plan in its order. A fixed number of queries, however many."""
    found = as_known(Deliverable.objects.filter(plan=at.plan), [at.period] if at.period else [])
    its = list(found.select_related("section").order_by("position"))
    first = first_promises(viewer, its)
    return [Candidate(one, first.get(one.pk), one.status not in DONE) for one in its]
