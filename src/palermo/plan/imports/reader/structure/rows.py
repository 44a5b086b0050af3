"""Turns printed tables into the rows of a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from palermo.plan.imports.reader.reading import Doubt, ReadRow
from palermo.plan.imports.reader.structure.cells import Time, statuses_of, times_of
from palermo.plan.imports.reader.structure.columns import TIME_ROLES, Column
from palermo.plan.imports.reader.structure.dates import read_date
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.guesses import with_guessed_columns
from palermo.plan.imports.reader.structure.headings import CODE, code_of, labelled
from palermo.plan.imports.reader.structure.leads import ReadLeads, is_acronym, opens_organisation, read_leads
from palermo.plan.imports.reader.structure.lines import BULLET, Joiner
from palermo.plan.imports.reader.structure.loose import main_column
from palermo.plan.imports.reader.structure.parts import Division, Part, divide, paragraphs
from palermo.plan.imports.reader.structure.sections import Sections
from palermo.plan.imports.reader.structure.statuses import ReadStatus, opens_with_status, read_status
from palermo.plan.imports.reader.structure.tables import Heading, Piece, PrintedRow, PrintedTable
from palermo.plan.imports.reader.vocabulary import fold

_MARK = re.compile(r"[xX✓✔•●■▪*√]")


class TableReader:
    """Reads the tables of one document in order; sections stay open from one table to the next."""

    def __init__(self, joiner: Joiner, title: str) -> None:
        """`title`: the folded title of the document, which is no section of it."""
        self.joiner = joiner
        self._title = title
        self.sections = Sections()
        self.rows: list[ReadRow] = []
        self._guessed: dict[str, str] = {}
        """What columns with unknown headings were judged to hold in earlier tables."""

    def read(self, table: PrintedTable) -> None:
        """Reads one table under the headings that stand above it."""
        for heading in table.headings:
            if fold(heading.title) != self._title:
                self.sections.enter(heading)
        table.columns = with_guessed_columns(table, self.joiner, self._guessed)
        main = main_of(table)
        for printed in table.rows:
            self._enter_scopes(table.columns, printed, main)
            self._read_row(table.columns, printed, main)

    def _enter_scopes(self, columns: Sequence[Column], printed: PrintedRow, main: int) -> None:
        for place, column in enumerate(columns):
            pieces = printed.cells.get(place)
            if place == main or column.role not in {"scope", "thing"} or not pieces or place > main:
                continue
            self.sections.enter(self._scope(column, pieces))

    def _scope(self, column: Column, pieces: Sequence[Piece]) -> Heading:
        text = self.joiner.join(piece.text for piece in pieces)
        code, title = split_section(text)
        lines = [piece.line for piece in pieces]
        return Heading(title, code, "", column.rank, lines[0], lines[-1], pieces[0].page)

    def _read_row(self, columns: Sequence[Column], printed: PrintedRow, main: int) -> None:
        typed = TypedCells(columns, printed, self.joiner)
        found = paragraphs(printed.cells.get(main, []), self.joiner)
        if not found and not typed.says_anything:
            return
        if not found and self.sections.found and not any(printed.cells.get(place) for place in range(main)):
            printed.doubts.append(doubt("text_missing"))
        wanted = max(len(typed.statuses), len(typed.times), 1)
        division = divide(found, wanted)
        number = self.sections.next_row()
        code = typed.code or printed.code
        typed.take_status_of_note()
        for place, (part, time, status, doubts) in enumerate(pair(division, typed)):
            printed_code, text = split_code(part.text) if not part.lead_in else ("", part.text)
            row = ReadRow(self.sections.current, number, text, part.lead_in, code or printed_code)
            row.is_new = part.is_new or typed.is_new
            _put(row, time, status, typed.leads)
            row.note = typed.note or status.rest
            row.lines = printed.span()
            row.page = printed.page()
            row.cells = typed.printed
            row.doubts += [*printed.doubts, *doubts, *time.doubts, *status.doubts, *typed.leads.doubts]
            if place and row.code:
                row.code = printed_code
            self.rows.append(row)


def _put(row: ReadRow, time: Time, status: ReadStatus, leads: ReadLeads) -> None:
    row.printed_start, row.start_on = time.printed_start, time.start_on
    row.printed_due, row.due_on = time.printed_due or status.printed_due, time.due_on or status.due_on
    row.printed_status, row.status = status.printed, status.value
    row.printed_leads, row.leads, row.supporting = leads.printed, list(leads.leads), list(leads.supporting)


class TypedCells:
    """What the typed cells of one printed row say."""

    def __init__(self, columns: Sequence[Column], printed: PrintedRow, joiner: Joiner) -> None:
        self._columns = columns
        self._row = printed
        self._joiner = joiner
        self.statuses = [status for pieces in self._of("status") for status in statuses_of(pieces, joiner)]
        self.times = self._times()
        self.leads = self._leads()
        self.note = " ".join(joiner.join(piece.text for piece in pieces) for pieces in self._of("note"))
        self.code = " ".join(piece.text.strip(" .)") for pieces in self._of("code") for piece in pieces)
        self.is_new = any(status.printed.strip().upper() in {"NEW", "NOUVEAU"} for status in self.statuses)
        self.printed = {
            column.heading: joiner.join(piece.text for piece in printed.cells.get(place, []))
            for place, column in enumerate(columns)
        }

    def take_status_of_note(self) -> None:
        """Where no column holds statuses, a remark that begins with one tells it, with a doubt."""
        told = any(column.role == "status" and column.heading for column in self._columns) or self.statuses
        if told or not opens_with_status(self.note):
            return
        found = read_status(self.note)
        if found.value != "not_stated":
            self.statuses = [replace(found, doubts=[doubt("status_guessed", found.printed)])]

    @property
    def says_anything(self) -> bool:
        """Whether there is a status, a time or a lead."""
        return bool(self.statuses or self.times or self.leads.printed)

    def _of(self, *roles: str) -> list[list[Piece]]:
        places = [place for place, column in enumerate(self._columns) if column.role in roles]
        return [self._row.cells[place] for place in places if self._row.cells.get(place)]

    def _times(self) -> list[Time]:
        """The times of the row; a column of starts and one of due dates are laid side by side."""
        marked = self._marked_times()
        if marked:
            return [marked]
        by_column = [
            times_of(self._row.cells.get(place, []), column.role, self._joiner)
            for place, column in enumerate(self._columns)
            if column.role in TIME_ROLES
        ]
        merged = [Time() for _ in range(max(map(len, by_column), default=0))]
        for times in by_column:
            for place, time in enumerate(times):
                _merge(merged[place], time)
        return merged

    def _marked_times(self) -> Time | None:
        """The time of a chart whose columns are years or quarters and whose cells are marks."""
        headings = [
            column.heading
            for place, column in enumerate(self._columns)
            if column.role in TIME_ROLES
            and _MARK.fullmatch(" ".join(piece.text for piece in self._row.cells.get(place, [])))
        ]
        if not headings:
            return None
        first, last = read_date(headings[0]), read_date(headings[-1])
        return Time(headings[0], first.first if first else None, headings[-1], last.last if last else None)

    def _leads(self) -> ReadLeads:
        leading = [read_leads(leads_text(pieces, self._joiner)) for pieces in self._of("lead")]
        helping = [read_leads(leads_text(pieces, self._joiner)) for pieces in self._of("supporting")]
        leads = [name for found in leading for name in found.leads]
        supporting = [name for found in leading for name in found.supporting]
        supporting += [name for found in helping for name in [*found.leads, *found.supporting]]
        doubts = [each for found in leading for each in found.doubts]
        printed = "; ".join(found.printed for found in leading)
        return ReadLeads(printed, leads, [name for name in supporting if name not in leads], doubts)


def _merge(into: Time, time: Time) -> None:
    into.printed_start = into.printed_start or time.printed_start
    into.start_on = into.start_on or time.start_on
    into.printed_due = into.printed_due or time.printed_due
    into.due_on = into.due_on or time.due_on
    into.doubts += time.doubts


def leads_text(pieces: Sequence[Piece], joiner: Joiner) -> str:
    """The text of a cell of organisations; a line break stays where the next line opens another name."""
    parts: list[list[str]] = []
    for piece in pieces:
        bullet = BULLET.match(piece.text)
        text = piece.text[bullet.end() :] if bullet else piece.text
        if parts and (bullet or (opens_organisation(text) and _can_end(parts[-1][-1]))):
            parts.append([text])
        elif parts:
            parts[-1].append(text)
        else:
            parts.append([text])
    return "\n".join(joiner.join(part) for part in parts)


def _can_end(text: str) -> bool:
    last = text.split()[-1] if text.split() else ""
    return not (last.endswith((",", "-", "/", "&")) or last.islower()) or is_acronym(last)


def split_code(text: str) -> tuple[str, str]:
    """The printed code at the beginning of a text, and the rest."""
    named = labelled(text)
    if named and named.label.kind == "thing" and named.rest:
        return named.code, named.rest
    code = CODE.match(text)
    if code is None:
        return "", text
    return code_of(code), text[code.end() :].strip()


def split_section(text: str) -> tuple[str, str]:
    """The number of a section and its title, where the text opens with its label or code and goes on."""
    named = labelled(text)
    if named and named.label.kind == "section" and named.rest:
        return named.code, named.rest
    return split_code(text)


def main_of(table: PrintedTable) -> int:
    """The column of the thing itself. A narrower text that fills only beside a wider one is what comes of it."""
    main = main_column(table.columns)
    for place, column in enumerate(table.columns[:main]):
        filled = [bool(row.cells.get(place)) for row in table.rows]
        if column.role == "thing" and len(filled) > 1 and all(filled) and _all_differ(table, place):
            return place
    return main


def _all_differ(table: PrintedTable, place: int) -> bool:
    texts = [" ".join(piece.text for piece in row.cells.get(place, [])) for row in table.rows]
    return len(set(texts)) == len(texts)


def pair(division: Division, typed: TypedCells) -> list[tuple[Part, Time, ReadStatus, list[Doubt]]]:
    """Each thing of a row with its time and its status. What is missing is not stated, with a doubt."""
    parts = division.parts
    doubts = list(division.doubts)
    count = max(len(typed.statuses), len(typed.times), 1)
    if len(parts) < count:
        return [_undivided(parts[0], typed, doubts)]
    if 0 < len(typed.statuses) < count:
        doubts.append(doubt("statuses_fewer_than_parts", str(len(typed.statuses))))
    if 1 < len(typed.times) < count:
        doubts.append(doubt("starts_fewer_than_parts", str(len(typed.times))))
    return [
        (part, _time_of(typed.times, place), _status_of(typed.statuses, place), list(doubts))
        for place, part in enumerate(parts)
    ]


def _undivided(part: Part, typed: TypedCells, doubts: list[Doubt]) -> tuple[Part, Time, ReadStatus, list[Doubt]]:
    """One thing with several times or statuses: the first time, and the status only where all of them agree."""
    statuses = typed.statuses
    if len(statuses) <= 1:
        return part, _time_of(typed.times[:1], 0), _status_of(statuses, 0), doubts
    printed = " / ".join(status.printed for status in statuses)
    values = {status.value for status in statuses}
    value = statuses[0].value if len(values) == 1 else "not_stated"
    more = [*doubts, doubt("statuses_more_than_parts", printed)]
    return part, _time_of(typed.times[:1], 0), ReadStatus(printed, value), more


def _time_of(times: Sequence[Time], place: int) -> Time:
    """One time alone holds for every thing of the row; otherwise each has its own."""
    if len(times) == 1:
        return times[0]
    return times[place] if place < len(times) else Time()


def _status_of(statuses: Sequence[ReadStatus], place: int) -> ReadStatus:
    return statuses[place] if place < len(statuses) else ReadStatus("", "not_stated")
