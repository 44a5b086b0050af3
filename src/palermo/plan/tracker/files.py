"""The tracker as CSV and as an Excel workbook, with the same columns in both, whatever the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice

import xlsxwriter
from django.utils.translation import gettext as _

from palermo.plan.register.queries.csv_file import MARK, written
from palermo.plan.tracker.columns import COLUMNS
from palermo.plan.tracker.queries.cells import Row

_CHUNK = 200
LONGEST_TEXT = 32_767
"""A cell of a workbook holds no more signs than this."""
_WIDE, _NARROW = 50, 16


def csv_lines(rows: Iterator[Row]) -> Iterator[str]:
    """The file, some hundred rows at a time, safe to open in a spreadsheet."""
    yield MARK + written([list(COLUMNS)])
    while part := list(islice(rows, _CHUNK)):
        yield written(list(row.cells.values()) for row in part)


def workbook(rows: Iterable[Row]) -> BytesIO:
    """A workbook of two sheets: the rows, and what each column holds. Every cell is a text, whatever it begins with."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("tracker")
        sheet.freeze_panes(1, 4)
        for place, name in enumerate(COLUMNS):
            sheet.set_column(place, place, _WIDE if name.endswith(("_en", "_fr")) else _NARROW)
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row.cells.values()):
                sheet.write_string(number, place, cell[:LONGEST_TEXT], wrapped)
        about = book.add_worksheet(_("Columns"))
        about.set_column(0, 1, _WIDE)
        for number, (name, words) in enumerate(COLUMNS.items()):
            about.write_string(number, 0, name, bold)
            about.write_string(number, 1, str(words), wrapped)
    file.seek(0)
    return file
