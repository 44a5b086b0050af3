"""Leaving quickly works by button and by Escape, and tells nobody where one comes from.

That no page asks anybody else for anything, breaks a script or the content policy, is watched over by every window
that a test opens; `test_a_window_hears_complaints` sees to it that it hears.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Error, Request, Route, expect

from tests.browser.conftest import Visits
from tests.browser.visiting import LANGUAGES, Visit

HOST = "www.canada.ca"
WORDS_OF_A_RECEIPT = 8


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


LOOKED_FOR = ("who answers", "a card", "all that answer", "own words", "the other language")
"""What is on the screen when somebody who looks for help near Moncton has to leave."""


def looked_for(window: Visit, what: str) -> str:
    """Look for help until this is shown, and return what the first page said."""
    page = window.page
    window.go("/methods/")
    window.go("/find-help/")
    first = page.locator("main").inner_text()
    if what == "own words":
        page.locator("#say").fill("Moncton")
        page.locator("form:has(#say) button").click()
        page.locator("#meant, #named, main .notice:not(.danger)").first.wait_for()
        return first
    page.locator("button[value=talk]").click()
    page.locator("#place").fill("Moncton")
    page.locator("main form:has(#place) button").first.click()
    page.locator("main .help").first.wait_for()
    button, shown = {
        "who answers": ("", "main .help"),
        "a card": ("button[name=card]", "#small"),
        "all that answer": ("button[name=more]", "#more"),
        "the other language": ("header .language button", "html[lang=fr] main .help"),
    }[what]
    if button:
        page.locator(button).first.click()
    page.locator(shown).first.wait_for()
    # Its scripts run once all of the page is there.
    page.wait_for_load_state()
    return first


@pytest.mark.parametrize("leaving", ["button", "escape"])
@pytest.mark.parametrize("what", LOOKED_FOR)
def test_back_shows_nothing_of_a_search_that_was_left(visit: Visits, what: str, leaving: str) -> None:
    window = visit()
    page, outside = window.page, Outside(window)
    first = looked_for(window, what)
    assert page.locator("main").inner_text() != first
    if leaving == "button":
        page.locator("[data-quick-exit]").click()
    else:
        for _press in range(3):
            page.keyboard.press("Escape")
    outside.was_told_nothing()
    page.go_back()
    backs = 0
    while not page.url.endswith("/methods/"):
        backs += 1
        assert (page.locator("main").inner_text(), page.locator("#say").input_value()) == (first, "")
        page.go_back()
    assert backs > 0
    # Nor does going forward again.
    for _step in range(backs):
        page.go_forward()
        assert page.locator("main").inner_text() == first


def test_a_page_of_a_search_is_not_shown_again_from_memory_or_when_loaded_anew(visit: Visits) -> None:
    window = visit()
    page = window.page
    for anew in ("location.reload()", "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"):
        first = looked_for(window, "a card")
        with page.expect_navigation():
            page.evaluate(anew)
        assert page.locator("main").inner_text() == first
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(page.locator("body")).to_be_hidden()


BACK_MAY_SHOW_IT = {
    "en": "may show your search again, even after you leave by the exit button",
    "fr": "peut montrer de nouveau votre recherche, même si vous partez par le bouton de sortie",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("javascript", [True, False])
def test_pages_of_a_search_say_what_back_shows(visit: Visits, language: str, *, javascript: bool) -> None:
    window = visit(javascript=javascript, language=language)
    page = window.page
    shows, forgets = page.locator("[data-back-shows]"), page.locator("[data-back-forgets]")
    for what in ("own words", "a card"):
        looked_for(window, what)
        expect(shows).to_be_visible(visible=not javascript)
        expect(forgets).to_be_visible(visible=javascript)
        expect(shows).to_contain_text(BACK_MAY_SHOW_IT[language])
    outside = Outside(window)
    page.locator("[data-quick-exit]").click()
    outside.was_told_nothing()


def test_back_does_not_open_a_box_again(visit: Visits) -> None:
    """Where scripts run and cannot seal, the browser sends the receipt itself, to open the box and to answer."""
    window = visit()
    page, outside = window.page, Outside(window)
    page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })")
    window.go("/methods/")
    window.go("/tell/")
    page.locator("#what").fill("A van that comes at night.")
    page.locator("#contact-box").check()
    page.locator("[data-send]").click()
    receipt = page.locator("h1 ~ * [data-receipt]").inner_text()
    assert len(receipt.split()) == WORDS_OF_A_RECEIPT
    page.locator("main a[href$='/tell/box/']").click()
    page.locator("#receipt").fill(receipt)
    page.locator("form[data-box] button").click()
    page.locator("#answer").fill("On Mondays.")
    page.locator("main form button").click()
    page.locator("main [role=status]").wait_for()
    page.locator("[data-quick-exit]").click()
    outside.was_told_nothing()
    shown = []
    while not page.url.endswith("/methods/"):
        page.go_back()
        shown.append(page.content())
    assert len(shown) > 1
    assert [receipt in one for one in shown] == [False] * len(shown)


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
