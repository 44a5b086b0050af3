"""The people of the year: each in a window of their own, doing what they do through the pages."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.people import PASSWORD, one_time_code
from tests.browser.places import DESK
from tests.browser.visiting import Visit
from tests.browser.year_world import PLAN

YEAR = "2024-2025"


class Person:
    """Somebody who works with Palermo."""

    def __init__(self, window: Visit, email: str, name: str = "") -> None:
        self.window, self.page, self.email, self.name = window, window.page, email, name

    @property
    def main(self) -> Locator:
        """What the page is about."""
        return self.page.locator("main")

    def go(self, path: str) -> None:
        """Open a page for work."""
        status = self.window.go(path)
        assert status == 200, (status, self.page.locator("main").inner_text()[:500])

    def press(self, words: str) -> None:
        """Press the button that says this."""
        self.main.get_by_role("button", name=words, exact=True).first.click()

    def follow(self, words: str) -> None:
        """Follow the link that says this."""
        self.main.get_by_role("link", name=words, exact=True).first.click()

    def unfold(self, words: str) -> None:
        """Open what is folded away under these words."""
        self.main.locator("summary", has_text=words).click()

    def fill(self, **fields: str) -> None:
        """Type into fields of the page, by their names."""
        for name, words in fields.items():
            field = self.main.locator(f"[name={name}]")
            tag = field.evaluate("element => element.tagName")
            field.select_option(words) if tag == "SELECT" else field.fill(words)

    def reads(self, *words: str) -> None:
        """The page says all of this."""
        for each in words:
            expect(self.main).to_contain_text(each)

    def join(self, link: str) -> None:
        """Answer an invitation, sign in, and set up a second factor, without which no page for work opens."""
        self.page.goto(link)
        self.fill(name=self.name, password=PASSWORD, again=PASSWORD)
        self.press("Make my account")
        self.page.wait_for_url("**/account/login/")
        self.sign_in()

    def sign_in(self) -> None:
        """For the first time: the second factor is set up on the way."""
        self.window.sign_in(self.email, PASSWORD)
        self.page.wait_for_url("**/second-factor/")
        self.follow("Set up an authenticator app")
        self.page.wait_for_url("**/reauthenticate/?next=*activate*")
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/totp/activate/")
        self.page.locator("input[name=code]").fill(one_time_code(self.page.locator("#totp-key").input_value()))
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/recovery-codes/**")
        self.go("/work/")

    def invite(self, organisation: str, email: str, role: str) -> str:
        """Give somebody a role; the link to hand to them, since no mail server is there to carry it."""
        self.go(f"{DESK}/people/{organisation}/")
        self.fill(email=email, role=role)
        self.press("Invite")
        link = self.main.locator(".notice .code")
        expect(link).to_be_visible()
        return link.inner_text()


class Writer(Person):
    """Writes and clears for an organisation."""

    def open(self, code: str) -> None:
        """Open the return on one promise from the list."""
        self.go(f"{DESK}/returns/")
        for part in ("asked", "to_write", "to_clear", "done"):
            self.go(f"{DESK}/returns/?show={part}")
            link = self.main.get_by_role("link", name=re.compile(f"^{code} "))
            if link.count():
                link.first.click()
                self.page.wait_for_url(f"**{DESK}/returns/*/")
                return
        raise AssertionError(f"there is no return on {code}")


class Coordinator(Person):
    """Runs the year of the plan."""

    def board(self, period: str = YEAR) -> None:
        """Open the board."""
        self.go(f"{DESK}/cycles/{PLAN}/{period}/")

    def open_period(self, starts_on: str, ends_on: str, due_on: str) -> None:
        """Ask every organisation that leads something for its returns."""
        self.go(f"{DESK}/open/{PLAN}/")
        self.fill(starts_on=starts_on, ends_on=ends_on, due_on=due_on, note_en="Please tell us what was done.")
        self.press("Open the period")
        self.reads("The period is open.")
