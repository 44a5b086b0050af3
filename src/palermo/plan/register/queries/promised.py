"""What was promised before, in an earlier plan: so that a promise carried forward never looks new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from palermo.people.policies import Viewer
from palermo.plan.register.models import Deliverable, DueDate, Lineage, Plan

_EARLIER = """
    WITH RECURSIVE chain(later, earlier) AS (
        SELECT after_id, before_id FROM register_lineage WHERE after_id IN ({keys})
        UNION
        SELECT chain.later, register_lineage.before_id
        FROM chain JOIN register_lineage ON register_lineage.after_id = chain.earlier
    )
    SELECT later, earlier FROM chain WHERE later <> earlier
"""
"""Every promise that each of some deliverables goes back to, over as many plans as there are.

UNION keeps each pair once, so that even lineage that runs in a circle comes to an end.
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """Where a deliverable comes from, however many plans ago."""

    first: Deliverable
    """The one that was promised first, with its plan."""
    first_due_on: date | None
    """The first due date that it ever had: that of the earliest plan that gave one."""
    due_in: Plan | None
    """The plan that gave it."""
    plans: int
    """In how many plans it was promised, this one included."""


def promised_before(viewer: Viewer, plan: Plan) -> QuerySet[Deliverable]:
    """The deliverables of a plan that an earlier plan promised already, in their order, with the due date of today."""
    due = DueDate.objects.filter(deliverable=OuterRef("pk")).order_by("-revision")
    found = Deliverable.objects.filter(Exists(Lineage.objects.filter(after=OuterRef("pk"))), plan=plan)
    return found.annotate(due_on=Subquery(due.values("due_on")[:1])).order_by("position")


def first_promises(viewer: Viewer, deliverables: Iterable[Deliverable]) -> dict[int, Promise]:
    """Of each deliverable that was promised before, by its key, where that began. Two queries, however many."""
    own = {one.pk: one for one in deliverables}
    earlier = earlier_promises(own)
    if not earlier:
        return {}
    due = DueDate.objects.filter(deliverable=OuterRef("pk")).order_by("revision")
    found = Deliverable.objects.filter(pk__in=set().union(*earlier.values())).select_related("plan")
    known = {one.pk: one for one in found.annotate(first_due_on=Subquery(due.values("due_on")[:1]))}
    return {key: _promise(own[key], [known[pk] for pk in keys]) for key, keys in earlier.items()}


def earlier_promises(keys: Collection[int]) -> dict[int, set[int]]:
    """The keys of all that each of these deliverables goes back to; those that go back to nothing are left out."""
    found: dict[int, set[int]] = defaultdict(set)
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_EARLIER.format(keys=", ".join(["%s"] * len(keys))), list(keys))
            for later, earlier in cursor.fetchall():
                found[later].add(earlier)
    return dict(found)


def _promise(own: Deliverable, earlier: list[Deliverable]) -> Promise:
    ordered = sorted(earlier, key=lambda one: (_begin(one.plan), one.plan.code, one.position))
    dated = [(one.plan, day) for one in ordered if (day := getattr(one, "first_due_on", None))]
    oldest = dated[0][0] if dated else None
    return Promise(
        first=ordered[0],
        first_due_on=min((day for plan, day in dated if plan == oldest), default=None),
        due_in=oldest,
        plans=len({one.plan_id for one in earlier} | {own.plan_id}),
    )


def _begin(plan: Plan) -> date:
    """When a plan began; one that does not say stands after those that do."""
    return plan.starts_on or plan.ends_on or date.max
