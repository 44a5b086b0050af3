"""Lists of deliverables: what each filter finds, search, files, periods and plans side by side."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from palermo.foundation.search import search_key
from palermo.plan.register.models import Deliverable
from palermo.plan.register.queries.changes import moved
from palermo.plan.register.queries.comparison import comparison
from palermo.plan.register.queries.csv_file import safe
from palermo.plan.register.queries.listing import Wanted, wanted_deliverables
from palermo.plan.register.queries.matching import languages_of
from palermo.plan.register.queries.organisations import deliverables_of_organisation, organisation_page
from palermo.plan.register.queries.plan_at import plan_at, plans_at
from palermo.plan.register.queries.search import search
from tests import factories as make
from tests.plan.register.conftest import World

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def found_codes(**query: str) -> list[str]:
    at = plan_at(NOBODY, "small")
    assert at
    return [one.code for one in wanted_deliverables(NOBODY, at, Wanted.read(query))]


def worded(world: World, code: str, en: str, fr: str) -> Deliverable:
    return make.DeliverableFactory.create(
        section=world.task,
        code=code,
        text_en=en,
        text_fr=fr,
        position=100,
        search_en=search_key("en", code, en),
        search_fr=search_key("fr", code, fr),
    )


def test_each_filter_finds_its_own(world: World) -> None:
    make.DeliverableFactory.create(plan=world.plan, code="bare", position=90, added_in=world.later)
    all_codes = [f"1.1-{number:03}" for number in range(1, 6)]
    assert found_codes() == [*all_codes, "bare"]
    assert found_codes(status="complete") == ["1.1-001", "1.1-003", "1.1-005"]
    assert found_codes(status="not_stated") == ["bare"]
    assert found_codes(p="prevention") == all_codes
    assert found_codes(p="none") == ["bare"]
    assert found_codes(organisation="police") == all_codes
    assert found_codes(organisation="nobody") == []
    assert found_codes(concern="late") == ["1.1-002", "1.1-004"]
    assert found_codes(concern="new") == ["bare"]
    assert found_codes(concern="late", status="complete") == []
    assert found_codes(status="?", concern="?", p="?") == [*all_codes, "bare"]


def test_words_are_found_in_both_languages_without_accents_or_endings(world: World) -> None:
    worded(world, "x", "Protect seasonal workers", "Protéger les travailleurs saisonniers")
    assert found_codes(q="worker") == ["x"]
    assert found_codes(q="PROTEGER travailleur") == ["x"]
    assert found_codes(q="protéger workers") == ["x"]
    assert found_codes(q="protected fish") == []
    assert found_codes(q="1.1-00") == [f"1.1-{number:03}" for number in range(1, 6)]
    assert found_codes(q="1.1-004") == ["1.1-004"]
    assert found_codes(q="100%_") == []


def test_search_finds_everything_there_is(world: World) -> None:
    one = worded(world, "x", "Shelters", "Maisons d’hébergement")
    plans = plans_at(NOBODY)
    found, deliverables = search(NOBODY, "formation", plans)
    assert [(hit.found, hit.languages) for hit in found.sections.first] == [(world.task, ["fr"])]
    found, deliverables = search(NOBODY, "small plans", plans)
    assert [hit.found for hit in found.plans.first] == [world.plan]
    found, deliverables = search(NOBODY, "old police", plans)
    assert [hit.found for hit in found.organisations.first] == [world.police]
    found, deliverables = search(NOBODY, "hebergement", plans)
    assert list(deliverables) == [one]
    assert languages_of(one, "hebergement") == ["fr"]
    assert languages_of(one, "x") == ["en", "fr"]
    found, deliverables = search(NOBODY, "  ", plans)
    assert (found.total, list(deliverables)) == (0, [])


def test_the_exact_code_comes_first(world: World) -> None:
    make.DeliverableFactory.create(section=world.task, code="1.1-0019", position=0)
    found = search(NOBODY, "1.1-001", plans_at(NOBODY))[1]
    assert [one.code for one in found] == ["1.1-001", "1.1-0019"]


def test_a_page_of_results_marks_the_language(world: World, client: Client) -> None:
    shown = client.get("/en/search/", {"q": "formation"}).content.decode()
    assert "found in the French text" in shown
    assert "Nothing was found" in client.get("/en/search/", {"q": "xyzzy"}).content.decode()
    assert "Search looks in plans" in client.get("/en/search/", {"q": "   "}).content.decode()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "1.1-01", "Train", "a=b"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe(cell) == cell


def test_the_file_holds_the_filtered_list(world: World, client: Client) -> None:
    worded(world, "=evil()", "=HYPERLINK(1)", "")
    response = client.get("/en/plans/small/deliverables.csv?concern=late")
    text = b"".join(response).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Code"] for row in rows] == ["1.1-002", "1.1-004"]
    assert (rows[0]["Lead"], rows[0]["First due date"], rows[0]["Due date today"], rows[0]["Claimed status"]) == (
        "Old Police",
        "2013-03-31",
        "2014-03-01",
        "In progress",
    )
    assert response["Content-Disposition"] == 'attachment; filename="small-2013-2014.csv"'
    everything = b"".join(client.get("/en/plans/small/deliverables.csv")).decode("utf-8-sig")
    last = list(csv.DictReader(io.StringIO(everything)))[-1]
    assert (last["Code"], last["Text in English"]) == ("'=evil()", "'=HYPERLINK(1)")


def test_periods_side_by_side_show_only_changes_unless_asked(world: World, client: Client) -> None:
    same = make.DeliverableFactory.create(section=world.task, code="same", position=80)
    for period in (world.earlier, world.later):
        make.StatusFactory.create(deliverable=same, period=period, value="ongoing")
    at = plan_at(NOBODY, "small")
    assert at
    assert at.before
    assert "same" not in [one.code for one in moved(NOBODY, at, at.before)]
    everything = {one.code: (one.before, one.status) for one in moved(NOBODY, at, at.before, only_changes=False)}
    assert everything["same"] == ("ongoing", "ongoing")
    assert everything["1.1-001"] == ("ongoing", "complete")
    shown = client.get("/en/plans/small/periods/").content.decode()
    assert "5 of 6 have another status" in shown
    assert "deliverables/same/" not in shown
    assert "deliverables/same/" in client.get("/en/plans/small/periods/?show=all").content.decode()


def test_one_period_alone_cannot_be_compared(client: Client) -> None:
    plan = make.StatusFactory.create().deliverable.plan
    assert "There is nothing to compare" in client.get(f"/en/plans/{plan.code}/periods/").content.decode()


def test_plans_are_compared_by_p(world: World) -> None:
    other = make.StatusFactory.create(value="complete", deliverable__p="protection").deliverable.plan
    found = comparison(NOBODY, ["small", other.code, "unknown"])
    rows = {p: [(cell.total, cell.share_complete) for cell in cells] for p, cells in found.rows}
    small_first = found.chosen[0].at.plan.code == "small"
    expected = {"prevention": [(5, 60), (0, None)], "protection": [(0, None), (1, 100)]}
    assert rows == (expected if small_first else {p: cells[::-1] for p, cells in expected.items()})
    totals = {each.at.plan.code: total for each, total in zip(found.chosen, found.totals, strict=True)}
    assert (totals[other.code].no_due_date, totals[other.code].no_evidence) == (1, 1)
    assert (totals["small"].no_due_date, totals["small"].no_evidence) == (0, 0)


def test_no_more_than_four_plans_are_compared_and_real_ones_first(world: World) -> None:
    invented = make.PlanFactory.create(is_invented=True)
    others = [make.PlanFactory.create().code for _ in range(5)]
    assert len(comparison(NOBODY, others).chosen) == 4
    assert invented not in [each.at.plan for each in comparison(NOBODY, []).chosen]
    assert len(comparison(NOBODY, []).chosen) == 2


def test_shares_are_rounded_half_up() -> None:
    plan = make.PlanFactory.create(code="eighths")
    period = make.PeriodFactory.create(plan=plan)
    for number in range(8):
        make.StatusFactory.create(deliverable__plan=plan, period=period, value="complete" if number == 0 else "ongoing")
    assert comparison(NOBODY, ["eighths"]).totals[0].share_complete == 13


def test_an_organisation_has_all_it_leads_and_supports_over_all_plans(world: World) -> None:
    other = make.StatusFactory.create(value="in_progress").deliverable
    make.ResponsibilityFactory.create(deliverable=other, organisation=world.police, kind="support")
    make.ResponsibilityFactory.create(deliverable=other, organisation=world.police)
    make.DueDateFactory.create(deliverable=other)
    page = organisation_page(NOBODY, "police")
    assert page
    assert {part.at.plan.code: (part.total, part.complete, part.late) for part in page.parts} == {
        "small": (5, 3, 2),
        other.plan.code: (1, 0, 0),  # due on the last day of its period, which is not yet late
    }
    found = deliverables_of_organisation(NOBODY, world.police, page.plans)
    assert found.count() == 6
    late = deliverables_of_organisation(NOBODY, world.police, page.plans, only_late=True)
    assert [one.code for one in late] == ["1.1-002", "1.1-004"]
