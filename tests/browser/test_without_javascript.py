"""Every public page shows its content, and does its work, in a browser that runs no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.places import EVERYBODY
from tests.browser.visiting import LANGUAGES, Place

SCRIPT_ALONE = "[data-passkey], [data-passkey] *, [data-of-script], [data-of-script] *, [data-back-forgets]"
"""What no page can do without a script: a browser asks a passkey by no other way, and the password is beside it.

Of the form for tips, what a script says of its own sealing; the same form without it says that it is sealed on arrival.
Of the finder, that Back shows nothing, which a script sees to; without it, the sentence beside says that it may.
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_shows_its_content(visit: Visits, places: list[Place], language: str) -> None:
    window = visit(javascript=False, language=language)
    wrong = []
    for place in places:
        if place.who == EVERYBODY:
            window.go(place.path)
            main, heading = window.page.locator("main"), window.page.locator("h1")
            if not heading.is_visible() or len(main.inner_text()) < len(heading.inner_text()) + 20:
                wrong.append(f"{place.path}: shows nothing")
            if main.locator(f"[hidden]:not({SCRIPT_ALONE})").count():
                wrong.append(f"{place.path}: hides something until a script shows it")
    assert wrong == []


def test_search_finds_and_leads_there(visit: Visits) -> None:
    window = visit(javascript=False)
    window.go("/")
    window.page.locator("#site-search").fill("1.11-01")
    window.page.locator("search button").click()
    window.page.locator("main a[href*='/deliverables/1.11-01/']").first.click()
    expect(window.page.locator("h1")).to_contain_text("1.11-01")


def test_filters_narrow_the_list(visit: Visits) -> None:
    window = visit(javascript=False, width=390)
    page = window.page
    window.go("/plans/ca-2012/deliverables/")
    expect(page.locator("main")).to_contain_text("107 found")
    page.locator("summary").first.click()
    page.locator("select[name=status]").select_option("in_progress")
    page.locator("form.filters button").click()
    expect(page.locator("main")).to_contain_text("8 found")
    expect(page.locator("tbody .status")).to_have_text(["In progress"] * 8)
    expect(page.locator("select[name=status]")).to_have_value("in_progress")


def test_plans_are_put_side_by_side(visit: Visits) -> None:
    window = visit(javascript=False)
    page = window.page
    window.go("/compare/")
    ticked = page.locator("main input[type=checkbox]:checked")
    while ticked.count():
        ticked.first.uncheck()
    page.locator("#plan-ca-2012").check()
    page.locator("#plan-ca-ab-2020").check()
    page.locator("main form button").click()
    expect(page.locator("main thead th")).to_have_count(3)


def test_the_language_switch_stays_on_the_page(visit: Visits) -> None:
    window = visit(javascript=False, language="fr")
    window.go("/search/?q=formation")
    window.page.locator("a.language").click()
    window.page.wait_for_url("**/en/search/?q=formation")


def test_a_disclosure_opens(visit: Visits) -> None:
    window = visit(javascript=False)
    window.go("/")
    table = window.page.locator("figure.chart table")
    expect(table).to_be_hidden()
    window.page.locator("figure.chart summary").click()
    expect(table).to_be_visible()
