"""How far one hidden cell can move while every sum that is shown stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from palermo.figures.protection.linear import UNLIMITED, Programme, Rows, SolverError, Way
from palermo.figures.protection.shapes import Flags
from palermo.figures.protection.system import Numbers, Places, System

LITTLE = 1e-4
"""What moving another cell costs, beside what is won by moving the one that is asked for."""
LARGE = 1_000
"""What disturbs more equations than this is asked of all of them at once, which then takes less time."""
MARGIN = 0.05
"""How much further than asked a cell is let go in the whole, since a point inside never quite touches its bounds."""
SLACK = 1e-6
"""What counts as nothing, where the solver reckons with fractions."""


@dataclass(frozen=True)
class Move:
    """That a cell should be able to go up (`sign` 1) or down (-1) by `need`."""

    cell: int
    sign: int
    need: float


@dataclass(frozen=True)
class Wall:
    """Why a move is blocked: equations whose sum, times `weights`, leaves the cell no way to go.

    `cells` and `weights` say by how much each cell would have to move for each step of the blocked one; whatever has
    the weight 0 has fallen out.
    """

    move: Move
    cells: Places
    weights: Numbers


@dataclass(frozen=True)
class Seen:
    """How far up and down each cell has been seen to move, in points that were found to show something else."""

    up: Numbers
    down: Numbers

    def moves(self, move: Move) -> bool:
        """Whether a move has been seen."""
        far: Numbers = self.up if move.sign > 0 else self.down
        return bool(far[move.cell] >= move.need - SLACK)


@dataclass(frozen=True)
class Pattern:
    """Which cells are hidden, what they hold, and how far they have been seen to move."""

    system: System
    values: Numbers
    hidden: Flags
    seen: Seen

    @classmethod
    def after(cls, system: System, values: Numbers, hidden: Flags, earlier: Pattern | None) -> Pattern:
        """A pattern that knows what was seen of an earlier one, if it only hides more."""
        wider = earlier is not None and not (earlier.hidden & ~hidden).any()
        still = np.zeros((2, system.count))
        return cls(system, values, hidden, earlier.seen if earlier and wider else Seen(*still))

    def hidden_in(self, equations: Places) -> Places:
        """The hidden cells of these equations."""
        members = np.unique(self.system.cells.together(equations))
        return members[self.hidden[members]]

    @cached_property
    def cells(self) -> Places:
        """All hidden cells."""
        return np.flatnonzero(self.hidden)

    @cached_property
    def whole(self) -> Programme:
        """How all hidden cells can move together, found as points inside."""
        still = np.zeros(len(self.cells))
        return Programme(
            still, still, rows_between(self.system, self.system.touching(self.cells), self.cells), "inside"
        )


def rows_between(system: System, equations: Places, cells: Places) -> Rows:
    """The equations between the movements of these cells, while all others stand still."""
    place = np.full(system.count, -1, dtype=np.int64)
    place[cells] = np.arange(len(cells))
    members = system.cells.together(equations)
    signs = system.signs[system.cells.span(equations)]
    lengths = np.diff(system.cells.starts)[equations]
    of = np.repeat(np.arange(len(equations)), lengths)
    kept = place[members] >= 0
    starts = np.searchsorted(of[kept], np.arange(len(equations) + 1))
    still = np.zeros(len(equations))
    return Rows(starts, place[members][kept], signs[kept], still, still)


def blocked(pattern: Pattern, moves: Sequence[Move]) -> list[Wall]:
    """What blocks each of these moves of one cell; nothing if one of them can be made."""
    found = []
    for move in moves:
        nearby = _nearby(pattern, move)
        if nearby == "free":
            return []
        found.append(nearby)
    for move, nearby in zip(moves, found, strict=True):
        if nearby == "far":
            look(pattern, [move])
            if pattern.seen.moves(move):
                return []
    everything = pattern.system.touching(pattern.cells)
    walls = [
        nearby if isinstance(nearby, Wall) else _hardest(pattern, move, everything, pattern.cells)[1]
        for move, nearby in zip(moves, found, strict=True)
    ]
    return [wall for wall in walls if wall] if all(walls) else []


def _nearby(pattern: Pattern, move: Move) -> Wall | Literal["free", "far"]:
    """What blocks a move as far as can be told without looking at all equations.

    It begins with the equations of the cell alone and asks for the move that disturbs the fewest others. Those that it
    breaks are added, so that only what lies in its way is looked at, until that is so much that all may be as well.
    """
    system = pattern.system
    equations = system.equations[move.cell]
    while len(equations) <= LARGE:
        cells = pattern.hidden_in(equations)
        moves = np.zeros(system.count)
        moves[cells] = _gentlest(pattern, move, equations, cells)
        if move.sign * moves[move.cell] < move.need - SLACK:
            moves[cells], wall = _hardest(pattern, move, equations, cells)
            if wall:
                return wall
        touched = system.touching(cells[np.abs(moves[cells]) > SLACK])
        broken = touched[np.abs(system.sums_of(moves, touched)) > SLACK]
        if not len(broken):
            return "free"
        equations = np.union1d(equations, broken)
    return "far"


def look(pattern: Pattern, moves: Sequence[Move]) -> None:
    """Find a point in which as many of these moves as can be together are made, and remember it as seen.

    Where the solver gets stuck on the way inside, nothing has been seen, and whoever asked has to look more closely.
    """
    cells, values = pattern.cells, pattern.values[pattern.cells]
    at = np.searchsorted(cells, [move.cell for move in moves])
    signs, needs = np.array([move.sign for move in moves]), np.array([move.need for move in moves])
    low, high = -values, np.full(len(cells), needs.max() + 4)
    up, down = at[signs > 0], at[signs < 0]
    high[up] = needs[signs > 0] + MARGIN
    low[down] = np.maximum(low[down], -needs[signs < 0] - MARGIN)
    costs = np.zeros(len(cells))
    costs[at] = -signs
    pattern.whole.limit(low, high)
    try:
        moved = pattern.whole.minimise(costs).values
    except SolverError:
        return
    pattern.seen.up[cells] = np.maximum(pattern.seen.up[cells], moved)
    pattern.seen.down[cells] = np.maximum(pattern.seen.down[cells], -moved)


def _gentlest(pattern: Pattern, move: Move, equations: Places, cells: Places) -> Numbers:
    """A move as far as needed, if these equations allow it, that moves the others as little as it can."""
    at = int(np.searchsorted(cells, move.cell))
    size = len(cells)
    rows = rows_between(pattern.system, equations, cells)
    both = Rows(
        rows.starts * 2,
        np.stack([rows.variables, rows.variables + size], axis=1).ravel(),
        np.stack([rows.weights, -rows.weights], axis=1).ravel(),
        rows.low,
        rows.high,
    )
    high = np.concatenate([np.full(size, UNLIMITED), pattern.values[cells]])
    high[at if move.sign > 0 else size + at] = move.need
    high[size + at if move.sign > 0 else at] = 0.0
    costs = np.full(2 * size, LITTLE)
    costs[at if move.sign > 0 else size + at] = -1.0
    found = Programme(np.zeros(2 * size), high, both).minimise(costs).values
    return found[:size] - found[size:]


def _hardest(pattern: Pattern, move: Move, equations: Places, cells: Places) -> tuple[Numbers, Wall | None]:
    """The furthest that a cell can move while these equations hold, and where that is too little, what blocks it."""
    at = int(np.searchsorted(cells, move.cell))
    low, high = -pattern.values[cells], np.full(len(cells), UNLIMITED)
    (high if move.sign > 0 else low)[at] = move.sign * move.need
    costs = np.zeros(len(cells))
    costs[at] = -move.sign
    way: Way = "from inside" if len(equations) > LARGE else "corners"
    found = Programme(low, high, rows_between(pattern.system, equations, cells), way).minimise(costs)
    if -found.objective >= move.need - SLACK:
        return found.values, None
    return found.values, _wall(pattern, move, equations, found.duals)


def _wall(pattern: Pattern, move: Move, equations: Places, duals: Numbers) -> Wall:
    """The weights by which the equations, added up, stop the move."""
    system = pattern.system
    spans = system.cells.span(equations)
    each = np.repeat(duals, np.diff(system.cells.starts)[equations])
    weights = np.zeros(system.count)
    np.add.at(weights, system.cells.items[spans], each * system.signs[spans])
    weights[move.cell] += move.sign
    cells = np.flatnonzero(np.abs(weights) > SLACK)
    return Wall(move, cells, weights[cells])
