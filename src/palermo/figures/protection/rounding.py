"""Rounding every cell of a table to a multiple of a base so that sums still add up.

Cells without parts go up or down to the next multiple; every sum is then the sum of its rounded parts. Which go up is
found by descent: each step turns the cell that brings the sums nearest to what they were. Nothing is left to chance but
the beginning, which is the same for the same table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palermo.figures.protection.shapes import Counts, Dimension, PublishedTable, Table, with_totals

SWEEPS = 200
"""More passes over the cells than any table has needed."""


class RoundingError(ValueError):
    """No rounding was found in which every sum stays near enough."""


@dataclass(frozen=True)
class Rounded:
    """A rounded table and the largest distance of a cell from its true value."""

    table: PublishedTable
    largest_move: int


def round_to_add_up(table: Table, base: int) -> Rounded:
    """Round a table of counts to multiples of `base` so that its sums add up.

    Cells without parts move by less than the base, and zeros stay; sums by less than twice the base.

    Raises:
        RoundingError: the table has sums that cannot all stay so near.
    """
    leaves = table.values[np.ix_(*(dimension.leaves for dimension in table.dimensions))]
    up = _Descent(table.dimensions, leaves, base).run()
    rounded = with_totals(table.name, table.dimensions, (leaves // base + up) * base)
    largest = int(np.abs(rounded.values - table.values).max(initial=0))
    if largest >= 2 * base:
        raise RoundingError(f"A sum would move by {largest}.")
    shown = np.ones(table.shape, dtype=bool)
    published = PublishedTable(table.name, table.dimensions, rounded.values, shown, base=base, reach=largest)
    return Rounded(published, largest)


class _Descent:
    """Which cells without parts go up, so that the squares of all distances, sums included, are small."""

    def __init__(self, dimensions: Sequence[Dimension], leaves: Counts, base: int) -> None:
        self._base = base
        rest = leaves % base
        self._free = np.flatnonzero(rest.ravel())
        shape = tuple(len(dimension.codes) for dimension in dimensions)
        self._sums = _sums_above(dimensions, self._free, leaves.shape, shape)
        chance = np.random.default_rng(1).random(len(self._free))
        self._up = chance * base < rest.ravel()[self._free]
        self._shape = leaves.shape
        start = np.zeros(leaves.size, dtype=np.int64)
        start[self._free] = self._up * base
        off = with_totals("", dimensions, start.reshape(leaves.shape) - rest)
        self._off = off.values.ravel().astype(float)

    def run(self) -> NDArray[np.int64]:
        """1 where a cell goes up, 0 where it goes down, in the shape of the cells without parts."""
        for power in (2, 4, 8, 16):
            for _sweep in range(SWEEPS):
                if not self._sweep(power) or self._is_near():
                    break
            if self._is_near():
                break
        up = np.zeros(int(np.prod(self._shape)), dtype=np.int64)
        up[self._free] = self._up
        return up.reshape(self._shape)

    def _is_near(self) -> bool:
        return bool(np.abs(self._off).max(initial=0) < 2 * self._base)

    def _sweep(self, power: int) -> bool:
        """Turn each cell that is better turned; whether any was. High powers look at the largest distances."""
        turned = False
        scale = 2.0 * self._base
        for at, sums in enumerate(self._sums):
            step = -self._base if self._up[at] else self._base
            off = self._off[sums] / scale
            if (((off + step / scale) ** power).sum() - (off**power).sum()) < -1e-12:
                self._off[sums] += step
                self._up[at] = not self._up[at]
                turned = True
        return turned


def _sums_above(
    dimensions: Sequence[Dimension], free: NDArray[np.int64], inner: Sequence[int], shape: Sequence[int]
) -> list[NDArray[np.int64]]:
    """For each free cell: itself and every sum that it is a part of, as places in the whole table."""
    chains = [
        [np.flatnonzero(dimension.upward[:, leaf]) for leaf in range(len(dimension.leaves))] for dimension in dimensions
    ]
    strides = np.array([int(np.prod(shape[axis + 1 :])) for axis in range(len(shape))])
    found = []
    for at in zip(*np.unravel_index(free, tuple(inner)), strict=True):
        places = np.zeros(1, dtype=np.int64)
        for axis, leaf in enumerate(at):
            places = (places[:, None] + chains[axis][leaf] * strides[axis]).ravel()
        found.append(places)
    return found
