"""Every public page of the register: for everybody, in both languages, at any size, whatever the address says."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.plan.register.models import Section
from tests import factories as make
from tests.plan.register.conftest import World, add_deliverable

pytestmark = pytest.mark.django_db

PAGES = [
    "",
    "plans/",
    "plans/small/",
    "plans/small/?period=2012-2013",
    "plans/small/deliverables/",
    "plans/small/deliverables/?concern=late&status=in_progress&p=prevention&organisation=police&q=train",
    "plans/small/deliverables.csv",
    "plans/small/sections/1/",
    "plans/small/sections/1.1/",
    "plans/small/deliverables/1.1-001/",
    "plans/small/periods/",
    "plans/small/periods/?from=2012-2013&to=2013-2014&show=all",
    "organisations/",
    "organisations/police/",
    "organisations/ministry/",
    "organisations/police/?show=late",
    "compare/",
    "compare/?plans=small",
    "search/",
    "search/?q=officers",
    "search/?q=1.1-001",
    "search/?q=xyzzy",
    "methods/",
    "downloads/",
]


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return (b"".join(response) if response.streaming else response.content).decode()


@pytest.mark.parametrize("who", ["nobody", "outsider", "other", "coordinator"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_everybody_may_read_every_page(world: World, clients: dict[str, Client], who: str, language: str) -> None:
    for page in PAGES:
        shown = body(clients[who], f"/{language}/{page}")
        if not page.split("?")[0].endswith(".csv"):
            assert f'<html lang="{language}">' in shown, page
            assert shown.count("<h1>") == 1, page


def grow(world: World, number: int) -> None:
    """One more of everything: a deliverable, a part of the plan, a unit of the police, and a plan that is older."""
    add_deliverable(world, number)
    make.StatusFactory.create(deliverable__plan__starts_on=date(2001, 1, 1))
    make.OrganisationFactory.create(parent=world.police)
    make.SectionFactory.create(
        plan=world.plan, parent=world.pillar, level=world.task.level, code=f"1.{number}", position=number
    )


@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_queries_does_not_depend_on_the_size(world: World, page: str) -> None:
    client = Client()
    grow(world, 6)
    with CaptureQueriesContext(connection) as few:
        body(client, f"/en/{page}")
    for number in range(7, 25):
        grow(world, number)
    for year in range(2014, 2018):
        make.PeriodFactory.create(plan=world.plan, first_year=year)
    with CaptureQueriesContext(connection) as many:
        body(client, f"/en/{page}")
    assert len(many) == len(few), [query["sql"] for query in many.captured_queries]
    assert len(few) <= 25


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "page", ["", "plans/", "organisations/", "compare/", "search/", "search/?q=train", "methods/", "downloads/"]
)
def test_pages_stand_while_there_is_nothing(client: Client, language: str, page: str) -> None:
    assert "<h1>" in body(client, f"/{language}/{page}")


def test_home_says_what_to_do_while_there_is_no_plan(client: Client) -> None:
    shown = body(client, "/en/")
    assert "There is no plan here yet" in shown
    assert "palermo sample" in shown


def test_a_plan_without_periods_and_parts_is_shown(client: Client) -> None:
    plan = make.PlanFactory.create(levels=())
    for page in ("", "deliverables/", "periods/", "deliverables.csv"):
        body(client, f"/en/plans/{plan.code}/{page}")
    assert "Nothing is in this plan yet" in body(client, f"/en/plans/{plan.code}/")
    one = make.DeliverableFactory.create(plan=plan)
    assert "No source that was read says how far" in body(client, f"/en/plans/{plan.code}/")
    assert "No source that was read says how far it is." in body(
        client, f"/en/plans/{plan.code}/deliverables/{one.code}/"
    )


BAD_QUERIES = [
    "period=1999-2000",
    "period=%00",
    "period=" + "9" * 5000,
    "page=abc",
    "page=0",
    "page=-3",
    "page=99999999999999999999999",
    "page=" + "9" * 5000,
    "page=%00",
    "page=%EF%BC%91",
    "q=%00",
    "q=%00train",
    "q=%25_%5C%27%22",
    "q=" + "word+" * 3000,
    "q=%F0%9F%98%80",
    "q=%FF%FE",
    "q=---...",
    "status=x&p=y&concern=z&organisation=%00&show=w",
    "organisation=nobody",
    "plans=%00&plans=small&plans=x",
    "from=%00&to=x",
    "from=2013-2014&to=2012-2013",
    "from=2013-2014&to=2013-2014",
]


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_whatever_the_query_says_there_is_a_page(world: World, client: Client, query: str) -> None:
    for page in (
        "",
        "plans/small/",
        "plans/small/deliverables/",
        "plans/small/deliverables.csv",
        "search/",
        "compare/",
    ):
        body(client, f"/en/{page}?{query}")
    for page in ("plans/small/periods/", "plans/small/sections/1.1/", "plans/small/deliverables/1.1-001/"):
        body(client, f"/en/{page}?{query}")
    for page in ("organisations/police/", "search/", "compare/"):
        body(client, f"/en/{page}?{query}")


@pytest.mark.parametrize(
    "address",
    [
        "plans/none/",
        "plans/none/deliverables/",
        "plans/none/deliverables.csv",
        "plans/none/periods/",
        "plans/small/sections/none/",
        "plans/small/sections/%00/",
        "plans/small/deliverables/none/",
        "plans/small/deliverables/1.1-001%00/",
        "plans/none/sections/1/",
        "organisations/none/",
        "plans/%00/",
    ],
)
def test_what_there_is_not_is_not_found(world: World, client: Client, address: str) -> None:
    assert client.get(f"/en/{address}").status_code == 404


def test_an_unknown_period_is_told(world: World, client: Client) -> None:
    shown = body(client, "/en/plans/small/?period=1999-2000")
    assert "no reporting period “1999-2000”" in shown
    assert "2013–2014" in shown


def test_an_invented_plan_says_so_on_each_of_its_pages(world: World, client: Client) -> None:
    pages = ["", "deliverables/", "periods/", "sections/1.1/", "deliverables/1.1-001/"]
    for page in pages:
        assert "This plan is invented" not in body(client, f"/en/plans/small/{page}")
    world.plan.is_invented = True
    world.plan.save()
    for page in pages:
        assert "This plan is invented" in body(client, f"/en/plans/small/{page}")
    for page in ("", "plans/", "search/?q=train", "organisations/police/", "compare/", "downloads/"):
        shown = body(client, f"/en/{page}")
        assert "This plan is invented" in shown or "Invented example" in shown, page


def test_home_tells_the_plan_at_a_glance(world: World, client: Client) -> None:
    shown = body(client, "/en/")
    assert "Small plan" in shown
    assert "2 are past their due date and not complete" in shown
    assert "5 have another status than in 2012–2013" in shown
    assert "Late vendor" in shown
    assert "What cannot be told" in shown


def test_the_plan_states_what_it_hides(world: World, client: Client) -> None:
    make.DeliverableFactory.create(section=world.task, code="open", position=50)
    shown = body(client, "/en/plans/small/")
    assert "What this plan does not tell" in shown
    assert "concern=no_due_date&amp;period=2013-2014" in shown
    assert "1 of 6" in shown


def test_a_deliverable_tells_all_that_is_known(world: World, client: Client) -> None:
    shown = body(client, "/en/plans/small/deliverables/1.1-002/")
    for told in (
        "Train officers, part 1.1-002",
        "Old Police",
        "March 31, 2013",
        "March 1, 2014",
        "Late vendor",
        "“Under way”",
        "Annual report",
        "Course outline",
        "$500",
        "2013–2014",
        "later, 9",
        "Its due date has passed",
        "Previous:",
        "Next:",
    ):
        assert told in shown, told
    assert "Change</a>" not in shown


def test_only_those_who_may_change_see_the_way_to_it(world: World, clients: dict[str, Client]) -> None:
    address = "/en/plans/small/deliverables/1.1-002/"
    assert "/edit/" in body(clients["coordinator"], address)
    for who in ("nobody", "outsider", "other"):
        assert "/edit/" not in body(clients[who], address)


def test_organisations_are_shown_under_the_name_of_the_day(world: World, client: Client) -> None:
    name = world.police.names.get()
    name.to_date = world.earlier.ends_on
    name.save()
    world.police.names.create(name_en="New Police", from_date=world.later.starts_on)
    address = "/en/plans/small/deliverables/1.1-001/"
    earlier, later = body(client, f"{address}?period=2012-2013"), body(client, address)
    assert "Old Police" in earlier
    assert "New Police" not in earlier
    assert "New Police" in later
    shown = body(client, "/en/organisations/police/")
    assert "Old Police" in shown
    assert "New Police" in shown


def test_a_section_shows_what_is_below_and_beside(world: World, client: Client) -> None:
    make.SectionFactory.create(
        plan=world.plan, parent=world.pillar, level=world.task.level, code="1.2", title_en="Laws", position=3
    )
    shown = body(client, "/en/plans/small/sections/1/")
    assert "Training" in shown
    assert "Laws" in shown
    assert "3 of 5" in shown
    shown = body(client, "/en/plans/small/sections/1.1/")
    assert "1.1-005" in shown
    assert "Next: 1.2" in shown
    assert "Nothing stands here" in body(client, "/en/plans/small/sections/1.2/")


def test_a_tree_too_long_shows_its_upper_levels(world: World, client: Client) -> None:
    Section.objects.bulk_create(
        Section(
            plan=world.plan,
            parent=world.pillar,
            level=world.task.level,
            code=f"T{number}",
            title_en="Task",
            position=number,
        )
        for number in range(10, 140)
    )
    shown = body(client, "/en/plans/small/")
    assert "sections/1/" in shown
    assert "sections/T50/" not in shown
    assert "sections/T50/" in body(client, "/en/plans/small/sections/1/")


def test_methods_tell_each_definition(client: Client) -> None:
    shown = body(client, "/en/methods/")
    for told in ("Late:", "First due date passed:", "Ongoing without an end:", "No due date:", "No evidence:"):
        assert told in shown


def test_work_is_for_coordinators(world: World, clients: dict[str, Client]) -> None:
    assert clients["nobody"].get("/en/work/").status_code == 302
    assert clients["outsider"].get("/en/work/").status_code == 403
    assert "Small plan" in body(clients["coordinator"], "/en/work/")
    assert "Small plan" not in body(clients["other"], "/en/work/")
