"""The least and the most that each hidden cell of published tables can be, by linear programming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from palermo.figures.protection.linear import Programme, SolverError
from palermo.figures.protection.reach import SLACK, Move, Pattern, furthest
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Flags, PublishedTable
from palermo.figures.protection.system import Numbers, Places, System, system_of

EXACT = 1_000
"""Up to so many hidden cells, the interval of each is worked out to its ends; beyond, as far as it takes."""
FEW = 30
"""Where a round in bulk makes fewer cells safe than this, those that are left are looked at one by one."""
NEAR = 1e-4
"""How near a bound counts as at it, for points that lie inside."""


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
            self._one_by_one(low, high)
            return low, high
        self._in_bulk(low, high)
        base = self.values.copy()
        base[self._hidden] = inside
        pattern = Pattern(self.system, base, ~self.shown, self.least)
        for cell in np.flatnonzero(self.given_away(low, high)):
            low[cell] = base[cell] - furthest(pattern, Move(int(cell), -1, base[cell] - self.least))[0]
            high[cell] = base[cell] + furthest(pattern, Move(int(cell), 1, float(2 * self._rules.threshold)))[0]
        return low, high

    def _one_by_one(self, low: Numbers, high: Numbers) -> None:
        """Work out both ends of every interval."""
        programme = self._programme(interior=False)
        costs = np.zeros(len(self._hidden))
        for at, cell in enumerate(self._hidden):
            costs[at] = 1.0
            low[cell] = programme.minimise(costs).objective
            costs[at] = -1.0
            high[cell] = -programme.minimise(costs).objective
            costs[at] = 0.0

    def _most(self) -> float:
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
        self._inner = self._programme(interior=True)
        return self._point(np.zeros(len(self._hidden)))

    def _programme(self, *, interior: bool) -> Programme:
        touched = self.system.touching(self._hidden)
        rows = Pattern(self.system, self.values, ~self.shown, self.least).rows(touched, self._hidden)
        known = -self.system.sums_of(self.values, touched)
        size = len(self._hidden)
        bounds = np.full(size, float(self.least)), np.full(size, self._most())
        fixed = replace(rows, low=known, high=known)
        return Programme(*bounds, fixed, interior=interior, again=not interior)

    def _point(self, costs: Numbers) -> Numbers:
        """A point inside everything that the hidden cells could be, as far along as costs ask for."""
        return np.maximum(self._inner.minimise(costs).values, self.least)

    def _in_bulk(self, low: Numbers, high: Numbers) -> None:
        """Widen the intervals of cells that are still too narrow, many at a time."""
        chance = np.random.default_rng(1)
        before = self.system.count
        while True:
            left = self.given_away(low + NEAR, high - NEAR)[self._hidden]
            if not left.any() or before - left.sum() < FEW:
                return
            before = int(left.sum())
            costs = np.where(left, chance.choice([-1.0, 1.0], size=len(left)), 0.0)
            point = self._point(costs)
            low[self._hidden] = np.minimum(low[self._hidden], point)
            high[self._hidden] = np.maximum(high[self._hidden], point)


def fitting(system: System, values: Numbers, sure: Flags, rules: Rules) -> Numbers:
    """Numbers for the cells of which nobody is `sure`, with which every sum holds.

    Raises:
        SolverError: there are none.
    """
    unsure = np.flatnonzero(~sure)
    touched = system.touching(unsure)
    known = -system.sums_of(np.where(sure, values, 0.0), touched)
    rows = Pattern(system, values, ~sure, 0).rows(touched, unsure)
    most = np.full(len(unsure), values.max(initial=0.0) + 2 * rules.threshold)
    fixed = replace(rows, low=known, high=known)
    return Programme(np.zeros(len(unsure)), most, fixed, interior=True).minimise(np.zeros(len(unsure))).values
