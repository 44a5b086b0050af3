"""A promise carried forward never looks new: where it was made first, for when, and how many plans long."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.people.queries import command_line
from palermo.plan.register.models import Deliverable, Lineage, Plan
from palermo.plan.register.queries.promised import Promise, first_promises, promised_before
from tests.factories import DeliverableFactory, DueDateFactory, PlanFactory

pytestmark = pytest.mark.django_db


def linked(before: Deliverable, after: Deliverable) -> Lineage:
    return Lineage.objects.create(
        before=before, after=after, after_plan=after.plan.code, after_code=after.code, kind="carried_forward"
    )


@pytest.fixture
def three() -> list[Plan]:
    """Three plans, one after the other, made in another order than they began."""
    years = {"second": 2017, "first": 2012, "third": 2021}
    made = {name: PlanFactory.create(code=name, starts_on=date(year, 4, 1)) for name, year in years.items()}
    return [made["first"], made["second"], made["third"]]


def in_each(plans: list[Plan]) -> list[Deliverable]:
    ones = [DeliverableFactory.create(plan=plan) for plan in plans]
    for before, after in pairwise(ones):
        linked(before, after)
    return ones


def promise_of(one: Deliverable) -> Promise:
    return first_promises(command_line(), [one])[one.pk]


def test_a_chain_goes_back_to_its_beginning(three: list[Plan]) -> None:
    first, second, third = in_each(three)
    DueDateFactory.create(deliverable=first, due_on=date(2014, 3, 31))
    DueDateFactory.create(deliverable=first, due_on=date(2016, 3, 31), revision=1)
    DueDateFactory.create(deliverable=second, due_on=date(2013, 3, 31))
    assert promise_of(third) == Promise(first, date(2014, 3, 31), three[0], 3)
    assert promise_of(second) == Promise(first, date(2014, 3, 31), three[0], 2)
    assert first_promises(command_line(), [first]) == {}


def test_a_promise_without_a_date_was_first_dated_in_a_later_plan(three: list[Plan]) -> None:
    first, second, third = in_each(three)
    DueDateFactory.create(deliverable=second, due_on=date(2018, 3, 31))
    assert promise_of(third) == Promise(first, date(2018, 3, 31), three[1], 3)


def test_no_date_anywhere_is_no_date(three: list[Plan]) -> None:
    first, _second, third = in_each(three)
    assert promise_of(third) == Promise(first, None, None, 3)


def test_of_several_that_were_merged_the_earliest_date_counts(three: list[Plan]) -> None:
    one, other = DeliverableFactory.create(plan=three[0]), DeliverableFactory.create(plan=three[0])
    merged = DeliverableFactory.create(plan=three[1])
    linked(one, merged)
    linked(other, merged)
    DueDateFactory.create(deliverable=one, due_on=date(2015, 3, 31))
    DueDateFactory.create(deliverable=other, due_on=date(2014, 3, 31))
    assert promise_of(merged) == Promise(one, date(2014, 3, 31), three[0], 2)


def test_a_circle_comes_to_an_end(three: list[Plan]) -> None:
    first, _second, third = in_each(three)
    linked(third, first)
    assert promise_of(third).plans == 3
    assert promise_of(first).plans == 3


def test_the_list_has_what_goes_back_and_nothing_else(three: list[Plan]) -> None:
    _first, second, _third = in_each(three)
    DeliverableFactory.create(plan=three[1])
    assert list(promised_before(command_line(), three[1])) == [second]
    assert not promised_before(command_line(), three[0]).exists()


def test_the_pages_say_it(three: list[Plan]) -> None:
    first, _second, third = in_each(three)
    DeliverableFactory.create(plan=three[2])
    DueDateFactory.create(deliverable=first, due_on=date(2014, 3, 31))
    page = Client().get(reverse("plan", args=["third"])).content.decode()
    assert "1 of 2 was promised in an earlier plan already" in page
    listed = Client().get(reverse("plan_promised", args=["third"])).content.decode()
    assert reverse("deliverable", args=["first", first.code]) in listed
    assert "March 31, 2014" in listed
    one = Client().get(reverse("deliverable", args=["third", third.code])).content.decode()
    assert "First promised in" in one
    assert "March 31, 2014" in one
    assert "It stands in 3 plans by now." in one
    rows = Client().get(reverse("plan_deliverables", args=["third"])).content.decode()
    assert rows.count("Promised before") == 1
    french = Client().get(reverse("plan_promised", args=["third"]).replace("/en/", "/fr/")).content.decode()
    assert "1 sur 2 figurait déjà dans un plan antérieur" in french


def test_a_plan_without_earlier_promises_says_so(three: list[Plan]) -> None:
    DeliverableFactory.create(plan=three[0])
    assert "promised in an earlier plan" not in Client().get(reverse("plan", args=["first"])).content.decode()
    page = Client().get(reverse("plan_promised", args=["first"])).content.decode()
    assert "Nothing in this plan is known to have been promised before" in page


def test_the_number_of_queries_does_not_grow(three: list[Plan]) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            Client().get(reverse("plan_promised", args=["third"]))
        return len(asked)

    in_each(three)
    before = count()
    for _ in range(20):
        in_each(three)
    assert count() == before
