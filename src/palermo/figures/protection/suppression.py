"""Hiding cells that are too small, and as few others as it takes so that nobody can work them out.

The choice is a whole-number programme over rows that every safe choice fulfils (M. Fischetti and J. J.
Salazar-González, “Solving the cell suppression problem on tabular data with linear constraints”, Management Science 47,
2001). It begins with what a single sum gives away; whatever still stands still becomes a further row, until nothing
does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from palermo.figures.protection.audit import walls
from palermo.figures.protection.cover import Cover, Problem
from palermo.figures.protection.reach import Move, Pattern, Wall
from palermo.figures.protection.shapes import Flags
from palermo.figures.protection.system import Numbers, Places, System

MANY = 3_000
"""With more hidden cells than this, further rounds add to the choice instead of choosing anew."""

BARELY = 0.001
"""What moves less than this stands still."""

Wanted = Mapping[int, Sequence[Move]]


@dataclass(frozen=True)
class Suppression:
    """Which cells are hidden, how many were too small, and the least number that any safe choice would hide."""

    hidden: Flags
    too_small: int
    at_least: int
    rounds: int

    @property
    def gap(self) -> float:
        """By what share at most more cells are hidden than have to be."""
        return self.hidden.sum() / self.at_least - 1 if self.at_least else 0.0


def suppress(system: System, values: Numbers, wanted: Wanted, may: Flags, gone: Flags) -> Suppression:
    """Hide the cells of `wanted` and as few others of those that `may` be hidden as make one of their moves possible.

    `gone` are cells that nobody sees anyway, and that need no protection here.

    Raises:
        UnprotectableError: some cell could be worked out whatever is hidden.
    """
    must = gone.copy()
    must[list(wanted)] = True
    problem = Problem(system, must, may, np.ones(system.count), np.maximum(values, 0.0))
    needs = np.zeros(system.count)
    for cell, moves in wanted.items():
        if len(moves) == 1 and moves[0].sign > 0:
            needs[cell] = moves[0].need
    either = np.array([cell for cell, moves in wanted.items() if len(moves) > 1], dtype=np.int64)
    cover = Cover(problem, needs, either)
    bound, fair, rounds, doubtful = 0.0, True, 0, wanted
    pattern: Pattern | None = None
    while True:
        rounds += 1
        loose: list[int] = []
        hidden, cost = cover.choose()
        bound = max(bound, cost) if fair and doubtful is wanted else bound
        pattern = Pattern.after(system, values, hidden, pattern)
        found = walls(pattern, doubtful)
        if not found:
            useless, found = besides_to_no_use(pattern, must)
            hidden[useless] = False
            if not found:
                break
            fair, doubtful, loose = False, wanted, [blocks[0].move.cell for blocks in found]
        if hidden.sum() > MANY or cover.is_spent:
            # What can move goes on to when more is hidden, so that only what was stuck has to be looked at again.
            kept = hidden.copy()
            kept[loose] = False
            cover.keep(kept)
            doubtful = wanted if loose else {blocks[0].move.cell: wanted[blocks[0].move.cell] for blocks in found}
        cover.forbid([blocks[:1] if loose else blocks for blocks in found])
    return Suppression(hidden, len(wanted), int(must.sum() + np.ceil(bound - 1e-6)), rounds)


def besides_to_no_use(pattern: Pattern, must: Flags) -> tuple[Places, list[list[Wall]]]:
    """Which of the cells hidden besides may as well be shown, and what blocks those that are known too nearly.

    A cell that stands still is known to everybody, and nothing is lost by showing it. One that can move, but not to
    another whole number, would hold others still if it were shown; it has to be able to move further.
    """
    besides = np.flatnonzero(pattern.hidden & ~must)
    found = walls(pattern, {int(cell): _either_way(pattern, int(cell), 1.0) for cell in besides})
    near = [blocks[0].move.cell for blocks in found]
    still = {each[0].move.cell for each in walls(pattern, {cell: _either_way(pattern, cell, BARELY) for cell in near})}
    return np.array(sorted(still), dtype=np.int64), [each for each in found if each[0].move.cell not in still]


def _either_way(pattern: Pattern, cell: int, need: float) -> list[Move]:
    down = [Move(cell, -1, need)] if pattern.values[cell] >= need else []
    return [Move(cell, 1, need), *down]
