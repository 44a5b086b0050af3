"""Puts the cells of a table back in their columns where only their order is left, as in the text of a PDF.

Every unit of text goes to a column so that the whole costs least: a unit costs what it differs from what its column
holds, a step costs what it departs from reading order. Each unit looks only at the one before it, so the time grows
with the number of units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from palermo.plan.imports.reader.structure.columns import TIME_ROLES, Column
from palermo.plan.imports.reader.structure.lines import Line
from palermo.plan.imports.reader.structure.tables import PrintedRow
from palermo.plan.imports.reader.structure.units import Unit, units_of

KIND_OF_ROLE = {**dict.fromkeys(TIME_ROLES, "date"), "status": "status", "lead": "lead", "supporting": "lead"}
TYPED = frozenset(KIND_OF_ROLE)
NEVER = 1e6


@dataclass(frozen=True, slots=True)
class Habits:
    """How this table is printed, judged from all of its units."""

    gappy: bool
    coded_scopes: bool
    coded_things: bool
    scope_depth: int


class Layout:
    """The columns of one table and what it costs to put a unit in them."""

    def __init__(self, columns: Sequence[Column], units: Sequence[Unit]) -> None:
        self.columns = columns
        self.main = main_column(columns)
        self.habits = _habits(columns, units)

    def fit(self, unit: Unit, place: int) -> float:
        """What the unit differs from what the column holds."""
        role = self.columns[place].role
        if role in TYPED:
            return self._fit_typed(unit, role)
        typed = unit.kinds & {"date", "status", "label"} or ("lead" in unit.kinds and unit.gap)
        if role == "code":
            return 0.0 if ("code" in unit.kinds and len(unit.text) <= 8) or unit.text.strip(".").isdigit() else 6.0
        if role == "scope" and place != self.main:
            return self._typed_in_text(unit, 4.0) if typed or "bullet" in unit.kinds else 0.0
        return (self._typed_in_text(unit, 2.5) if typed else 0.0) + (0.0 if place == self.main else 0.4)

    def _typed_in_text(self, unit: Unit, cost: float) -> float:
        """Where cells are set apart by blank lines, a number or status inside a block of text is mere text."""
        return 1.2 if self.habits.gappy and not unit.gap and not unit.split else cost

    def _fit_typed(self, unit: Unit, role: str) -> float:
        kind = KIND_OF_ROLE[role]
        if kind in unit.kinds:
            return 0.4 if kind == "date" and "status" in unit.kinds else 0.0
        text = unit.text
        if role in {"lead", "supporting"}:
            if text.startswith("(") or len(text) <= 14:
                return 0.6 if not unit.kinds & {"date", "status", "code"} else 4.0
            if _in_capitals(text) and len(text) <= 45 and not unit.kinds & {"bullet", "code"}:
                return 0.7
            return 2.0 if len(text) <= 32 and not unit.kinds & {"bullet", "code"} else 7.0
        if len(text) <= 4 and not any(letter.isalpha() for letter in text):
            return 0.3
        return 4.0 if len(text) <= 24 else 8.0

    def opens(self, unit: Unit, place: int) -> float:
        """What it costs that a cell of this column begins with the unit."""
        role = self.columns[place].role
        coded = "code" in unit.kinds
        if role == "scope" and place != self.main and self.habits.coded_scopes:
            return 0.0 if coded and _depth(unit) <= self.habits.scope_depth else 5.0
        if role == "scope" and place != self.main:
            return 0.8
        if place == self.main and self.habits.coded_things:
            return 0.0 if coded or self.columns[0].role == "code" else 3.0
        return 0.0

    def skips(self, first: int, end: int) -> float:
        """What it costs that the columns from first up to end stay blank."""
        return sum(self._skip(place) for place in range(first, end))

    def _skip(self, place: int) -> float:
        role = self.columns[place].role
        if place == self.main:
            return 3.0
        if role in {"scope", "code"}:
            return 0.1 if role == "scope" else 1.0
        return 1.2 if role in TYPED else 0.4

    def stay(self, before: Unit, unit: Unit, place: int) -> float:
        """What it costs that the unit goes on with the cell of the one before."""
        if not unit.gap:
            return 0.5 if unit.split else self._run_on(before, unit, place)
        if continues(before, unit):
            return 0.1
        role = self.columns[place].role
        if role == "scope" and place != self.main:
            return 2.0
        return 0.3 if KIND_OF_ROLE.get(role) in {"date", "status"} else 1.0

    def _run_on(self, before: Unit, unit: Unit, place: int) -> float:
        """Without blank lines a full stop, then a capital or a code, speaks for a new cell."""
        if self.habits.gappy or self.columns[place].role in TYPED:
            return 0.0
        if "code" in unit.kinds:
            return 2.0
        return 0.5 if before.text.endswith(".") and unit.text[:1].isupper() else 0.0

    def step(self, before: Unit, unit: Unit, old: int, new: int) -> float:
        """What it costs that the unit opens another cell of the same row."""
        return self.skips(old + 1, new) + self.opens(unit, new) + self._edge(before, unit, 1.2, 0.2)

    def turn(self, before: Unit, unit: Unit, old: int, new: int) -> float:
        """What it costs that the unit opens a new row."""
        if new > self.main:
            return NEVER
        blank = self.skips(old + 1, len(self.columns)) + self.skips(0, new)
        return 0.4 + blank + self.opens(unit, new) + self._edge(before, unit, 2.0, 0.3)

    def _edge(self, before: Unit, unit: Unit, in_gappy: float, in_dense: float) -> float:
        broken = 3.0 if continues(before, unit) else 0.0
        if unit.gap or unit.split:
            return broken
        return broken + (in_gappy if self.habits.gappy else in_dense)


def _in_capitals(text: str) -> bool:
    """Whether a short line is printed like a name: two words or more, all longer ones with a capital."""
    words = [word for word in text.split() if len(word) > 3 or word[0].isupper()]
    return len(words) >= 2 and all(word[0].isupper() for word in words) and not text.endswith((".", ":"))


def main_column(columns: Sequence[Column]) -> int:
    """The column of the thing itself: the first of the narrowest texts."""
    ranked = [(-column.rank, place) for place, column in enumerate(columns) if column.role in {"scope", "thing"}]
    return min(ranked)[1] if ranked else 0


def continues(before: Unit, unit: Unit) -> bool:
    """Whether a unit plainly goes on with the one before: a comma, an open bracket, a small letter."""
    if before.text.endswith((",", "/", "-")) or before.text.count("(") > before.text.count(")"):
        return True
    first = unit.text.lstrip("(")[:1]
    return unit.text.startswith("(") or (first.islower() and "bullet" not in unit.kinds)


def _depth(unit: Unit) -> int:
    return unit.text.split()[0].strip(".):").count(".")


def _habits(columns: Sequence[Column], units: Sequence[Unit]) -> Habits:
    coded = [unit for unit in units if "code" in unit.kinds]
    told = sum(1 for unit in units if "status" in unit.kinds or "date" in unit.kinds)
    main = main_column(columns)
    has_scope = any(column.role == "scope" and place < main for place, column in enumerate(columns))
    depths = sorted({_depth(unit) for unit in coded})
    typed = [unit.gap for unit in units if unit.kinds & {"status", "date", "label"} and not unit.split]
    gaps = typed or [unit.gap for unit in units]
    coded_things = len(coded) >= 3 and (len(depths) > 1 if has_scope else 3 * len(coded) >= told)
    return Habits(
        gappy=sum(gaps) * (2 if typed else 8) >= len(gaps),
        coded_scopes=has_scope and bool(coded),
        coded_things=coded_things,
        scope_depth=depths[0] if depths else 0,
    )


def rows_of_lines(lines: Sequence[Line], columns: Sequence[Column]) -> list[PrintedRow]:
    """The rows of a stretch of lines that holds nothing but cells in reading order."""
    units = units_of(lines, columns)
    if not units:
        return []
    return _rows(units, _cheapest(units, Layout(columns, units)))


Choice = tuple[float, int, bool]


def _cheapest(units: Sequence[Unit], layout: Layout) -> list[tuple[int, bool]]:
    """For each unit its column and whether it opens a row, so that the sum of the costs is least."""
    width = len(layout.columns)
    costs = [
        layout.fit(units[0], place) + layout.opens(units[0], place) + layout.skips(0, place) for place in range(width)
    ]
    trail: list[list[Choice]] = []
    for before, unit in pairwise(units):
        choices = [_best(costs, layout, before, unit, place) for place in range(width)]
        costs = [cost for cost, _, _ in choices]
        trail.append(choices)
    ends = [cost + layout.skips(place + 1, width) for place, cost in enumerate(costs)]
    return _walk_back(trail, ends.index(min(ends)))


def _best(costs: list[float], layout: Layout, before: Unit, unit: Unit, place: int) -> Choice:
    fit = layout.fit(unit, place)
    options: list[Choice] = [(costs[place] + layout.stay(before, unit, place) + fit, place, False)]
    for old, cost in enumerate(costs):
        if old < place:
            options.append((cost + layout.step(before, unit, old, place) + fit, old, False))
        if place <= layout.main:
            options.append((cost + layout.turn(before, unit, old, place) + fit, old, True))
    return min(options)


def _walk_back(trail: list[list[Choice]], last: int) -> list[tuple[int, bool]]:
    path: list[tuple[int, bool]] = []
    place = last
    for choices in reversed(trail):
        _, old, opens_row = choices[place]
        path.append((place, opens_row))
        place = old
    path.append((place, True))
    return path[::-1]


def _rows(units: Sequence[Unit], path: Sequence[tuple[int, bool]]) -> list[PrintedRow]:
    rows: list[PrintedRow] = []
    for unit, (place, opens_row) in zip(units, path, strict=True):
        if opens_row:
            rows.append(PrintedRow())
        for piece in unit.pieces:
            rows[-1].add(place, piece)
    return rows
