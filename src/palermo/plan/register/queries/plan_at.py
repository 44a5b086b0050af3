"""A plan as it is shown: in one of its periods, beside the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from palermo.foundation.jurisdictions import jurisdiction
from palermo.people.policies import Viewer
from palermo.plan.register.concerns import Moment, moment
from palermo.plan.register.models import Plan, ReportingPeriod
from palermo.plan.register.queries.plans import all_periods, plans

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownPeriod


@dataclass(frozen=True, slots=True)
class PlanAt:
    """A plan, its periods from the first to the last, and the one that is shown."""

    plan: Plan
    periods: tuple[ReportingPeriod, ...]
    period: ReportingPeriod | None
    """None where the plan has no period at all."""
    before: ReportingPeriod | None
    """The newest earlier period of which anything is known."""
    has_statuses: bool
    """Whether anything is known of any period."""
    asked_in_vain: str = ""
    """The period that was asked for, where the plan has none such."""
    today: date = date.max

    @property
    def moment(self) -> Moment:
        """When the plan is judged."""
        return moment(self.period, self.today)


def plan_at(viewer: Viewer, code: str, period_code: str = "") -> PlanAt | None:
    """A plan in the period asked for, or in the newest one of which anything is known."""
    plan = plans(viewer).filter(code=code).first()
    return placed(plan, all_periods(viewer).filter(plan=plan), period_code) if plan else None


def plans_at(viewer: Viewer) -> list[PlanAt]:
    """Every plan, each in its newest period of which anything is known. Four queries, however many plans."""
    by_plan: dict[int, list[KnownPeriod]] = {}
    for period in all_periods(viewer):
        by_plan.setdefault(period.plan_id, []).append(period)
    return [placed(plan, by_plan.get(plan.pk, [])) for plan in plans(viewer)]


def plans_within(viewer: Viewer, starts_on: date, ends_on: date) -> list[PlanAt]:
    """Every plan with a period that begins within a span, in the newest such of which anything is known.

    With `date.min` as its beginning the span is all that was ever reported up to its end, and plans without any period
    belong to it too. Four queries, however many plans.
    """
    by_plan: dict[int, list[KnownPeriod]] = {}
    for period in all_periods(viewer):
        by_plan.setdefault(period.plan_id, []).append(period)
    found = []
    for plan in plans(viewer):
        periods = by_plan.get(plan.pk, [])
        within = [one for one in periods if starts_on <= one.starts_on <= ends_on]
        chosen = next((one for one in reversed(within) if one.has_statuses), within[-1] if within else None)
        if chosen:
            found.append(placed(plan, periods, chosen.code))
        elif starts_on == date.min:
            found.append(placed(plan, []))
    return found


def plan_for_home(viewer: Viewer, found: Iterable[PlanAt]) -> PlanAt | None:
    """What the home page tells of: real before invented, reported on before not, a country's, the newest."""

    def rank(at: PlanAt) -> tuple[bool, bool, bool, date]:
        is_country = jurisdiction(at.plan.jurisdiction).kind == "country"
        return (not at.plan.is_invented, at.has_statuses, is_country, at.plan.starts_on or date.min)

    return max(found, key=rank, default=None)


def between(at: PlanAt, earlier_code: str, later_code: str) -> PlanAt:
    """The same plan in two chosen periods; what was not chosen, or is unknown, stays as it was."""
    by_code = {period.code: period for period in at.periods}
    period = by_code.get(later_code, at.period)
    before = by_code.get(earlier_code, at.before)
    unknown = next((code for code in (earlier_code, later_code) if code and code not in by_code), "")
    return replace(at, period=period, before=before, asked_in_vain=unknown)


def placed(plan: Plan, found: Iterable[KnownPeriod], period_code: str = "") -> PlanAt:
    """A plan in one of the periods given, which are in order and say whether they have statuses."""
    periods = tuple(found)
    known = [period for period in periods if period.has_statuses]
    asked = next((period for period in periods if period_code and period.code == period_code), None)
    period = asked or (known[-1] if known else periods[-1] if periods else None)
    earlier = [one for one in known if period and one.starts_on < period.starts_on]
    return PlanAt(
        plan=plan,
        periods=periods,
        period=period,
        before=earlier[-1] if earlier else None,
        has_statuses=bool(known),
        asked_in_vain="" if asked else period_code,
        today=timezone.localdate(),
    )
