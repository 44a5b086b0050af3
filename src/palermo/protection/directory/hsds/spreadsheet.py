"""Entries from a plain spreadsheet with a service in each row, as a local association keeps it.

Nothing that stands in a cell goes away without a word: what becomes no part of an entry is a doubt of its row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from palermo.foundation.workbooks import Cell
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.merged import spread
from palermo.protection.directory.hsds.reading import UnreadableError
from palermo.protection.directory.hsds.sheet_entries import entry_of, key_of
from palermo.protection.directory.hsds.sheet_headings import Column, Headings, headings_of, plain
from palermo.protection.directory.hsds.sheet_rows import Code, Doubt, Said
from palermo.protection.directory.hsds.sheets import Sheet, sheets_of

_IN_WORDS = frozenset({"description", "who", "hours", "cost", "area"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its number from 1, its service where it gives one, and what somebody has to look at.

    Number 0 is the sheet itself. `sheet` is its name; empty in a CSV file.
    """

    number: int
    document: Document | None
    doubts: tuple[Doubt, ...]
    sheet: str = ""


def spreadsheet_entries(path: Path, source: str) -> Iterator[Row]:
    """The rows of a spreadsheet below its headings, and those above that hold something.

    `source` names whoever keeps the sheet: rows of the same source, organization, service and place are the same entry
    each time. Where several rows of a file are of the same organization, service and town, the street tells them apart.

    Raises:
        OSError: it cannot be opened.
        UnreadableError: it is no spreadsheet, damaged or too large, or no heading of it is known.
    """
    sheets = [(sheet, headings_of(sheet.rows)) for sheet in sheets_of(path, _known)]
    if not any(headings for _sheet, headings in sheets):
        raise UnreadableError("it has no headings that are known", 1)
    said = [(sheet, headings, _said(sheet, headings, source)) for sheet, headings in sheets if headings]
    entries = _Entries([one for _sheet, _headings, rows in said for _number, one in rows])
    for sheet, headings in sheets:
        if headings is None and (sheet.rows or sheet.is_hidden):
            yield _left(sheet)
    for sheet, headings, rows in said:
        yield from _above(sheet, headings)
        for number, one in rows:
            yield Row(number, entries.of(one), tuple(one.doubts), sheet.name)


def _known(sheet: Sheet) -> int:
    headings = headings_of(sheet.rows)
    return headings.known if headings else 0


def _left(sheet: Sheet) -> Row:
    return Row(0, None, (Doubt("sheet_hidden" if sheet.is_hidden else "no_headings", sheet.name, ""),), sheet.name)


def _above(sheet: Sheet, headings: Headings) -> Iterator[Row]:
    """What stands above the headings: a title, mostly."""
    for number, cells in sheet.rows[: headings.rows.start]:
        doubts = (Doubt("above_headings", "", cell.text) for cell in cells if cell)
        yield Row(number, None, tuple(doubts), sheet.name)


def _said(sheet: Sheet, headings: Headings, source: str) -> list[tuple[int, Said]]:
    """What each row below the headings says. Headings that are printed again are none of them."""
    titles = [plain(cell.text) for cell in sheet.rows[headings.rows.start][1]]
    nameless = Column(-1, "")
    found = []
    rows = [row for row in sheet.rows[headings.rows.stop :] if [plain(cell.text) for cell in row[1]] != titles]
    spread(rows, sheet.merged, len(headings.columns))
    for number, cells in rows:
        said = Said(source, headings.language)
        for column, cell in zip_longest(headings.columns, cells):
            if cell and (code := _no_words(column or nameless, cell)):
                said.doubt(code, (column or nameless).heading, cell.text)
            elif cell:
                said.add(column or nameless, cell)
        if not said.text("organization") and any(column.field == "organization" for column in headings.columns):
            said.doubt("no_organization", "", "")
        found.append((number, said))
    return found


def _no_words(column: Column, cell: Cell) -> Code | None:
    """Why a cell says nothing to people: Excel makes a day of “9-5”, and some columns are ticked in other sheets."""
    if column.field == "hours" and (isinstance(cell.value, date) or _DAY.fullmatch(cell.text)):
        return "day_unclear"
    return "yes_or_no" if column.field in _IN_WORDS and cell.text in {"TRUE", "FALSE", "VRAI", "FAUX"} else None


class _Entries:
    """The entries of all rows of a file, which are told apart from each other."""

    def __init__(self, rows: Sequence[Said]) -> None:
        self._count = Counter(key_of(one, with_street=False) for one in rows)
        self._first: dict[tuple[str, ...], Said] = {}
        for one in rows:
            first = self._first.setdefault(self._key(one), one)
            if first is not one and "confidential" in one.cells:
                # What one of the rows hides, the others do not show.
                first.cells.setdefault("confidential", []).extend(one.cells["confidential"])

    def of(self, said: Said) -> Document | None:
        """The entry of a row, if it has a name and there was none like it before."""
        if not said.text("service") and not said.text("organization"):
            said.doubt("no_name", "", said.all())
            return None
        if self._first[self._key(said)] is not said:
            said.doubt("same_entry", "", said.all())
            return None
        return entry_of(said, self._key(said))

    def _key(self, said: Said) -> tuple[str, ...]:
        return key_of(said, with_street=self._count[key_of(said, with_street=False)] > 1)
