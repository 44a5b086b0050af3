"""How far one hidden cell can move while every sum that is shown stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from palermo.figures.protection.linear import UNLIMITED, Programme, Rows
from palermo.figures.protection.shapes import Flags
from palermo.figures.protection.system import Numbers, Places, System

LITTLE = 1e-4
"""What moving another cell costs, beside what is won by moving the one that is asked for."""
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
class Pattern:
    """Which cells are hidden, what they hold, and the least that everybody knows of a hidden cell (0 or 1)."""

    system: System
    values: Numbers
    hidden: Flags
    least: int

    def hidden_in(self, equations: Places) -> Places:
        """The hidden cells of these equations."""
        members = np.unique(self.system.cells.together(equations))
        return members[self.hidden[members]]

    def rows(self, equations: Places, cells: Places) -> Rows:
        """The equations between the movements of these hidden cells."""
        place = np.full(self.system.count, -1, dtype=np.int64)
        place[cells] = np.arange(len(cells))
        members = self.system.cells.together(equations)
        signs = self.system.signs[self.system.cells.span(equations)]
        lengths = np.diff(self.system.cells.starts)[equations]
        of = np.repeat(np.arange(len(equations)), lengths)
        kept = place[members] >= 0
        starts = np.searchsorted(of[kept], np.arange(len(equations) + 1))
        still = np.zeros(len(equations))
        return Rows(starts, place[members][kept], signs[kept], still, still)


def blocked(pattern: Pattern, move: Move) -> Wall | None:
    """What blocks a move; None if nothing does."""
    return furthest(pattern, move, precisely=False)[1]


def furthest(pattern: Pattern, move: Move, *, precisely: bool = True) -> tuple[float, Wall | None]:
    """How far a cell can move, up to what is needed, and where that is less, what blocks it.

    Not `precisely`, it stops as soon as it knows that the move is blocked.

    It begins with the equations of the cell alone and asks for the move that disturbs the fewest others. Those that it
    breaks are added, so that only what lies in its way is ever looked at.
    """
    system = pattern.system
    equations = system.equations[move.cell]
    while True:
        cells = pattern.hidden_in(equations)
        moves = np.zeros(system.count)
        moves[cells] = _gentlest(pattern, move, equations, cells)
        wall = None
        if move.sign * moves[move.cell] < move.need - SLACK:
            moves[cells], wall = _hardest(pattern, move, equations, cells)
        touched = system.touching(cells[np.abs(moves[cells]) > SLACK])
        broken = touched[np.abs(system.sums_of(moves, touched)) > SLACK] if len(touched) else touched
        far = float(move.sign * moves[move.cell])
        if far <= SLACK or not len(broken) or (wall and not precisely):
            return max(far, 0.0), wall
        equations = np.union1d(equations, broken)


def _gentlest(pattern: Pattern, move: Move, equations: Places, cells: Places) -> Numbers:
    """A move as far as needed, if these equations allow it, that moves the others as little as it can."""
    at = int(np.searchsorted(cells, move.cell))
    size = len(cells)
    rows = pattern.rows(equations, cells)
    both = Rows(
        rows.starts * 2,
        np.stack([rows.variables, rows.variables + size], axis=1).ravel(),
        np.stack([rows.weights, -rows.weights], axis=1).ravel(),
        rows.low,
        rows.high,
    )
    high = np.concatenate([np.full(size, UNLIMITED), pattern.values[cells] - pattern.least])
    high[at if move.sign > 0 else size + at] = move.need
    high[size + at if move.sign > 0 else at] = 0.0
    costs = np.full(2 * size, LITTLE)
    costs[at if move.sign > 0 else size + at] = -1.0
    found = Programme(np.zeros(2 * size), high, both).minimise(costs).values
    return found[:size] - found[size:]


def _hardest(pattern: Pattern, move: Move, equations: Places, cells: Places) -> tuple[Numbers, Wall | None]:
    """The furthest that a cell can move while these equations hold, and where that is too little, what blocks it."""
    at = int(np.searchsorted(cells, move.cell))
    low, high = pattern.least - pattern.values[cells], np.full(len(cells), UNLIMITED)
    (high if move.sign > 0 else low)[at] = move.sign * move.need
    costs = np.zeros(len(cells))
    costs[at] = -move.sign
    found = Programme(low, high, pattern.rows(equations, cells)).minimise(costs)
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
