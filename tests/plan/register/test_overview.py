"""Counting a plan: each number against the records themselves."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from palermo.people.queries import command_line
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.concerns import Concern
from palermo.plan.register.models import DueDate, Plan, StatusRecord
from palermo.plan.register.queries.overview import overview, overviews
from palermo.plan.register.queries.plan_at import between, plan_at, plan_for_home, plans_at
from tests import factories as make
from tests.plan.register.conftest import World
from tests.plan.register.test_load_plan import one, small_plan

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def test_statuses_are_counted_by_p(world: World) -> None:
    other = make.DeliverableFactory.create(plan=world.plan, position=99)
    at = plan_at(NOBODY, "small")
    assert at
    counted = overview(NOBODY, at)
    assert counted.by_p == {
        "prevention": Counter({"complete": 3, "in_progress": 2}),
        "": Counter({"not_stated": 1}),
    }
    assert (counted.total, counted.complete, other.p) == (6, 3, "")


def test_concerns_are_counted_in_the_period_shown(world: World) -> None:
    make.DeliverableFactory.create(plan=world.plan, position=99, added_in=world.later)
    at = plan_at(NOBODY, "small")
    assert at
    counted = overview(NOBODY, at)
    assert counted.by_concern == {
        Concern.LATE: 2,  # in progress, due on 1 March 2014, judged on 31 March 2014
        Concern.FIRST_DATE_PASSED: 0,
        Concern.ONGOING_WITHOUT_END: 0,
        Concern.NO_DUE_DATE: 1,
        Concern.NO_EVIDENCE: 0,
        Concern.NOT_REPORTED: 0,
        Concern.NOT_STATED: 1,
        Concern.NEW: 1,
    }
    assert counted.of_concern(Concern.LATE, "prevention") == 2
    assert counted.of_concern(Concern.LATE, "") == 0


def test_an_earlier_period_is_judged_at_its_own_end(world: World) -> None:
    at = plan_at(NOBODY, "small", "2012-2013")
    assert at
    assert at.moment.day == date(2013, 3, 31)
    counted = overview(NOBODY, at)
    assert counted.by_status == Counter({"ongoing": 5})
    assert counted.by_concern[Concern.NO_EVIDENCE] == 5  # what was shown was shown a year later
    assert counted.changed == 0


def test_changes_are_counted_against_the_period_before(world: World) -> None:
    at = plan_at(NOBODY, "small")
    assert at
    counted = overview(NOBODY, at)
    assert at.before == world.earlier
    assert counted.counts.moves == Counter({("ongoing", "complete"): 3, ("ongoing", "in_progress"): 2})
    assert counted.changed == 5


def test_two_periods_can_be_chosen_and_unknown_ones_are_told(world: World) -> None:
    at = plan_at(NOBODY, "small", "1999-2000")
    assert at
    assert (at.period, at.asked_in_vain) == (world.later, "1999-2000")
    chosen = between(at, "2013-2014", "2012-2013")
    assert (chosen.before, chosen.period, chosen.asked_in_vain) == (world.later, world.earlier, "")
    assert between(at, "x", "").asked_in_vain == "x"


def test_several_plans_are_counted_in_one_query_each_in_its_own_period(world: World) -> None:
    other = make.StatusFactory.create(value="complete")
    with CaptureQueriesContext(connection) as captured:
        plans = plans_at(NOBODY)
    assert len(captured) <= 4
    with CaptureQueriesContext(connection) as captured:
        counted = overviews(NOBODY, plans)
    assert len(captured) == 1
    assert {each.at.plan.code: each.total for each in counted} == {"small": 5, other.deliverable.plan.code: 1}


def shown_at_home() -> Plan:
    at = plan_for_home(NOBODY, plans_at(NOBODY))
    assert at
    return at.plan


def test_the_home_page_prefers_a_real_plan_that_is_reported_on() -> None:
    invented = make.StatusFactory.create(deliverable__plan__is_invented=True).deliverable.plan
    assert shown_at_home() == invented
    silent = make.PlanFactory.create(starts_on=date(2030, 1, 1))
    assert shown_at_home() == silent
    province = make.StatusFactory.create(deliverable__plan__jurisdiction="CA-AB").deliverable.plan
    assert shown_at_home() == province
    older = make.StatusFactory.create(deliverable__plan__starts_on=date(2005, 1, 1)).deliverable.plan
    assert shown_at_home() == older
    newer = make.StatusFactory.create(deliverable__plan__starts_on=date(2019, 1, 1)).deliverable.plan
    assert shown_at_home() == newer


@pytest.mark.django_db(transaction=True)
def test_counts_are_kept_until_the_next_act() -> None:
    plan = load_plan(file=small_plan(one()), by=command_line()).plan

    def count() -> tuple[int, int]:
        at = plan_at(NOBODY, plan.code)
        assert at
        with CaptureQueriesContext(connection) as captured:
            total = overview(NOBODY, at).total
        return total, len(captured)

    assert count() == (1, 2)
    assert count() == (1, 1)
    load_plan(file=small_plan(one(), one("1.1-02")), by=command_line())
    assert count() == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_counts_inside_a_transaction_are_not_kept() -> None:
    plan = load_plan(file=small_plan(one()), by=command_line()).plan
    at = plan_at(NOBODY, plan.code)
    assert at
    with transaction.atomic():
        StatusRecord.objects.all().delete()
        assert overview(NOBODY, at).by_status == Counter({"not_stated": 1})
        transaction.set_rollback(True)
    assert overview(NOBODY, at).by_status == Counter({"in_progress": 1})


def test_nothing_is_kept_while_the_trail_is_empty(world: World) -> None:
    at = plan_at(NOBODY, "small")
    assert at
    assert overview(NOBODY, at).total == 5
    StatusRecord.objects.filter(deliverable=world.deliverables[0]).delete()
    DueDate.objects.all().delete()
    assert overview(NOBODY, at).by_concern[Concern.NO_DUE_DATE] == 5


def test_a_plan_without_anything_counts_nothing() -> None:
    plan: Plan = make.PlanFactory.create()
    at = plan_at(NOBODY, plan.code)
    assert at
    assert (at.period, at.before, at.has_statuses) == (None, None, False)
    counted = overview(NOBODY, at)
    assert (counted.total, counted.by_p, counted.changed) == (0, {}, 0)
