"""Reads XLSX files that come from outside, as cells and nothing more. Plain Python.

What a file says of its own size is checked before anything is unpacked (the ZIP reader holds a member to the size that
it declares), XML entities are refused by defusedxml, formulas are kept apart from texts, and rows and columns are read
up to a limit.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_FILE_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 40_000_000
MAX_PART_BYTES = 1_000_000
"""Of a part that is neither a sheet nor its texts: styles and the like, which openpyxl holds in memory."""
MAX_TAGS = 2_000_000
"""In the sheets and their texts together: 5,000 rows of twenty columns take some 1.5 million."""
BLANKS = 10
"""How many times more rows than may be filled are looked through."""
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


class WorkbookError(Exception):
    """The file is not read. `code` says why: empty, too_large, locked, not_a_workbook, damaged, bomb, too_many_rows.

    `limit` is the number that was passed, where one was: megabytes or rows.
    """

    def __init__(self, code: str, limit: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.limit = limit


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


def address(row: int, place: int) -> str:
    """A cell's name, such as `E7`; `place` counts from 0."""
    return f"{get_column_letter(place + 1)}{row}"


@contextmanager
def opened(data: bytes) -> Iterator[Workbook]:
    """A workbook, to read sheets of while it is open.

    Raises:
        WorkbookError: it is none, means harm, or turns out to be broken while it is read.
    """
    _check(data)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drawings, rules and other parts that it leaves out; none of them holds words.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except _BROKEN:
        raise WorkbookError("damaged") from None


def filled_rows(book: Workbook, name: str, max_rows: int, max_columns: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The rows of a sheet that hold something, each with its number as people count them, from 1.

    Raises:
        WorkbookError: more than `max_rows` hold something.
    """
    sheet = book[name]
    if not isinstance(sheet, ReadOnlyWorksheet):
        raise WorkbookError("damaged")
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    filled = 0
    rows = sheet.iter_rows(max_row=BLANKS * max_rows, max_col=max_columns)
    for number, cells in enumerate(rows, start=1):
        row = tuple(_cell(cell.value, cell.data_type) for cell in cells)
        if not any(row):
            continue
        filled += 1
        if filled > max_rows:
            raise WorkbookError("too_many_rows", max_rows)
        yield number, row


def _check(data: bytes) -> None:
    if not data:
        raise WorkbookError("empty")
    if len(data) > MAX_FILE_BYTES:
        raise WorkbookError("too_large", MAX_FILE_BYTES // 1_000_000)
    if data.startswith(_OLE):
        raise WorkbookError("locked")
    if not data.startswith(b"PK"):
        raise WorkbookError("not_a_workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive)
    except _BROKEN:
        raise WorkbookError("damaged") from None


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack into far more than people type. Pictures and the like are never opened."""
    parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise WorkbookError("not_a_workbook")
    large = [part for part in parts if _LARGE.fullmatch(part.filename)]
    rest = [part for part in parts if part not in large]
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or any(
        part.file_size > MAX_PART_BYTES for part in rest
    ):
        raise WorkbookError("bomb")
    if not _are_what_they_are_called(archive) or sum(_tags(archive, part) for part in large) > MAX_TAGS:
        raise WorkbookError("bomb")


def _are_what_they_are_called(archive: zipfile.ZipFile) -> bool:
    """Whether no part that must be small hides under the name of a sheet."""
    types = fromstring(archive.read("[Content_Types].xml"))
    named = [(one.get("PartName", "").lstrip("/"), one.get("ContentType", "")) for one in types]
    return all(kind.endswith(_LARGE_TYPES) for name, kind in named if _LARGE.fullmatch(name))


def _tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How many tags a part has: each costs time and memory, however short it is."""
    with archive.open(part) as source:
        return sum(chunk.count(b"<") for chunk in iter(lambda: source.read(1 << 16), b""))


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
