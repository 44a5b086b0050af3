"""Reads the two sheets of a spreadsheet that came back, as cells and nothing more.

The file comes from outside. What it says of its own size is checked before anything is unpacked (the ZIP reader holds a
member to the size that it declares), XML entities are refused by defusedxml, formulas are kept apart from texts, and
rows and columns are read up to a limit.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from palermo.plan.returns.spreadsheet.columns import COPY, SHEET
from palermo.plan.returns.spreadsheet.problems import Problem, RefusedError

MAX_FILE_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 40_000_000
MAX_PART_BYTES = 1_000_000
"""Of a part that is neither a sheet nor its texts: styles and the like, which openpyxl holds in memory."""
MAX_TAGS = 2_000_000
"""In the sheets and their texts together: 5,000 returns take some 1.5 million."""
MAX_ROWS = 5_000
MAX_COLUMNS = 60
_LARGE = re.compile(r"xl/(?:worksheets/sheet\d+|sharedStrings)\.xml")
_LARGE_TYPES = ("worksheet+xml", "sharedStrings+xml")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old office files begin, and new ones that are locked with a password ([MS-CFB] 2.2)."""
_BROKEN = (
    ValueError,  # defusedxml's refusals among them
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl and the ZIP reader raise on files that break the format; none of it is documented by them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell holds. A formula keeps its words; nobody calculates it."""

    value: str | int | float | date | None = None
    kind: Literal["value", "formula", "error"] = "value"

    @property
    def text(self) -> str:
        """The value as words: dates and numbers as people type them."""
        if isinstance(self.value, float):
            plain = format(Decimal(repr(self.value)), "f")
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        return "" if self.value is None else str(self.value).replace("_x000D_", "").strip()

    def __bool__(self) -> bool:
        return self.kind != "value" or bool(self.text)


EMPTY = Cell()
Grid = dict[int, tuple[Cell, ...]]
"""The rows that hold something, by their number as people count them, from 1."""


def address(row: int, place: int) -> str:
    """A cell's name, such as `E7`; `place` counts from 0."""
    return f"{get_column_letter(place + 1)}{row}"


def read_grids(data: bytes) -> tuple[Grid, Grid]:
    """The sheet that people wrote in, and the copy of it as downloaded, which may be empty.

    Raises:
        RefusedError: nothing of the file is read.
    """
    _check(data)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drawings, rules and other parts that it leaves out; none of them holds words.
            warnings.simplefilter("ignore")
            return _read(data)
    except _BROKEN:
        raise RefusedError(Problem("damaged")) from None


def _check(data: bytes) -> None:
    if not data:
        raise RefusedError(Problem("empty"))
    if len(data) > MAX_FILE_BYTES:
        raise RefusedError(Problem("too_large", about={"limit": str(MAX_FILE_BYTES // 1_000_000)}))
    if data.startswith(_OLE):
        raise RefusedError(Problem("locked"))
    if not data.startswith(b"PK"):
        raise RefusedError(Problem("not_a_workbook"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive)
    except RefusedError:
        raise
    except _BROKEN:
        raise RefusedError(Problem("damaged")) from None


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack into more than a year's returns. Pictures and the like are never opened."""
    parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise RefusedError(Problem("not_a_workbook"))
    large = [part for part in parts if _LARGE.fullmatch(part.filename)]
    rest = [part for part in parts if part not in large]
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or any(
        part.file_size > MAX_PART_BYTES for part in rest
    ):
        raise RefusedError(Problem("bomb"))
    if not _are_what_they_are_called(archive) or sum(_tags(archive, part) for part in large) > MAX_TAGS:
        raise RefusedError(Problem("bomb"))


def _are_what_they_are_called(archive: zipfile.ZipFile) -> bool:
    """Whether no part that must be small hides under the name of a sheet."""
    types = fromstring(archive.read("[Content_Types].xml"))
    named = [(one.get("PartName", "").lstrip("/"), one.get("ContentType", "")) for one in types]
    return all(kind.endswith(_LARGE_TYPES) for name, kind in named if _LARGE.fullmatch(name))


def _tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How many tags a part has: each costs time and memory, however short it is."""
    with archive.open(part) as source:
        return sum(chunk.count(b"<") for chunk in iter(lambda: source.read(1 << 16), b""))


def _read(data: bytes) -> tuple[Grid, Grid]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        if SHEET not in book.sheetnames:
            raise RefusedError(Problem("no_sheet", about={"name": SHEET}))
        return _grid(book[SHEET]), _grid(book[COPY]) if COPY in book.sheetnames else {}
    finally:
        book.close()


def _grid(sheet: object) -> Grid:
    if not isinstance(sheet, ReadOnlyWorksheet):
        raise RefusedError(Problem("no_sheet", about={"name": SHEET}))
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    found: Grid = {}
    rows = sheet.iter_rows(max_row=10 * MAX_ROWS, max_col=MAX_COLUMNS)  # type: ignore[misc]  # wrong in the stubs
    for number, cells in enumerate(rows, start=1):
        row = tuple(_cell(cell.value, cell.data_type) for cell in cells)
        if any(row):
            found[number] = row
        if len(found) > MAX_ROWS:
            raise RefusedError(Problem("too_many_rows", about={"limit": str(MAX_ROWS)}))
    return found


def _cell(value: object, kind: str) -> Cell:
    if value is None:
        return EMPTY
    if kind == "f":
        return Cell("=", "formula")
    if kind == "e":
        return Cell(str(value), "error")
    if isinstance(value, datetime):
        return Cell(value.date())
    if isinstance(value, bool):
        return Cell(str(value).upper())
    return Cell(value) if isinstance(value, str | int | float | date) else Cell(str(value))
