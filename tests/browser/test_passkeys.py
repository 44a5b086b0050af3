"""Passkeys with the authenticator that Chromium plays: set up, asked for as a second step, and signing in alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, expect

from tests.browser.conftest import Visits
from tests.browser.people import KEY_HOLDER, PASSWORD, UNDECIDED
from tests.browser.test_accessibility import judged
from tests.browser.visiting import LANGUAGES, Visit, findings


@pytest.fixture
def named_site(strict_site: str) -> str:
    """The site under a name: no passkey belongs to a number."""
    return strict_site.replace("127.0.0.1", "localhost")


def device(window: Visit) -> tuple[CDPSession, str]:
    """Give the window a device that holds passkeys and recognises its owner's finger."""
    session = window.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, str(made["authenticatorId"])


def keys(session: CDPSession, name: str) -> int:
    """How many passkeys the device holds."""
    return len(session.send("WebAuthn.getCredentials", {"authenticatorId": name})["credentials"])


def to_adding(window: Visit, who: str) -> None:
    """Sign in with the password, choose a passkey, and prove oneself again."""
    window.sign_in(who, PASSWORD)
    window.page.wait_for_url("**/second-factor/")
    window.page.locator("a[href$='/webauthn/add/']").click()
    window.page.locator("input[name=password]").fill(PASSWORD)
    window.page.locator("main form button").first.click()
    window.page.wait_for_url("**/webauthn/add/")


def sign_out(window: Visit) -> None:
    """By the button in the menu."""
    window.page.get_by_role("button", name="Sign out").click()
    window.page.wait_for_url("**/en/")


def test_a_passkey_is_set_up_and_signs_in_alone_and_as_second_step(visit: Visits, named_site: str) -> None:
    window = visit(at=named_site)
    page = window.page
    session, name = device(window)
    to_adding(window, KEY_HOLDER)
    assert judged(window) == []
    page.locator("input[name=name]").fill("The blue one")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes/**")
    assert page.locator(".codes li").count() == 10
    assert keys(session, name) == 1
    window.go("/work/")
    expect(page.locator("h1")).to_have_text("My work")

    sign_out(window)
    window.go("/account/login/?next=/en/work/people/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/people/")

    sign_out(window)
    window.sign_in(KEY_HOLDER, PASSWORD)
    page.wait_for_url("**/authenticate/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    assert judged(window) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/work/")

    _looks_after_it(window)


def _looks_after_it(window: Visit) -> None:
    """It has a name, can have another, and cannot go while it is the only one."""
    page = window.page
    page.goto("/en/account/second-factor/webauthn/")
    assert judged(window) == []
    expect(page.locator(".card h2")).to_have_text("The blue one")
    page.get_by_role("link", name="Rename").click()
    page.wait_for_url("**/reauthenticate/**")
    page.goto(page.url.replace("/account/reauthenticate/", "/account/second-factor/webauthn/reauthenticate/"))
    assert judged(window) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/edit/")
    assert judged(window) == []
    page.locator("input[name=name]").fill("The green one")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".card h2")).to_have_text("The green one")
    page.get_by_role("link", name="Remove").click()
    assert judged(window) == []
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("[role=alert]")).to_contain_text("Set up another second step first")


def test_a_passkey_that_is_turned_down_leaves_the_page_as_it_was(visit: Visits, named_site: str) -> None:
    window = visit(at=named_site)
    session, name = device(window)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": False})
    window.go("/account/login/")
    window.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(window.page.locator("[data-passkey-trouble='']")).to_be_visible()
    assert findings(window.page) == []
    expect(window.page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_page_says_what_to_do_instead(visit: Visits, named_site: str, language: str) -> None:
    window = visit(at=named_site, javascript=False, language=language)
    window.go("/account/login/")
    expect(window.page.locator("form[data-passkey]")).to_be_hidden()
    to_adding(window, UNDECIDED)
    expect(window.page.locator("[data-passkey-else] a[href$='/totp/activate/']")).to_be_visible()
    expect(window.page.locator("form[data-passkey]")).to_be_hidden()


def test_under_a_number_the_page_says_what_to_do_instead(visit: Visits, strict_site: str) -> None:
    window = visit(at=strict_site)
    to_adding(window, UNDECIDED)
    expect(window.page.locator("[data-passkey-else]")).to_be_visible()
    expect(window.page.locator("form[data-passkey]")).to_be_hidden()
    assert judged(window) == []
