"""The shape of the invented permits, and files for it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from palermo.figures.exchange.reading import read_figures
from palermo.figures.exchange.shape import Reading, SeriesShape
from tests.figures.exchange.cubes import AREA, SEX, cube

PERMITS = SeriesShape(
    code="permits-issued",
    title=cube().title,
    unit=cube().unit,
    dimensions=(SEX, AREA),
    documents={"doc-a": "Report", "doc-b": "Other report"},
)
HEAD = ("starts_on", "ends_on", "sex", "area", "value", "mark")
GOOD = ("2013-04-01", "2014-03-31", "F", "_T", "12", "final")
Field = str | int | float | date | None


def text(*rows: Sequence[str], head: Sequence[str] = HEAD, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator).writerows([head, *rows])
    return target.getvalue().encode(encoding)


def sheet(*rows: Sequence[Field], head: Sequence[str] = HEAD) -> bytes:
    """An XLSX file with one sheet."""
    book, target = Workbook(), io.BytesIO()
    for row in (head, *rows):
        book.worksheets[0].append(list(row))
    book.save(target)
    return target.getvalue()


def read(data: bytes, shape: SeriesShape = PERMITS) -> Reading:
    """What is read of a file."""
    return read_figures(io.BytesIO(data), shape)
