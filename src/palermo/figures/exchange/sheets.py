"""What every workbook of figures is written with: the looks of cells, and texts that stay texts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter

from palermo.figures.exchange.columns import CellValue
from palermo.figures.exchange.cube import Value, number_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""Signs that a cell holds, counted as the file format counts them: in UTF-16."""
MOST_DIGITS = 15
FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year, so that the days before are off by one; they are written as texts."""
NO_DAY = date(1980, 1, 1)
LETTER = 1
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""
_TOP = {"valign": "top", "text_wrap": True}
_INK = "#26374A"


@dataclass(frozen=True, slots=True)
class Looks:
    """The few looks of a cell."""

    title: Format
    header: Format
    label: Format
    text: Format
    day: Format
    whole: Format
    fraction: Format


@contextmanager
def workbook(target: io.BytesIO, made_on: date | None, **properties: str) -> Iterator[tuple[Workbook, Looks]]:
    """A workbook whose bytes depend on nothing but what is written into it; it is complete when the block ends.

    Args:
        target: where it is written to.
        made_on: the day that it says it was made; not today, because the same figures make the same file.
        properties: title, subject and author, as the office program shows them.
    """
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        made = datetime.combine(made_on or NO_DAY, time(12), UTC)
        book.set_properties({**{name: clean(words)[:250] for name, words in properties.items()}, "created": made})
        yield book, _looks(book)


def _looks(book: Workbook) -> Looks:
    return Looks(
        title=book.add_format({**_TOP, "bold": True, "font_color": _INK, "font_size": 16}),
        header=book.add_format({**_TOP, "bold": True, "font_color": "#FFFFFF", "bg_color": _INK}),
        label=book.add_format({**_TOP, "bold": True}),
        text=book.add_format({**_TOP, "num_format": "@"}),
        day=book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}),
        whole=book.add_format({"valign": "top", "num_format": "#,##0"}),
        fraction=book.add_format({"valign": "top", "num_format": "#,##0.####"}),
    )


def write(sheet: Worksheet, row: int, place: int, value: CellValue, looks: Looks, look: Format | None = None) -> None:
    """A value as what it is: a number, a day, or a text that nothing turns into a formula or a link."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, place, _written(value), look or looks.text)
    elif isinstance(value, date):
        if value >= FIRST_DAY:
            sheet.write_datetime(row, place, value, looks.day)
        else:
            sheet.write_string(row, place, value.isoformat(), looks.text)
    elif _fits(value):
        sheet.write_number(row, place, value, looks.fraction if _has_fraction(value) else looks.whole)
    else:
        sheet.write_string(row, place, number_text(value), looks.text)


def write_row(
    sheet: Worksheet, row: int, values: Iterable[CellValue], looks: Looks, look: Format | None = None
) -> None:
    """Values side by side, from the first column on."""
    for place, value in enumerate(values):
        write(sheet, row, place, value, looks, look)


def print_setup(sheet: Worksheet) -> None:
    """Landscape on letter paper, as wide as the page, with page numbers that need no words."""
    sheet.set_landscape()
    sheet.set_paper(LETTER)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&P / &N")


def sheet_name(words: str) -> str:
    """Words as a sheet may be called."""
    return re.sub(r"[\[\]:*?/\\']", " ", words)[:31].strip()


def _has_fraction(value: Value) -> bool:
    return isinstance(value, Decimal) and value != value.to_integral_value()


def _fits(value: Value) -> bool:
    """Whether a spreadsheet's number keeps every digit."""
    return sum(letter.isdigit() for letter in number_text(value).replace(".", "").lstrip("-0")) <= MOST_DIGITS


def clean(text: str) -> str:
    """A text as a cell can hold it: lines end in one sign, and what XML cannot hold is left out."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _written(text: str) -> str:
    text = clean(text)
    if len(text.encode("utf-16-le")) > 2 * LONGEST_TEXT:
        text = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    # The writer would let this through as markup. Blanks at the end are not read back.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
