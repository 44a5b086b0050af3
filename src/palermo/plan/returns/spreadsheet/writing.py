"""Writes the spreadsheet: a sheet that says what to do, the returns, and a hidden copy of them as downloaded.

Every text is written as a text, whatever it begins with, so that none becomes a formula. The sheets are protected
without a password: that keeps people from slips, not from anything; reading trusts nothing but the coloured cells.
The copy is what tells a changed cell from one that only looks different from what was saved meanwhile.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, TYPE_CHECKING

import xlsxwriter

from palermo.plan.returns.spreadsheet.columns import (
    BY_NAME,
    COLUMNS,
    COPY,
    HELP,
    LONGEST_TEXT,
    PLACES,
    SHEET,
    Column,
    Value,
    clean,
    status_words,
)
from palermo.plan.returns.spreadsheet.instructions import About, lines

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
"""Signs that a cell holds, counted as the file format counts them: in UTF-16."""
FIRST_DAY, LAST_DAY = date(1900, 3, 1), date(9999, 12, 31)
"""Excel takes 1900 for a leap year, so that the days before are off by one; they are written as texts."""
LEGAL = 5
LINE, TALLEST = 15.0, 409.0
FORMATS = {"day": "yyyy-mm-dd", "money": "#,##0.00", "number": "0"}
_MAY_STILL = {"format_columns": True, "format_rows": True}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One return: a value for each column, and whether its cells may be written in."""

    values: Mapping[str, Value]
    is_open: bool


class Looks:
    """The looks of cells, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Format] = {}
        ink = {"bold": True, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#FFFFFF"}
        self.heading = book.add_format({**ink, "font_color": "#FFFFFF", "bg_color": "#545961"})
        self.own_heading = book.add_format({**ink, "font_color": "#FFFFFF", "bg_color": "#284162"})
        self.title = book.add_format({"bold": True, "font_size": 15, "font_color": "#26374A", "text_wrap": True})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.label = book.add_format({"text_wrap": True, "valign": "top", "bold": True})

    def cell(self, column: Column, *, is_open: bool) -> Format:
        """The look of a cell: pale yellow where people write, grey where the return is not with them."""
        writes = column.is_written and is_open
        key = (FORMATS.get(column.kind, "@"), writes, is_open)
        if key not in self._made:
            look = {"num_format": key[0], "text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B4BA"}
            look |= {"locked": not writes, "align": "left"}
            look |= {"bg_color": "#FFF8DC"} if writes else {} if is_open else {"bg_color": "#E6E7E9"}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def write_returns(target: IO[bytes], about: About, rows: Sequence[SheetRow]) -> None:
    """Write the whole file."""
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": f"{about.plan_en} – {about.period}", "author": about.organisation_en})
        looks = Looks(book)
        _write_help(book.add_worksheet(HELP), looks, about)
        sheet = book.add_worksheet(SHEET)
        _write_rows(sheet, looks, rows)
        _set_up(sheet, looks, about, len(rows))
        for row in _open_runs(rows):
            _offer(sheet, *row)
        copy = book.add_worksheet(COPY)
        _write_rows(copy, looks, rows)
        copy.protect("")
        copy.very_hidden()


def _write_help(sheet: Worksheet, looks: Looks, about: About) -> None:
    sheet.set_column(0, 1, 72)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for row, (kind, *texts) in enumerate(lines(about)):
        sheet.set_row(row, max(20 if kind == "title" else LINE, *(_height(text, 66) for text in texts)))
        look = {"title": looks.title, "label": looks.label}.get(kind, looks.words)
        for place, text in enumerate(texts):
            _write_text(sheet, row, place, text, look)
    sheet.protect("", _MAY_STILL)


def _write_rows(sheet: Worksheet, looks: Looks, rows: Sequence[SheetRow]) -> None:
    sheet.set_row(0, max(_height(column.heading, 0.9 * column.width) for column in COLUMNS))
    for place, column in enumerate(COLUMNS):
        look = looks.own_heading if column.is_written else looks.heading
        sheet.write_string(0, place, column.heading, look)
    for number, row in enumerate(rows, start=1):
        shown = [column for column in COLUMNS if not column.is_hidden]
        tall = max(_height(str(row.values[column.name] or ""), column.width) for column in shown)
        sheet.set_row(number, max(tall, 4 * LINE if row.is_open else LINE))
        for place, column in enumerate(COLUMNS):
            _write(sheet, number, place, row.values[column.name], looks.cell(column, is_open=row.is_open))


def _height(text: str, width: float) -> float:
    """How tall a text stands, in points: not every program finds that out by itself. The format allows 409."""
    lines = sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))
    return min(TALLEST, LINE * lines + 3)


def _write(sheet: Worksheet, row: int, place: int, value: Value, look: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, look)
    elif isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(row, place, value, look)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, place, value, look)
    else:
        _write_text(sheet, row, place, str(value), look)


def _write_text(sheet: Worksheet, row: int, place: int, text: str, look: Format) -> None:
    text = clean(text)
    if len(text.encode("utf-16-le")) > 2 * LONGEST_CELL:
        text = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    if text.startswith("<r>") and text.endswith("</r>"):
        # The writer would let this through as markup. Blanks at the end are not read back.
        text += " "
    sheet.write_string(row, place, text, look)


def _set_up(sheet: Worksheet, looks: Looks, about: About, count: int) -> None:
    """Widths, what stays in sight, how it prints, and what is locked."""
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width, None, {"hidden": column.is_hidden})
    sheet.freeze_panes(1, PLACES["section"])
    sheet.set_landscape()
    sheet.set_paper(LEGAL)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, PLACES["promise"])
    sheet.fit_to_pages(3, 0)
    sheet.print_area(0, 0, max(count, 1), PLACES["currency"])
    named = f"{about.organisation_en} – {about.period}".replace("&", "&&")
    sheet.set_footer(f"&L{clean(named)[:180]}&R&P / &N")
    sheet.protect("", _MAY_STILL)


def _open_runs(rows: Sequence[SheetRow]) -> list[tuple[int, int]]:
    """The first and last row of each run of returns that are with their writers, counted from the heading's 0."""
    runs: list[tuple[int, int]] = []
    for number, row in enumerate(rows, start=1):
        if not row.is_open:
            continue
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _offer(sheet: Worksheet, first: int, last: int) -> None:
    """What the cells of some rows offer and refuse while somebody types."""
    for name, rule in _RULES.items():
        place = PLACES[name]
        source = {"source": list(status_words().values())} if name == "status" else {}
        sheet.data_validation(first, place, last, place, {"ignore_blank": True, **rule, **source})


_DAY: dict[str, object] = {
    "validate": "date",
    "criteria": "between",
    "minimum": FIRST_DAY,
    "maximum": LAST_DAY,
    "error_title": "Date",
    "error_message": "Year, month and day, such as 2027-03-31.\nAnnée, mois et jour, par exemple 2027-03-31.",
}
_TEXT: dict[str, object] = {
    "validate": "length",
    "criteria": "<=",
    "value": LONGEST_TEXT,
    "error_title": "Too long – Trop long",
    "error_message": f"At most {LONGEST_TEXT} characters.\nAu plus {LONGEST_TEXT} caractères.",
}
_RULES: dict[str, dict[str, object]] = {
    "status": {
        "validate": "list",
        "error_title": "Status – État",
        "error_message": "Choose one from the list.\nChoisissez dans la liste.",
    },
    "new_due_on": _DAY,
    "spent": {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_title": "Money – Argent",
        "error_message": "A number, not below zero.\nUn nombre, pas moins que zéro.",
    },
    "currency": {
        "validate": "length",
        "criteria": "==",
        "value": 3,
        "error_title": "Currency – Devise",
        "error_message": "Three capital letters, such as CAD.\nTrois lettres majuscules, par exemple CAD.",
    },
    **{name: _TEXT for name, column in BY_NAME.items() if column.kind == "long" and column.is_written},
}
