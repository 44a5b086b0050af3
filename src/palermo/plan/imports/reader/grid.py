"""A table as its file gives it: rows of values, with the names that people call its cells by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from palermo.plan.imports.reader.reading import UnreadableError

Value = str | int | float | date

MAX_ROWS = 20_000
"""Rows that are not empty. A national plan has some hundreds; twice what the site is built for is no plan."""
MAX_COLUMNS = 256


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row that is not empty. `number` is the row's number in the sheet, counted from 1.

    `lines` are its first and last line: of the text in a CSV file, and the row's number in a spreadsheet.
    """

    number: int
    lines: tuple[int, int]
    values: tuple[Value, ...]
    is_hidden: bool = False
    uncalculated: frozenset[int] = frozenset()
    """Columns, counted from 0, whose formula has no stored value."""
    is_banner: bool = False
    """Whether its first value is merged across the row."""

    def value(self, column: int) -> Value:
        """The value of a column counted from 0, "" where the row ends before it."""
        return self.values[column] if column < len(self.values) else ""

    def filled(self) -> list[int]:
        """The columns that hold something."""
        return [place for place, value in enumerate(self.values) if as_text(value)]


@dataclass(slots=True)
class Sheet:
    """One table of a file; `name` is "" where the file has only one."""

    name: str
    rows: list[GridRow] = field(default_factory=list)

    def add(self, row: GridRow) -> None:
        """Append a row. Raises UnreadableError (`too_many_rows`, `too_many_columns`) past the limits."""
        if len(self.rows) >= MAX_ROWS:
            raise too_many_rows()
        if len(row.values) > MAX_COLUMNS:
            raise UnreadableError(
                "too_many_columns",
                f"Row {row.number} has more than {MAX_COLUMNS} columns. Take out what is not part of the plan.",
            )
        self.rows.append(row)


def too_many_rows() -> UnreadableError:
    """The refusal of a table that is too long."""
    return UnreadableError(
        "too_many_rows", f"This table has more than {MAX_ROWS:,} rows. Take out what is not part of the plan."
    )


def as_text(value: Value) -> str:
    """The value as people write it: dates as 2013-04-01, whole numbers without a point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if float(value).is_integer() else repr(value)


def column_name(column: int) -> str:
    """`A` for 0, `Z` for 25, `AA` for 26."""
    name = ""
    place = column + 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def cell_name(sheet: str, row: int, column: int) -> str:
    """`B12`, or `Sheet!B12` where the file has several sheets."""
    return f"{sheet}!{column_name(column)}{row}" if sheet else f"{column_name(column)}{row}"
