"""Signing in where a second factor is demanded: nobody works without one, and setting it up is simple."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.people import NEWCOMER, PASSWORD, TWO_STEPS, UNDECIDED, one_time_code
from tests.browser.places import COORDINATORS, DESK, TWO_STEP_PEOPLE
from tests.browser.test_accessibility import judged
from tests.browser.visiting import LANGUAGES


def test_nobody_works_with_a_password_alone(visit: Visits, strict_site: str) -> None:
    window = visit(COORDINATORS, at=strict_site)
    for path in (f"{DESK}/", f"{DESK}/imports/", f"{DESK}/reports/", "/plans/ca-2012/deliverables/1.11-01/edit/"):
        window.go(path)
        assert "/account/" in window.page.url


def test_who_has_a_second_factor_works(visit: Visits, strict_site: str) -> None:
    window = visit(TWO_STEP_PEOPLE, at=strict_site)
    window.go("/work/")
    expect(window.page.locator("h1")).to_have_text("My work")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_is_asked_for_after_the_password(visit: Visits, strict_site: str, language: str) -> None:
    window = visit(at=strict_site, language=language)
    window.sign_in(TWO_STEPS, PASSWORD)
    window.page.wait_for_url("**/authenticate/")
    assert judged(window) == []
    window.page.locator("input[name=code]").fill("000000")
    window.page.locator("main form button").first.click()
    expect(window.page.locator("[role=alert], .error").first).to_be_visible()
    window.go("/work/")
    assert "/account/" in window.page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_none_is_asked_to_choose_one(visit: Visits, strict_site: str, language: str) -> None:
    window = visit(at=strict_site, language=language)
    window.sign_in(UNDECIDED, PASSWORD)
    window.page.wait_for_url("**/second-factor/")
    expect(window.page.locator(".notice.warning")).to_be_visible()
    assert judged(window) == []


def test_a_newcomer_sets_it_up(visit: Visits, strict_site: str) -> None:
    window = visit(at=strict_site)
    page = window.page
    window.sign_in(NEWCOMER, PASSWORD)
    page.wait_for_url("**/second-factor/")
    page.get_by_role("link", name="Set up an authenticator app").click()
    page.wait_for_url("**/reauthenticate/?next=*activate*")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/totp/activate/")
    page.locator("input[name=code]").fill(one_time_code(page.locator("#totp-key").input_value()))
    page.locator("main form button").first.click()
    page.wait_for_url("**/recovery-codes/**")
    assert judged(window) == []
    assert page.locator(".codes li").count() == 10
    page.get_by_role("link", name="I have kept them: go to my work").click()
    expect(page.locator("h1")).to_have_text("My work")
