"""Reads a file of figures for one series: every figure with its line, and every mistake with its cell.

Nothing that somebody wrote is passed over in silence, and nothing is guessed: a column that is not known, a code that
is not listed or a number that could mean two things is said, with the nearest that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import BinaryIO, TypeVar

from palermo.figures.exchange.cube import HIDDEN, NOT_APPLICABLE, CubeText
from palermo.figures.exchange.problems import Problem, RefusedError
from palermo.figures.exchange.reading_columns import CODED, Headings, nearest, read_headings
from palermo.figures.exchange.reading_rows import Row, open_rows
from palermo.figures.exchange.reading_values import (
    FIRST_YEAR,
    LAST_YEAR,
    FieldError,
    codes_of,
    read_code,
    read_day,
    read_mark,
    read_number,
)
from palermo.figures.exchange.shape import ReadFigure, Reading, SeriesShape
from palermo.figures.exchange.spans import Span, read_sdmx_period
from palermo.figures.exchange.writing_csv import unguarded
from palermo.figures.exchange.writing_sdmx import identifier
from palermo.foundation.workbooks import EMPTY, Cell

MAX_PROBLEMS = 100
"""After so many, a person corrects the file first; the rest is not looked for."""
LONGEST = {"footnote_en": 2_000, "footnote_fr": 2_000, "page": 40, "reason_en": 2_000, "reason_fr": 2_000}
"""Characters."""
_ACTIONS = frozenset({"", "I", "A", "R", "M"})
"""What SDMX-CSV may ask to do: all but to delete, because nothing published is deleted."""
T = TypeVar("T")


def read_figures(source: BinaryIO, shape: SeriesShape) -> Reading:
    """Read a file: XLSX, CSV or SDMX-CSV 1.0 or 2.0, told apart by what is in it.

    Raises:
        RefusedError: it is no such file at all, or its columns are not those of the series.
    """
    opened = open_rows(source)
    first = next(opened.rows, None)
    if first is None:
        raise RefusedError(Problem("empty"))
    reader = _Reader(shape, read_headings(first, shape, is_sheet=opened.is_sheet))
    for row in opened.rows:
        reader.read(row)
        if len(reader.problems) >= MAX_PROBLEMS:
            reader.problems.append(Problem("more", about={"limit": str(MAX_PROBLEMS)}))
            break
    if not reader.figures and not reader.problems:
        raise RefusedError(Problem("no_rows"))
    return Reading(tuple(reader.figures), tuple(reader.problems))


@dataclass
class _Reader:
    shape: SeriesShape
    headings: Headings
    figures: list[ReadFigure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[tuple[date, date, tuple[str, ...], str], int] = field(default_factory=dict)
    known: Mapping[str, Mapping[str, str]] = field(init=False)
    dimensions: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.known = {one.code: codes_of(one) for one in self.shape.dimensions}
        self.dimensions = frozenset(self.known)

    def read(self, row: Row) -> None:
        """Read one row; it becomes a figure only if nothing is wrong with it."""
        before = len(self.problems)
        for place in range(self.headings.width, len(row.cells)):
            if row.cells[place]:
                self.problems.append(Problem("stray", self.headings.at(row.line, place)))
        self._check_belongs(row)
        span = self._span(row)
        codes = [self._code(row, at) for at in range(len(self.shape.dimensions))]
        mark = self._field(row, "mark", lambda cell: read_mark(cell.text, is_sdmx=self.headings.is_sdmx))
        value = self._value(row, mark)
        document = self._document(row)
        known_on = self._field(row, "known_on", lambda cell: read_day(cell) if cell else None)
        texts = {name: self._text(row, name) for name in LONGEST}
        if len(self.problems) > before or span is None or mark is None:
            return
        footnote = CubeText(texts["footnote_en"], texts["footnote_fr"])
        reason = CubeText(texts["reason_en"], texts["reason_fr"])
        found = tuple(code or "" for code in codes)
        rest = (footnote, document or "", texts["page"], known_on, reason)
        self._keep(ReadFigure(row.line, found, span.starts_on, span.ends_on, value, mark, *rest))

    def _keep(self, figure: ReadFigure) -> None:
        first = self.seen.setdefault(figure.key, figure.line)
        if first != figure.line:
            self.problems.append(Problem("twice", self.headings.where(figure.line, "value"), {"line": str(first)}))
        else:
            self.figures.append(figure)

    def _cell(self, row: Row, name: str) -> Cell:
        column = self.headings.columns.get(name)
        if column is None or column.place >= len(row.cells):
            return EMPTY
        cell = row.cells[column.place]
        is_code = name in CODED or name in self.dimensions
        if column.has_words and is_code and cell.kind == "value":
            return Cell(cell.text.split(": ")[0].strip())
        return cell

    def _field(self, row: Row, name: str, read: Callable[[Cell], T]) -> T | None:
        """What a field says; None, and a problem, where it cannot be read."""
        cell = self._cell(row, name)
        try:
            if cell.kind != "value":
                raise FieldError("formula" if cell.kind == "formula" else "broken")
            return read(cell)
        except FieldError as error:
            self._tell(row, name, error.code, **error.about)
            return None

    def _tell(self, row: Row, name: str, code: str, **about: str) -> None:
        self.problems.append(Problem(code, self.headings.where(row.line, name), about))

    def _check_belongs(self, row: Row) -> None:
        """Whether the row is of this series and unit, and asks for what can be done."""
        self._field(row, "series", self._series)
        self._field(row, "unit", self._unit)
        self._field(row, "action", _action)
        self._field(row, "multiplier", _multiplier)

    def _series(self, cell: Cell) -> None:
        text, code = cell.text, self.shape.code
        flow = text.split(": ")[0].rpartition(":")[2].partition("(")[0] if self.headings.is_sdmx else text
        if text and flow not in {code, identifier(code)}:
            raise FieldError("other_series", written=text, series=code)

    def _unit(self, cell: Cell) -> None:
        unit = self.shape.unit
        mine = {unit.code, identifier(unit.code), unit.label.en, unit.label.fr}
        if cell.text and cell.text.casefold() not in {words.casefold() for words in mine}:
            raise FieldError("other_unit", written=cell.text, unit=unit.code)

    def _span(self, row: Row) -> Span | None:
        if self.headings.is_sdmx:
            return self._field(row, "period", _period)
        starts_on = self._field(row, "starts_on", read_day)
        ends_on = self._field(row, "ends_on", read_day)
        if starts_on is None or ends_on is None:
            return None
        if ends_on < starts_on:
            self._tell(row, "ends_on", "bad_span")
            return None
        return Span(starts_on, ends_on)

    def _code(self, row: Row, at: int) -> str | None:
        dimension = self.shape.dimensions[at]
        known = self.known[dimension.code]

        def read(cell: Cell) -> str:
            try:
                return read_code(cell.text, dimension, known)
            except FieldError as error:
                if error.code == "unknown_code":
                    near = nearest(cell.text, known)
                    error.about["nearest"] = known.get(near, "")
                raise

        return self._field(row, dimension.code, read)

    def _value(self, row: Row, mark: str | None) -> Decimal | None:
        before = len(self.problems)
        value = self._field(row, "value", read_number)
        if len(self.problems) > before or mark is None:
            return value
        if value is None:
            if mark not in HIDDEN:
                self._tell(row, "value", "no_value", mark=mark)
        elif mark in HIDDEN:
            self._tell(row, "value", "value_with_mark", mark=mark)
        elif value < 0 and not self.shape.is_signed:
            self._tell(row, "value", "negative")
        elif self.shape.is_whole and value != value.to_integral_value():
            self._tell(row, "value", "fraction")
        return value

    def _document(self, row: Row) -> str | None:
        def read(cell: Cell) -> str:
            text = "" if cell.text == NOT_APPLICABLE else cell.text
            if text and text not in self.shape.documents:
                near = nearest(text, {code.casefold(): code for code in self.shape.documents})
                raise FieldError("unknown_document", written=text, nearest=near)
            return text

        return self._field(row, "document", read)

    def _text(self, row: Row, name: str) -> str:
        is_guarded = not (self.headings.is_sdmx or self.headings.is_sheet)

        def read(cell: Cell) -> str:
            text = unguarded(cell.text) if is_guarded else cell.text
            if len(text) > LONGEST[name]:
                raise FieldError("too_long", length=str(len(text)), limit=str(LONGEST[name]))
            return text

        return self._field(row, name, read) or ""


def _period(cell: Cell) -> Span:
    span = read_sdmx_period(cell.text)
    if span is None or not FIRST_YEAR <= span.starts_on.year <= span.ends_on.year <= LAST_YEAR:
        raise FieldError("period", written=cell.text)
    return span


def _action(cell: Cell) -> None:
    if cell.text not in _ACTIONS:
        raise FieldError("action", written=cell.text)


def _multiplier(cell: Cell) -> None:
    if cell.text not in {"", "0"}:
        raise FieldError("multiplied", written=cell.text)
