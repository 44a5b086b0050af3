"""The published documents that the platform is built from, against what a person read in them.

The key is typed from reading: codes, dates, status words and acronyms are facts; no sentence is repeated here.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from palermo.plan.imports.reader.reading import Reading, ReadRow
from palermo.plan.imports.reader.text import decode, read_text

BESIDE = Path(__file__).resolve().parents[5] / "shared"

# One line a task: its code, then each thing in order as start, status (O ongoing, C complete, P in progress,
# T on track, - not stated), leads; "&" parts things, "+" leads, and "/" leads from who supports. 12/13 is 2012/13.
FEDERAL_KEY = """
1.11 12/13 O PS+JUS & 2011-12 C PS & 2011-12 C PS & 12/13 C PS & 12/13 C RCMP & 12/13 C RCMP & 13/14 O RCMP \
& 12/13 O DFATD+CBSA+ESDC (TFWP) & 14/15 - DFATD+CBSA+ESDC (TFWP) & 12/13 C PS+AANDC & 11/12 C PS+AANDC \
& 12/13 O DFATD & 12/13 C ESDC (TFWP) & 12/13 C ESDC (TFWP) & 12/13 C ESDC (TFWP) & 12/13 O CIC+ESDC (TFWP) \
& 12/13 O CIC & 12/13 O CIC
1.12 11/12 C PS
1.13 12/13 O PS+RCMP/HTT & 12/13 O PS+RCMP/HTT & 12/13 O PS+RCMP/HTT & 12/13 O RCMP & 12/13 O CBSA
1.14 12/13 O DFATD
2.11 12/13 O RCMP & 12/13 P JUS & 12/13 O RCMP
2.12 13/14 O JUS & 12/13 O SWC
2.13 12/13 C ESDC (TFWP)+CIC & 12/13 P CIC & 12/13 C CIC & 12/13 C CBSA+CIC+RCMP & 12/13 C CIC+ESDC (TFWP) \
& 12/13 P CIC & 12/13 O ESDC (TFWP) & 12/13 C CBSA & 12/13 O ESDC (TFWP) & 12/13 O CIC & 12/13 O CIC+ESDC (TFWP) \
& 12/13 O RCMP
2.14 12/13 O PPTC & 12/13 O RCMP
3.11 11/12 O CBSA & 12/13 P CBSA & 13/14 P CBSA & 12/13 P JUS & 12/13 C JUS+RCMP+PPSC+PS \
& 12/13 C RCMP+JUS+PPSC+FINTRAC & 12/13 O RCMP & 12/13 O RCMP & 12/13 T RCMP & 12/13 O RCMP
3.12 12/13 O ESDC (Labour Program)+RCMP & 12/13 O ESDC (TFWP)
3.13 12/13 O RCMP & 12/13 O RCMP & 12/13 O RCMP & 12/13 O PPTC & 11/12 C RCMP & 12/13 O CBSA & 12/13 O CBSA \
& 12/13 O PPTC+CBSA & 12/13 O PPTC & 12/13 O DFATD+JUS & 12/13 O FINTRAC & 11/12 O RCMP & 12/13 C RCMP \
& 12/13 C RCMP+CBSA
3.14 12/13 O JUS & 11/12 O RCMP & 12/13 O RCMP & 11/12 C RCMP
3.15 12/13 O PPTC+RCMP & 12/13 O RCMP
3.16 12/13 O ESDC (TFWP) & 12/13 C ESDC (TFWP)
4.11 12/13 C PS/HTT & 12/13 O PS/HTT & 12/13 O RCMP & 11/12 O PS & 12/13 O ESDC (TFWP) & 12/13 C RCMP \
& 11/12 C AANDC & 11/12 C AANDC+PS & 13/14 C PS & 13/14 C PS & 12/13 O ESDC (Labour Program)
4.12 12/13 O DFATD & 12/13 O PPTC+CBSA
4.13 13/14 O ESDC (TFWP) & 13/14 C ESDC (TFWP) & 12/13 O StatsCan & 13/14 C StatsCan & 12/13 O CIC
4.14 12/13 O DFATD & 11/12 O DFATD (Development) & 12/13 O DFATD & 12/13 O DFATD+CIC & 12/13 O DFATD \
& 12/13 O DFATD & 12/13 O ESDC (TFWP) & 12/13 O CBSA & 12/13 O RCMP+CBSA+JUS & 11/12 P DFATD+PS+RCMP+JUS \
& 12/13 C JUS
"""
PRINTED_ROWS = {
    "1.11": 12, "1.12": 1, "1.13": 3, "1.14": 1, "2.11": 3, "2.12": 2, "2.13": 12, "2.14": 2, "3.11": 8,
    "3.12": 2, "3.13": 13, "3.14": 4, "3.15": 2, "3.16": 2, "4.11": 11, "4.12": 2, "4.13": 4, "4.14": 11,
}  # fmt: skip
STATUSES = {"O": "ongoing", "C": "complete", "P": "in_progress", "T": "in_progress", "-": "not_stated"}


def seed(beginning: str) -> Reading:
    """The reading of a seed document; skips where the documents are not at hand."""
    folder = Path(os.environ.get("PALERMO_SHARED", BESIDE)) / "seeds"
    found = sorted(folder.glob(f"{beginning}*.txt")) if folder.is_dir() else []
    if not found:
        pytest.skip("the source documents are not beside the repository")
    return read_text(decode(found[0].read_bytes()))


def federal_key() -> list[tuple[str, str, str, list[str], list[str]]]:
    """Section, start, status, leads and supporting of each thing, in order."""
    keyed = []
    for line in FEDERAL_KEY.strip().splitlines():
        code, _, things = line.partition(" ")
        for thing in things.split("&"):
            start, status, names = thing.split(maxsplit=2)
            leads, _, supporting = names.strip().partition("/")
            printed = start if start.startswith("20") else f"20{start}"
            keyed.append(
                (code, printed, STATUSES[status], leads.split("+"), supporting.split("+") if supporting else [])
            )
    return keyed


def facts(row: ReadRow) -> tuple[str, str, str, list[str], list[str]]:
    """The same five facts of a row that was read."""
    return row.section or "", row.printed_start, row.status, row.leads, row.supporting


def test_the_key_itself_counts_what_the_chart_holds() -> None:
    key = federal_key()
    assert len(key) == 107
    assert sum(PRINTED_ROWS.values()) == 95
    assert Counter(status for _, _, status, _, _ in key) == {
        "ongoing": 66, "complete": 32, "in_progress": 8, "not_stated": 1,
    }  # fmt: skip


def test_the_federal_chart_agrees_with_the_key_row_by_row() -> None:
    reading = seed("003")
    assert [facts(row) for row in reading.rows] == federal_key()


def test_the_federal_chart_has_its_pillars_objectives_tasks_and_rows() -> None:
    reading = seed("003")
    levels = Counter(section.level for section in reading.sections)
    assert levels == {1: 4, 2: 4, 3: 18}
    pillars = [section for section in reading.sections if section.level == 1]
    assert [section.p for section in pillars] == ["prevention", "protection", "prosecution", "partnership"]
    printed = {(row.section, row.row) for row in reading.rows}
    assert Counter(section for section, _ in printed) == PRINTED_ROWS
    assert reading.period == "2013-2014"
    assert reading.language == "en"


def test_a_start_is_the_first_of_april_of_its_first_year() -> None:
    reading = seed("003")
    assert all(row.start_on == date(int(row.printed_start[:4]), 4, 1) for row in reading.rows)


def test_the_five_new_things_are_marked() -> None:
    reading = seed("003")
    new = [(row.section, row.printed_start) for row in reading.rows if row.is_new]
    assert new == [
        ("1.11", "2014/15"),
        ("3.11", "2013/14"),
        ("4.11", "2013/14"),
        ("4.11", "2013/14"),
        ("4.13", "2013/14"),
    ]
    assert not any(row.text.startswith("NEW") for row in reading.rows)


def test_on_track_keeps_its_words_and_gives_a_due_date_with_a_doubt() -> None:
    row = next(row for row in seed("003").rows if row.printed_due)
    assert (row.section, row.printed_status) == ("3.11", "On track for 2014/2015")
    assert (row.printed_due, row.due_on) == ("2014/2015", date(2015, 3, 31))
    assert "due_read_from_status" in [doubt.code for doubt in row.doubts]


def test_the_thing_without_a_status_has_a_doubt() -> None:
    row = next(row for row in seed("003").rows if row.status == "not_stated")
    assert (row.section, row.row, row.is_new) == ("1.11", 5, True)
    assert "statuses_fewer_than_parts" in [doubt.code for doubt in row.doubts]


def test_no_word_of_the_chart_is_left_broken() -> None:
    for row in seed("003").rows:
        assert "- " not in row.printed_leads
        assert "\ufffd" not in row.text + row.lead_in


def test_the_nine_points_of_alberta() -> None:
    reading = seed("000")
    assert reading.sections == []
    assert [row.code for row in reading.rows] == list("123456789")
    assert [row.status for row in reading.rows] == ["complete"] * 2 + ["in_progress"] * 6 + ["complete"]
    assert {row.printed_status for row in reading.rows} == {"complete", "work underway"}
    assert not any(row.printed_start or row.leads or row.printed_due for row in reading.rows)


def test_the_summary_has_four_pillars_with_their_steps() -> None:
    reading = seed("004")
    assert [section.p for section in reading.sections] == ["prevention", "protection", "prosecution", "partnership"]
    assert Counter(row.section for row in reading.rows) == dict(
        zip([section.key for section in reading.sections], [4, 5, 4, 3], strict=True)
    )
    assert {row.status for row in reading.rows} == {"not_stated"}


@pytest.mark.parametrize(("beginning", "code"), [("001", "only_prose"), ("002", "only_bullets")])
def test_documents_without_a_plan_say_why(beginning: str, code: str) -> None:
    reading = seed(beginning)
    assert not reading.found_plan
    assert reading.refusal_code == code
    assert reading.refusal.endswith(".")
    assert reading.rows == []
