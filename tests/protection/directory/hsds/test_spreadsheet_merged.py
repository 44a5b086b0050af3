"""Merged cells of workbooks, and cells that Excel made something else of."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from palermo.protection.directory.hsds.reading import UnreadableError
from tests.protection.directory.hsds.lists import doubts, one, read, saved, table, workbook

HEADS = ["Organization", "Service", "Street", "Confidential", "Cost"]


def merged(folder: Path, rows: Sequence[Sequence[object]], *blocks: str) -> Path:
    """A workbook of these rows, in which these cells are merged."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    for block in blocks:
        book.worksheets[0].merge_cells(block)
    return saved(folder, book)


def named(document: Any) -> tuple[str, str]:  # noqa: ANN401 - to look into it
    return document["organization"]["name"], document["name"]


def test_an_organization_that_stands_once_for_several_rows_is_that_of_each(tmp_path: Path) -> None:
    rows = [["House", "Bed"], ["", "Meal"], ["", "Talk"], ["Other", "Bed"], ["", ""], ["", "Walk"]]
    found = read(merged(tmp_path, [HEADS, *rows], "A2:A4", "A5:A7"))
    assert [(row.number, named(row.document)) for row in found] == [
        (2, ("House", "Bed")), (3, ("House", "Meal")), (4, ("House", "Talk")), (5, ("Other", "Bed")),
        (7, ("Other", "Walk")),
    ]  # fmt: skip
    assert [doubts(row) for row in found] == [[]] * 5
    plain = [["House", "Bed"], ["House", "Meal"], ["House", "Talk"], ["Other", "Bed"], [], ["Other", "Walk"]]
    assert [row.document for row in read(workbook(tmp_path, HEADS, *plain))] == [row.document for row in found]


def test_a_place_is_hidden_in_every_row_over_which_it_is_said(tmp_path: Path) -> None:
    rows = [["House", "Bed", "1 A St", "yes"], ["House", "Meal", "1 A St", ""]]
    found: list[Any] = [row.document for row in read(merged(tmp_path, [HEADS, *rows], "C2:C3", "D2:D3"))]
    places = [each["service_at_locations"][0]["location"] for each in found]
    assert [each["is_confidential"] for each in places] == [True, True]


def test_cells_are_merged_along_rows_as_far_as_there_are_headings(tmp_path: Path) -> None:
    found, doubted = one(merged(tmp_path, [HEADS, ["House", ""]], "A2:B2"))
    assert (named(found), doubted) == (("House", "House"), [])
    found, doubted = one(merged(tmp_path, [HEADS[:2], ["House", "Bed"]], "B2:XFD2"))
    assert (named(found), doubted) == (("House", "Bed"), [])


def test_headings_and_titles_are_not_written_into_the_rows_below(tmp_path: Path) -> None:
    rows = [["Our services", "", ""], HEADS, ["House", "Bed", ""]]
    title, row = read(merged(tmp_path, rows, "A1:E1", "C2:C3"))
    assert doubts(title) == [("above_headings", "", "Our services")]
    assert "service_at_locations" not in (row.document or {})


def _changed(path: Path, cells: str) -> Path:
    """The workbook with these merged cells in its XML."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"<mergeCells.*</mergeCells>", cells.encode(), parts[sheet])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def test_merged_cells_are_found_however_they_are_written(tmp_path: Path) -> None:
    path = merged(tmp_path, [HEADS, ["House", "Bed"], ["", "Meal"]], "A2:A3")
    cells = "<mergeCells count='9'>\n<mergeCell\n ref = 'A2:A3' ></mergeCell><mergeCell ref='C9:D9'/></mergeCells>"
    found = read(_changed(path, cells))
    assert [named(row.document) for row in found] == [("House", "Bed"), ("House", "Meal")]


def test_merged_cells_that_lie_over_each_other_are_refused(tmp_path: Path) -> None:
    path = merged(tmp_path, [HEADS, ["House", "Bed"], ["", "Meal"]], "A2:A3")
    _changed(path, "<mergeCells>" + '<mergeCell ref="A2:XFD1048576"/>' * 50_000 + "</mergeCells>")
    with pytest.raises(UnreadableError, match="over each other"):
        read(path)


@pytest.mark.parametrize("cell", [date(2026, 9, 5), datetime(2026, 9, 5)])
def test_hours_of_which_excel_made_a_day_are_left_out(tmp_path: Path, cell: object) -> None:
    heads = ["Organization", "Service", "Hours"]
    found, doubted = one(workbook(tmp_path, heads, ["House", "Bed", cell]))
    assert "schedules" not in found
    assert doubted == [("day_unclear", "Hours", "2026-09-05")]
    assert one(table(tmp_path, heads, ["House", "Bed", "2026-09-05"])) == (found, doubted)


def test_a_cell_that_is_only_ticked_says_nothing_where_words_are_wanted(tmp_path: Path) -> None:
    heads = ["Organization", "Service", "Cost", "Accessible", "Confidential"]
    found, doubted = one(workbook(tmp_path, heads, ["House", "Bed", True, True, False]))
    assert "fees_description" not in found
    assert doubted == [("yes_or_no", "Cost", "TRUE")]
    location = found["service_at_locations"][0]["location"]
    assert location["accessibility"][0]["description"] == "Accessible"
    assert one(table(tmp_path, heads, ["House", "Bed", "no", "", ""]))[0]["fees_description"] == "no"
