"""Which hidden cells stand still: found in bulk from inside the polytope, and only then one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from palermo.figures.protection.linear import Programme
from palermo.figures.protection.reach import Move, Pattern, Wall, blocked

MARGIN = 0.05
"""How much further than asked a cell is let go in bulk, since a point inside never quite touches its bounds."""
FEW = 30
"""Where a round in bulk makes fewer cells safe than this, those that are left are looked at one by one."""


def walls(pattern: Pattern, wanted: Mapping[int, Sequence[Move]]) -> list[list[Wall]]:
    """For each cell none of whose wanted moves can be made: what blocks each of them.

    A cell that can make one of its moves is safe. `wanted` holds the moves of each cell that must be safe.
    """
    found = []
    for cell in sorted(_left(pattern, wanted)):
        blocks = [blocked(pattern, move) for move in wanted[cell]]
        if all(blocks):
            found.append([wall for wall in blocks if wall])
    return found


def _left(pattern: Pattern, wanted: Mapping[int, Sequence[Move]]) -> set[int]:
    """The cells that no round in bulk has moved as far as wanted."""
    left = set(wanted)
    if not left:
        return left
    hidden = np.flatnonzero(pattern.hidden)
    place = np.full(pattern.system.count, -1, dtype=np.int64)
    place[hidden] = np.arange(len(hidden))
    touched = pattern.system.touching(hidden)
    still = np.zeros(len(hidden))
    programme = Programme(still, still, pattern.rows(touched, hidden), interior=True)
    widest = max(move.need for moves in wanted.values() for move in moves) + 4
    chance = np.random.default_rng(1)
    done = left
    while left and len(done) >= min(FEW, 1 + len(left) // 4):
        low = pattern.least - pattern.values[hidden]
        high = np.full(len(hidden), widest)
        costs = np.zeros(len(hidden))
        for cell in left:
            moves, at = wanted[cell], place[cell]
            move = moves[int(chance.integers(len(moves)))]
            costs[at] = -move.sign
            bound = high if move.sign > 0 else low
            bound[at] = move.sign * (move.need + MARGIN)
        low = np.maximum(low, pattern.least - pattern.values[hidden])
        programme.limit(low, high)
        moved = programme.minimise(costs).values
        done = {
            cell for cell in left if any(move.sign * moved[place[cell]] >= move.need - 1e-6 for move in wanted[cell])
        }
        left = left - done
    return left
