"""Reads the two sheets of a spreadsheet that came back, as cells and nothing more."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from palermo.foundation.workbooks import EMPTY, MAX_FILE_BYTES, Cell, WorkbookError, address, filled_rows, opened
from palermo.plan.returns.spreadsheet.columns import COPY, SHEET
from palermo.plan.returns.spreadsheet.problems import Problem, RefusedError

__all__ = ["EMPTY", "MAX_FILE_BYTES", "Cell", "Grid", "address", "read_grids"]

MAX_ROWS = 5_000
MAX_COLUMNS = 60
Grid = dict[int, tuple[Cell, ...]]
"""The rows that hold something, by their number as people count them, from 1."""


def read_grids(data: bytes) -> tuple[Grid, Grid]:
    """The sheet that people wrote in, and the copy of it as downloaded, which may be empty.

    Raises:
        RefusedError: nothing of the file is read.
    """
    try:
        with opened(data) as book:
            if SHEET not in book.sheetnames:
                raise RefusedError(Problem("no_sheet", about={"name": SHEET}))
            return _grid(book, SHEET), _grid(book, COPY) if COPY in book.sheetnames else {}
    except WorkbookError as error:
        about = {} if error.limit is None else {"limit": str(error.limit)}
        raise RefusedError(Problem(error.code, about=about)) from None


def _grid(book: Workbook, name: str) -> Grid:
    return dict(filled_rows(book, name, MAX_ROWS, MAX_COLUMNS))
