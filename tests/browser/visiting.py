"""A window on the site that listens to what pages complain of, and helpers to judge a page."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, StorageState

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
"""What axe-core is asked for: WCAG 2.2 up to AA, and its advice on good practice."""
LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Place:
    """One page: the name of its address, who sees it, its path without the language."""

    name: str
    who: str
    path: str


class Visit:
    """One browser window with cookies of its own.

    `complaints` collects scripts that broke, violations of the content security policy, whatever else a page writes
    to the console as an error, and every request to anybody but the site.
    """

    def __init__(
        self,
        browser: Browser,
        site: str,
        cookies: StorageState | None = None,
        *,
        javascript: bool = True,
        width: int = 1280,
        language: str = "en",
    ) -> None:
        self.site = site
        self.language = language
        self.complaints: list[str] = []
        self.others: set[str] = set()
        """Hosts that a test lets pages ask."""
        self.context = browser.new_context(
            base_url=site,
            storage_state=cookies,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale=f"{language}-CA",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self._listen(self.page)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the window; what it complained of stays known."""
        self.context.close()

    def go(self, path: str) -> int:
        """Open a path without its language, and return the status of the answer."""
        answer = self.page.goto(f"/{self.language}{path}")
        assert answer is not None
        return answer.status

    def sign_in(self, email: str, password: str) -> None:
        """Through the page, as a person does; where it leads then is for the caller to await."""
        self.go("/account/login/")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("main form button").first.click()

    def prove_oneself_again(self, password: str) -> None:
        """Pages that change how one signs in ask for the password once more; this answers before they ask."""
        self.go("/account/reauthenticate/")
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/work/")

    def resize(self, width: int) -> None:
        """Make the window as wide as this, in CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": 900})

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._complain(f"script: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, said: ConsoleMessage) -> None:
        # A page that answers 404 or 403 is itself reported as a resource that failed to load.
        is_the_page = said.text.startswith("Failed to load resource") and said.location["url"] == self.page.url
        if said.type == "error" and not is_the_page:
            self._complain(f"console: {said.text}")

    def _request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        known = {urlsplit(self.site).netloc, *self.others}
        if asked.netloc not in known and asked.scheme not in {"data", "blob", "about"}:
            self._complain(f"asked {asked.netloc}")

    def _complain(self, words: str) -> None:
        self.complaints.append(f"{urlsplit(self.page.url).path}: {words}")


def findings(page: Page, *, contrast: bool = True) -> list[str]:
    """What axe-core finds wrong with a page: the rule, and the first element that breaks it.

    The contrast takes longer to judge than all the rest: a page of the same colours need not be judged twice.
    """
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": contrast}},
    }
    # A document that is just being left for the next one cannot be judged: its heading has to stand first.
    page.wait_for_load_state()
    page.locator("h1").first.wait_for()
    # Half a megabyte of script, which only the pages that are judged have to read.
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(
        """async (options) => (await axe.run(document, options)).violations.map(
            (each) => `${each.id}: ${each.nodes[0].html.slice(0, 160)}`)""",
        options,
    )
    return found


def too_wide(page: Page) -> list[str]:
    """Says so where the page scrolls sideways, with the elements that stick out."""
    found: list[str] = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            const boxes = [...document.body.querySelectorAll("*")].filter(
                (one) => one.getBoundingClientRect().right > room + 1 && !one.closest(".scroll, .report-scroll"));
            return ["scrolls sideways: " + boxes.slice(0, 3).map((one) => one.outerHTML.slice(0, 90)).join(" | ")];
        }"""
    )
    return found
