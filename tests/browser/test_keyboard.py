"""The main tasks by keyboard alone; focus that is seen, moves forward and is never covered; targets large enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.people import COORDINATOR, PASSWORD
from tests.browser.places import COORDINATORS, DESK, EVERYBODY

MOST_STOPS = 400
PAGES = [
    (EVERYBODY, "/"),
    (EVERYBODY, "/plans/ca-2012/"),
    (EVERYBODY, "/plans/ca-2012/deliverables/1.11-01/"),
    (EVERYBODY, "/search/?q=training"),
    (EVERYBODY, "/compare/"),
    (EVERYBODY, "/downloads/"),
    (COORDINATORS, "/plans/ca-2012/deliverables/1.11-01/edit/"),
    (COORDINATORS, f"{DESK}/imports/1/"),
    (COORDINATORS, f"{DESK}/reports/ca-2012/2013-2014/write/foreword/"),
]
STOP = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    window.stops = window.stops || [];
    const before = window.stops.at(-1);
    const again = window.stops.includes(one);
    window.stops.push(one);
    const style = getComputedStyle(one);
    const inner = one.querySelector("path");
    const drawn = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none";
    const box = one.getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 20)];
    const on_top = document.elementFromPoint(x, y);
    const covered = on_top && on_top.closest(".exit") && !one.closest(".exit");
    return {
        html: one.outerHTML.slice(0, 100),
        again,
        seen: drawn || Boolean(inner && parseFloat(getComputedStyle(inner).strokeWidth) >= 3),
        forward: !before || Boolean(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
        covered: Boolean(covered),
    };
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "button, .button, summary, select, input:not([type=hidden]), .nav a, .pages a, .language, .site-name, .exit a, "
    + ".crumbs a, .cards a, .skip"
)].filter((one) => one.checkVisibility({visibilityProperty: true})).flatMap((one) => {
    const boxes = [...one.getClientRects()];
    const tall = Math.max(...boxes.map((box) => box.height)), wide = Math.max(...boxes.map((box) => box.width));
    return tall >= 24 && wide >= 24 ? [] : [`${Math.round(wide)}x${Math.round(tall)} ${one.outerHTML.slice(0, 80)}`];
})"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_focus_is_seen_moves_forward_and_is_not_covered(visit: Visits, who: str, path: str, width: int) -> None:
    window = visit(who, width=width)
    window.go(path)
    wrong, stops = [], 0
    for _press in range(MOST_STOPS):
        window.page.keyboard.press("Tab")
        stop = window.page.evaluate(STOP)
        if stop is None or stop["again"]:
            break
        stops += 1
        if not stop["seen"] or not stop["forward"] or stop["covered"]:
            wrong.append(stop)
    assert wrong == []
    assert 10 < stops < MOST_STOPS


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_targets_are_large_enough(visit: Visits, who: str, path: str) -> None:
    window = visit(who, width=320)
    window.go(path)
    assert window.page.evaluate(SMALL_TARGETS) == []


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until what the selector names has the focus."""
    for _press in range(MOST_STOPS):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_searching_and_reading(visit: Visits) -> None:
    window = visit()
    page = window.page
    window.go("/")
    tab_to(page, "#site-search")
    page.keyboard.type("1.11-01")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=1.11-01")
    tab_to(page, "main a[href*='1.11-01']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("1.11-01")


def test_filtering(visit: Visits) -> None:
    window = visit()
    page = window.page
    window.go("/plans/ca-2012/deliverables/")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "select[name=status]")
    page.keyboard.type("In pro")
    tab_to(page, "form.filters button")
    page.keyboard.press("Space")
    expect(page.locator("tbody .status")).to_have_text(["In progress"] * 8)


def test_comparing(visit: Visits) -> None:
    window = visit()
    page = window.page
    window.go("/compare/?plans=ca-2012")
    tab_to(page, "#plan-ca-ab-2020")
    page.keyboard.press("Space")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.locator("main thead th")).to_have_count(3)


def test_signing_in_and_out(visit: Visits) -> None:
    window = visit()
    page = window.page
    window.go("/account/login/")
    tab_to(page, "input[name=login]")
    page.keyboard.type(COORDINATOR)
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/")
    tab_to(page, ".nav button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/")


def test_correcting_a_deliverable(visit: Visits) -> None:
    window = visit(COORDINATORS)
    page = window.page
    window.go("/plans/example-city-2024/deliverables/1/edit/")
    tab_to(page, "textarea[name=text-text_en]")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Said once more.")
    tab_to(page, "main form:has(textarea[name=text-text_en]) button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Said once more.")
