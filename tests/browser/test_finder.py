"""From the home page to a telephone number, on a small screen and without scripts; every step is judged too."""

from __future__ import annotations

import io
import re

import pdfplumber
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.serving import House
from tests.browser.test_accessibility import judged
from tests.browser.visiting import LANGUAGES, Visit

LEADS = "main form:not([method=get]) button:not(.second)"
"""The button that goes on."""

RESET = re.compile("Show all again|Tout montrer de nouveau")


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_two_steps_away_without_scripts_or_cookies(visit: Visits, language: str) -> None:
    window = visit(javascript=False, width=320, language=language)
    page = window.page
    window.go("/")
    page.locator("nav a[href$='/find-help/']").click()
    expect(page.locator("a[href='tel:911']")).to_be_visible()
    page.locator("button[value=lawyer]").click()
    page.locator("#place").fill("moncton")
    page.locator(LEADS).click()
    first = page.locator("main .help").first
    expect(first).to_contain_text("506-555-0114")
    assert first.locator("a[href^='tel:']").get_attribute("href") == "tel:+15065550114"
    assert page.url.endswith(f"/{language}/find-help/")
    assert window.context.cookies() == []
    size = first.locator("a.button").bounding_box()
    assert size is not None
    assert size["height"] >= 44


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_can_be_used_by_everybody(visit: Visits, language: str) -> None:
    window = visit(language=language)
    assert _steps(window) == []


def _steps(window: Visit) -> list[str]:
    """What is wrong with each step after the first, which is judged with all other pages."""
    page, wrong = window.page, []
    window.go("/find-help/")
    page.locator("button[value=safe-place]").click()
    wrong += [f"where: {each}" for each in judged(window)]
    page.locator("#place").fill("qqzzqq")
    page.locator(LEADS).click()
    wrong += [f"unknown place: {each}" for each in judged(window)]
    page.locator("main a[href='#place']").click()
    expect(page.locator("#place")).to_be_focused()
    page.locator("#place").fill("Hamiltno")
    page.locator(LEADS).click()
    expect(page.locator("button[name=meant]", has_text="Hamilton (ON)")).to_be_visible()
    wrong += [f"nearly a place: {each}" for each in judged(window)]
    page.locator("#place").fill("Windsor")
    page.locator(LEADS).click()
    expect(page.locator("main .help").first).to_be_visible()
    expect(page.locator("button[name=meant]").first).to_be_visible()
    # Opened without a click, so that the focus stays at the top, where the judging begins.
    page.evaluate("document.querySelector('main details').open = true")
    wrong += [f"services: {each}" for each in judged(window)]
    page.locator("#language").select_option("es")
    page.locator("[name=open]").check()
    page.locator("form:has(#language) button").click()
    expect(page.locator("#language option:checked")).to_have_attribute("value", "es")
    page.locator("main summary").click()
    page.locator("form:not(:has(#language)) > button.second", has_text=RESET).click()
    page.locator("button[name=card]").first.click()
    expect(page.locator("#small")).to_be_visible()
    wrong += [f"one card: {each}" for each in judged(window)]
    window.go("/find-help/")
    page.locator("#say").fill("lawer")
    page.locator("form:has(#say) button").click()
    expect(page.locator("#meant")).to_be_visible()
    wrong += [f"own words: {each}" for each in judged(window)]
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hours_are_not_cut_off_where_text_is_twice_as_large(visit: Visits, language: str) -> None:
    window = visit(width=320, language=language)
    page = window.page
    page.add_init_script("addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')")
    _a_card_with_hours(window)
    cut = "([...document.querySelectorAll('.hours *')].some((one) => one.getBoundingClientRect().right > innerWidth))"
    assert page.evaluate(cut) is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_black_on_paper_and_nothing_there_can_be_pressed(visit: Visits, language: str) -> None:
    window = visit(language=language)
    page = window.page
    _a_card_with_hours(window)
    page.emulate_media(media="print")
    number = page.locator("main > p a.button").first
    expect(number).to_have_css("color", "rgb(0, 0, 0)")
    expect(number).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.locator("button:visible")).to_have_count(0)
    expect(page.locator("main a:visible:not([href^='tel:'], [href^='http'])")).to_have_count(0)
    heading = page.locator("#small").inner_text()
    with pdfplumber.open(io.BytesIO(page.pdf(format="Letter"))) as pdf:
        last = pdf.pages[-1].extract_text()
    assert "604-555-0101" in last.split(heading)[1], "the heading of the small card is parted from the card"


def _a_card_with_hours(window: Visit) -> None:
    page = window.page
    window.go("/find-help/")
    page.locator("button[value=doctor]").click()
    page.locator("#place").fill("Vancouver")
    page.locator(LEADS).click()
    page.locator("button[name=card]").first.click()
    expect(page.locator("#hours")).to_be_visible()


def test_the_same_answer_in_the_other_language(visit: Visits) -> None:
    window = visit()
    page = window.page
    window.go("/find-help/")
    page.locator("button[value=talk]").click()
    page.locator("#place").fill("Halifax")
    page.locator(LEADS).click()
    page.locator("header .language button").click()
    expect(page.locator("h1")).to_have_text("De l’aide à votre portée")
    expect(page.locator("main .help").first).to_contain_text("Société Marée Haute")


def test_no_file_of_the_house_tells_of_a_search(visit: Visits, house: House) -> None:
    """The server runs as in use: its own log, the database and what the database keeps beside it are files there."""
    window = visit()
    page, canary = window.page, "Qazvexmoor"
    for field in ("#say", "#place"):
        window.go("/find-help/")
        if field == "#place":
            page.locator("button[value=lawyer]").click()
        page.locator(field).fill(f"{canary} 7")
        page.locator(f"main form:has({field}) button").first.click()
        assert page.locator(field).input_value() == f"{canary} 7"
    files = {path: path.read_bytes() for path in house.data.rglob("*") if path.is_file()}
    assert {"palermo.sqlite3", "palermo.sqlite3-wal"} <= {path.name for path in files}
    assert any(path.name.startswith("server-") for path in files)
    assert [path.name for path, held in files.items() if canary.lower().encode() in held.lower()] == []
