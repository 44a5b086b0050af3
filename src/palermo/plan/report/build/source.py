"""What the rows of a chart are made from, read once for both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from palermo.people.models import OrganisationName
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.models import (
    DueDate,
    Plan,
    PlanLevel,
    ReportingPeriod,
    Responsibility,
    Section,
    StatusRecord,
)
from palermo.plan.register.queries.plans import periods, sections
from palermo.plan.register.vocabulary import Part, StatusKind
from palermo.plan.report.build.observed import Observed, observed
from palermo.plan.report.build.said import AccountSource, account_source

PERIODS_SHOWN = 5
"""A chart shows the period of the report and up to four before it."""

Known = Mapping[tuple[int, int, str], tuple[str, str]]
"""Value and printed words by deliverable, period and kind of status."""


@dataclass(frozen=True, slots=True)
class ChartSource:
    """Everything but the deliverables themselves, which are streamed. Deliverables are named by their keys."""

    viewer: Viewer
    plan: Plan
    period: ReportingPeriod
    shown_periods: tuple[ReportingPeriod, ...]
    levels: tuple[PlanLevel, ...]
    paths: Mapping[int, tuple[Section, ...]]
    """The sections above a deliverable, outermost first, by the key of its own section."""
    known: Known
    held: Mapping[tuple[int, str], Sequence[int]]
    """Who had which part in a deliverable on the last day of the period, in the order of the document."""
    names: Mapping[int, OrganisationName | None]
    """What they were called on that day."""
    due: Mapping[int, Sequence[tuple[date, str]]]
    """Each due date ever given, the first one first, with its printed words."""
    has_assessed: bool
    """Whether anybody assessed anything in the period. Columns that nothing would stand in are left out."""
    has_support: bool
    has_later_dates: bool
    """Whether any due date was ever replaced by a later one."""
    said: AccountSource | None
    """What the accounts of organisations are made from, where they gave some."""
    observed: Sequence[Observed]
    """What sources give of the period in the series that are linked to the plan."""


def chart_source(viewer: Viewer, period: ReportingPeriod) -> ChartSource:
    """Read it: a fixed number of queries, whatever the length of the plan."""
    plan = period.plan
    earlier = [one for one in periods(viewer, plan) if one.has_statuses and one.starts_on < period.starts_on]
    shown_periods = (*earlier[1 - PERIODS_SHOWN :], period)
    busy = organisations(viewer).filter(responsibilities__deliverable__plan=plan).distinct()
    known, held, due = _known(shown_periods), _held(plan, period.ends_on), _due(plan)
    return ChartSource(
        viewer=viewer,
        plan=plan,
        period=period,
        shown_periods=shown_periods,
        levels=tuple(plan.levels.order_by("depth")),
        paths=_paths(list(sections(viewer, plan))),
        known=known,
        held=held,
        names={one.pk: one.named_on(period.ends_on) for one in busy},
        due=due,
        has_assessed=any(of == period.pk and kind == StatusKind.ASSESSED for _one, of, kind in known),
        has_support=any(kind == Part.SUPPORT for _one, kind in held),
        has_later_dates=any(len(dates) > 1 for dates in due.values()),
        said=account_source(viewer, period),
        observed=observed(viewer, period),
    )


def _paths(found: Sequence[Section]) -> dict[int, tuple[Section, ...]]:
    by_key = {section.pk: section for section in found}
    paths: dict[int, tuple[Section, ...]] = {}

    def path(section: Section) -> tuple[Section, ...]:
        if section.pk not in paths:
            above = path(by_key[section.parent_id]) if section.parent_id else ()
            paths[section.pk] = (*above, section)
        return paths[section.pk]

    for section in found:
        path(section)
    return paths


def _known(shown_periods: Sequence[ReportingPeriod]) -> Known:
    records = StatusRecord.objects.filter(period__in=shown_periods, is_current=True).order_by()
    columns = ("deliverable_id", "period_id", "kind", "value", "printed")
    return {(one, of, kind): (value, printed) for one, of, kind, value, printed in records.values_list(*columns)}


def _held(plan: Plan, day: date) -> dict[tuple[int, str], list[int]]:
    then = Q(from_date__isnull=True) | Q(from_date__lte=day), Q(to_date__isnull=True) | Q(to_date__gte=day)
    found = Responsibility.objects.filter(*then, deliverable__plan=plan).order_by("position", "pk")
    held: dict[tuple[int, str], list[int]] = defaultdict(list)
    for one, kind, organisation in found.values_list("deliverable_id", "kind", "organisation_id"):
        held[one, kind].append(organisation)
    return dict(held)


def _due(plan: Plan) -> dict[int, list[tuple[date, str]]]:
    found = DueDate.objects.filter(deliverable__plan=plan).order_by("revision")
    due: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for one, day, printed in found.values_list("deliverable_id", "due_on", "printed"):
        due[one].append((day, printed))
    return dict(due)
