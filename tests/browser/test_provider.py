"""Signing in by an OpenID Connect provider in a real browser, under the policy that the site really sends."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.people import COORDINATOR
from tests.browser.serving import House
from tests.browser.test_accessibility import judged
from tests.browser.visiting import LANGUAGES
from tests.people.provider import CLIENT, SECRET, Provider

NAMES = {"en": "Example Sign-In", "fr": "Connexion Exemple"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(claims={"email": COORDINATOR, "email_verified": True}).served() as served:
        yield served


@pytest.fixture
def site_with_provider(house: House, provider: Provider) -> Iterator[str]:
    said = {"ISSUER": provider.address, "CLIENT": CLIENT, "SECRET": SECRET}
    said |= {"NAME_EN": NAMES["en"], "NAME_FR": NAMES["fr"]}
    with House(house.data, {f"PALERMO_OIDC_{name}": value for name, value in said.items()}).served() as address:
        yield address


def test_there_and_back(visit: Visits, site_with_provider: str, provider: Provider) -> None:
    window = visit(at=site_with_provider)
    window.others.add(urlsplit(provider.address).netloc)
    window.go("/account/login/")
    window.page.get_by_role("button", name="Sign in with Example Sign-In").click()
    window.page.wait_for_url("**/en/work/")
    expect(window.page.locator("h1")).to_have_text("My work")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_sign_in_and_a_refusal(
    visit: Visits, site_with_provider: str, provider: Provider, language: str
) -> None:
    window = visit(at=site_with_provider, language=language)
    window.others.add(urlsplit(provider.address).netloc)
    window.go("/account/login/")
    assert judged(window) == []
    provider.claims["email"] = "stranger@example.org"
    window.page.locator(f"button:has-text('{NAMES[language]}')").click()
    expect(window.page.locator(".notice.warning")).to_contain_text(NAMES[language])
    assert window.page.url == f"{site_with_provider}/{language}/account/login/"


def test_by_a_link_where_the_provider_lives_elsewhere(
    visit: Visits, site_with_provider: str, provider: Provider
) -> None:
    elsewhere = provider.address.replace("127.0.0.1", "localhost")
    provider.config = {"authorization_endpoint": f"{elsewhere}/authorize"}
    window = visit(at=site_with_provider)
    window.others |= {urlsplit(provider.address).netloc, urlsplit(elsewhere).netloc}
    window.go("/account/login/")
    window.page.get_by_role("button", name="Sign in with Example Sign-In").click()
    expect(window.page.locator("h1")).to_have_text("Go on to Example Sign-In")
    assert judged(window) == []
    window.page.get_by_role("link", name="Go on").click()
    window.page.wait_for_url("**/en/work/")
