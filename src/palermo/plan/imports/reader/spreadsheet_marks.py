"""What a sheet says beside its values: hidden rows, merged cells, formulas that were never calculated.

openpyxl's read-only mode leaves these out, so they are read from the sheet's XML (ECMA-376, part 1, 18.3.1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from palermo.plan.imports.reader.grid import MAX_ROWS, Value, too_many_rows

LAST_ROW = 4 * MAX_ROWS
"""The last row looked at, the empty ones included: programs write some that have only a height or a colour."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TRUE = {"1", "true"}


@dataclass(slots=True)
class Marks:
    """Rows and columns are counted from 1."""

    hidden: set[int] = field(default_factory=set)
    banners: set[int] = field(default_factory=set)
    """Rows whose first cell is merged with others beside it."""
    merged_down: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """By first row: the column and the last row of each range that is merged downwards."""
    uncalculated: dict[int, set[int]] = field(default_factory=dict)
    """By row: the columns whose formula has no stored value."""


class Merged:
    """Gives the cells of a range that is merged downwards the value of its first cell, row after row."""

    def __init__(self, marks: Marks) -> None:
        self._starting = marks.merged_down
        self._running: dict[int, tuple[int, Value]] = {}

    def fill(self, row: int, values: list[Value]) -> None:
        """Fill the row in place. Rows are to come in their order."""
        for column, (last, value) in list(self._running.items()):
            if row > last:
                del self._running[column]
                continue
            values.extend([""] * (column - len(values)))
            values[column - 1] = value
        for column, last in self._starting.get(row, ()):
            if column <= len(values):
                self._running[column] = (last, values[column - 1])


def read_marks(source: IO[bytes]) -> Marks:
    """Read the XML of one sheet.

    Raises:
        ParseError, ValueError: the XML is damaged.
        UnreadableError: the sheet has more rows than are read (`too_many_rows`).
    """
    marks = Marks()
    rows = filled = 0
    body: Element | None = None
    for event, element in iterparse(source, events=("start", "end")):
        if event == "start":
            body = element if element.tag == f"{_MAIN}sheetData" else body
        elif element.tag == f"{_MAIN}row":
            rows += 1
            filled += any(len(cell) for cell in element)
            if rows > LAST_ROW or filled > MAX_ROWS:
                raise too_many_rows()
            _note_row(marks, element)
            if body is not None:
                body.clear()
        elif element.tag == f"{_MAIN}mergeCell":
            _note_merge(marks, element.get("ref", ""))
    return marks


def _note_row(marks: Marks, row: Element) -> None:
    if row.get("hidden") in _TRUE:
        marks.hidden.add(int(row.get("r", "0")))
    if int(row.get("r", "0")) > LAST_ROW and any(len(cell) for cell in row):
        raise too_many_rows()
    for cell in row:
        if cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v"):
            place, column = coordinate_to_tuple(cell.get("r", "A1"))
            marks.uncalculated.setdefault(place, set()).add(column)


def _note_merge(marks: Marks, ref: str) -> None:
    left, top, right, bottom = range_boundaries(ref)
    if left is None or top is None or right is None or bottom is None:
        return
    if bottom > top:
        marks.merged_down.setdefault(top, []).append((left, bottom))
    elif left == 1 and right > left + 1:
        marks.banners.add(top)
