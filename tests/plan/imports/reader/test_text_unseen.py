"""Documents of shapes that the reader met for the first time, with keys typed by hand before it read them.

What it still reads wrongly must carry a doubt on its row.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from palermo.plan.imports.reader.open import read_file
from palermo.plan.imports.reader.reading import Reading
from palermo.plan.imports.reader.text import read_text
from tests.plan.imports.reader.scoring import score

UNSEEN = Path(__file__).parent / "documents" / "unseen"
PLANS = sorted(path for path in UNSEEN.iterdir() if path.suffix != ".key")
FLAT = "No. Activity Lead agency Deadline Status\n"


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_what_is_read_wrongly_carries_a_doubt(path: Path) -> None:
    result = score(path)
    assert result.wrong_with_doubt == result.wrong_rows, result.differences
    assert result.extra_rows == 0
    assert result.right_fields * 10 >= result.fields * 9, result.differences


def test_nearly_all_rows_are_read_right() -> None:
    results = [score(path) for path in PLANS]
    assert sum(result.right_rows for result in results) * 100 >= sum(result.rows for result in results) * 97


def test_each_line_that_begins_with_a_code_is_a_row() -> None:
    reading = read_text(
        FLAT + "1.1 Open a shelter in the north Ministry of Health 2024 Complete\n"
        "1.2 Train nurses Ministry of Health 2025 Ongoing\n1.3 Print cards Police 2023 Not yet due\n"
    )
    assert [(row.code, row.text, row.leads, row.status, row.lines) for row in reading.rows] == [
        ("1.1", "Open a shelter in the north", ["Ministry of Health"], "complete", (2, 2)),
        ("1.2", "Train nurses", ["Ministry of Health"], "ongoing", (3, 3)),
        ("1.3", "Print cards", ["Police"], "not_started", (4, 4)),
    ]


def test_a_cell_that_only_one_row_lacks_leaves_a_doubt() -> None:
    reading = read_text(
        FLAT + "1.1 Open a shelter Ministry of Health 2024 Complete\n1.2 Train nurses Ministry of Health 2025\n"
        "1.3 Print cards Police 2023 Ongoing\n"
    )
    assert [row.status for row in reading.rows] == ["complete", "not_stated", "ongoing"]
    assert ["cells_guessed" in [doubt.code for doubt in row.doubts] for row in reading.rows] == [False, True, False]


def test_a_row_that_holds_the_code_of_the_next_one_is_doubted() -> None:
    reading = read_text(
        "| No. | Action | Status |\n|---|---|---|\n| 1.1 | Teach pupils 1.2 Teach parents | Done |\n"
        "| 1.3 | Teach nurses | Done |\n"
    )
    assert [[doubt.code for doubt in row.doubts] for row in reading.rows] == [["row_merged_uncertain"], []]


@pytest.mark.parametrize("said", ["Ongoing", "N/A", "TBC", "-", "en continu"])
def test_words_that_say_there_is_no_date_need_no_doubt(said: str) -> None:
    head = "| Action | Lead | Deadline | Status |\n|---|---|---|---|\n"
    row = read_text(f"{head}| Teach | MFA | {said} | |\n| Tell | MFA | 2024 | Done |\n").rows[0]
    assert (row.due_on, row.status) == (None, "not_stated")
    assert "date_unreadable" not in [doubt.code for doubt in row.doubts]


def test_a_table_of_numbers_is_no_plan() -> None:
    reading = read_text("| Status | Number of actions |\n|---|---|\n| Complete | 12 |\n| Ongoing | 40 |\n")
    assert reading.rows == []
    assert not reading.found_plan


def test_a_comma_in_the_title_of_a_person_parts_no_leads(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    head = "Action | Lead | Status\n---|---|---\n"
    file.write_text(f"{head}Teach | Director General, Policy | Done\nTell | CPS / NCA | Done\n")
    reading = read_file(file)
    assert isinstance(reading, Reading)
    assert [row.leads for row in reading.rows] == [["Director General, Policy"], ["CPS", "NCA"]]


def test_a_column_of_progress_that_holds_statuses_is_the_status(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Action,Lead,Deadline,Progress\nTeach,MFA,N/A,Complete\nTell,MFA,Winter 2023/24,Underway\n")
    reading = read_file(file)
    assert isinstance(reading, Reading)
    assert [row.status for row in reading.rows] == ["complete", "in_progress"]
    assert [str(row.due_on) for row in reading.rows] == ["None", "2024-03-31"]
    assert ("column_guessed", "Progress") in [(doubt.code, doubt.detail) for doubt in reading.doubts]
