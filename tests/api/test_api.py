"""The API says what the register says, page by page, and says plainly what it cannot find."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from palermo.people.queries import command_line
from palermo.plan import planfile
from palermo.plan.planfile_models import PlanFile
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.queries.plans import latest_period
from palermo.plan.report.actions.publish import publish_edition

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def country() -> PlanFile:
    file = planfile.load(files("palermo.plan.samples").joinpath("ca-2012.json").read_bytes())
    load_plan(file=file, by=command_line())
    return file


def test_deliverables_are_those_of_the_file(client: Client, country: PlanFile) -> None:
    found = client.get(f"{API}/plans/ca-2012/deliverables?page_size=200").json()
    assert found["total"] == 107
    assert [one["code"] for one in found["items"]] == [one.code for one in country.deliverables]
    assert [one["status"] for one in found["items"]] == [
        next(status.value for status in one.statuses) for one in country.deliverables
    ]


def test_deliverables_can_be_chosen(client: Client, country: PlanFile) -> None:
    asked = "status=complete&p=prevention&organisation=rcmp&section=1.11&period=2013-2014"
    found = client.get(f"{API}/plans/ca-2012/deliverables?{asked}").json()
    wanted = [
        one.code
        for one in country.deliverables
        if one.section == "1.11"
        and one.statuses[0].value == "complete"
        and any(its.organisation == "rcmp" for its in one.responsibilities)
    ]
    assert [one["code"] for one in found["items"]] == wanted
    assert wanted


def test_one_deliverable_comes_with_its_history(client: Client, country: PlanFile) -> None:
    wanted = next(one for one in country.deliverables if one.due)
    found = client.get(f"{API}/plans/ca-2012/deliverables/{wanted.code}").json()
    assert found["due_dates"][0]["due_on"] == str(wanted.due[0].on)
    assert found["statuses"][0]["printed"] == wanted.statuses[0].printed


def test_pages_are_capped_and_a_page_after_the_last_is_empty(client: Client, country: PlanFile) -> None:
    assert client.get(f"{API}/plans/ca-2012/deliverables?page_size=201").status_code == 422
    beyond = client.get(f"{API}/plans/ca-2012/deliverables?page=99").json()
    assert (beyond["items"], beyond["total"]) == ([], 107)


@pytest.mark.parametrize(
    "address",
    [
        "/plans/none",
        "/plans/none/sections",
        "/plans/none/deliverables",
        "/plans/ca-2012/deliverables?period=1999-2000",
        "/plans/ca-2012/deliverables/none",
        "/organisations/none",
        "/editions/ca-2012/2013-2014/7",
    ],
)
def test_what_is_not_there_says_so(client: Client, country: PlanFile, address: str) -> None:
    answer = client.get(API + address)
    assert answer.status_code == 404
    assert answer.json()["detail"].endswith(".")


def test_what_has_not_changed_comes_as_304(client: Client, country: PlanFile) -> None:
    first = client.get(f"{API}/plans")
    again = client.get(f"{API}/plans", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_queries_do_not_grow_with_the_page(
    client: Client, country: PlanFile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 20, 100):
        with django_assert_num_queries(8):
            client.get(f"{API}/plans/ca-2012/deliverables?page_size={size}")


def test_rows_of_an_edition_are_those_that_were_published(client: Client, country: PlanFile) -> None:
    plan = load_plan(file=country, by=command_line()).plan
    period = latest_period(command_line(), plan)
    assert period is not None
    publish_edition(by=command_line(), period=period)
    found = client.get(f"{API}/editions/ca-2012/2013-2014/1/rows?page_size=200&language=fr").json()
    status = [next(cell for cell in row["cells"] if cell["column"] == "status-2013-2014") for row in found["items"]]
    assert [cell["code"] for cell in status] == [one.statuses[0].value for one in country.deliverables]


def test_the_description_is_openapi_3_1_and_names_its_errors(client: Client) -> None:
    described = json.loads(client.get(f"{API}/openapi.json").content)
    assert described["openapi"].startswith("3.1")
    for path, operations in described["paths"].items():
        assert set(operations) == {"get"}, path
        assert "422" in operations["get"]["responses"], path


def test_nothing_can_be_written(client: Client) -> None:
    assert client.post(f"{API}/plans", data={}).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/plans/%00",
        "/plans/%00/sections",
        "/plans/ca-2012/deliverables/%00",
        "/plans/ca-2012/deliverables?section=%00",
        "/plans/ca-2012/deliverables?organisation=a%00b",
        "/plans/ca-2012/statuses?period=%00",
        "/organisations/%00",
        "/editions/%00/2013-2014/1",
        "/editions/ca-2012/%00/1/rows",
    ],
)
def test_what_no_database_could_hold_is_refused(client: Client, country: PlanFile, address: str) -> None:
    answer = client.get(API + address)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] == "string_pattern_mismatch"


@pytest.mark.parametrize("number", ["-1", "0", "99999999999999999999999", "x"])
def test_numbers_that_are_none_are_refused(client: Client, country: PlanFile, number: str) -> None:
    assert client.get(f"{API}/editions/ca-2012/2013-2014/{number}").status_code == 422
