"""The page and the ways that lead there."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.plan.register.models import Evidence, ReportingPeriod
from tests.factories import (
    DeliverableFactory,
    OrganisationFactory,
    PlanFactory,
    ResponsibilityFactory,
    SectionFactory,
    StatusFactory,
)
from tests.plan.tracker.tracking import account, due, page_of, promised

pytestmark = pytest.mark.django_db


def test_the_page_counts_what_has_no_reason_and_shows_only_that_where_asked(period: ReportingPeriod) -> None:
    late, done = promised(period, code="late-one"), promised(period, code="done-one")
    due(late, date(2013, 6, 1))
    StatusFactory.create(deliverable=late, period=period, value="in_progress")
    StatusFactory.create(deliverable=done, period=period, value="complete")
    page = page_of(period)
    assert "1 promise is behind or was given up, and nobody says why" in page
    assert "late-one" in page
    assert "done-one" in page
    only = page_of(period, "&show=lacking")
    assert "late-one" in only
    assert "done-one" not in only
    assert "1 promesse accuse un retard ou a été abandonnée" in page_of(period, language="fr")


def test_the_page_says_so_where_every_reason_is_given(period: ReportingPeriod) -> None:
    StatusFactory.create(deliverable=promised(period), period=period, value="complete")
    assert "Wherever a reason must be given, one is." in page_of(period)


def test_a_plan_without_a_period_says_what_is_to_come() -> None:
    plan = PlanFactory.create()
    assert (
        "There is no period to tell of yet" in Client().get(reverse("plan_tracker", args=[plan.code])).content.decode()
    )
    response = Client().get(reverse("plan_tracker_csv", args=[plan.code]))
    assert len(b"".join(map(bytes, response)).decode().splitlines()) == 1


def test_the_pages_that_lead_there(period: ReportingPeriod) -> None:
    StatusFactory.create(deliverable=promised(period), period=period, value="complete")
    address = reverse("plan_tracker", args=[period.plan.code])
    for leading in (reverse("downloads"), reverse("plan_periods", args=[period.plan.code])):
        assert address in Client().get(leading).content.decode()


@pytest.mark.parametrize("name", ["plan_tracker", "plan_tracker_csv", "plan_tracker_xlsx"])
def test_the_number_of_queries_does_not_grow(period: ReportingPeriod, name: str) -> None:
    def count() -> int:
        address = reverse(name, args=[period.plan.code])
        with CaptureQueriesContext(connection) as asked:
            response = Client().get(address)
            if response.streaming:
                list(response)
        return len(asked)

    section = SectionFactory.create(plan=period.plan)
    lead = OrganisationFactory.create()

    def more(number: int) -> None:
        for _ in range(number):
            one = DeliverableFactory.create(section=section)
            due(one, date(2013, 6, 1))
            StatusFactory.create(deliverable=one, period=period, value="in_progress")
            ResponsibilityFactory.create(deliverable=one, organisation=lead)
            account(one, period, lead, status="in_progress")
            Evidence.objects.create(deliverable=one, period=period, title_en="Photo")

    more(2)
    before = count()
    more(60)
    assert count() == before
