"""A real browser on the real site: it reaches nothing but this machine, and says what the page complained of."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from palermo.people.models import User
from scripts.find_browser import find_browser

HERE = Path(__file__).parent
PASSWORD = "a password for tests"
FLAGS = (
    # No word to anybody else: neither updates nor names to be looked up.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    # Small machines give little shared memory.
    "--disable-dev-shm-usage",
)

Judge: TypeAlias = Callable[[Page], None]
SignIn: TypeAlias = Callable[[Page, User], None]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Playwright keeps an event loop in our thread, in which Django would refuse to use its database."""
    program = find_browser()
    if program is None:
        pytest.fail("there is no Chromium: run `scripts/setup test`")
    # Chromium's sandbox cannot be made by root, as whom containers run.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright.chromium.launch(executable_path=program, args=flags)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page in a browser of its own: paths are enough to go somewhere.

    At its end the test fails if a script broke, the content security policy was violated, or the page asked anybody
    else for anything.
    """
    complaints: list[str] = []
    context = browser.new_context(base_url=live_server.url, locale="en-CA", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda request: complaints.extend(_elsewhere(request, live_server.url)))
    yield page
    context.close()
    assert complaints == []


def _elsewhere(request: Request, home: str) -> list[str]:
    place = urlsplit(request.url)
    inside = place.netloc == urlsplit(home).netloc or place.scheme in {"data", "blob", "about"}
    return [] if inside else [f"asked {place.netloc}"]


@pytest.fixture(scope="session")
def judge() -> Judge:
    """`judge(page)` fails with what axe-core finds wrong for WCAG 2.2 AA, and with its advice on good practice."""

    def judge(page: Page) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    return judge


@pytest.fixture
def sign_in() -> SignIn:
    """`sign_in(page, user)`: through the page, as a person does. It gives the account a password for that."""

    def sign_in(page: Page, user: User) -> None:
        user.set_password(PASSWORD)
        user.save()
        page.goto("/en/account/login/")
        page.locator("input[name=login]").fill(user.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
        page.wait_for_url(re.compile("work/$"))

    return sign_in
