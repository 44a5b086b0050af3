"""The least and the most that each hidden cell of published tables can be, by linear programming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from palermo.figures.protection.linear import Programme, SolverError, Way
from palermo.figures.protection.reach import MARGIN, SLACK, rows_between
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Flags, PublishedTable
from palermo.figures.protection.system import Numbers, Places, System, system_of

EXACT = 1_000
"""Up to so many hidden cells, the interval of each is worked out to its ends; beyond, as far as it takes."""
IDLE = 2
"""After so many rounds in bulk that make no cell safe, those that are left are looked at one by one."""


class Intervals:
    """The equations of all tables together, with what is known in them."""

    def __init__(self, tables: Sequence[PublishedTable], rules: Rules) -> None:
        self.system: System = system_of(tables)
        self._rules = rules
        self.shown: Flags = np.zeros(self.system.count, dtype=bool)
        self.values: Numbers = np.zeros(self.system.count)
        for table, places in zip(tables, self.system.places, strict=True):
            self.shown[places[table.shown]] = True
            self.values[places[table.shown]] = table.values[table.shown]
        self._counts = all(table.counts for table in tables)
        self.least = int(all(table.hidden_is_positive for table in tables))
        self._hidden: Places = np.flatnonzero(~self.shown)
        self.exact = len(self._hidden) <= EXACT

    def given_away(self, low: Numbers, high: Numbers) -> Flags:
        """Which cells have an interval with only one whole number in it, or only with numbers that are too small."""
        single = np.floor(high + SLACK) - np.ceil(low - SLACK) < 1
        small = self._counts & (low > SLACK) & (high < self._rules.threshold - SLACK)
        return ~self.shown & (single | (small & self._rules.hide_size))

    def find(self) -> tuple[Numbers, Numbers]:
        """The least and the most that each cell can be."""
        low, high = self.values.copy(), self.values.copy()
        if not len(self._hidden):
            return low, high
        inside = self.point()
        low[self._hidden] = high[self._hidden] = inside
        if self.exact:
            self._one_by_one(self._hidden, low, high, "again")
            return low, high
        self._in_bulk(low, high)
        for cell in np.flatnonzero(self.given_away(low, high)).tolist():
            self._alone(cell, low, high)
        self._one_by_one(np.flatnonzero(self.given_away(low, high)), low, high, "from inside")
        return low, high

    def _one_by_one(self, cells: Places, low: Numbers, high: Numbers, way: Way) -> None:
        """Work out both ends of the intervals of some cells."""
        programme = self._programme(way)
        costs = np.zeros(len(self._hidden))
        for at, cell in zip(np.searchsorted(self._hidden, cells), cells, strict=True):
            costs[at] = 1.0
            low[cell] = programme.minimise(costs).objective
            costs[at] = -1.0
            high[cell] = -programme.minimise(costs).objective
            costs[at] = 0.0

    @cached_property
    def _top(self) -> float:
        """More than any hidden cell has to be able to reach, so that no bound of ours narrows what it can be."""
        least = self.values.copy()
        while True:
            sums = self.system.sums
            parts = np.add.reduceat(least[self.system.parts.items], self.system.parts.starts[:-1])
            higher = least.copy()
            np.maximum.at(higher, sums, np.where(self.shown[sums], 0.0, parts))
            if np.array_equal(higher, least):
                return 2.0 * float(self._rules.threshold + least.max(initial=0.0))
            least = higher

    def point(self) -> Numbers:
        """A number for each hidden cell with which everything that is shown holds, away from all bounds.

        Raises:
            SolverError: there is none, so that the tables contradict themselves.
        """
        if not len(self._hidden):
            broken = self.system.sums_of(self.values, np.arange(len(self.system.sums)))
            if np.abs(broken).max(initial=0.0) > SLACK:
                raise SolverError("What is shown does not add up.")
            return np.zeros(0)
        self._inner = self._programme("inside")
        return np.maximum(self._inner.minimise(np.zeros(len(self._hidden))).values, self.least)

    def _programme(self, way: Way) -> Programme:
        touched = self.system.touching(self._hidden)
        rows = rows_between(self.system, touched, self._hidden)
        known = -self.system.sums_of(self.values, touched)
        size = len(self._hidden)
        bounds = np.full(size, float(self.least)), np.full(size, self._top)
        fixed = replace(rows, low=known, high=known)
        return Programme(*bounds, fixed, way)

    def _in_bulk(self, low: Numbers, high: Numbers) -> None:
        """Widen the intervals of cells that are still too narrow, many at a time, each no further than it takes."""
        chance = np.random.default_rng(1)
        before, idle = self.system.count, 0
        while idle < IDLE:
            left = self.given_away(low, high)[self._hidden]
            if not left.any():
                return
            idle = idle + 1 if left.sum() == before else 0
            before = int(left.sum())
            self._widen(np.where(left, chance.choice([-1, 1], size=len(left)), 0), low, high)

    def _alone(self, cell: int, low: Numbers, high: Numbers) -> None:
        """The same for one cell, in whose way others were; not to its ends, which takes twice as long."""
        for sign in (1, -1):
            if self.given_away(low, high)[cell]:
                self._widen(np.where(self._hidden == cell, sign, 0), low, high)

    def _widen(self, signs: Places, low: Numbers, high: Numbers) -> None:
        """Let the intervals take in a point that lies in these directions."""
        hidden = self._hidden
        point = self._towards(signs, *self._targets(low[hidden], high[hidden]))
        low[hidden], high[hidden] = np.minimum(low[hidden], point), np.maximum(high[hidden], point)

    def _targets(self, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
        """The most and the least that a cell has to be able to be, either of which will do, so that it is safe."""
        up, down = np.ceil(low) + 1, np.floor(high) - 1
        if self._counts and self._rules.hide_size:
            up, down = np.maximum(up, self._rules.threshold), np.where(low < self._rules.threshold, 0.0, down)
        return up, np.maximum(down, self.least)

    def _towards(self, signs: Places, up: Numbers, down: Numbers) -> Numbers:
        """A point inside everything that hidden cells could be, with those that have a sign as far along as needed."""
        size = len(self._hidden)
        low, high = np.full(size, float(self.least)), np.full(size, self._top)
        high[signs > 0] = up[signs > 0] + MARGIN
        low[signs < 0] = np.maximum(low[signs < 0], down[signs < 0] - MARGIN)
        self._inner.limit(low, high)
        return np.maximum(self._inner.minimise(-signs.astype(float)).values, self.least)


def fitting(system: System, values: Numbers, sure: Flags, rules: Rules) -> Numbers:
    """Numbers for the cells of which nobody is `sure`, with which every sum holds.

    Raises:
        SolverError: there are none.
    """
    unsure = np.flatnonzero(~sure)
    touched = system.touching(unsure)
    known = -system.sums_of(np.where(sure, values, 0.0), touched)
    rows = rows_between(system, touched, unsure)
    most = np.full(len(unsure), values.max(initial=0.0) + 2 * rules.threshold)
    fixed = replace(rows, low=known, high=known)
    return Programme(np.zeros(len(unsure)), most, fixed, "inside").minimise(np.zeros(len(unsure))).values
