"""Reads the sheets of an XLSX file: stored values, dates as dates, merged cells, hidden rows."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from palermo.plan.imports.reader.archive import DAMAGED, check_archive, damaged
from palermo.plan.imports.reader.grid import GridRow, Sheet, Value, as_text
from palermo.plan.imports.reader.reading import Doubt, UnreadableError
from palermo.plan.imports.reader.spreadsheet_marks import LAST_ROW, Marks, Merged, read_marks


def read_spreadsheet(data: bytes) -> tuple[list[Sheet], list[Doubt]]:
    """Return the visible sheets that hold something, and a doubt for each hidden one, which is not read.

    Raises:
        UnreadableError: the file is damaged, a bomb, or has too many rows.
    """
    check_archive(data).close()
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drawings, rules and other parts that it leaves out; none of them holds values.
            warnings.simplefilter("ignore")
            return _read(data)
    except DAMAGED as error:
        # openpyxl wraps what defusedxml raises, which is itself a ValueError.
        if isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException):
            raise UnreadableError(
                "spreadsheet_bomb", "This spreadsheet defines XML entities, which no office program writes."
            ) from None
        raise damaged() from None


def _read(data: bytes) -> tuple[list[Sheet], list[Doubt]]:
    marks = _all_marks(data)  # first, because it stops early where there is too much, and openpyxl does not
    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheets: list[Sheet] = []
    doubts: list[Doubt] = []
    for worksheet in workbook.worksheets:
        if worksheet.sheet_state != "visible":
            doubts.append(Doubt("sheet_hidden", worksheet.title))
        elif isinstance(worksheet, ReadOnlyWorksheet):
            # The path within the archive has no public name.
            path = worksheet._worksheet_path  # type: ignore[attr-defined]
            sheets.append(_read_sheet(worksheet, marks.get(path, Marks())))
    workbook.close()
    filled = [sheet for sheet in sheets if sheet.rows]
    if len(filled) == 1:
        filled[0].name = ""
    return filled, doubts


def _all_marks(data: bytes) -> dict[str, Marks]:
    """The marks of each sheet, by its path in the archive."""
    found: dict[str, Marks] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as source:
                    found[name] = read_marks(source)
    return found


def _read_sheet(worksheet: ReadOnlyWorksheet, marks: Marks) -> Sheet:
    worksheet.reset_dimensions()  # what the file says of its own size is often wrong
    sheet = Sheet(worksheet.title)
    merged = Merged(marks)
    rows = worksheet.iter_rows(max_row=LAST_ROW, values_only=True)  # type: ignore[misc]  # wrong in the stubs
    for number, cells in enumerate(rows, start=1):
        values = [_value(cell) for cell in cells]
        while values and values[-1] == "":
            values.pop()
        merged.fill(number, values)
        if any(as_text(value) for value in values) or number in marks.uncalculated:
            sheet.add(
                GridRow(
                    number,
                    (number, number),
                    tuple(values),
                    is_hidden=number in marks.hidden,
                    uncalculated=frozenset(column - 1 for column in marks.uncalculated.get(number, ())),
                    is_banner=number in marks.banners,
                )
            )
    return sheet


def _value(cell: object) -> Value:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, str | int | float | date):
        return cell
    return str(cell)
