"""The API of series says what the pages say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from palermo.figures.series.actions import Revision, revise_observation
from palermo.figures.series.models import Series
from palermo.people.queries import command_line
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, entered, row

pytestmark = pytest.mark.django_db
API = "/api/v1/series"


@pytest.fixture
def series() -> Series:
    made: Series = SeriesFactory.create(code="permits", cut={"sex": ("F", "M")})
    document = SourceDocumentFactory.create(code="report")
    first = entered(made, row(5, document=document), row(3, sex="F"), row(None, sex="M", mark="suppressed"))[0]
    to = Revision(Decimal(6), "final", reason_en="Recounted.", document=document, known_on=date(2014, 1, 1))
    revise_observation(observation=first, to=to, by=command_line())
    return made


def test_a_series_comes_with_its_dimensions(client: Client, series: Series) -> None:
    found = client.get(f"{API}/permits").json()
    assert (found["counts"], found["owner"], found["title"]["fr"]) == ("permit", series.owner.code, series.title_fr)
    assert [code["code"] for code in found["dimensions"][0]["codes"]] == ["F", "M"]


def test_its_numbers_as_known_today_and_before(client: Client, series: Series) -> None:
    found = client.get(f"{API}/permits/observations").json()["items"]
    assert [(one["codes"], one["value"], one["mark"], one["document"]) for one in found] == [
        ({}, "6.0000", "final", "report"),
        ({"sex": "F"}, "3.0000", "final", None),
        ({"sex": "M"}, None, "suppressed", None),
    ]
    before = client.get(f"{API}/permits/observations?known_on=2013-12-31&page_size=1").json()
    assert (before["items"][0]["value"], before["total"], before["pages"]) == ("5.0000", 3, 3)
    assert client.get(f"{API}/permits/observations?known_on=soon").status_code == 422


def test_the_list_can_be_chosen_from_and_holds_what_is_public(client: Client, series: Series) -> None:
    SeriesFactory.create(code="calls", counts="call")
    SeriesFactory.create(code="hidden", is_public=False)
    for query, wanted in (("", ["calls", "permits"]), ("?counts=call", ["calls"]), ("?retired=true", [])):
        assert [one["code"] for one in client.get(API + query).json()["items"]] == wanted
    assert client.get(f"{API}/hidden").status_code == 404
    assert client.get(f"{API}/hidden/observations").status_code == 404
    assert client.get(f"{API}/%00").status_code == 422


def test_queries_do_not_grow(client: Client, series: Series, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    entered(series, *(row(1, year) for year in range(1990, 2011)))
    for size in (1, 20):
        with django_assert_num_queries(10):
            client.get(f"{API}/permits/observations?page_size={size}")
