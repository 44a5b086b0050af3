"""Which hidden cells stand still: found in bulk from inside the polytope, and only then one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from palermo.figures.protection.reach import Move, Pattern, Wall, blocked, look

IDLE = 2
"""After so many rounds in bulk that make no cell safe, those that are left are looked at one by one."""


def walls(pattern: Pattern, wanted: Mapping[int, Sequence[Move]]) -> list[list[Wall]]:
    """For each cell none of whose wanted moves can be made: what blocks each of them.

    A cell that can make one of its moves is safe. `wanted` holds the moves of each cell that must be safe.
    """
    found = (blocked(pattern, wanted[cell]) for cell in _left(pattern, wanted))
    return [blocks for blocks in found if blocks]


def _left(pattern: Pattern, wanted: Mapping[int, Sequence[Move]]) -> list[int]:
    """The cells that no round in bulk has moved as far as wanted."""
    chance = np.random.default_rng(1)
    before, idle = len(wanted) + 1, 0
    while True:
        left = sorted(cell for cell, moves in wanted.items() if not any(pattern.seen.moves(move) for move in moves))
        idle = idle + 1 if len(left) == before else 0
        if not left or idle == IDLE:
            return left
        before = len(left)
        look(pattern, [wanted[cell][int(chance.integers(len(wanted[cell])))] for cell in left])
