"""The attack on a release: what anyone could work out of cells that are not shown, from all that is published.

It knows only what everybody sees. Every hidden cell is a variable, every sum an equation, and linear programming finds
the least and the most that each hidden cell can be. Of large tables, points inside show for most cells at once that
they could be one thing or another; only the rest are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from palermo.figures.protection.differences import Difference, differences
from palermo.figures.protection.intervals import Intervals
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import PublishedTable
from palermo.figures.protection.system import Numbers


@dataclass(frozen=True)
class Exposed:
    """A hidden cell that somebody could work out: its table, its codes, and the least and the most that it can be."""

    table: str
    codes: tuple[str, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Attack:
    """What an attack came to.

    `low` and `high` are arrays in the shape of each table: what a cell can be at least and at most, or, where `exact`
    is False, an interval that lies within what it can be. A cell that is shown has its value in both.
    """

    hidden: int
    exposed: tuple[Exposed, ...]
    differences: tuple[Difference, ...]
    low: tuple[Numbers, ...]
    high: tuple[Numbers, ...]
    exact: bool

    @property
    def succeeded(self) -> bool:
        """Whether anything came out that should not."""
        return bool(self.exposed or self.differences)


def attack(tables: Sequence[PublishedTable], rules: Rules, earlier: Sequence[PublishedTable] = ()) -> Attack:
    """Attack tables together with what was published `earlier` of the same population.

    What was rounded or carries noise is no equation; only tables that show exact numbers are put together. Earlier
    tables that contradict these are of other records: they are compared with them and not added.
    """
    exact = [table for table in tables if is_exact(table)]
    found = differences(exact, [table for table in earlier if is_exact(table)], rules)
    if not exact:
        values = tuple(table.values.astype(float) for table in tables)
        return Attack(0, (), found.differences, values, values, exact=True)
    search = Intervals([*exact, *found.same_records], rules)
    low, high = search.find()
    given = search.given_away(low, high)
    places = dict(zip(map(id, exact), search.system.places, strict=False))
    exposed = [
        Exposed(table.name, _codes(table, at), float(low[places[id(table)]][at]), float(high[places[id(table)]][at]))
        for table in exact
        for at in zip(*np.nonzero(given[places[id(table)]]), strict=True)
    ]
    ends = [
        (low[places[id(table)]], high[places[id(table)]]) if id(table) in places else (table.values.astype(float),) * 2
        for table in tables
    ]
    lows, highs = tuple(end[0] for end in ends), tuple(end[1] for end in ends)
    return Attack(int((~search.shown).sum()), tuple(exposed), found.differences, lows, highs, exact=search.exact)


def is_exact(table: PublishedTable) -> bool:
    """Whether what a table shows is the number itself, neither rounded nor with noise."""
    return table.base == 1 and table.reach == 0


def _codes(table: PublishedTable, at: Sequence[int]) -> tuple[str, ...]:
    return tuple(dimension.codes[place] for dimension, place in zip(table.dimensions, at, strict=True))
