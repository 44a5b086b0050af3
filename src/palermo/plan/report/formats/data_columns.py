"""Columns as data files have them: each value, and beside it the printed words where a column keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palermo.plan.report.formats.document import Cell, CellContent, Column, Row, Table
from palermo.plan.report.formats.labels import Labels
from palermo.plan.report.formats.words import Value, printable, value_of

FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV Injection)."""


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a data file: where its values are in a row, and whether it is their printed words."""

    place: int
    column: Column
    label: str
    is_printed: bool = False

    def of(self, row: Row) -> Value:
        """This column's value in a row; "" for printed words where the source said the same or nothing."""
        content = row[self.place]
        if not self.is_printed:
            return value_of(content)
        return printable(content.printed) if isinstance(content, Cell) else ""


def data_columns(table: Table, labels: Labels) -> tuple[DataColumn, ...]:
    """Every column of the table in order, with a column of printed words after those that keep them."""
    found = []
    for place, column in enumerate(table.columns):
        label = printable(column.label)
        found.append(DataColumn(place, column, label))
        if column.with_printed:
            found.append(DataColumn(place, column, labels.as_printed.format(column=label), is_printed=True))
    return tuple(found)


def as_text(value: Value) -> str:
    """A value as a data file writes it: dates after ISO 8601, numbers with a decimal point and ungrouped."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def code_of(content: CellContent) -> str:
    """A cell's stable code, or ""."""
    return content.code if isinstance(content, Cell) else ""


def guarded(words: str) -> str:
    """Words that no spreadsheet runs: an apostrophe goes before what could begin a formula."""
    return f"'{words}" if words[:1] in FORMULA_STARTS else words
