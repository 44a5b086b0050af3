"""Plans side by side, by P."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from palermo.people.policies import Viewer
from palermo.plan.register.concerns import Concern
from palermo.plan.register.queries.overview import Overview, overviews
from palermo.plan.register.queries.plan_at import PlanAt, plans_at
from palermo.plan.register.vocabulary import P, Status

MOST = 4
"""Side by side there is room for no more."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is compared: all of one P in one plan, or all of a plan."""

    total: int
    complete: int
    no_due_date: int
    no_evidence: int

    @property
    def share_complete(self) -> int | None:
        """Per cent, rounded half up; None where there is nothing to share."""
        return (self.complete * 200 + self.total) // (2 * self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All plans to choose from, those chosen, and their figures: a row for each P with a cell for each plan."""

    plans: tuple[PlanAt, ...]
    chosen: tuple[Overview, ...]
    rows: tuple[tuple[str, tuple[Figures, ...]], ...]
    """By P, `""` for what has none."""
    totals: tuple[Figures, ...]


def comparison(viewer: Viewer, codes: Sequence[str]) -> Comparison:
    """The plans with these codes, at most four; without any, the first two that are not invented."""
    plans = plans_at(viewer)
    chosen = [at for at in plans if at.plan.code in codes][:MOST]
    if not codes:
        chosen = ([at for at in plans if not at.plan.is_invented] or plans)[:2]
    counted = overviews(viewer, chosen)
    used = [p for p in (*P.values, "") if any(p in each.by_p for each in counted)]
    return Comparison(
        plans=tuple(plans),
        chosen=tuple(counted),
        rows=tuple((p, tuple(_figures(each, p) for each in counted)) for p in used),
        totals=tuple(_figures(each, None) for each in counted),
    )


def _figures(counted: Overview, p: str | None) -> Figures:
    by_status = counted.by_status if p is None else counted.by_p.get(p, Counter())
    return Figures(
        total=by_status.total(),
        complete=by_status[Status.COMPLETE],
        no_due_date=counted.of_concern(Concern.NO_DUE_DATE, p),
        no_evidence=counted.of_concern(Concern.NO_EVIDENCE, p),
    )
