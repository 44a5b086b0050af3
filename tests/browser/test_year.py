"""A whole year with six people: what each does through the pages, and what the trail tells of it afterwards."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from palermo.plan.returns.spreadsheet.columns import BY_NAME, SHEET
from tests.browser.places import DESK
from tests.browser.serving import House
from tests.browser.test_accessibility import judged
from tests.browser.visiting import Visit
from tests.browser.year_people import YEAR, Coordinator, Person, Writer
from tests.browser.year_world import ADDRESS, FISHERIES, OWNER, PLAN

OUTLINE = "https://example.org/outline"


SIX_JOIN = {"account.sign_in": 6, "account.second_factor_added": 6, "account.recovery_codes_made": 6}
PREPARED = {"plan.load": 1, "account.create": 1, "role.give": 1, "invitation.send": 5, "invitation.accept": 5}
WRITTEN = {
    # The words of the focal point, of the alternate who met them, and the answer.
    "return.save H1": 3,
    "return.save H2": 1,
    # The alternate's words, those of the spreadsheet, and a date.
    "return.save H3": 3,
    "spreadsheet.upload": 1,
    "spreadsheet.take_in": 1,
    "evidence.add H2": 1,
    "return.submit H1": 2,
    "return.submit H2": 1,
    "return.submit H3": 1,
    "return.send_back H1": 1,
}
DECIDED = {
    **{f"return.{act} H{number}": 1 for act in ("clear", "accept") for number in (1, 2, 3)},
    "evidence.clear H2": 1,
    "assessment.give H2": 1,
    "period.open": 2,
    "period.close": 1,
    "narrative.fill": 1,
    "edition.publish": 1,
    "edition.files": 1,
    "returns.hand_over": 1,
}
DONE = PREPARED | SIX_JOIN | WRITTEN | DECIDED
"""What the six people do below, counted by hand."""


@pytest.fixture(scope="module")
def harbour(bare_house: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house of its own, in which a second factor is demanded."""
    made = bare_house.copied(tmp_path_factory.mktemp("sites") / "year")
    house = House(made.data, {"PALERMO_SECOND_FACTOR": "yes", "DJANGO_SETTINGS_MODULE": "palermo.config.settings"})
    house.run("-m", "tests.browser.year_world")
    return house


@dataclass
class Team:
    """Six people."""

    coordinator: Coordinator
    focal: Writer
    alternate: Writer
    officer: Writer
    assessor: Person
    successor: Writer


@pytest.fixture
def team(harbour: House, browser: Browser) -> Iterator[Team]:
    """Each in a window of their own; whatever a page complains of fails the test in the end."""
    with harbour.served() as address:
        windows = [Visit(browser, address) for _ in range(6)]
        yield Team(
            Coordinator(windows[0], ADDRESS),
            Writer(windows[1], "focal@example.org", "Dominique Focal"),
            Writer(windows[2], "alternate@example.org", "Sacha Alternate"),
            Writer(windows[3], "officer@example.org", "Charlie Officer"),
            Person(windows[4], "assessor@example.org", "Maxime Assessor"),
            Writer(windows[5], "successor@example.org", "Alex Successor"),
        )
        for window in windows:
            window.close()
        assert [complaint for window in windows for complaint in window.complaints] == []


def test_a_whole_year(team: Team, harbour: House, tmp_path: Path) -> None:
    _invite(team)
    _open(team)
    _write_and_meet(team)
    _work_in_a_spreadsheet(team, tmp_path / "returns.xlsx")
    _ask_and_answer(team)
    _clear_and_accept(team)
    _assess(team)
    _close(team)
    _fill_the_report(team)
    _publish(team, harbour)
    _hand_over(team)
    _trail(harbour)


def _invite(team: Team) -> None:
    team.coordinator.sign_in()
    team.officer.join(team.coordinator.invite(FISHERIES, team.officer.email, "clearing_officer"))
    # A clearing officer staffs the own organisation; nobody there can name an assessor.
    team.focal.join(team.officer.invite(FISHERIES, team.focal.email, "focal_point"))
    team.alternate.join(team.focal.invite(FISHERIES, team.alternate.email, "alternate"))
    team.assessor.join(team.coordinator.invite(OWNER, team.assessor.email, "assessor"))


def _open(team: Team) -> None:
    team.coordinator.open_period("2024-04-01", "2025-03-31", "2025-05-31")
    team.coordinator.reads("Fisheries", "Tourism", "Nobody to ask")
    assert judged(team.coordinator.window) == []
    team.focal.go(f"{DESK}/returns/")
    team.focal.reads("To be written (3)", "H1", "H2", "H3")


def _write_and_meet(team: Team) -> None:
    """Two write the same return; the second one sees both texts and brings them together."""
    team.focal.open("H1")
    team.alternate.open("H1")
    team.focal.fill(status="in_progress", narrative_en="Eleven boats were inspected.")
    team.focal.press("Save")
    team.focal.reads("Saved.")
    team.alternate.fill(narrative_en="Twelve boats were inspected.")
    team.alternate.press("Save")
    team.alternate.reads("Somebody else saved this return", "Eleven boats were inspected.")
    expect(team.alternate.main.locator("[name=narrative_en]")).to_have_value("Twelve boats were inspected.")
    assert judged(team.alternate.window) == []
    words = "Eleven boats were inspected in May and one in June."
    reason = "The second boat came in autumn."
    team.alternate.fill(status="in_progress", narrative_en=words, reason_en=reason, new_due_on="2027-12-31")
    team.alternate.press("Save and submit")
    team.alternate.reads("Submitted.")
    team.focal.open("H2")
    team.focal.fill(status="complete", narrative_en="All inspectors were trained.", spent="1200")
    team.focal.press("Save and submit")
    team.focal.reads("Something is still missing", "evidence")
    team.focal.follow("Add evidence")
    team.focal.fill(title_en="Course outline", url=OUTLINE)
    team.focal.main.locator("form button").first.click()
    team.focal.reads("Course outline")
    team.focal.press("Save and submit")
    team.focal.reads("Submitted.")


def _work_in_a_spreadsheet(team: Team, path: Path) -> None:
    """H3 is written off line, while somebody saves something else of it; the preview lets the focal point choose."""
    desk = f"{DESK}/returns/{FISHERIES}/{PLAN}/{YEAR}/"
    team.focal.go(desk)
    with team.focal.page.expect_download() as download:
        team.focal.follow("Download the returns (XLSX)")
    download.value.save_as(path)
    words = {"narrative_en": "Rights are told in six languages.", "reason_en": "Words take time."}
    _write_in(path, "H3", status="In progress", **words)
    team.alternate.open("H3")
    team.alternate.fill(narrative_en="Rights are told in five languages.")
    team.alternate.press("Save")
    team.alternate.reads("Saved.")
    team.focal.main.locator("input[type=file]").set_input_files(path)
    team.focal.press("Upload and look")
    team.focal.reads("1 return would change.", "five languages", "six languages")
    assert judged(team.focal.window) == []
    team.focal.main.get_by_label("What the file says").check()
    team.focal.press("Take in all of it")
    team.focal.open("H3")
    expect(team.focal.main.locator("[name=narrative_en]")).to_have_value("Rights are told in six languages.")
    team.focal.fill(new_due_on="2027-12-31")
    team.focal.press("Save and submit")
    team.focal.reads("Submitted.")


def _write_in(path: Path, code: str, **words: str) -> None:
    """Type into the row of a promise, as somebody does in a spreadsheet."""
    book = load_workbook(path)
    sheet = book[SHEET]
    heads = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=4) for cell in row if cell.value}
    row = next(cell.row for cell in sheet["A"] if cell.value == code)
    for name, text in words.items():
        sheet.cell(row, heads[BY_NAME[name].heading], text)
    book.save(path)


def _ask_and_answer(team: Team) -> None:
    """The clearing officer sends a return back with a question, and gets it again with the answer."""
    team.officer.open("H1")
    team.officer.unfold("Send it back with questions")
    team.officer.fill(question_1="How many crews spoke with us alone?")
    team.officer.press("Send it back")
    team.officer.reads("It went back")
    team.focal.open("H1")
    team.focal.reads("How many crews spoke with us alone?")
    team.focal.main.get_by_label("Answer", exact=True).fill("Nine of twelve.")
    team.focal.press("Save and submit")
    team.focal.reads("Submitted.")


def _clear_and_accept(team: Team) -> None:
    """Clearing in one act what is ready; accepting one by one and in one act."""
    team.officer.go(f"{DESK}/returns/?show=to_clear")
    for code in ("H1", "H2", "H3"):
        team.officer.main.get_by_label(f"Clear {code}").check()
    team.officer.press("Clear what is ticked")
    team.officer.reads("3 returns were cleared.")
    team.officer.open("H2")
    team.officer.follow("Course outline")
    team.officer.main.locator("[name=names_nobody]").check()
    team.officer.main.locator("form button").first.click()
    team.officer.reads("Cleared for publication")
    team.coordinator.board()
    team.coordinator.follow("Read and accept")
    team.coordinator.reads("Eleven boats", "All inspectors", "Course outline")
    team.coordinator.main.get_by_role("link", name=re.compile("^H3 ")).click()
    # What was asked within the organisation stays there.
    team.coordinator.press("Accept")
    team.coordinator.reads("Accepted.")
    team.coordinator.board()
    team.coordinator.follow("Read and accept")
    for code in ("H1", "H2"):
        team.coordinator.main.get_by_label(f"Accept {code}").check()
    team.coordinator.press("Accept what is ticked")
    team.coordinator.reads("2 returns were accepted.")


def _assess(team: Team) -> None:
    team.assessor.go(f"{DESK}/assessments/{PLAN}/{YEAR}/H2/")
    team.assessor.reads("All inspectors were trained.")
    team.assessor.fill(status="in_progress", note_en="Two inspectors of ten were not trained.")
    team.assessor.press("Save the assessment")
    team.assessor.reads("It stands beside what was claimed.")


def _close(team: Team) -> None:
    team.coordinator.go(f"{DESK}/cycles/{PLAN}/{YEAR}/close/")
    team.coordinator.reads("3 accepted returns become public.", "Tourism")
    team.coordinator.press("Close the period")
    team.coordinator.reads("The period is closed.")
    team.coordinator.follow("What the public sees")
    team.coordinator.reads("Tourism")
    team.coordinator.page.goto(f"{team.coordinator.window.site}/en/plans/{PLAN}/deliverables/H2/")
    team.coordinator.reads("Complete", "Two inspectors of ten were not trained.", "Course outline")


def _fill_the_report(team: Team) -> None:
    """One act, from which each sentence leads back to its return."""
    team.coordinator.go(f"{DESK}/reports/{PLAN}/{YEAR}/fill/")
    team.coordinator.press("Fill 1 part")
    team.coordinator.go(f"{DESK}/reports/{PLAN}/{YEAR}/sources/")
    team.coordinator.reads("Rights are told in six languages.", "Return")
    assert judged(team.coordinator.window) == []


def _publish(team: Team, harbour: House) -> None:
    team.coordinator.go(f"{DESK}/reports/{PLAN}/{YEAR}/publish/")
    team.coordinator.main.locator("input[name=understood]").check()
    team.coordinator.press("Publish")
    team.coordinator.page.wait_for_url(f"**/plans/{PLAN}/reports/{YEAR}/**")
    harbour.run("-m", "palermo.cli", "worker", "--once")
    team.coordinator.page.reload()
    team.coordinator.reads("PDF", "Rights are told in six languages.")


def _hand_over(team: Team) -> None:
    """The next year begins, and the focal point leaves in the middle of it."""
    team.coordinator.open_period("2025-04-01", "2026-03-31", "2026-05-31")
    team.successor.join(team.officer.invite(FISHERIES, team.successor.email, "focal_point"))
    team.officer.go(f"{DESK}/hand-over/")
    row = team.officer.main.locator("tr", has_text=team.focal.name)
    row.locator("select").select_option(label=team.successor.name)
    row.get_by_role("button", name="Hand over").click()
    team.officer.reads(f"3 returns went to {team.successor.name}.")
    team.successor.open("H1")
    team.successor.reads(team.successor.name, "Eleven boats were inspected in May and one in June.")


def _trail(harbour: House) -> None:
    """Each act once for each time that somebody did it, and nothing that nobody did."""
    told = Counter(json.loads(harbour.run("-m", "tests.browser.year_world", "acts")))
    assert told == Counter(DONE)
    assert "The trail is whole." in harbour.run("-m", "palermo.cli", "audit", "verify")
