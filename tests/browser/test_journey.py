"""From a document to a published report and its files, through pages alone, with scripts and without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.places import COORDINATORS, DESK
from tests.browser.serving import ROOT, House
from tests.browser.test_accessibility import judged
from tests.browser.visiting import LANGUAGES, Visit

DOCUMENT = ROOT / "tests/plan/imports/reader/documents/actions_with_labels.txt"
OWNER = "public-safety-canada"
PERIOD = "2021-2022"
SIGNS = {
    "html": ("text/html", b"<!DOCTYPE html>"),
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    "json": ("application/json", b"{"),
    "csv": ("text/csv", b"\xef\xbb\xbf"),
}
"""What each file is served as, and how it begins."""


class Coordinator:
    """Works on one plan in one window."""

    def __init__(self, window: Visit, code: str) -> None:
        self.window, self.page, self.code = window, window.page, code
        self.desk = f"{DESK}/reports/{code}/{PERIOD}/"

    def press(self, words: str) -> None:
        """Press the button in the main part that says this."""
        self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()

    def follow(self, words: str) -> None:
        """Follow the link in the main part that says this."""
        self.page.locator("main").get_by_role("link", name=words, exact=True).first.click()

    def upload(self, document: Path) -> None:
        self.window.go("/work/")
        self.follow("Import a document")
        self.follow("Import a document")
        self.page.locator("input[type=file]").set_input_files(document)
        self.page.locator("select[name=owner]").select_option(index=0)
        self.page.locator("input[name=period]").fill(PERIOD)
        self.press("Read the document")
        expect(self.page.locator("main")).to_contain_text("The document was read.")

    def say_what_is_missing(self) -> None:
        """Title, code and place of the plan, and who the organisations are."""
        self.page.locator("main a[href*='/plan/']").first.click()
        self.page.locator("input[name=title_en]").fill(f"Plan of {self.code}")
        self.page.locator("input[name=title_fr]").fill(f"Plan de {self.code}")
        self.page.locator("input[name=code]").fill(self.code)
        self.page.locator("input[name=jurisdiction]").fill("CA")
        self.press("Save")
        self.page.locator("main a[href*='/organisations/']").first.click()
        self.page.locator("main form button").first.click()
        expect(self.page.locator("main")).to_contain_text("will be added.")

    def look_at_doubts(self) -> None:
        self.press("I have looked at every row on this page")
        expect(self.page.locator("main")).to_contain_text("marked as looked at")

    def correct_first_row(self, words: str) -> None:
        self.page.locator("#row-1 a[href*='/rows/1/']").click()
        self.page.locator("textarea[name=text_en]").fill(words)
        self.press("Save")

    def drop_last_row(self) -> None:
        self.page.get_by_role("button", name=re.compile("^Drop .*[0-9]$")).last.click()
        expect(self.page.locator("main")).to_contain_text("1 row was dropped.")

    def confirm(self) -> None:
        self.follow("Confirm…")
        self.press("Confirm")
        self.page.wait_for_url(f"**/plans/{self.code}/**")

    def write(self, words: str) -> None:
        """Open the foreword and put this into the form, without saving."""
        self.window.go(f"{self.desk}write/foreword/")
        self.page.locator("textarea[name=text_en]").fill(words)

    def publish(self, correction: str = "") -> None:
        self.window.go(f"{self.desk}publish/")
        if correction:
            self.page.locator("textarea[name=correction_en]").fill(correction)
        self.page.locator("input[name=understood]").check()
        self.press("Publish")
        self.page.wait_for_url(f"**/plans/{self.code}/reports/{PERIOD}/**")


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_document_to_a_corrected_report(visit: Visits, house: House, javascript: bool) -> None:
    code = f"journey-{'with' if javascript else 'without'}-scripts"
    one = Coordinator(visit(COORDINATORS, javascript=javascript), code)
    other = Coordinator(visit(COORDINATORS, javascript=javascript), code)
    one.upload(DOCUMENT)
    one.say_what_is_missing()
    one.look_at_doubts()
    one.correct_first_row("Run a campaign in towns at the border and at sea")
    one.drop_last_row()
    one.confirm()
    _everybody_sees_the_plan(visit, code)
    _two_people_write(one, other)
    one.publish()
    expect(one.page.locator("main")).to_contain_text("Files are being made")
    house.run("-m", "palermo.cli", "worker", "--once")
    one.page.reload()
    assert not javascript or judged(one.window) == []
    assert _files(one.page) == set(SIGNS)
    one.publish(correction="The foreword named the wrong town.")
    expect(one.page.locator("main")).to_contain_text("The foreword named the wrong town.")
    one.follow("Read the edition before")
    expect(one.page.locator("main")).to_contain_text("This edition has been corrected")


def _everybody_sees_the_plan(visit: Visits, code: str) -> None:
    for language in LANGUAGES:
        reader = visit(language=language)
        assert reader.go(f"/plans/{code}/") == 200
        expect(reader.page.locator("h1")).to_contain_text(code)
        reader.go(f"/plans/{code}/deliverables/")
        expect(reader.page.locator("tbody tr")).to_have_count(3)
        expect(reader.page.locator("main")).to_contain_text("border and at sea")
        expect(reader.page.locator("tbody .status")).to_have_count(3)


def _two_people_write(one: Coordinator, other: Coordinator) -> None:
    """The second one to save loses nothing and overwrites nothing."""
    one.write("We **kept** our word.")
    other.write("We did not wait.")
    one.press("Preview")
    expect(one.page.locator(".report strong").first).to_have_text("kept")
    one.press("Save")
    expect(one.page.locator("main")).to_contain_text("Saved.")
    with other.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        other.press("Save")
    assert answered.value.status == 409
    expect(other.page.locator("main .as-written").first).to_have_text("We **kept** our word.")
    expect(other.page.locator("textarea[name=text_en]")).to_have_value("We did not wait.")
    other.page.locator("textarea[name=text_en]").fill("We **kept** our word. We did not wait.")
    other.press("Save")
    expect(other.page.locator("main")).to_contain_text("Saved.")


def _files(page: Page) -> set[str]:
    """The formats of all files on the page of an edition; each is fetched, in both languages, and looked into."""
    found: dict[str, set[str]] = {}
    for link in page.locator("main a[download]").all():
        address = link.get_attribute("href") or ""
        answer = page.context.request.get(address)
        language, extension = address.rsplit("/", 1)[-1].split(".")
        kind, beginning = SIGNS[extension]
        assert answer.headers["content-type"].split(";")[0] == kind
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.body().startswith(beginning)
        found.setdefault(extension, set()).add(language)
    assert all(languages == set(LANGUAGES) for languages in found.values())
    with page.expect_download() as download:
        page.locator("main a[download]").first.click()
    assert download.value.suggested_filename.endswith(".html")
    return set(found)


def test_a_published_document_becomes_a_public_plan(visit: Visits, shared: Path) -> None:
    document = next((shared / "seeds").glob("003*.txt"))
    one = Coordinator(visit(COORDINATORS), "journey-of-a-seed")
    one.upload(document)
    expect(one.page.locator("main")).to_contain_text("107")
    one.say_what_is_missing()
    one.confirm()
    reader = visit(language="fr")
    reader.go("/plans/journey-of-a-seed/deliverables/")
    expect(reader.page.locator("main")).to_contain_text("107")
