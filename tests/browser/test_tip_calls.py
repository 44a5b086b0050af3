"""A call in a real browser: what a member hears is sealed there, survives whatever goes wrong, and is kept once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.people import PASSWORD, SECRET, one_time_code
from tests.browser.serving import House
from tests.browser.test_accessibility import judged
from tests.browser.test_tip_desk import enter, sent_from, with_passphrase
from tests.browser.test_tips import seen
from tests.browser.tip_desk_world import MEMBERS
from tests.browser.visiting import Visit

HEARD, WHERE = "Bandicoot-3390 is driven to a farm each morning.", "Numbat Road, Halifax"
CONFIRM = """
import django
django.setup()
from django.utils import timezone
from palermo.people.models import User
from palermo.prosecution.tips.envelopes.sealing import new_private_key, point_of
from palermo.prosecution.tips.models import Desk, DeskKey
user = User.objects.get(email="{email}")
point = point_of(new_private_key().public_key())
DeskKey.objects.create(desk=Desk.objects.get(), user=user, point=point, confirmed_by=user, confirmed_at=timezone.now())
"""


@pytest.fixture
def answered(desk_house: House) -> House:
    """A house in which one member has a key that was confirmed."""
    confirm(desk_house, MEMBERS[0])
    return desk_house


def confirm(house: House, email: str) -> None:
    """Give a member a key that was confirmed."""
    house.run("-c", CONFIRM.format(email=email))


def rows(house: House, asked: str) -> list[tuple[object, ...]]:
    """What the database says."""
    with closing(sqlite3.connect(house.data / "palermo.sqlite3")) as database:
        return list(database.execute(asked))


def take_a_call(window: Visit, contact: str = "no") -> Page:
    """Go to the form by the list, and write down what is heard."""
    page = window.page
    window.go("/work/tips/")
    page.locator("a[href*='/work/tips/call/']").click()
    page.locator("#danger-unsure").check()
    page.locator("#what").fill(HEARD)
    page.locator("#where").fill(WHERE)
    page.locator(f"#contact-{contact}").check()
    return page


def keep(page: Page) -> None:
    page.locator("form[data-call] .buttons button").click()


def kept_files(house: House) -> Sequence[Path]:
    """The files of the house that may hold something that was told."""
    return [path for path in house.data.rglob("*") if path.is_file() and "static" not in path.parts]


def test_a_call_is_sealed_here_read_by_the_desk_and_asked_back(
    visit: Visits, desk_house: House, desk_site: str
) -> None:
    window = visit(at=desk_site)
    sent = sent_from(window)
    with_passphrase(window)
    page = take_a_call(window, "box")
    page.get_by_label("Language of the call").select_option("fr")
    keep(page)
    expect(page.get_by_role("heading", name="Eight words for whoever called")).to_be_visible()
    assert seen(page) == []
    words = page.locator("[data-receipt]")
    receipt = words.inner_text()
    assert (len(receipt.split()), words.get_attribute("lang")) == (8, "fr")
    expect(page.get_by_role("link", name="Open the tip")).to_be_hidden()
    page.get_by_role("button", name="They have written them down").click()
    expect(words).to_have_count(0)
    assert seen(page) == []
    page.get_by_role("link", name="Open the tip").click()
    expect(page.locator("[data-messages]")).to_contain_text(HEARD)
    expect(page.locator("[data-messages]")).to_contain_text(WHERE)
    expect(page.locator(".facts").first).to_contain_text("by telephone")

    caller = visit(at=desk_site, language="fr", width=360)
    caller.go("/tell/box/")
    caller.page.locator("#receipt").fill(receipt)
    caller.page.locator("form[data-box] button").click()
    expect(caller.page.locator("[data-empty]")).to_be_visible()
    for secret in ("Bandicoot", "Numbat", receipt):
        assert [one for one in sent if secret in one] == []
        assert [path for path in kept_files(desk_house) if secret.encode() in path.read_bytes()] == []


def test_in_french_and_on_a_telephone_it_is_as_good(visit: Visits, answered: House, desk_site: str) -> None:
    window = visit(at=desk_site, width=360)
    enter(window, MEMBERS[0])
    for language in ("en", "fr"):
        window.language = language
        window.go("/work/tips/call/")
        expect(window.page.locator("form[data-call]")).to_be_visible()
        assert judged(window) == []
    page = take_a_call(window)
    keep(page)
    expect(page.get_by_role("heading", name="L’appel est conservé")).to_be_visible()
    assert seen(page) == []
    assert rows(answered, "SELECT channel, language FROM tips_tip") == [("telephone", "fr")]


def test_what_is_wrong_is_said_and_nothing_is_lost(visit: Visits, answered: House, desk_site: str) -> None:
    window = visit(at=desk_site)
    enter(window, MEMBERS[0])
    window.go("/work/tips/call/")
    keep(window.page)
    expect(window.page.locator("[data-trouble=empty]")).to_be_focused()
    assert seen(window.page) == []
    page = take_a_call(window)
    # Signed out meanwhile, in another tab: nothing arrives, and the words stay.
    other = window.context.new_page()
    other.goto(f"{desk_site}/en/account/logout/")
    other.locator("main form button").click()
    keep(page)
    expect(page.locator("[data-trouble=failed]")).to_be_visible()
    expect(page.locator("#what")).to_have_value(HEARD)
    assert rows(answered, "SELECT count(*) FROM tips_tip") == [(0,)]
    _sign_in_again(other, desk_site)
    keep(page)
    expect(page.get_by_role("heading", name="The call is kept")).to_be_visible()
    assert rows(answered, "SELECT count(*) FROM tips_tip") == [(1,)]
    # The browser itself reports what the server refused.
    window.complaints.clear()


def _sign_in_again(page: Page, site: str) -> None:
    page.goto(f"{site}/en/account/login/")
    page.get_by_label("Email").fill(MEMBERS[0])
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    # The code of the first time is good for once; that of the next half minute is taken already.
    page.locator("input[name=code]").fill(one_time_code(SECRET, ago=-30))
    page.locator("main form button").first.click()
    page.wait_for_url("**/work/")


def test_an_answer_that_got_lost_is_asked_for_again_and_the_call_is_kept_once(
    visit: Visits, answered: House, desk_site: str
) -> None:
    window = visit(at=desk_site)
    enter(window, MEMBERS[0])
    page = take_a_call(window, "box")

    def lose(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route("**/call/sealed/*", lose)
    keep(page)
    expect(page.locator("[data-trouble=failed]")).to_be_visible()
    expect(page.locator("#what")).to_have_value(HEARD)
    page.unroute("**/call/sealed/*")
    keep(page)
    expect(page.locator("[data-receipt]")).not_to_be_empty()
    receipt = page.locator("[data-receipt]").inner_text()
    assert rows(answered, "SELECT count(*), (SELECT count(*) FROM tips_box) FROM tips_tip") == [(1, 1)]
    assert rows(answered, "SELECT count(*) FROM audit_auditevent WHERE act = 'tips.call_entered'") == [(1,)]
    page.get_by_role("button", name="They have written them down").click()
    window.go("/tell/box/")
    page.locator("#receipt").fill(receipt)
    page.locator("form[data-box] button").click()
    expect(page.locator("[data-empty]")).to_be_visible()
    window.complaints.clear()


def test_who_was_let_in_during_the_call_reads_it_too(visit: Visits, answered: House, desk_site: str) -> None:
    window = visit(at=desk_site)
    enter(window, MEMBERS[0])
    page = take_a_call(window)
    confirm(answered, MEMBERS[1])
    keep(page)
    expect(page.get_by_role("heading", name="The call is kept")).to_be_visible()
    assert rows(answered, "SELECT count(DISTINCT reader_id), count(*) FROM tips_contentkey") == [(2, 2)]
    assert [one.split("status of ")[1] for one in window.complaints] == ["409 (Conflict)"]
    window.complaints.clear()


def test_the_browser_asks_before_words_are_left(visit: Visits, answered: House, desk_site: str) -> None:
    window = visit(at=desk_site)
    enter(window, MEMBERS[0])
    page = take_a_call(window, "box")
    asked = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    leave = "location.assign('/en/work/tips/')"
    page.evaluate(leave)
    page.wait_for_timeout(500)
    expect(page.locator("#what")).to_have_value(HEARD)
    keep(page)
    expect(page.locator("[data-receipt]")).not_to_be_empty()
    page.evaluate(leave)
    page.wait_for_timeout(500)
    expect(page.locator("[data-receipt]")).not_to_be_empty()
    assert asked == ["beforeunload"] * 2
    page.get_by_role("button", name="They have written them down").click()
    page.get_by_role("link", name="Enter another call").click()
    expect(page.locator("#what")).to_have_value("")
    assert asked == ["beforeunload"] * 2


def test_without_scripts_it_says_why_nothing_can_be_entered(visit: Visits, answered: House, desk_site: str) -> None:
    window = visit(at=desk_site, javascript=False)
    page = enter(window, MEMBERS[0])
    window.go("/work/tips/call/")
    expect(page.get_by_text("This page needs JavaScript")).to_be_visible()
    expect(page.locator("form[data-call]")).to_be_hidden()
