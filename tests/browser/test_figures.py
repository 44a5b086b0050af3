"""Figures, from the first number to a citation: entered, counted, protected, approved by a second person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.figures_world import FIRST, PLACES, SECOND, SERIES, records
from tests.browser.people import PASSWORD
from tests.browser.serving import House
from tests.browser.test_accessibility import judged
from tests.browser.visiting import Visit
from tests.browser.year_people import Person


@pytest.fixture(scope="module")
def harbour_office(bare_house: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house of its own."""
    made = bare_house.copied(tmp_path_factory.mktemp("sites") / "figures")
    house = House(made.data, {"DJANGO_SETTINGS_MODULE": "palermo.config.settings"})
    house.run("-m", "palermo.cli", "migrate")
    house.run("-m", "tests.browser.figures_world")
    return house


@pytest.fixture
def people(harbour_office: House, browser: Browser) -> Iterator[tuple[Person, Person]]:
    """Who prepares and who approves, each in a window of their own, signed in."""
    with harbour_office.served() as address:
        windows = [Visit(browser, address) for _ in range(2)]
        for window, email in zip(windows, (FIRST, SECOND), strict=True):
            window.sign_in(email, PASSWORD)
            window.page.wait_for_url("**/work/")
        yield Person(windows[0], FIRST), Person(windows[1], SECOND)
        for window in windows:
            window.close()
        assert [complaint for window in windows for complaint in window.complaints] == []


def test_from_a_number_to_a_citation(people: tuple[Person, Person], harbour_office: House, tmp_path: Path) -> None:
    first, second = people
    _enter(first)
    _write_rules(first)
    _begin(first)
    _upload(first, tmp_path / "records.csv")
    _describe(first)
    address = _protect(first)
    _approve(second, address)
    _cite_and_download(second, tmp_path)
    _nothing_left(harbour_office)


def _enter(first: Person) -> None:
    first.go(f"/work/figures/series/{SERIES}/enter/")
    first.main.locator("[name$=-value]").first.fill("79")
    first.press("Enter these numbers")
    first.window.go(f"/figures/series/{SERIES}/")
    first.reads("79")


def _write_rules(first: Person) -> None:
    first.go("/work/releases/rules/add/")
    first.fill(code="five", title_en="Fewer than five", decided_on="2024-05-01", decided_by_en="Committee")
    first.fill(reason_en="Few people know each other.")
    first.press("Save")
    first.reads("Groups of 1 to 4 are too small to show.")
    first.go("/work/releases/populations/add/")
    first.fill(code="permits", title_en="Everybody with a permit of the harbour")
    first.press("Save")


def _begin(first: Person) -> None:
    first.go("/work/releases/begin/")
    first.fill(title_en="Permits of the harbour", counts="permit", covers_from="2024-01-01", covers_to="2024-12-31")
    first.press("Begin")
    first.reads("Now bring what it is made of.")


def _upload(first: Person, path: Path) -> None:
    path.write_bytes(records())
    first.follow("Upload records")
    first.main.locator("input[type=file]").set_input_files(path)
    first.press("Upload")
    first.reads("The records are here, encrypted.")
    assert judged(first.window) == []


def _describe(first: Person) -> None:
    places = "\n".join(f"{code}; {words}; {words}" for code, words, _number in PLACES)
    for heading, label, codes in (("where", "Place", places), ("sex", "Sex", "F; women; femmes\nM; men; hommes")):
        first.follow(heading)
        first.main.get_by_label("tells records apart (a dimension)").check()
        first.fill(code=label.lower(), label_en=label, codes=codes)
        first.press("Save")
        first.reads("Saved.")
    first.follow("Choose the tables")
    first.fill(by_1="place", by_2="sex")
    first.press("Add the table")
    first.reads("By place and sex")
    first.follow("Done")


def _protect(first: Person) -> str:
    """The address of the release, once it waits for approval."""
    address = first.page.url
    first.press("Protect and attack")
    first.reads("The attack failed, as it should")
    first.follow("What is lost, and where")
    first.reads("because they are too small", "besides, to protect those")
    assert judged(first.window) == []
    first.follow("By place and sex")
    first.reads("too small", "hidden besides")
    first.page.goto(address)
    first.press("Submit for approval")
    first.reads("nobody approves what they had a hand in")
    assert first.main.get_by_role("button", name="Approve and publish").count() == 0
    return address


def _approve(second: Person, address: str) -> None:
    second.page.goto(address)
    second.press("Approve and publish")
    second.reads("Approved and published.")
    second.main.get_by_role("link", name=re.compile("as everybody sees it")).click()
    second.page.wait_for_url("**/figures/releases/PAL-*/")


def _cite_and_download(second: Person, folder: Path) -> None:
    second.reads("How to cite", "Harbour Office", "None of them can be worked out.")
    expect(second.main.locator("svg[role=img]").first).to_be_visible()
    assert judged(second.window) == []
    with second.page.expect_download() as download:
        second.main.get_by_role("link", name=re.compile("^JSON")).click()
    path = folder / "release.json"
    download.value.save_as(path)
    told = json.loads(path.read_text())
    assert told["identifier"].startswith("PAL-")
    hidden = [cell for cell in told["cells"] if cell["value"] is None]
    assert {cell["mark"] for cell in hidden} == {"suppressed"}
    assert len(hidden) >= 4


def _nothing_left(house: House) -> None:
    """The records were erased in the act of approval, and nothing of them lies anywhere."""
    assert [path for folder in ("files/records", "record-keys") for path in (house.data / folder).glob("*")] == []
