"""Reads a spreadsheet that came back: which coloured cells were changed, and what is wrong with it, cell by cell.

The file says which return a row is about and what its cells were at download. The first is checked against what the
person may write when the file is compared and again when it is taken in; the second only tells changed cells from
others, so that a forged one gets its forger nowhere that the form of the return would not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palermo.plan.returns.spreadsheet.columns import (
    BY_NAME,
    COLUMNS,
    LONGEST_TEXT,
    PLACES,
    WRITTEN,
    is_same,
    status_of,
)
from palermo.plan.returns.spreadsheet.grid import EMPTY, Cell, Grid, address, read_grids
from palermo.plan.returns.spreadsheet.problems import Problem, RefusedError

LARGEST_NUMBER = 2**31 - 1
_AMOUNT = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Said:
    """What a changed cell says, and what it said when it was downloaded; None where the file does not tell."""

    file: str
    downloaded: str | None


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What the file says of one return: only what was changed in it."""

    number: int
    version: int
    line: int
    """The row in the sheet."""
    said: dict[str, Said]
    """By field. Dates, amounts and statuses as codes; an empty text empties the field."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Every row that could be read, and everything that is wrong."""

    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...]


def read_returns(data: bytes) -> Reading:
    """Read a file.

    Raises:
        RefusedError: it is no such file at all, or its columns are not those that were downloaded.
    """
    grid, copy = read_grids(data)
    _check_headings(grid)
    downloaded = {number: cells for cells in copy.values() if (number := _whole(_at(cells, "number")))}
    rows: list[ReadRow] = []
    problems: list[Problem] = []
    seen: dict[int, int] = {}
    for line, cells in grid.items():
        if line == 1:
            continue
        number, version = _whole(_at(cells, "number")), _whole(_at(cells, "version"))
        problems += _strays(line, cells)
        if number is None or version is None:
            problems.append(Problem("no_number", address(line, 0)))
        elif number in seen:
            problems.append(Problem("twice", address(line, 0), {"row": str(seen[number])}))
        else:
            seen[number] = line
            before = downloaded.get(number)
            problems += _locked_changed(line, cells, before)
            rows.append(ReadRow(number, version, line, _said(line, cells, before, problems)))
    if not rows and not problems:
        raise RefusedError(Problem("no_rows"))
    return Reading(tuple(rows), tuple(problems))


def _at(cells: tuple[Cell, ...], name: str) -> Cell:
    place = PLACES[name]
    return cells[place] if place < len(cells) else EMPTY


def _whole(cell: Cell) -> int | None:
    """A number of ours: above zero, and not larger than the database takes."""
    text = cell.text if cell.kind == "value" else ""
    found = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
    return found if 0 < found <= LARGEST_NUMBER else None


def _check_headings(grid: Grid) -> None:
    cells = grid.get(1, ())
    wrong = [
        Problem("heading", address(1, place), {"heading": " ".join(column.heading.split())})
        for place, column in enumerate(COLUMNS)
        if _at(cells, column.name).text.split() != column.heading.split()
    ]
    strays = list(_strays(1, cells))
    if wrong or strays:
        raise RefusedError(*wrong, *strays)


def _strays(line: int, cells: tuple[Cell, ...]) -> Iterator[Problem]:
    """Words beside the columns: nothing that somebody wrote is passed over in silence."""
    for place in range(len(COLUMNS), len(cells)):
        if cells[place]:
            yield Problem("not_read", address(line, place))


def _locked_changed(line: int, cells: tuple[Cell, ...], before: tuple[Cell, ...] | None) -> Iterator[Problem]:
    if before is None:
        return
    for place, column in enumerate(COLUMNS):
        now, then = _at(cells, column.name), _at(before, column.name)
        if not column.is_written and (now.kind != then.kind or not is_same(now.text, then.text)):
            yield Problem("locked_changed", address(line, place))


def _said(
    line: int, cells: tuple[Cell, ...], before: tuple[Cell, ...] | None, problems: list[Problem]
) -> dict[str, Said]:
    """The changed cells of a row; without the copy of it, all of them."""
    found = {}
    for name in WRITTEN:
        now, then = _at(cells, name), _at(before, name) if before is not None else None
        if then is not None and now.kind == then.kind and is_same(now.text, then.text):
            continue
        value, code = _value(name, now)
        if code:
            about = {"length": str(len(value)), "limit": str(LONGEST_TEXT)}
            problems.append(Problem(code, address(line, PLACES[name]), about if code == "too_long" else {}))
            continue
        downloaded = _value(name, then)[0] if then is not None else None
        if downloaded is None or not is_same(value, downloaded):
            found[name] = Said(value, downloaded)
    return found


def _value(name: str, cell: Cell) -> tuple[str, str]:
    """What a cell says, as text, and what is wrong with it, if anything is."""
    if cell.kind != "value":
        return "", {"formula": "formula", "error": "broken"}[cell.kind]
    kind = BY_NAME[name].kind
    if kind == "currency":
        code = cell.text.upper()
        return (code, "") if re.fullmatch(r"[A-Z]{3}", code) else ("", "currency")
    if not cell.text:
        return "", ""
    if kind == "status":
        status = status_of(cell.text)
        return (status, "") if status else ("", "status")
    if kind == "day":
        return _day(cell)
    if kind == "money":
        return _amount(cell)
    return cell.text, "too_long" if len(cell.text) > LONGEST_TEXT else ""


def _day(cell: Cell) -> tuple[str, str]:
    if isinstance(cell.value, date):
        return cell.value.isoformat(), ""
    if _ISO.fullmatch(cell.text):
        try:
            return date.fromisoformat(cell.text).isoformat(), ""
        except ValueError:
            pass
    return "", "date"


def _amount(cell: Cell) -> tuple[str, str]:
    """An amount with two decimals. A comma is one before decimals, as French writes it."""
    text = "".join(cell.text.split())
    if not _AMOUNT.fullmatch(text) or not text.isascii() or isinstance(cell.value, date):
        return "", "money"
    return str(Decimal(text.replace(",", ".")).quantize(Decimal("0.01"))), ""
