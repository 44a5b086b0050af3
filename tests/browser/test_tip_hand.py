"""Handing on in a real browser: what is chosen goes, what is not stays, and two who do it at once lose nothing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.serving import House
from tests.browser.test_accessibility import judged
from tests.browser.test_tip_way import enter, open_first, unlock
from tests.browser.tip_way_world import DESKS, PIXEL, SAID_BESIDES
from tests.browser.visiting import Visit

TOLD, NOTE, COVER = "Quokka-4417 at the gate.", "Wombat-9926 called back.", "Numbat-3308 is the driver."


def to_hand(window: Visit, address: str) -> Page:
    """Open the page on which a tip is handed on, with everything chosen but who gets it."""
    page = window.page
    page.goto(f"{address}hand/")
    expect(page.locator("[data-parts] .card")).not_to_have_count(0)
    for name, code in (("to", "police"), ("reason", "crime"), ("basis", "consent")):
        page.locator(f"#{name}").select_option(code)
    return page


def test_what_is_not_ticked_stays_and_pictures_go_without_metadata(
    visit: Visits, way_house: House, way_site: str
) -> None:
    way_house.run("-m", "tests.browser.tip_way_world", TOLD)
    anne, carla = visit(at=way_site), visit(at=way_site)
    enter(anne, DESKS["hotline"][0])
    enter(carla, DESKS["police"][0])
    address = open_first(anne)
    unlock(anne, address, TOLD)
    page = to_hand(anne, address)
    card = page.locator("[data-parts] .card")
    assert [box.is_checked() for box in card.locator("input").all()] == [True, True, True, False]
    assert judged(anne) == []
    card.get_by_label("plates.txt").uncheck()
    page.locator("form[data-hand] button").click()
    page.wait_for_url(address)
    unlock(carla, open_first(carla), TOLD)
    shown = carla.page.locator("[data-messages]")
    expect(shown).not_to_contain_text("Bandicoot")
    expect(shown).not_to_contain_text("plates.txt")
    with carla.page.expect_download() as saved:
        carla.page.locator("[data-whole]").click()
    content = saved.value.path().read_bytes()
    assert saved.value.suggested_filename == "picture-1.png"
    assert (content, SAID_BESIDES in content) == (PIXEL, False)


def test_two_who_hand_on_at_once_lose_nothing(visit: Visits, way_house: House, way_site: str) -> None:
    way_house.run("-m", "tests.browser.tip_way_world", TOLD)
    anne, bilal, carla = (visit(at=way_site) for _ in range(3))
    for window, email in ((anne, DESKS["hotline"][0]), (bilal, DESKS["hotline"][1]), (carla, DESKS["police"][0])):
        enter(window, email)
    address = open_first(anne)
    for window in (anne, bilal):
        unlock(window, address, TOLD)
    anne.page.locator("#noted").fill(NOTE)
    with anne.page.expect_navigation():
        anne.page.locator("form[data-write=note] button").click()
    first, second = to_hand(anne, address), to_hand(bilal, address)
    boxes = second.locator("[data-part-tick]")
    boxes.nth(0).uncheck()
    boxes.nth(1).check()
    second.locator("#cover").fill(COVER)
    first.locator("form[data-hand] button").click()
    first.wait_for_url(address)
    second.locator("form[data-hand] button").click()
    expect(second.locator("form[data-hand] [data-say=changed]")).to_be_visible()
    expect(second.locator("#cover")).to_have_value(COVER)
    expect(second.locator("[data-has]").nth(0)).to_be_visible()
    second.locator("form[data-hand] button").click()
    second.wait_for_url(address)
    unlock(carla, open_first(carla), TOLD)
    for words in (NOTE, COVER):
        expect(carla.page.locator("[data-messages]")).to_contain_text(words)
    expect(carla.page.locator("[data-messages] [data-say=broken]:visible")).to_have_count(0)
    # The browser itself reports that the server refused.
    assert [one for one in bilal.complaints if not one.endswith("409 (Conflict)")] == []
    bilal.complaints.clear()
