"""The home page comes up in both languages, and each leads to the other."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from palermo.commands.sample import load_sample
from tests.browser.conftest import Judge, SignIn
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("language", "other"), [("en", "fr"), ("fr", "en")])
def test_home_in_both_languages(page: Page, judge: Judge, language: str, other: str) -> None:
    load_sample()
    page.goto(f"/{language}/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_count(1)
    judge(page)
    page.locator(f"a[hreflang={other}]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", other)


def test_a_coordinator_signs_in(page: Page, sign_in: SignIn) -> None:
    sign_in(page, MembershipFactory.create().user)
    expect(page.locator("h1")).to_be_visible()
