"""Opens a file of figures as rows of cells, whatever it is: XLSX, or CSV with commas, semicolons or tabs.

All of it is bounded: a file has at most `MAX_FILE_BYTES`, and `MAX_ROWS` rows that hold something. The figures of one
series in a file are some thousands; records of people, which can be millions, are no figures and come in elsewhere.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from palermo.figures.exchange.problems import Problem, RefusedError
from palermo.figures.exchange.words import SHEETS, TEMPLATE_SHEET
from palermo.foundation.encodings import EncodingError, decoded
from palermo.foundation.workbooks import MAX_FILE_BYTES, Cell, WorkbookError, filled_rows, opened

MAX_ROWS = 20_000
MAX_COLUMNS = 80
SEPARATORS = (",", ";", "\t")
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_QUOTED = re.compile(r'"[^"]*"')
_NO_TEXT = {"empty": "empty", "binary": "no_text", "damaged": "damaged"}


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row, from the first column on."""

    line: int
    """The row of a sheet, or the line of a text file on which it begins; counted from 1."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file that hold something, the headings first, to be gone through once."""

    is_sheet: bool
    rows: Iterator[Row]


def open_rows(source: BinaryIO) -> Rows:
    """The rows of a file.

    Going through them raises the same error as this does where the file breaks off or has too many.

    Raises:
        RefusedError: the file is of another kind, too large, or means harm.
    """
    data = source.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise RefusedError(Problem("too_large", about={"limit": str(MAX_FILE_BYTES // 1_000_000)}))
    if data.startswith(_WORKBOOKS):
        return Rows(is_sheet=True, rows=_sheet_rows(data))
    try:
        text = decoded(data)
    except EncodingError as error:
        raise RefusedError(Problem(_NO_TEXT[error.code])) from None
    if "\x00" in text:  # no database keeps it in a text
        raise RefusedError(Problem("no_text"))
    return Rows(is_sheet=False, rows=_text_rows(text))


def _sheet_rows(data: bytes) -> Iterator[Row]:
    try:
        with opened(data) as book:
            name = _sheet_of(book.sheetnames)
            for line, cells in filled_rows(book, name, MAX_ROWS + 1, MAX_COLUMNS):
                yield Row(line, cells)
    except WorkbookError as error:
        limit = MAX_ROWS if error.code == "too_many_rows" else error.limit
        raise RefusedError(Problem(error.code, about={} if limit is None else {"limit": f"{limit}"})) from None


def _sheet_of(names: list[str]) -> str:
    """The sheet with the figures: the one that we call so, or the only one."""
    ours = [name for name in names if name in {TEMPLATE_SHEET, SHEETS["figures"].en, SHEETS["figures"].fr}]
    if not ours and len(names) != 1:
        raise RefusedError(Problem("no_sheet", about={"name": TEMPLATE_SHEET}))
    return (ours or names)[0]


def _text_rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    line, filled = 1, 0
    try:
        for fields in reader:
            row = Row(line, tuple(Cell(one.strip()) for one in fields[:MAX_COLUMNS]))
            line = reader.line_num + 1
            if any(row.cells):
                filled += 1
                yield row
            if filled > MAX_ROWS + 1:
                raise RefusedError(Problem("too_many_rows", about={"limit": str(MAX_ROWS)}))
    except csv.Error:
        raise RefusedError(Problem("damaged")) from None


def _separator(text: str) -> str:
    """What parts the fields of the first line that holds something: the sign that stands most often outside quotes."""
    first = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
    plain = _QUOTED.sub("", first)
    return max(SEPARATORS, key=plain.count)
