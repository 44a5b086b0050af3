"""Filing and linking in a real browser: what is judged is the page with both opened, and with something refused."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.serving import House
from tests.browser.test_tip_desk import WORLD, with_passphrase
from tests.browser.visiting import Visit, findings, too_wide


def wrong(window: Visit) -> list[str]:
    """What is wrong with the page at both widths, with all open that can be opened."""
    window.page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    window.resize(320)
    narrow = too_wide(window.page)
    window.resize(1280)
    return narrow + findings(window.page)


def test_a_tip_is_filed_and_linked(visit: Visits, desk_house: House, desk_site: str) -> None:
    window = visit(at=desk_site)
    page = with_passphrase(window)
    for words in ("They sleep in the cellar.", "Behind the bakery, in the cellar."):
        desk_house.run(*WORLD, words)
    window.go("/work/tips/")
    first, second = page.locator("tbody th a").all_inner_texts()
    page.get_by_role("link", name=first).click()
    assert wrong(window) == []
    page.get_by_label("they are recruited").check()
    page.get_by_label("false promises").check()
    page.get_by_label("Province or territory").select_option("CA-QC")
    # A browser without a calendar of its own takes whatever is written.
    page.evaluate("document.querySelector('#file-due_on').type = 'text'")
    page.get_by_label("Look at it again by").fill("some day")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".notice.danger")).to_contain_text("This is no day.")
    expect(page.get_by_label("false promises")).to_be_checked()
    assert wrong(window) == []
    page.get_by_label("Look at it again by").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    for filed in ("they are recruited", "false promises", "Quebec"):
        expect(page.locator("dl.facts dd", has_text=filed)).to_be_visible()

    assert wrong(window) == []
    page.get_by_label("Code of the other tip").fill("3F2A")
    page.get_by_role("button", name="Link it").click()
    expect(page.get_by_text("No tip of this desk has this code.").first).to_be_visible()
    assert wrong(window) == []
    page.get_by_label("Code of the other tip").fill(second.lower())
    page.get_by_role("button", name="Link it").click()
    expect(page.get_by_text("Linked.", exact=True)).to_be_visible()
    assert wrong(window) == []
    expect(page.get_by_role("link", name=second)).to_be_visible()
    window.go("/work/tips/")
    expect(page.get_by_text("one of 2 of the same event")).to_have_count(2)
