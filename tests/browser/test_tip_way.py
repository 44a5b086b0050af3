"""The whole way of a tip, on a small screen: told, asked, answered, handed on, its outcome told back, and erased."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.people import PASSWORD, SECRET, one_time_code
from tests.browser.serving import House
from tests.browser.test_accessibility import judged
from tests.browser.tip_way_world import DESKS, PASSPHRASE
from tests.browser.visiting import LANGUAGES, Visit, findings, too_wide

TOLD, QUESTION, ANSWER = "Bilby-1190 carries crates at night.", "Which gate, Potoroo-2?", "Gate Quoll-7, on Fridays."
COVER, LETTER = "Cassowary-31 knows the driver.", "Is the Numbat-van white?"
SMALL = 360


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_of_a_tip(visit: Visits, way_house: House, way_site: str, language: str) -> None:
    reporter, *members = (visit(at=way_site, width=SMALL, language=language) for _ in range(5))
    receipt = tell(reporter)
    anne, bilal, carla, dan = members
    for window, email in zip(members, [*DESKS["hotline"], *DESKS["police"]], strict=True):
        enter(window, email)
    unlock(anne, open_first(anne), TOLD)
    write(anne, "desk", QUESTION)
    answer(reporter, receipt)
    anne.page.reload()
    expect(anne.page.locator("[data-messages]")).to_contain_text(ANSWER)
    hand_on(anne)
    unlock(carla, open_first(carla), COVER)
    for words in (TOLD, ANSWER):
        expect(carla.page.locator("[data-messages]")).to_contain_text(words)
    expect(carla.page.locator("[data-messages]")).not_to_contain_text(QUESTION)
    assert judged(carla) == []
    carla.page.locator("form[action*=acknowledge] button").click()
    write(carla, "back", LETTER, is_here=False)
    close_by_two(carla, dan, "police")
    tell_outcome(anne)
    close_by_two(anne, bilal, "police")
    erase(anne)
    gone(reporter, receipt)
    nothing_of([TOLD, QUESTION, ANSWER, COVER, LETTER, PASSPHRASE, receipt], way_house)


def tell(window: Visit) -> str:
    """Tell it, question by question, and return the receipt."""
    window.go("/tell/")
    page = window.page
    forward = page.locator("[data-next]")
    while not page.locator("#what").is_visible():
        forward.click()
    page.locator("#what").fill(TOLD)
    while forward.is_visible():
        forward.click()
    page.locator("#contact-box").check()
    page.locator("[data-send]").click()
    expect(page.locator("[data-receipt]")).to_be_visible()
    assert seen(page) == []
    return page.locator("[data-receipt]").inner_text()


def enter(window: Visit, email: str) -> None:
    """Sign in with both steps."""
    window.sign_in(email, PASSWORD)
    window.page.locator("input[name=code]").fill(one_time_code(SECRET))
    window.page.locator("main form button").first.click()
    window.page.wait_for_url("**/work/")


def open_first(window: Visit) -> str:
    """Open the only tip of a desk; its address."""
    window.go("/work/tips/")
    window.page.locator("tbody th a").click()
    window.page.wait_for_url("**/work/tips/*-*/")
    return window.page.url


def unlock(window: Visit, address: str, words: str) -> None:
    """Unlock the key on the page of a tip, and read it."""
    window.page.goto(address)
    window.page.locator("#unlock").fill(PASSPHRASE)
    window.page.locator("[data-by-passphrase] button").click()
    expect(window.page.locator("[data-messages]")).to_contain_text(words)
    assert seen(window.page) == []


def write(window: Visit, kind: str, words: str, *, is_here: bool = True) -> None:
    """Ask, note or write back; what is written here stands here then."""
    form = window.page.locator(f"form[data-write={kind}]")
    form.locator("textarea").fill(words)
    with window.page.expect_navigation():
        form.locator("button").click()
    shown = expect(window.page.locator("[data-messages]"))
    shown.to_contain_text(words) if is_here else shown.not_to_contain_text(words)
    expect(window.page.locator("main .notice").first).to_be_visible()


def answer(window: Visit, receipt: str) -> None:
    """Open the box, read the question and answer it."""
    window.go("/tell/box/")
    page = window.page
    page.locator("#receipt").fill(receipt)
    page.locator("form[data-box] button").click()
    expect(page.locator("[data-letters]")).to_contain_text(QUESTION)
    page.locator("#answer").fill(ANSWER)
    page.locator("form[data-answer] button").last.click()
    expect(page.locator("[data-has-answered]")).to_be_visible()
    assert seen(page) == []


def hand_on(window: Visit) -> None:
    """Hand on what was told and answered, with a word to go with it; what was asked stays here."""
    page = window.page
    page.locator("a[href$='/hand/']").click()
    expect(page.locator("[data-parts] .card")).to_have_count(3)
    assert judged(window) == []
    assert [box.is_checked() for box in page.locator("[data-parts] input").all()] == [True, False, True]
    for name, code in (("to", "police"), ("reason", "crime"), ("basis", "consent")):
        page.locator(f"#{name}").select_option(code)
    page.locator("#cover").fill(COVER)
    page.locator("form[data-hand] button").click()
    page.wait_for_url(lambda address: not address.endswith("/hand/"))
    expect(page.locator("[aria-labelledby=handed] article")).to_have_count(1)
    page.locator("a[href$='/hand/']").click()
    page.locator("#to").select_option("police")
    for at, is_there in enumerate((True, False, True)):
        card = page.locator("[data-parts] .card").nth(at)
        expect(card.locator("[data-has]")).to_be_visible(visible=is_there)
        expect(card.locator("input")).not_to_be_checked()
    page.go_back()


def close_by_two(first: Visit, second: Visit, outcome: str) -> None:
    """One proposes what came of it, another agrees."""
    first.page.locator("#outcome").select_option(outcome)
    first.page.locator("button[value=propose]").click()
    expect(first.page.locator("button[value=reopen]")).to_be_visible()
    open_first(second)
    second.page.locator("button[value=close]").click()
    expect(second.page.locator("button[value=reopen]")).to_be_visible()
    first.page.reload()


def tell_outcome(window: Visit) -> None:
    """The desk that handed it on sees that the other one has it, what came of it, and what it wrote."""
    open_first(window)
    card = window.page.locator("[aria-labelledby=handed] article")
    expect(card).to_contain_text("Carla")
    expect(card).to_contain_text(
        "police are looking into it" if window.language == "en" else "la police examine l’affaire"
    )
    expect(window.page.locator("[data-messages]")).to_contain_text(LETTER)
    assert judged(window) == []


def erase(window: Visit) -> None:
    """Erase it for good."""
    page = window.page
    page.locator("details:has(button[value=erase]) summary").click()
    page.locator("#is-sure").check()
    page.locator("button[value=erase]").click()
    expect(page.locator("button[value=erase]")).to_have_count(0)
    expect(page.locator("[data-messages]")).to_have_count(0)
    assert judged(window) == []
    page.locator("a[href$='/erased/']").click()
    expect(page.locator("main .notice")).to_have_count(2)
    expect(page.locator("main .notice.danger")).to_have_count(0)
    assert judged(window) == []


def gone(window: Visit, receipt: str) -> None:
    """The box is gone with the tip."""
    window.go("/tell/box/")
    window.page.locator("#receipt").fill(receipt)
    window.page.locator("form[data-box] button").click()
    expect(window.page.locator("form[data-box] [data-trouble=box_none]")).to_be_visible()
    # The browser itself reports what was not found.
    assert [one.split("status of ")[1] for one in window.complaints] == ["404 (Not Found)"]
    window.complaints.clear()


def seen(page: Page) -> list[str]:
    """What is wrong with a page on which a script has moved on."""
    return [*findings(page), *too_wide(page)]


def nothing_of(words: list[str], house: House) -> None:
    """See to it that none of the words lies in any file of the house."""
    kept = [path.read_bytes() for path in house.data.rglob("*") if path.is_file() and "static" not in path.parts]
    assert [word for word in words if any(word.encode() in one for one in kept)] == []
