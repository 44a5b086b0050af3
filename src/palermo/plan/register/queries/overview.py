"""A plan counted: by P, by status, by concern and by how statuses changed, all from one pass over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count

from palermo.people.policies import Viewer
from palermo.plan.register.concerns import Concern, concerns_of
from palermo.plan.register.models import Deliverable
from palermo.plan.register.queries.deliverables import as_known, status_in
from palermo.plan.register.queries.kept import kept
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import P, Status


@dataclass(frozen=True, slots=True)
class Group:
    """So many deliverables of a plan of which the same is known; `before` is the status in the period before."""

    plan_id: int
    p: str
    before: str
    status: str
    first_due_on: date | None
    due_on: date | None
    has_evidence: bool
    added_in_id: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many deliverables: by P and status, by P and concern, by status before and now."""

    cells: Counter[tuple[str, str]]
    concerns: Counter[tuple[str, str]]
    moves: Counter[tuple[str, str]]


@dataclass(frozen=True)
class Overview:
    """One plan in one period, counted."""

    at: PlanAt
    counts: Counts

    @cached_property
    def total(self) -> int:
        """All deliverables of the plan."""
        return self.counts.cells.total()

    @cached_property
    def by_status(self) -> Counter[str]:
        """Deliverables by status."""
        found: Counter[str] = Counter()
        for (_p, status), count in self.counts.cells.items():
            found[status] += count
        return found

    @cached_property
    def by_p(self) -> dict[str, Counter[str]]:
        """Deliverables by P and then by status, in the order of the Ps; `""` last, for what has none."""
        found: dict[str, Counter[str]] = {}
        for p in (*P.values, ""):
            counts = Counter({status: n for (of, status), n in self.counts.cells.items() if of == p})
            if counts:
                found[p] = counts
        return found

    @cached_property
    def by_concern(self) -> dict[Concern, int]:
        """Deliverables by concern, zero included. One may have several."""
        return {concern: self.of_concern(concern) for concern in Concern}

    def of_concern(self, concern: Concern, p: str | None = None) -> int:
        """How many a concern holds of, in the plan or within one P."""
        wanted = (*P.values, "") if p is None else (p,)
        return sum(self.counts.concerns[each, concern.value] for each in wanted)

    @property
    def complete(self) -> int:
        """How many are complete."""
        return self.by_status[Status.COMPLETE]

    @property
    def changed(self) -> int:
        """How many have another status than in the period before; 0 where there is none."""
        if self.at.before is None:
            return 0
        return sum(count for (before, now), count in self.counts.moves.items() if before != now)


def overview(viewer: Viewer, at: PlanAt) -> Overview:
    """One plan counted."""
    return overviews(viewer, [at])[0]


def overviews(_viewer: Viewer, plans: Sequence[PlanAt]) -> list[Overview]:
    """Several plans counted, each in its own period: one query for all, and none where nothing has changed."""
    if not plans:
        return []

    def count() -> list[Counts]:
        groups = list(_groups(plans))
        return [_counts(at, groups) for at in plans]

    counted = kept("overviews " + " ".join(_shown(at) for at in plans), count)
    return [Overview(at, counts) for at, counts in zip(plans, counted, strict=True)]


def _shown(at: PlanAt) -> str:
    period, before = (one.pk if one else 0 for one in (at.period, at.before))
    return f"{at.plan.pk}/{period}/{before}/{at.moment.day}"


def _groups(plans: Sequence[PlanAt]) -> Iterable[Group]:
    found = as_known(
        Deliverable.objects.filter(plan__in=[at.plan.pk for at in plans]),
        [at.period for at in plans if at.period],
    )
    rows = (
        found.annotate(before=status_in([at.before for at in plans if at.before]))
        .order_by()
        .values_list("plan_id", "p", "before", "status", "first_due_on", "due_on", "has_evidence", "added_in_id")
        .annotate(count=Count("pk"))
    )
    return (Group(*row) for row in rows.iterator())


def _counts(at: PlanAt, groups: Iterable[Group]) -> Counts:
    counts = Counts(Counter(), Counter(), Counter())
    moment = at.moment
    for group in groups:
        if group.plan_id != at.plan.pk:
            continue
        counts.cells[group.p, group.status] += group.count
        counts.moves[group.before, group.status] += group.count
        for concern in concerns_of(group, moment):
            counts.concerns[group.p, concern.value] += group.count
    return counts
