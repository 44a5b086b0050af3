"""Which further cells to hide: the whole-number programme whose rows are the walls that must not stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from palermo.figures.protection.linear import InfeasibleError, Programme, Rows, rows_of
from palermo.figures.protection.reach import SLACK, Wall
from palermo.figures.protection.shapes import Flags
from palermo.figures.protection.system import Numbers, Places, System

GAP = 0.001
"""Further than this share from the best, the solver goes on."""
BRANCHES = 20
"""After so many, the solver takes the best that it has found."""
YIELD = 2
"""After every so many choices, one cell more than the best is good enough. To prove a choice the best takes longer than
all else, and the next walls make it worthless."""
EFFORT = 60_000
"""So many of the solver's steps are spent on choosing anew; steps and not seconds, so that it repeats."""
LENIENT = 0.2
"""By this share more than the best is good enough when all steps are spent, and before in proportion."""

Line = tuple[Places, Numbers, float]


@dataclass(frozen=True)
class Problem:
    """What must be hidden, what may be, at what cost, and how far each hidden cell could go down."""

    system: System
    must: Flags
    may: Flags
    costs: Numbers
    room: Numbers


class Cover:
    """Chooses what to hide besides. Every row is one that any safe choice fulfils, so that the bound holds for all."""

    def __init__(self, problem: Problem, needs: Numbers, either: Places) -> None:
        """`either` are the cells that may go one way or the other, which is one more thing to choose of each."""
        self._problem = problem
        self._names = np.flatnonzero(problem.may & ~problem.must)
        self._place = np.full(problem.system.count, -1, dtype=np.int64)
        self._place[self._names] = np.arange(len(self._names))
        self._second = {int(cell): len(self._names) + at for at, cell in enumerate(either)}
        size = len(self._names) + len(either)
        self._costs = np.append(problem.costs[self._names], np.zeros(len(either)))
        self._programme = Programme(np.zeros(size), np.ones(size), self._rules(needs))
        self._programme.whole(GAP, BRANCHES)
        self._bound = 0.0
        self._choices = 0
        self._steps = 0

    @property
    def is_spent(self) -> bool:
        """Whether choosing anew has taken all the steps that it may."""
        return self._steps > EFFORT

    def keep(self, hidden: Flags) -> None:
        """Let whatever is hidden now stay so: from here on cells are only added."""
        size = len(self._costs)
        self._programme.limit(np.append(hidden[self._names], np.zeros(size - len(self._names))), np.ones(size))
        # The little that is added is soon chosen as well as can be.
        self._programme.enough(0.0)

    def choose(self) -> tuple[Flags, float]:
        """The cells that are hidden, and what the best choice costs at least besides those that must be.

        Raises:
            UnprotectableError: whatever is hidden, some wall stands.
        """
        hidden = self._problem.must.copy()
        if not len(self._names):
            return hidden, 0.0
        try:
            found = self._programme.minimise(self._costs)
        except InfeasibleError as error:
            raise UnprotectableError from error
        # Rows are only ever added, so that what was the least before still is, but where what was kept is let go again;
        # then this asks for less than it could.
        self._bound = max(self._bound, found.bound)
        self._choices += 1
        self._steps += found.steps
        more = max(self._choices // YIELD, LENIENT * self._bound * self._steps / EFFORT)
        self._programme.enough(np.ceil(self._bound - SLACK) + more + SLACK)
        hidden[self._names[found.values[: len(self._names)] > 0.5]] = True
        return hidden, found.bound

    def forbid(self, found: list[list[Wall]]) -> None:
        """Let none of these walls stand again: of the walls around a cell, one has to fall.

        Raises:
            UnprotectableError: nothing that may be hidden brings one of them down.
        """
        lines: list[Line] = []
        for walls in found:
            against = [self._against(wall) for wall in walls]
            lines += self._either(walls[0].move.cell, *against) if len(walls) > 1 else against
        self._programme.add(rows_of(lines))

    def _either(self, cell: int, first: Line, second: Line) -> list[Line]:
        """That one of two walls falls, the one or the other by choice.

        What both say together comes with them: it follows, but for a solver that begins with fractions it is news.
        """
        able = [line for line in (first, second) if line[1].sum() >= line[2] - SLACK]
        if not able:
            raise UnprotectableError
        if len(able) == 1:
            return able
        names = np.union1d(first[0], second[0])
        share = np.zeros(len(names))
        for line in (first, second):
            at = np.searchsorted(names, line[0])
            share[at] = np.maximum(share[at], line[1] / line[2])
        other = self._second[cell]
        return [
            (names, share, 1.0),
            (np.append(first[0], other), np.append(first[1], first[2]), first[2]),
            (np.append(second[0], other), np.append(second[1], -second[2]), 0.0),
        ]

    def _against(self, wall: Wall) -> Line:
        """That something is hidden by which the wall falls: what it holds still, or what has room to give.

        A cell that would have to go up can, as far as is needed; one that would have to go down, as far as its room.
        """
        problem, move = self._problem, wall.move
        helps = wall.cells != move.cell
        cells, weights = wall.cells[helps], wall.weights[helps]
        gives = np.where(weights > 0, move.need, np.minimum(move.need, -weights * problem.room[cells]))
        free = self._place[move.cell]
        missing = move.need - gives[problem.must[cells]].sum()
        own = wall.weights[~helps]
        if len(own) and own[0] < 0:
            missing -= -own[0] * problem.room[move.cell]
        usable = (self._place[cells] >= 0) & (gives > SLACK)
        names, weights = self._place[cells[usable]], np.minimum(gives[usable], missing)
        if free >= 0:
            # A cell that is hidden for others only may as well be shown.
            against = (names, weights, missing) if missing > SLACK else (names[:0], weights[:0], 1.0)
            return np.append(against[0], free), np.append(against[1], -against[2]), 0.0
        if missing <= SLACK or (weights.sum() < missing - SLACK and move.cell not in self._second):
            raise UnprotectableError
        return names, weights, missing

    def _rules(self, needs: Numbers) -> Rows:
        """What can be said of each equation by itself: nobody is hidden alone in it.

        `needs` says for a cell that can only go up how far it must; 0 for those that may go either way.
        """
        problem, system = self._problem, self._problem.system
        lines: list[Line] = []
        for at in range(len(system.sums)):
            cells = system.cells[at]
            cells = cells[problem.may[cells] | problem.must[cells]]
            must = problem.must[cells]
            if must.sum() >= 2 and not needs[cells[must]].any():
                continue
            lines += self._of_line(cells, must, needs, is_sum=cells == system.sums[at])
        return rows_of(lines) if lines else rows_of([(np.zeros(0, dtype=np.int64), np.zeros(0), 0.0)])

    def _of_line(self, cells: Places, must: Flags, needs: Numbers, *, is_sum: Flags) -> list[Line]:
        place = self._place[cells]
        lines: list[Line] = []
        if not must.any():
            for at in range(len(cells)):
                weights = np.ones(len(cells))
                weights[at] = -1.0
                lines.append((place, weights, 0.0))
            return lines if len(cells) > 1 else [(place, np.full(1, -1.0), 0.0)] if len(cells) else []
        for alone in np.flatnonzero(must):
            need = needs[cells[alone]] or 1.0
            if needs[cells[alone]] == 0 and must.sum() > 1:
                continue
            room = np.minimum(need, self._problem.room[cells]) if needs[cells[alone]] else np.full(len(cells), need)
            gives = np.where(is_sum | is_sum[alone], need, room)
            gives[alone] = 0.0
            missing = need - gives[must].sum()
            usable = ~must & (gives > SLACK)
            if missing > SLACK and not usable.any():
                raise UnprotectableError
            if missing > SLACK:
                lines.append((place[usable], np.minimum(gives[usable], missing), missing))
        return lines


class UnprotectableError(ValueError):
    """Some cell could be worked out whatever else is hidden."""
