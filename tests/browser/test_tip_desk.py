"""The desk in a real browser: keys are made, locked and confirmed there, and what was told opens there alone."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from hashlib import pbkdf2_hmac
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_private_key
from playwright.sync_api import Browser, Page, Request, expect

from palermo.prosecution import tips
from palermo.prosecution.tips.envelopes.sealing import point_of
from tests.browser.conftest import Visits
from tests.browser.people import PASSWORD, SECRET, one_time_code
from tests.browser.serving import House
from tests.browser.test_accessibility import judged
from tests.browser.tip_desk_world import CANARY, MEMBERS
from tests.browser.visiting import Visit

WORLD = ("-m", "tests.browser.tip_desk_world")
PASSPHRASE = "correct horse battery staple"
QUESTION, NOTE = "Which cellar, the Quokka one?", "Wombat-note-5512 for ourselves"


def sent_from(*windows: Visit) -> list[str]:
    """Everything that the windows send from now on: addresses and bodies."""
    sent: list[str] = []

    def keep(request: Request) -> None:
        body = (request.post_data_buffer or b"").decode("latin-1")
        sent.extend([request.url, unquote_plus(body), body])

    for window in windows:
        window.page.on("request", keep)
    return sent


def enter(window: Visit, email: str) -> Page:
    """Sign in with both steps."""
    window.sign_in(email, PASSWORD)
    window.page.locator("input[name=code]").fill(one_time_code(SECRET))
    window.page.locator("main form button").first.click()
    window.page.wait_for_url("**/work/")
    return window.page


def with_passphrase(window: Visit) -> Page:
    """A member who makes a key and locks it with a passphrase."""
    page = enter(window, MEMBERS[0])
    window.go("/work/tips/")
    page.get_by_role("link", name="Make my key").click()
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    page.get_by_role("button", name="Lock it with this passphrase").click()
    expect(page.get_by_role("button", name="Lock", exact=True)).to_be_visible()
    return page


def with_passkey(window: Visit) -> Page:
    """A member who makes a key and locks it with a passkey."""
    session = window.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "hasPrf": True}})
    page = enter(window, MEMBERS[1])
    window.go("/work/tips/keys/")
    page.get_by_role("button", name="Lock it with a passkey").click()
    expect(page.get_by_role("button", name="Lock", exact=True)).to_be_visible()
    return page


def to_the_tip(window: Visit) -> Page:
    """Open the only tip."""
    window.go("/work/tips/")
    window.page.locator("tbody th a").click()
    return window.page


def test_a_member_reads_asks_and_notes_with_a_key_of_their_own(
    visit: Visits, desk_house: House, desk_site: str
) -> None:
    window = visit(at=desk_site)
    sent = sent_from(window)
    page = with_passphrase(window)
    desk_house.run(*WORLD, CANARY)
    to_the_tip(window)
    expect(page.locator("[data-messages] .text").last).to_have_text(CANARY)
    expect(page.locator("[data-messages] .text").first).to_have_text("Yes")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save plan.txt").click()
    assert saved.value.path().read_bytes() == b"<b>cellar</b>"

    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Seal and send").click()
    expect(page.locator("[data-messages]")).to_contain_text(QUESTION)
    page.get_by_label("Your note").fill(NOTE)
    page.get_by_role("button", name="Seal and save").click()
    expect(page.locator("[data-messages]")).to_contain_text(NOTE)
    expect(page.locator("article")).to_have_count(3)

    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_label("Your passphrase")).to_be_visible()
    expect(page.locator("[data-messages]")).not_to_contain_text("Quokka")
    assert page.evaluate("sessionStorage.length") == 0
    page.get_by_label("Your passphrase").fill("something else entirely")
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("[data-say=locked]")).to_be_visible()
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("[data-messages]")).to_contain_text(NOTE)
    page.evaluate("DeskPage.post(DeskPage.setup.lock)")
    page.reload()
    expect(page.get_by_label("Your passphrase")).to_be_visible()
    _nothing_of(["correct horse", "Quokka", "Wombat"], sent, desk_house)
    _opens_elsewhere(desk_house)


def _opens_elsewhere(house: House) -> None:
    """See to it that what is kept of a key is what it is said to be: Python opens it, with the passphrase alone."""
    with closing(sqlite3.connect(house.data / "palermo.sqlite3")) as database:
        asked = "SELECT salt, rounds, locked, point FROM tips_keylock JOIN tips_deskkey ON key_id = tips_deskkey.id"
        [(salt, rounds, locked, point)] = database.execute(asked).fetchall()
    assert rounds >= 1_000_000
    key = pbkdf2_hmac("sha256", PASSPHRASE.encode(), salt, rounds, 32)
    plain = AESGCM(key).decrypt(locked[:12], locked[12:], b"palermo desk key v1 passphrase" + point)
    private = load_der_private_key(plain, None)
    assert isinstance(private, EllipticCurvePrivateKey)
    assert point_of(private.public_key()) == point


@pytest.mark.parametrize(
    ("text", "weakness"),
    [
        ("short", "short"),
        ("1234 5678 9012 3456", "digits"),
        ("abcabcabcabcabcabc", "simple"),
        ("abcdefghijklmnopqrstuvwxyz", "simple"),
        ("qwertyuiopasdfghjkl", "simple"),
        ("aaaaaaaaaaaaaaaabb", "simple"),
        ("Internationale-2024!", "word"),
        ("2024 internationale", "word"),
        ("ÉtablissementÉté99", "word"),
        ("correcthorsebatterystaple", ""),
        ("kd8w mq4z tr7b xn2p", ""),
        (PASSPHRASE, ""),
        ("été à la mer, toujours", ""),
    ],
)
def test_what_is_easily_guessed_is_not_taken(browser: Browser, text: str, weakness: str) -> None:
    page = browser.new_page()
    page.add_script_tag(path=Path(tips.__file__).parent / "static" / "tips" / "passphrase.js")
    assert page.evaluate("(text) => Passphrase.weakness(text)", text) == weakness
    page.close()


def test_words_are_drawn_for_whoever_wants_some(visit: Visits, desk_site: str) -> None:
    window = visit(at=desk_site)
    page = enter(window, MEMBERS[0])
    window.go("/work/tips/keys/")
    assert judged(window) == []
    page.get_by_role("button", name="Lock it with this passphrase").click()
    expect(page.locator("[data-make] [data-say=short]")).to_be_visible()
    page.get_by_role("button", name="Draw eight words").click()
    expect(page.get_by_text("These words were drawn for you.")).to_be_visible()
    words = page.get_by_label("Passphrase", exact=True).input_value()
    assert len(set(words.split())) > 6
    page.get_by_role("button", name="Lock it with this passphrase").click()
    page.get_by_role("button", name="Lock", exact=True).click()
    page.get_by_label("Your passphrase").fill(f"  {words.replace(' ', '  ')}")
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_role("button", name="Lock", exact=True)).to_be_visible()


def test_without_scripts_it_says_why_nothing_opens(visit: Visits, desk_site: str) -> None:
    window = visit(at=desk_site, javascript=False)
    page = enter(window, MEMBERS[0])
    window.go("/work/tips/keys/")
    expect(page.get_by_text("This page needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Lock it with this passphrase")).to_be_hidden()


def test_a_second_member_is_let_in_with_what_the_first_one_can_read(
    visit: Visits, desk_house: House, desk_site: str
) -> None:
    one, two = visit(at=desk_site), visit(at=desk_site)
    sent = sent_from(one, two)
    first, second = with_passphrase(one), with_passkey(two)
    desk_house.run(*WORLD, CANARY)
    to_the_tip(two)
    expect(second.get_by_text("You cannot read this yet")).to_be_visible()
    two.go("/work/tips/keys/")
    fingerprint = second.locator("[data-own-fingerprint]").inner_text()
    assert re.fullmatch(r"([0-9A-F]{4} ){4}[0-9A-F]{4}", fingerprint)
    assert judged(two) == []

    one.go("/work/tips/keys/")
    first.bring_to_front()
    assert judged(one) == []
    heard = first.get_by_label("The fingerprint that they read to you")
    heard.fill("0000 " * 5)
    first.get_by_role("button", name="Confirm, and let them read").click()
    expect(first.get_by_text("This is not the fingerprint")).to_be_visible()
    heard.fill(fingerprint.lower())
    first.get_by_role("button", name="Confirm, and let them read").click()
    expect(first.locator("article [data-fingerprint]")).to_have_text(fingerprint)

    second.bring_to_front()
    to_the_tip(two)
    expect(second.locator("[data-messages]")).to_contain_text(CANARY)
    assert judged(two) == []
    two.language = "fr"
    for path in ("/work/tips/keys/", f"/work/tips/{second.url.split('/')[-2]}/"):
        two.go(path)
        expect(second.get_by_role("button", name="Verrouiller", exact=True)).to_be_visible()
        assert judged(two) == []
    two.language = "en"
    to_the_tip(two)
    second.get_by_role("button", name="Lock", exact=True).click()
    second.get_by_role("button", name="Unlock with a passkey").click()
    expect(second.locator("[data-messages]")).to_contain_text(CANARY)
    _two_write_at_once(one, two)
    _nothing_of(["correct horse", "Quokka", "Wombat"], sent, desk_house)


def _two_write_at_once(one: Visit, two: Visit) -> None:
    """Who comes second keeps their words, sees those of the other, and can send then."""
    first, second = to_the_tip(one), to_the_tip(two)
    for page, words in ((first, NOTE), (second, "Numbat-note-8813")):
        expect(page.locator("[data-messages]")).to_contain_text(CANARY)
        page.get_by_label("Your note").fill(words)
    first.get_by_role("button", name="Seal and save").click()
    expect(first.locator("[data-messages]")).to_contain_text(NOTE)
    second.get_by_role("button", name="Seal and save").click()
    expect(second.locator("[data-write=note] [data-say=changed]")).to_be_visible()
    expect(second.locator("[data-messages]")).to_contain_text(NOTE)
    expect(second.get_by_label("Your note")).to_have_value("Numbat-note-8813")
    second.get_by_role("button", name="Seal and save").click()
    expect(second.locator("[data-messages]")).to_contain_text("Numbat-note-8813")
    # The browser itself reports that the server refused.
    assert [one.split("status of ")[1] for one in two.complaints] == ["409 (Conflict)"]
    two.complaints.clear()


def _nothing_of(words: list[str], sent: list[str], house: House) -> None:
    """See to it that none of the words reached the server, or lies in any file of the house."""
    assert len(sent) > 50
    kept = [path.read_bytes() for path in house.data.rglob("*") if path.is_file() and "static" not in path.parts]
    for word in words:
        assert [one for one in sent if word in one] == []
        assert [one for one in kept if word.encode() in one] == []
