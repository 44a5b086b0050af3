"""Reads tables of which only running lines are left: a row a line, a row wrapped over lines, or a cell a line.

No gap tells where a cell ends. The words of the whole table are laid into the columns so that the sum of the costs
is least: a typed cell must look like a time, a status or an organisation, a row begins only where a line begins, and
cells follow one another in the order of the headings. Each word looks back only at the word before it, so the time
grows with the number of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from palermo.plan.imports.reader.structure.columns import TIME_ROLES, Column
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.headings import CODE
from palermo.plan.imports.reader.structure.lines import Line
from palermo.plan.imports.reader.structure.loose import main_column
from palermo.plan.imports.reader.structure.spans import Spans, Word, ends_open, words_of
from palermo.plan.imports.reader.structure.statuses import opens_with_status
from palermo.plan.imports.reader.structure.tables import Piece, PrintedRow
from palermo.plan.imports.reader.structure.units import kinds_of

SPANNED = TIME_ROLES | {"status", "lead", "supporting", "code"}
NEEDED = TIME_ROLES | {"status", "lead"}
SWALLOWED = 4.0
"""What it costs that a line which begins with a row's code is taken into the row above."""
FAR = 9.0
"""Ways that cost so much more than the best one to the same word are given up."""
SURE = 1.6
"""What a row may cost beyond which where its cells end is a guess."""
WELL_READ = 0.6
"""Share of rows that must have most of their typed cells for the table to be of this kind at all."""
_SKIPS = {"status": 2.0, "lead": 1.6, "supporting": 0.5, "code": 0.6, "scope": 0.2}


class Step(NamedTuple):
    """One step of the cheapest way: to a word, in a column, from where, and whether it opens a cell or a row."""

    cost: float
    place: int
    column: int
    came_from: tuple[int, int] | None
    opens: bool
    turns: bool


def flat_rows(lines: Sequence[Line], columns: Sequence[Column]) -> tuple[list[PrintedRow], list[Column]] | None:
    """The rows of lines without gaps between cells and their columns, None where the table is not of this kind.

    Where no heading names the status, a column of remarks is one of statuses if most of its cells are that.
    """
    if not NEEDED & {column.role for column in columns} or _cells_stand_apart(lines):
        return None
    words = words_of(lines)
    for reading in _readings(columns):
        rows = Layer(words, reading).rows() if words else []
        place = next((at for at, column in enumerate(columns) if column != reading[at]), None)
        if not _well_read(rows, reading) or (place is not None and not _are_statuses(rows, place)):
            continue
        for row in rows if place is not None else ():
            row.doubts.append(doubt("column_guessed", reading[place or 0].heading))
        return rows, reading
    return None


def _readings(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """The columns with each of the first remarks as a status, where none is one; as they are; with remarks after."""
    if all(column.role != "status" for column in columns):
        remarks = [place for place, column in enumerate(columns) if column.role == "note"]
        for place in remarks[:2]:
            yield [replace(each, role="status") if at == place else each for at, each in enumerate(columns)]
    yield list(columns)
    if columns[-1].role == "status":
        yield [*columns, Column("", "note")]


def _are_statuses(rows: Sequence[PrintedRow], place: int) -> bool:
    texts = [" ".join(piece.text for piece in row.cells.get(place, [])) for row in rows]
    return sum(opens_with_status(text) for text in texts if text) >= WELL_READ * len(rows)


def _cells_stand_apart(lines: Sequence[Line]) -> bool:
    """Whether blank lines stand between the cells, which tell more than their words."""
    typed = [line.gap for line in lines if len(line.bare) <= 60 and kinds_of(line.bare) & {"status", "date"}]
    return bool(typed) and sum(typed) * 3 >= len(typed)


def _well_read(rows: Sequence[PrintedRow], columns: Sequence[Column]) -> bool:
    needed = [place for place, column in enumerate(columns) if column.role in NEEDED]
    main = main_column(columns)
    full = sum(main in row.cells and sum(place in row.cells for place in needed) * 3 >= 2 * len(needed) for row in rows)
    return bool(rows) and full >= WELL_READ * len(rows)


class Layer:
    """Lays the words of one table into its columns."""

    def __init__(self, words: Sequence[Word], columns: Sequence[Column]) -> None:
        self._words = words
        self._columns = columns
        self._main = main_column(columns)
        self._spans = Spans(words)
        self._codes = [word.opens and self._looks_coded(place) for place, word in enumerate(words)]
        self._stays = cache(self._stay)
        coded = sum(self._codes)
        self._coded = coded >= 2 and coded * 12 >= sum(word.opens for word in words)
        self._skipped = [0.0, *accumulate(self._skip(place) for place in range(len(columns)))]

    def rows(self) -> list[PrintedRow]:
        """The rows that the cheapest way makes, with a doubt on those that were dear or lack what others have."""
        rows: list[PrintedRow] = []
        place, paid = 0, 0.0
        steps = self.cheapest()
        for step, following in zip(steps, [*steps[1:], None], strict=True):
            if step.turns:
                rows.append(PrintedRow())
            _add(rows[-1], step.column, self._words[place : step.place])
            place = step.place
            if following is None or following.turns:
                ended = self._ended(step)
                if ended - paid > SURE:
                    rows[-1].doubts.append(doubt("cells_guessed"))
                paid = ended
        usual = _usual_columns(rows)
        for row in rows:
            if usual - row.cells.keys() or _texts_touch(row, self._columns):
                row.doubts.append(doubt("cells_guessed"))
        return rows

    def cheapest(self) -> list[Step]:
        """The steps of the way that costs least, first to last."""
        best: list[dict[int, Step]] = [{} for _ in range(len(self._words) + 1)]
        for step in self._openings(0, None):
            _keep(best, step)
        for place in range(1, len(self._words)):
            steps = list(best[place].values())
            least = min((step.cost for step in steps), default=0.0)
            for step in steps:
                if step.cost <= least + FAR:
                    for following in self._after(step):
                        _keep(best, following)
            if self._words[place].opens and steps:
                ending = min(steps, key=self._ended)
                for following in self._openings(place, ending):
                    _keep(best, following)
        return self._walk_back(best)

    def _walk_back(self, best: Sequence[dict[int, Step]]) -> list[Step]:
        ends = best[len(self._words)].values()
        if not ends:
            return []
        step = min(ends, key=self._ended)
        trail = [step]
        while step.came_from is not None:
            place, column = step.came_from
            step = best[place][column]
            trail.append(step)
        return trail[::-1]

    def _ended(self, step: Step) -> float:
        """What the way to a step costs if its row ends there."""
        return step.cost + self._leave(step) + self._skips(step.column + 1, len(self._columns))

    def _after(self, step: Step) -> Iterator[Step]:
        """What may follow within the row: the cell goes on, or another one begins."""
        word = self._words[step.place]
        if self._columns[step.column].role not in SPANNED:
            cost = step.cost + self._stays(step.place, step.column <= self._main)
            yield Step(cost, step.place + 1, step.column, (step.place, step.column), False, False)
        left = step.cost + self._leave(step)
        new_row = self._coded and word.opens and self._is_code(step.place)
        for column in range(step.column + 1, len(self._columns)):
            skipped = (
                left + self._skips(step.column + 1, column) + (SWALLOWED if new_row and column > self._main else 0.0)
            )
            for size, cost in self._cells(step.place, column):
                yield Step(skipped + cost, step.place + size, column, (step.place, step.column), True, False)

    def _openings(self, place: int, before: Step | None) -> Iterator[Step]:
        """The ways in which a row may begin at a word."""
        word = self._words[place]
        cost = 0.0
        if before is not None:
            cost = self._ended(before) + (0.1 if word.gap else 0.4)
        came_from = (before.place, before.column) if before is not None else None
        if self._coded and not self._is_code(place):
            cost += 5.0
        elif not self._coded and not word.is_capital and word.text[:1].isalpha():
            cost += 3.0
        for column in range(self._main + 1):
            skipped = cost + self._skips(0, column)
            for size, own in self._cells(place, column):
                yield Step(skipped + own, place + size, column, came_from, True, True)

    def _cells(self, place: int, column: int) -> list[tuple[int, float]]:
        """How a cell of a column may begin at a word: sizes and costs. Cells of text grow word by word."""
        role = self._columns[column].role
        if role in SPANNED:
            within = 0.0 if self._words[place].opens else 0.15
            return [(size, cost + within) for size, cost in self._spans.at(role, place)]
        word = self._words[place]
        small = word.text[:1].islower() and not word.opens
        return [(1, (1.5 if small else 0.4 if word.text[:1].islower() else 0.0) + (0.0 if word.opens else 0.2))]

    def _stay(self, place: int, is_main: bool) -> float:
        """What it costs that the word goes on with a cell of text."""
        word = self._words[place]
        cost = self._spans.looks_typed(place) * (1.0 if is_main else 0.4)
        if not word.opens:
            return cost
        cost += 1.0 if word.gap else 0.0
        if not self._coded and word.is_capital:
            cost += 0.4
        if self._coded and self._is_code(place):
            cost += SWALLOWED
        typed = len(word.line.bare) <= 60 and kinds_of(word.line.bare) & {"status", "date", "lead"}
        return cost + (1.0 if typed else 0.0)

    def _leave(self, step: Step) -> float:
        """What it costs that a cell ends before a word."""
        last = self._words[step.place - 1]
        if self._columns[step.column].role in SPANNED or step.place == len(self._words):
            return 0.0
        if ends_open(last):
            return 2.0
        if step.turns and step.column == self._main and len(self._columns) > 2 and self._is_code(step.place - 1):
            return 2.5
        if last.opens or not last.is_capital or last.text.endswith("."):
            return 0.0
        return 0.3 if self._words[step.place].opens else 0.5

    def _skips(self, first: int, end: int) -> float:
        return self._skipped[end] - self._skipped[first] if first < end else 0.0

    def _skip(self, place: int) -> float:
        role = self._columns[place].role
        if place == self._main:
            return 5.0
        if role == "code" and self._coded:
            return 3.0
        return 1.6 if role in TIME_ROLES else _SKIPS.get(role, 0.3)

    def _is_code(self, place: int) -> bool:
        return self._codes[place]

    def _looks_coded(self, place: int) -> bool:
        if not CODE.match(self._words[place].text):
            has_column = self._columns[0].role == "code"
            return has_column and bool(self._spans.at("code", place))
        return True


def _keep(best: list[dict[int, Step]], step: Step) -> None:
    known = best[step.place].get(step.column)
    if known is None or step.cost < known.cost:
        best[step.place][step.column] = step


def _usual_columns(rows: Sequence[PrintedRow]) -> set[int]:
    """The columns that at least half of the rows fill: where one is blank, its words may stand in another."""
    filled = Counter(place for row in rows for place in row.cells)
    return {place for place, count in filled.items() if 2 * count >= len(rows)}


def _texts_touch(row: PrintedRow, columns: Sequence[Column]) -> bool:
    """Whether two cells of text meet in the middle of a line, where nothing but a capital tells them apart."""
    return any(
        row.cells[before][-1].line == row.cells[after][0].line
        and columns[before].role not in SPANNED
        and columns[after].role not in SPANNED
        for before, after in pairwise(sorted(row.cells))
    )


def _add(row: PrintedRow, column: int, words: Sequence[Word]) -> None:
    """Puts words in a cell, those of one line as one piece."""
    for word in words:
        pieces = row.cells.setdefault(column, [])
        if pieces and pieces[-1].line == word.line.number and not word.opens:
            pieces[-1] = Piece(f"{pieces[-1].text} {word.text}", word.line.number, pieces[-1].gap, word.line.page)
        else:
            pieces.append(Piece(word.text, word.line.number, word.gap, word.line.page))
