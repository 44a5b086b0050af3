"""Invented documents of many shapes, each with a key typed by hand beside it.

A line of a key is one row: section code | own code | start | due | status | leads | supporting, the last two
parted by semicolons; supporting may be left out. Two consecutive years under a time are one fiscal year.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from palermo.plan.imports.reader.reading import Reading
from palermo.plan.imports.reader.structure.doubts import MEANINGS
from palermo.plan.imports.reader.structure.refusal import REASONS
from palermo.plan.imports.reader.text import read_text

DOCUMENTS = Path(__file__).parent / "documents"
PLANS = sorted(DOCUMENTS.glob("*.txt"))
REFUSED = sorted((DOCUMENTS / "refused").glob("*.txt"))


def key_of(path: Path) -> list[list[str]]:
    """The rows that a person read in a document."""
    lines = path.with_suffix(".key").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines]
    return [row if len(row) == 7 else [*row, ""] for row in rows]


def rows_of(reading: Reading) -> list[list[str]]:
    """The rows that the reader found, in the shape of a key."""
    codes = {section.key: section.code for section in reading.sections}
    return [
        [
            codes.get(row.section or "", ""),
            row.code,
            row.printed_start,
            row.printed_due,
            row.status,
            ";".join(row.leads),
            ";".join(row.supporting),
        ]
        for row in reading.rows
    ]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_row_is_read_as_a_person_read_it(path: Path) -> None:
    reading = read_text(path.read_text(encoding="utf-8"))
    expected = key_of(path)
    found = rows_of(reading)
    helpers_keyed = any(row[6] for row in expected)
    width = 7 if helpers_keyed else 6
    assert [row[:width] for row in found] == [row[:width] for row in expected]
    assert reading.found_plan


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_row_has_its_lines_and_only_documented_doubts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    count = len(text.split("\n"))
    reading = read_text(text)
    for row in reading.rows:
        assert row.lines is not None
        assert 1 <= row.lines[0] <= row.lines[1] <= count
        assert row.text
        assert {doubt.code for doubt in row.doubts} <= MEANINGS.keys()


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_language_is_told(path: Path) -> None:
    assert read_text(path.read_text(encoding="utf-8")).language == ("fr" if path.stem.endswith("_fr") else "en")


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_is_no_plan_is_refused_with_its_reason(path: Path) -> None:
    reading = read_text(path.read_text(encoding="utf-8"))
    assert not reading.found_plan
    assert reading.rows == []
    assert reading.sections == []
    assert reading.refusal_code == path.stem.split(".")[1]
    assert reading.refusal == REASONS[reading.refusal_code]


def test_rows_keep_what_was_printed_in_each_column() -> None:
    reading = read_text((DOCUMENTS / "goals_in_pipe_tables.txt").read_text(encoding="utf-8"))
    first = reading.rows[0]
    assert first.cells["RAG"] == "Green"
    assert first.printed_status == "Green"
    assert first.note == "Twelve programmes were aired."
    assert [doubt.code for doubt in first.doubts] == ["status_guessed"]


def test_a_merely_numbered_list_leaves_a_doubt_on_every_row() -> None:
    reading = read_text((DOCUMENTS / "numbered_steps_announced.txt").read_text(encoding="utf-8"))
    assert all("list_guessed" in [doubt.code for doubt in row.doubts] for row in reading.rows)
    assert [doubt.code for doubt in reading.doubts] == ["no_status_anywhere"]


def test_a_status_nobody_knows_is_left_not_stated_with_a_doubt() -> None:
    reading = read_text(
        "| Action | Lead | Status |\n|---|---|---|\n| Train clerks | MFA | Marinating |\n| Print cards | MOI | Done |\n"
    )
    row = reading.rows[0]
    assert (row.status, row.printed_status) == ("not_stated", "Marinating")
    assert [doubt.code for doubt in row.doubts] == ["status_unknown_word"]


def test_an_unknown_heading_is_judged_by_its_cells_with_a_doubt() -> None:
    text = (
        "| Action | Lead | Zustand |\n|---|---|---|\n| Train clerks | MFA | Delayed |\n| Print cards | MOI | Done |\n"
    )
    rows = read_text(text).rows
    assert [row.status for row in rows] == ["in_progress", "complete"]
    assert all("column_guessed" in [doubt.code for doubt in row.doubts] for row in rows)


def test_empty_text_is_refused() -> None:
    assert read_text("").refusal_code == "no_text"


def test_words_broken_at_line_ends_are_whole_again() -> None:
    text = (
        "Action Lead Status\n\n1.1 Improve coordi-\nnation of anti-\ntrafficking units\n\n"
        "Ministry of Jus-\ntice\n\nComplete\n\n"
        "1.2 Keep the coordination cell\n\nMOJ\n\nOngoing\n\n1.3 Report\n\nMOJ\n\nOngoing\n"
    )
    first = read_text(text).rows[0]
    assert first.text == "Improve coordination of anti-trafficking units"
    assert first.leads == ["Ministry of Justice"]
