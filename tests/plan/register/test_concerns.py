"""What late and not told mean: both definitions in the code against a third one, told in plain steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from palermo.people.queries import command_line
from palermo.plan.register.concerns import Concern, Moment, concerns_of, condition, holds, moment
from palermo.plan.register.models import Deliverable, DueDate, Evidence, ReportingPeriod, StatusRecord
from palermo.plan.register.queries.deliverables import deliverables
from palermo.plan.register.vocabulary import Status
from tests import factories as make

DAY = date(2014, 3, 31)
DAYS = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]
NEAR = [None, *DAYS]


@dataclass(frozen=True)
class Told:
    status: str
    first_due_on: date | None
    due_on: date | None
    has_evidence: bool
    added_in_id: int | None


def naive(concern: Concern, told: Told, day: date, period_id: int | None) -> bool:
    """The definitions of the page on methods, written out once more and in another way."""
    finished = told.status == "complete" or told.status == "no_longer_pursued"
    passed = told.due_on is not None and (told.due_on - day).days < 0
    first_passed = told.first_due_on is not None and (told.first_due_on - day).days < 0
    table = {
        "late": passed and not finished,
        "first_date_passed": first_passed and told.due_on is not None and not passed and not finished,
        "ongoing_without_end": told.status == "ongoing" and not told.due_on,
        "no_due_date": not told.due_on,
        "no_evidence": told.status in {"in_progress", "ongoing", "complete"} and not told.has_evidence,
        "not_reported": told.status == "not_reported",
        "not_stated": told.status == "not_stated",
        "new": period_id is not None and told.added_in_id == period_id,
    }
    return table[concern.value]


facts = some.builds(
    Told,
    status=some.sampled_from(Status.values),
    first_due_on=some.sampled_from(NEAR),
    due_on=some.sampled_from(NEAR),
    has_evidence=some.booleans(),
    added_in_id=some.sampled_from([None, 1, 2]),
)


@given(facts, some.sampled_from([None, 1, 2]))
def test_one_deliverable_is_judged_as_the_definitions_say(told: Told, period: int | None) -> None:
    at = Moment(DAY, period)
    for concern in Concern:
        assert holds(concern, told, at) == naive(concern, told, DAY, period), concern
    assert concerns_of(told, at) == tuple(each for each in Concern if naive(each, told, DAY, period))


@pytest.mark.django_db
def test_the_database_finds_what_the_definitions_say() -> None:
    plan = make.PlanFactory.create()
    before, period, after = (make.PeriodFactory.create(plan=plan, first_year=year) for year in (2012, 2013, 2014))
    reader = make.UserFactory.create()
    dues: list[tuple[date, ...]] = [(), *product(DAYS), *product(DAYS, DAYS)]
    expected: dict[str, Told] = {}
    made: list[Deliverable] = []
    statuses: list[StatusRecord] = []
    dates: list[DueDate] = []
    shown: list[Evidence] = []
    every = product([None, *Status.values], dues, [None, before, period, after], [None, period])
    for value, due, evidence, added in every:
        one = Deliverable(plan=plan, code=f"D{len(made)}", position=len(made), row=1, text_en="x", added_in=added)
        made.append(one)
        if value:
            statuses.append(StatusRecord(deliverable=one, period=period, value=value, recorded_by=reader))
        dates += [DueDate(deliverable=one, revision=at, due_on=day) for at, day in enumerate(due)]
        shown += [Evidence(deliverable=one, period=evidence, title_en="x")] if evidence else []
        expected[one.code] = Told(
            value or "not_stated",
            due[0] if due else None,
            due[-1] if due else None,
            evidence in (before, period),
            added.pk if added else None,
        )
    Deliverable.objects.bulk_create(made)
    StatusRecord.objects.bulk_create(statuses)
    DueDate.objects.bulk_create(dates)
    Evidence.objects.bulk_create(shown)
    at = Moment(DAY, period.pk)
    for concern in Concern:
        found = deliverables(command_line(), plan, period).filter(condition(concern, at))
        wanted = {code for code, told in expected.items() if naive(concern, told, DAY, period.pk)}
        assert {one.code for one in found} == wanted, concern
        assert wanted, concern


@pytest.mark.parametrize(
    ("today", "day"), [(date(2020, 1, 1), date(2014, 3, 31)), (date(2013, 6, 1), date(2013, 6, 1))]
)
def test_a_period_is_judged_at_its_end_or_today(today: date, day: date) -> None:
    period = ReportingPeriod(pk=7, starts_on=date(2013, 4, 1), ends_on=date(2014, 3, 31))
    assert moment(period, today) == Moment(day, 7)


def test_without_a_period_a_plan_is_judged_today_and_nothing_is_new() -> None:
    at = moment(None, DAY)
    assert at == Moment(DAY)
    assert not holds(Concern.NEW, Told("ongoing", None, None, has_evidence=False, added_in_id=None), at)
