"""A cube as CSV (RFC 4180): UTF-8 with a byte order mark, commas, CRLF, one header row.

The byte order mark makes spreadsheets read the accents right. Dates are ISO 8601, numbers have a decimal point and no
grouping; a figure that is not shown is an empty field. A text that a spreadsheet could take for a formula has an
apostrophe before it, which the reader of such files takes off again.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from palermo.figures.exchange.columns import CellValue, columns
from palermo.figures.exchange.cube import Cube, Language, number_text

_GUARDED = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet could take for a formula, or that already has our apostrophe."""


def csv_bytes(cube: Cube, language: Language) -> bytes:
    """The cube as a CSV file; the words of codes are in `language`."""
    chosen = columns(cube, language)
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([column.name for column in chosen])
    for cell in cube.rows:
        writer.writerow([plain_text(column.of(cell)) for column in chosen])
    return target.getvalue().encode("utf-8-sig")


def plain_text(value: CellValue) -> str:
    """A value as it stands in a field."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _GUARDED.match(value) else value
    return value.isoformat() if isinstance(value, date) else number_text(value)


def unguarded(text: str) -> str:
    """A text of such a file as it was before an apostrophe was put before it."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
