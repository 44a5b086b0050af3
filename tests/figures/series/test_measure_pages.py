"""Pages and files of what the system counts itself: the same numbers everywhere, and nobody sees too much."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from palermo.figures import measures
from palermo.figures.measures import MeasureSpan
from palermo.figures.series.counted import span_of
from palermo.figures.series.views.measures import FILES
from palermo.plan.register.models import Plan
from tests.factories import (
    DeliverableFactory,
    MembershipFactory,
    PeriodFactory,
    PlanFactory,
    SectionFactory,
    StatusFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """Three deliverables: two complete and one ongoing in 2013–2014, all ongoing the year before."""
    plan = PlanFactory.create(code="lantern", title_en="Lantern plan", title_fr="Plan des lanternes")
    section = SectionFactory.create(plan=plan, code="1.1")
    periods = [PeriodFactory.create(plan=plan, first_year=year) for year in (2012, 2013)]
    for number in range(3):
        one = DeliverableFactory.create(plan=plan, section=section)
        StatusFactory.create(deliverable=one, period=periods[0], value="ongoing")
        StatusFactory.create(deliverable=one, period=periods[1], value="complete" if number else "ongoing")
    return plan


def address(code: str, language: str = "en", extension: str = "", **query: str) -> str:
    with override(language):
        path = reverse("measure_file", args=[code, extension]) if extension else reverse("measure", args=[code])
    return path + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def rows(page: str) -> list[list[str]]:
    """The cells of the table."""
    found = re.findall(r"<tr>(.*?)</tr>", page)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in found]


def test_a_page_tells_what_is_counted_and_the_numbers_now(client: Client, plan: Plan) -> None:
    page = client.get(address("deliverables")).content.decode()
    assert rows(page) == [
        ["Plan", "Reporting period", "P", "All together", "Ongoing", "Complete"],
        ["Lantern plan", "2013–2014", "All together", "3", "1", "2"],
        ["Lantern plan", "2013–2014", "Prevention", "3", "1", "2"],
    ]
    assert str(measures.one("deliverables").definition) in page
    earlier = client.get(address("deliverables", plan="lantern", period="2012-2013")).content.decode()
    assert rows(earlier)[1:] == [
        ["Lantern plan", "2012–2013", each, "3", "3"] for each in ("All together", "Prevention")
    ]


def test_it_is_in_french_as_well(client: Client, plan: Plan) -> None:
    page = client.get(address("deliverables", "fr")).content.decode()
    assert ["Plan des lanternes", "2013–2014", "Prévention", "3", "1", "2"] in rows(page)
    assert "Produits livrables par P et par état" in page


def test_every_file_has_the_same_numbers(client: Client, plan: Plan) -> None:
    wanted = {("_T", "_T"): 3, ("prevention", "_T"): 3, ("prevention", "complete"): 2, ("_T", "ongoing"): 1}
    wanted |= {("prevention", "ongoing"): 1, ("_T", "complete"): 2}
    text = client.get(address("deliverables", extension="csv")).content.decode("utf-8-sig")
    read = {(row["p"], row["status"]): int(row["value"]) for row in csv.DictReader(io.StringIO(text))}
    assert read == wanted
    text = client.get(address("deliverables", extension="sdmx.csv")).content.decode()
    read = {(row["P"], row["STATUS"]): int(row["OBS_VALUE"]) for row in csv.DictReader(io.StringIO(text))}
    assert read == wanted
    said = json.loads(client.get(address("deliverables", extension="json")).content)
    assert "lantern" in json.dumps(said)
    book = openpyxl.load_workbook(io.BytesIO(client.get(address("deliverables", extension="xlsx")).content))
    assert len(book.sheetnames) > 1
    for kind in FILES:
        for each in measures.registered():
            if each.is_public:
                assert client.get(address(each.code, "fr", kind.extension)).status_code == 200
    assert client.get(address("deliverables", extension="exe")).status_code == 404


def test_a_choice_narrows_files_too_and_an_unknown_code_finds_nothing(client: Client, plan: Plan) -> None:
    text = client.get(address("deliverables", extension="csv", status="complete")).content.decode("utf-8-sig")
    assert {row["status"] for row in csv.DictReader(io.StringIO(text))} == {"complete"}
    assert "Nothing is counted here" in client.get(address("deliverables", plan="nowhere")).content.decode()
    assert "Nothing is counted here" in client.get(address("deliverables", period="0000")).content.decode()


def test_the_public_sees_public_measures_alone(client: Client, plan: Plan) -> None:
    staff = [each for each in measures.registered() if not each.is_public]
    assert staff
    listed = client.get(reverse("measures")).content.decode()
    for each in staff:
        assert f"/{each.code}/" not in listed
        assert client.get(address(each.code)).status_code == 404
        assert client.get(address(each.code, extension="csv")).status_code == 404
    client.force_login(MembershipFactory.create().user)
    listed = client.get(reverse("measures")).content.decode()
    for each in staff:
        assert f"/{each.code}/" in listed
        assert client.get(address(each.code)).status_code == 200


def test_no_measure_that_is_not_there_is_shown(client: Client) -> None:
    assert client.get(address("no_such_measure")).status_code == 404


@pytest.mark.parametrize("code", ["deliverables", "deliverables_by_section", "returns_accepted"])
def test_queries_do_not_grow_with_plans(client: Client, plan: Plan, code: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(code)).status_code == 200
        return len(asked)

    before = queries()
    for _ in range(3):
        StatusFactory.create(deliverable=DeliverableFactory.create(section=SectionFactory.create()))
    assert queries() == before


def test_a_period_is_known_by_its_code() -> None:
    assert span_of("2013-2014") == MeasureSpan(*map(_day, ("2013-04-01", "2014-03-31")))
    assert span_of("2024") == MeasureSpan(*map(_day, ("2024-01-01", "2024-12-31")))
    assert [span_of(code) for code in ("", "2013-2016", "0000", "²⁰¹³", "soon")] == [None] * 5


def _day(text: str) -> date:
    return date.fromisoformat(text)
