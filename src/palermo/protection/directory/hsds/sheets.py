"""Rows of cells from plain spreadsheets: XLSX, and CSV in whatever encoding and with whatever between its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.formula import ArrayFormula

from palermo.foundation.encodings import EncodingError, decoded
from palermo.foundation.workbooks import EMPTY, MAX_FILE_BYTES, Cell, WorkbookError, opened
from palermo.protection.directory.hsds.merged import Block, blocks_of
from palermo.protection.directory.hsds.packages import DELIMITERS
from palermo.protection.directory.hsds.reading import UnreadableError

MAX_COLUMNS = 100
MAX_ROWS = 1_048_576
"""Excel's own limit. A row may call itself by any number, and all before it are made up while it is read."""
MOST_MERGED = 100_000
"""So many blocks of merged cells are followed in a sheet."""
_SAMPLE_CHARACTERS = 65_536
_REASONS = {
    "empty": "it is empty",
    "too_large": f"it is larger than {MAX_FILE_BYTES // 1_000_000} megabytes",
    "locked": "it is of an old Excel, or locked with a password",
    "not_a_workbook": "it is no spreadsheet",
    "damaged": "it is damaged",
    "bomb": "it would unpack into far more than people type",
    "binary": "it is no text",
}


@dataclass
class Sheet:
    """The rows of a sheet that hold something, with their numbers from 1; none are read of a hidden one."""

    name: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    is_hidden: bool = False
    merged: list[Block] = field(default_factory=list)


def sheets_of(path: Path, score: Callable[[Sheet], int]) -> list[Sheet]:
    """The sheets of a file; a CSV file is one without a name. `score` says how well a sheet is understood.

    Raises:
        OSError: it cannot be opened.
        UnreadableError: it is no spreadsheet, damaged, too large or means harm.
    """
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableError(_REASONS["too_large"], 1)
    if not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return [_delimited(data, score)]
    try:
        with opened(data) as book:
            found = [_read(book, name) for name in book.sheetnames]
    except WorkbookError as error:
        raise UnreadableError(_REASONS.get(error.code, "it cannot be read"), 1) from None
    for sheet in found:
        for number, cells in sheet.rows:
            if number > MAX_ROWS:
                raise UnreadableError(f"it has a row beyond {MAX_ROWS}, the last that there can be", number)
            if len(cells) > MAX_COLUMNS:
                raise UnreadableError(f"it has more than {MAX_COLUMNS} columns", number)
    return found


def _read(book: Workbook, name: str) -> Sheet:
    worksheet = book[name]
    if not isinstance(worksheet, ReadOnlyWorksheet):
        return Sheet(name, is_hidden=True)  # a chart
    if worksheet.sheet_state != "visible":
        return Sheet(name, is_hidden=True)
    worksheet.reset_dimensions()  # what a file says of its own size is often wrong
    sheet = Sheet(name)
    nothing: object = None
    for number, raw in enumerate(worksheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1), start=1):
        if number > MAX_ROWS:
            sheet.rows.append((number, []))  # to be told of
            break
        # Rows that the file leaves out are all the same one; there may be a million of them.
        if raw is nothing:
            continue
        if all(cell.value is None for cell in raw):
            nothing = raw
            continue
        cells = [_cell(cell.value, cell.data_type) for cell in raw]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            sheet.rows.append((number, cells))
    with worksheet._get_source() as source:  # type: ignore[attr-defined] # what the rows are read from
        sheet.merged.extend(islice(blocks_of(source), MOST_MERGED))
    return sheet


def _cell(value: object, kind: str) -> Cell:
    """What a cell holds. Nobody calculates formulas."""
    if value is None:
        return EMPTY
    if kind == "f":
        # A formula for several cells is an object that holds its words.
        said = value.text if isinstance(value, ArrayFormula) else value
        return Cell(said if isinstance(said, str) else "=", "formula")
    if kind == "e":
        return Cell(str(value), "error")
    if isinstance(value, datetime):
        return Cell(value.date())
    if isinstance(value, bool):
        return Cell(str(value).upper())  # as the sheet shows it
    return Cell(value) if isinstance(value, int | float | date) else Cell(str(value))


def _delimited(data: bytes, score: Callable[[Sheet], int]) -> Sheet:
    """The rows of a text, its cells divided by what makes the most of it understood."""
    if not data.strip():
        raise UnreadableError(_REASONS["empty"], 1)
    try:
        text = decoded(data)
    except EncodingError as error:
        raise UnreadableError(_REASONS.get(error.code, "it is no text"), 1) from None
    sample = text[:_SAMPLE_CHARACTERS]
    scores: dict[str, int] = {}
    for mark in DELIMITERS:
        sheet = Sheet("")
        # The sample may end within a cell; what was read until then tells enough.
        with suppress(UnreadableError):
            sheet.rows.extend(_records(sample, mark))
        scores[mark] = score(sheet)
    return Sheet("", list(_records(text, max(DELIMITERS, key=lambda mark: scores[mark]))))


def _records(text: str, mark: str) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that hold something, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    line = 1
    try:
        for texts in reader:
            if len(texts) > MAX_COLUMNS and any(texts[MAX_COLUMNS:]):
                raise UnreadableError(f"it has more than {MAX_COLUMNS} columns", line)
            cells = [Cell(said.replace("\0", "")) for said in texts[:MAX_COLUMNS]]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise UnreadableError("a quotation mark is not closed, or a cell too long", line) from None
