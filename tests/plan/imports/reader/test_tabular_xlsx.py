"""XLSX: every sheet with a heading row, dates as dates, merged and hidden cells, formulas by their stored value."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from palermo.plan.imports.reader.reading import Doubt, SourceKind, UnreadableError
from palermo.plan.imports.reader.tabular import TableReading, read_table
from tests.plan.imports.reader.workbooks import ENTITIES, cell, row, sheet, strings, workbook

HEAD = row("Action", "Status")


def read(data: bytes) -> TableReading:
    return read_table(data, kind=SourceKind.XLSX)


def written(fill: Callable[[Worksheet], None], *more: Callable[[Worksheet], None]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for place, each in enumerate((fill, *more)):
        target = book.active if place == 0 else book.create_sheet(f"Part {place + 1}")
        assert isinstance(target, Worksheet)
        each(target)
    target_file = io.BytesIO()
    book.save(target_file)
    return target_file.getvalue()


def test_dates_numbers_and_texts_keep_their_kind() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["No", "Action", "Start", "Due date", "Amount", "Year of funding"])
        sheet.append(["1.10", "Teach", datetime(2013, 4, 1), date(2014, 3, 31), 1200.5, "2013-14"])
        sheet.append([1.1, "Tell", 2013, "March 2014", 1200, None])

    reading = read(written(fill))
    first, second = reading.rows
    assert (first.code, first.printed_start, first.start_on, first.due_on, first.amount) == (
        "1.10", "2013-04-01", date(2013, 4, 1), date(2014, 3, 31), "1200.50",
    )  # fmt: skip
    assert (second.printed_start, second.start_on, second.amount) == ("2013", date(2013, 1, 1), "1200.00")
    assert first.doubts == []
    assert second.doubts == [Doubt("code_was_number", "A3: 1.1")]


def test_cells_merged_downwards_hold_for_each_row_and_banners_are_headings() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Objective", "Activity", "Status"])
        sheet.append(["Pillar 1: Prevention"])
        sheet.append(["Reach schools", "Teach", "Ongoing"])
        sheet.append([None, "Tell", "Complete"])
        sheet.append(["Reach ports", "Look", "Ongoing"])
        sheet.merge_cells("A2:C2")
        sheet.merge_cells("A3:A4")

    reading = read(written(fill))
    titles = {section.key: section.title for section in reading.sections}
    assert list(titles.values()) == ["Prevention", "Reach schools", "Reach ports"]
    assert [(titles[row.section or ""], row.text) for row in reading.rows] == [
        ("Reach schools", "Teach"),
        ("Reach schools", "Tell"),
        ("Reach ports", "Look"),
    ]
    assert [row.doubts for row in reading.rows] == [[], [], []]
    assert {section.p for section in reading.sections} == {"prevention"}


def test_hidden_rows_are_read_with_a_doubt_and_hidden_sheets_are_named() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Action", "Status"])
        sheet.append(["Teach", "Ongoing"])
        sheet.append(["Tell", "Complete"])
        sheet.row_dimensions[3].hidden = True

    def hide(sheet: Worksheet) -> None:
        sheet.append(["Action", "Status"])
        sheet.append(["Secret", "Ongoing"])
        sheet.sheet_state = "hidden"

    reading = read(written(fill, hide))
    assert [(row.text, row.doubts) for row in reading.rows] == [
        ("Teach", []),
        ("Tell", [Doubt("row_hidden", "A3")]),
    ]
    assert reading.doubts == [Doubt("sheet_hidden", "Part 2")]


def test_all_sheets_with_headings_are_read_and_cells_named_with_their_sheet() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Action", "Due date"])
        sheet.append(["Teach", "soon"])

    def notes(sheet: Worksheet) -> None:
        sheet.append(["These are notes on the plan, and nothing else"])

    def more(sheet: Worksheet) -> None:
        sheet.append(["Printed in May"])
        sheet.append(["Due date", "Action"])
        sheet.append(["later", "Tell"])

    reading = read(written(fill, notes, more))
    assert [(row.text, row.doubts) for row in reading.rows] == [
        ("Teach", [Doubt("date_unreadable", "Sheet!B2: soon")]),
        ("Tell", [Doubt("date_unreadable", "Part 3!A3: later")]),
    ]


def test_a_formula_is_its_stored_value_or_a_doubt() -> None:
    known = f'<row r="2">{cell("Teach", "A2")}<c r="B2" t="str"><f>C2</f><v>Complete</v></c></row>'
    never = f'<row r="3">{cell("Tell", "A3")}<c r="B3"><f>C3</f></c></row>'
    reading = read(workbook([sheet(f'<row r="1">{cell("Action")}{cell("Status")}</row>', known, never)]))
    assert [(row.status, row.doubts) for row in reading.rows] == [
        ("complete", []),
        ("not_stated", [Doubt("formula_without_value", "B3")]),
    ]


def test_a_wrong_note_of_the_size_cuts_nothing_off() -> None:
    small = f'<dimension ref="A1"/><sheetData>{HEAD}{row("Teach", "Ongoing")}</sheetData>'
    data = workbook([sheet().replace("<sheetData></sheetData>", small)])
    assert [row.status for row in read(data).rows] == ["ongoing"]


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("spreadsheet_bomb", workbook([sheet(HEAD, row("a") * 300_000)])),
        ("spreadsheet_bomb", workbook([sheet(HEAD, row("&j;"), doctype=ENTITIES)])),
        ("spreadsheet_bomb", workbook([sheet(HEAD)], strings("&j;", doctype=ENTITIES))),
        ("spreadsheet_bomb", workbook([sheet(HEAD)], strings("A" * 13_000_000))),
        ("too_many_rows", workbook([sheet(HEAD, row("a", attributes=' r="999999999999"'))])),
        ("too_many_rows", workbook([sheet(HEAD, row("a") * 20_001)])),
        ("too_many_columns", workbook([sheet(HEAD, f"<row>{cell('a', 'ZZZ2')}</row>")])),
        ("spreadsheet_damaged", workbook([sheet(HEAD)[:-20]])),
        ("spreadsheet_damaged", workbook([sheet(HEAD, '<row><c t="s"><v>7</v></c></row>')])),
        ("spreadsheet_damaged", b"PK\x03\x04 and nothing more"),
    ],
)
def test_damaged_and_boundless_files_are_refused(code: str, data: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(data)
    assert refused.value.code == code


def test_many_ranges_merged_over_the_whole_sheet_cost_little() -> None:
    ranges = "".join(f'<mergeCell ref="A{number}:A1048576"/>' for number in range(2, 5_000))
    after = f"<mergeCells>{ranges}</mergeCells>"
    reading = read(workbook([sheet(HEAD, row("Teach", "Ongoing"), after=after)]))
    assert [row.text for row in reading.rows] == ["Teach"]
