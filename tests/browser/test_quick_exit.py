"""Leaving quickly works by button and by Escape, and tells nobody where one comes from.

That no page asks anybody else for anything, breaks a script or the content policy, is watched over by every window
that a test opens; `test_a_window_hears_complaints` sees to it that it hears.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Error, Request, Route, expect

from tests.browser.conftest import Visits
from tests.browser.visiting import Visit

HOST = "www.canada.ca"


class Outside:
    """Stands for the other site: it keeps what it was asked and answers with a page of its own."""

    def __init__(self, window: Visit) -> None:
        self.window = window
        self.asked: list[Request] = []
        window.others.add(HOST)
        window.page.route(f"https://{HOST}/**", self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append(route.request)
        route.fulfill(status=200, content_type="text/html", body="<title>Elsewhere</title><h1>Elsewhere</h1>")

    def was_told_nothing(self) -> None:
        """It was asked once, and does not learn from where."""
        expect(self.window.page).to_have_title("Elsewhere")
        assert ["referer" in request.all_headers() for request in self.asked] == [False]
        assert self.window.page.evaluate("document.referrer") == ""

    def took_the_place_of_the_page(self) -> None:
        """Back leads past the page that was left."""
        self.window.page.go_back()
        assert self.window.page.url.endswith("/methods/")


def outside_of(window: Visit) -> Outside:
    """The window stands on the second page that it opened."""
    window.go("/methods/")
    window.go("/plans/ca-2012/")
    return Outside(window)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_button_leaves(visit: Visits, width: int) -> None:
    window = visit(width=width)
    outside = outside_of(window)
    window.page.locator("[data-quick-exit]").click()
    outside.was_told_nothing()
    outside.took_the_place_of_the_page()


def test_three_quick_escapes_leave(visit: Visits) -> None:
    window = visit(language="fr")
    outside = outside_of(window)
    for _press in range(3):
        window.page.keyboard.press("Escape")
    outside.was_told_nothing()
    outside.took_the_place_of_the_page()


def test_three_escapes_leave_from_within_a_field(visit: Visits) -> None:
    window = visit()
    outside = outside_of(window)
    window.page.locator("#site-search").fill("half a word")
    for _press in range(3):
        window.page.keyboard.press("Escape")
    outside.was_told_nothing()


def test_slow_escapes_do_not_leave(visit: Visits) -> None:
    window = visit()
    outside = outside_of(window)
    for _press in range(3):
        window.page.keyboard.press("Escape")
        window.page.wait_for_timeout(900)
    assert window.page.url.endswith("/plans/ca-2012/")
    assert outside.asked == []


def test_the_button_leaves_without_scripts(visit: Visits) -> None:
    window = visit(javascript=False)
    outside = outside_of(window)
    expect(window.page.locator("[data-quick-exit-note]")).to_be_hidden()
    window.page.locator("[data-quick-exit]").click()
    outside.was_told_nothing()


def test_the_language_switch_stays_on_the_page(visit: Visits) -> None:
    window = visit()
    asked = "/plans/ca-2012/deliverables/?status=ongoing&p=prevention&q=training"
    window.go(asked)
    window.page.locator("a.language").click()
    window.page.wait_for_url(f"**/fr{asked}")
    window.page.locator("a.language").click()
    window.page.wait_for_url(f"**/en{asked}")


def test_a_window_hears_complaints(browser: Browser, site: str) -> None:
    with Visit(browser, site) as window:
        window.go("/methods/")
        window.page.evaluate("document.body.setAttribute('style', 'color: red')")
        window.page.evaluate("setTimeout(() => { throw new Error('broken') })")
        window.page.wait_for_timeout(200)
        with pytest.raises(Error):
            window.page.goto("https://elsewhere.example/")
    heard = " ".join(window.complaints)
    for expected in ("Content Security Policy", "script: broken", "asked elsewhere.example"):
        assert expected in heard
