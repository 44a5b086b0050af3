"""Reads the cells of one table row by what their column holds, and names the cell in every doubt."""

from __future__ import annotations

import re
from datetime import date

from palermo.foundation.periods import read_fiscal_year
from palermo.plan.imports.reader.grid import GridRow, as_text, cell_name
from palermo.plan.imports.reader.headers import marks, value_labels
from palermo.plan.imports.reader.reading import Doubt
from palermo.plan.imports.reader.structure.cells import Time, times_of
from palermo.plan.imports.reader.structure.headings import p_of
from palermo.plan.imports.reader.structure.leads import ReadLeads, read_leads
from palermo.plan.imports.reader.structure.lines import Joiner
from palermo.plan.imports.reader.structure.statuses import ReadStatus, read_status
from palermo.plan.imports.reader.structure.tables import Piece
from palermo.plan.imports.reader.vocabulary import fold

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_EITHER_ORDER = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]\d{4}")
_MONEY = re.compile(r"(?P<whole>\d{1,3}(?:[ ,.'’]\d{3})+|\d+)(?:[.,](?P<cents>\d{1,2}))?")
_JOINER = Joiner(())


class RowCells:
    """The cells of one row, by field. Reading one may add to `doubts`."""

    def __init__(self, row: GridRow, columns: dict[str, list[int]], sheet: str, *, is_exact: bool = False) -> None:
        """`is_exact`: printed words are kept to the letter, and only semicolons part organisations."""
        self._row = row
        self._columns = columns
        self._sheet = sheet
        self.is_exact = is_exact
        self.doubts: list[Doubt] = []

    def text(self, field: str) -> str:
        """The text of a field; several columns of one field are joined with semicolons."""
        return "; ".join(text for text in (self._text(place) for place in self._columns.get(field, ())) if text)

    def texts(self, field: str) -> list[str]:
        """The text of each column of a field."""
        return [self._text(place) for place in self._columns.get(field, ())]

    def code(self, field: str) -> str:
        """A code, with a doubt where the cell holds a number with a point."""
        for place in self._columns.get(field, ()):
            if isinstance(self._row.value(place), float):
                self._doubt("code_was_number", place)
        return self.text(field)

    def time(self, field: str) -> Time:
        """A start (`start`), a due date (`due`, `revised_due`), or either (`timeline`)."""
        role = "due" if field == "revised_due" else field
        for place in self._columns.get(field, ()):
            text = self._text(place)
            if text:
                return self._time(self._row.value(place), text, role, place)
        return Time()

    def status(self) -> ReadStatus:
        """The status; the labels of the template mean exactly their value."""
        text = self.text("status")
        for value, label in value_labels("status").items():
            if fold(text) in {value, fold(label.en), fold(label.fr)}:
                return ReadStatus(text, value)
        read = read_status(text)
        self._name_cell(read.doubts, "status")
        return ReadStatus(text, read.value) if self.is_exact else read

    def leads(self, field: str) -> ReadLeads:
        """Organisations of a cell, between semicolons if it has any, else as printed lists part them."""
        text = self.text(field)
        if self.is_exact or ";" in text:
            return ReadLeads(text, [name.strip() for name in text.split(";") if name.strip()])
        read = read_leads(text)
        self._name_cell(read.doubts, field)
        return read

    def p(self) -> str:
        """The P that the row names, "" for none."""
        text = self.text("p")
        for value, label in value_labels("p").items():
            if fold(text) in {value, fold(label.en), fold(label.fr)}:
                return value
        found = p_of(text) if text else ""
        if found is None:
            self._doubt_field("p_unknown", "p")
        return found or ""

    def is_new(self) -> bool:
        """Whether the row is marked as new."""
        text = self.text("is_new")
        said = fold(text)
        if said and said not in marks("yes") and said not in marks("no"):
            self._doubt_field("new_unreadable", "is_new")
        return said in marks("yes")

    def amount(self) -> str:
        """The amount in dollars with two decimals, "" where there is none or it cannot be read."""
        text = self.text("amount")
        found = read_amount(text)
        if text and not found:
            self._doubt_field("amount_unreadable", "amount")
        return found

    def fiscal_year(self) -> str:
        """The fiscal year, such as 2013-2014, "" where there is none or it cannot be read."""
        text = self.text("fiscal_year")
        found = read_fiscal_year(text)
        if text and found is None:
            self._doubt_field("fiscal_year_unreadable", "fiscal_year")
        return found.code if found else ""

    def note_row(self) -> None:
        """Doubts about the row as a whole: hidden, or with formulas that have no value."""
        if self._row.is_hidden:
            self.doubts.append(Doubt("row_hidden", cell_name(self._sheet, self._row.number, 0)))
        read = {place for places in self._columns.values() for place in places}
        for place in sorted(self._row.uncalculated & read):
            self._doubt("formula_without_value", place)

    def _text(self, place: int) -> str:
        text = as_text(self._row.value(place))
        if text.startswith("#") and _ERROR.fullmatch(text):
            self._doubt("cell_error", place)
            return ""
        return text

    def _time(self, value: object, text: str, role: str, place: int) -> Time:
        day = value if isinstance(value, date) else _iso(text)
        if day is not None:
            return _on(day, text, role)
        read = times_of([Piece(text)], role, _JOINER)[0]
        numbers = _EITHER_ORDER.fullmatch(text)
        if numbers and max(int(numbers[1]), int(numbers[2])) <= 12 and numbers[1] != numbers[2]:
            self._doubt("date_order_guessed", place)
        self.doubts += [Doubt(each.code, f"{self._cell(place)}: {each.detail}") for each in read.doubts]
        if self.is_exact and role == "start":
            return Time(printed_start=text, start_on=read.start_on)
        if self.is_exact and role == "due":
            return Time(printed_due=text, due_on=read.due_on)
        return read

    def _cell(self, place: int) -> str:
        return cell_name(self._sheet, self._row.number, place)

    def _doubt(self, code: str, place: int) -> None:
        text = as_text(self._row.value(place))
        doubt = Doubt(code, f"{self._cell(place)}: {text}" if text else self._cell(place))
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    def _doubt_field(self, code: str, field: str) -> None:
        place = next(place for place in self._columns[field] if as_text(self._row.value(place)))
        self._doubt(code, place)

    def _name_cell(self, doubts: list[Doubt], field: str) -> None:
        filled = [place for place in self._columns.get(field, ()) if as_text(self._row.value(place))]
        self.doubts += [Doubt(each.code, f"{self._cell(filled[0])}: {each.detail}") for each in doubts]


def read_amount(text: str) -> str:
    """Dollars with two decimals from `500 000,00 $`, `$1,234.5` or `1200`; "" for anything else.

    A point or comma before one or two last digits parts the cents; before three it parts thousands.
    """
    bare = re.sub(r"[$\s]|CAD|CA", " ", text.replace("\u202f", " ").replace("\u00a0", " ")).strip()
    found = _MONEY.fullmatch(bare)
    if found is None:
        return ""
    whole = re.sub(r"\D", "", found["whole"])
    return f"{int(whole)}.{(found['cents'] or '').ljust(2, '0')}" if len(whole) <= 12 else ""


def _iso(text: str) -> date | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _on(day: date, printed: str, role: str) -> Time:
    if role == "start":
        return Time(printed_start=printed, start_on=day)
    doubts = [Doubt("timeline_meaning_guessed", printed)] if role == "timeline" else []
    return Time(printed_due=printed, due_on=day, doubts=doubts)
