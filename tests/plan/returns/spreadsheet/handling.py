"""Downloading a desk's spreadsheet, and writing in it as a person does."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from openpyxl import Workbook, load_workbook

from palermo.people.models import User
from palermo.people.queries import organisations
from palermo.plan.returns.actions.spreadsheet import keep_upload
from palermo.plan.returns.models import Cycle, SpreadsheetUpload
from palermo.plan.returns.queries.spreadsheet import SheetDesk, about, sheet_rows
from palermo.plan.returns.spreadsheet.columns import PLACES, SHEET
from palermo.plan.returns.spreadsheet.grid import address
from palermo.plan.returns.spreadsheet.reading import read_returns
from palermo.plan.returns.spreadsheet.writing import write_returns
from tests.plan.returns.conftest import Desk

Typed = str | int | float | date | Decimal | None


def sheet_of(desk: Desk) -> SheetDesk:
    cycle = Cycle.objects.select_related("period__plan").get(pk=desk.cycle.pk)
    return SheetDesk(organisations(desk["focal_point"]).get(pk=desk.organisation.pk), cycle)


def download(desk: Desk, who: str = "focal_point") -> bytes:
    target, its = io.BytesIO(), sheet_of(desk)
    write_returns(target, about(its), sheet_rows(desk[who], its))
    return target.getvalue()


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write(data: bytes, line: int = 2, /, **cells: Typed) -> bytes:
    """Write in cells of a row, each by the name of its column. Texts stay texts, whatever they begin with."""
    book = opened(data)
    for name, value in cells.items():
        cell = book[SHEET].cell(line, PLACES[name] + 1)
        cell.value = value
        if isinstance(value, str) and value:
            cell.data_type = "s"
    return saved(book)


def at(name: str, line: int = 2) -> str:
    """What a cell is called."""
    return address(line, PLACES[name])


def upload(desk: Desk, data: bytes, by: User | None = None) -> SpreadsheetUpload:
    return keep_upload(
        organisation=desk.organisation, cycle=desk.cycle, reading=read_returns(data), by=by or desk["focal_point"]
    )


def wrong(data: bytes) -> Mapping[str, str]:
    """What reading finds wrong, by cell."""
    return {problem.cell: problem.code for problem in read_returns(data).problems}
