"""All cells of linked tables, each once, and the equations between them: what an attacker would write down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from palermo.figures.protection.shapes import Dimension, PublishedTable, ShapeError, Table

Places: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Lists:
    """Lists of whole numbers of different lengths, one behind the other, as `starts` and `items`."""

    starts: Places
    items: Places

    def __getitem__(self, at: int) -> Places:
        found: Places = self.items[self.starts[at] : self.starts[at + 1]]
        return found

    def __len__(self) -> int:
        return len(self.starts) - 1

    def span(self, lists: Places) -> Places:
        """Where the items of some lists stand in `items`, one list behind the other."""
        lengths = self.starts[lists + 1] - self.starts[lists]
        ends = np.cumsum(lengths)
        found: Places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
            self.starts[lists] - ends + lengths, lengths
        )
        return found

    def together(self, lists: Places) -> Places:
        """The items of some lists, one behind the other."""
        found: Places = self.items[self.span(lists)]
        return found

    @classmethod
    def grouped(cls, groups: Places, items: Places, count: int) -> Lists:
        """The items of each of `count` groups, in the order in which they came."""
        order = np.argsort(groups, kind="stable")
        return cls(np.searchsorted(groups[order], np.arange(count + 1)), items[order])


@dataclass(frozen=True)
class System:
    """The cells of some tables and what they add up to.

    Each equation says that a sum equals its parts: `sums[e]` is the cell that is the sum, and `parts[e]` are the cells
    that it is the sum of. `places[t]` holds for each cell of table `t` its number among all cells, so that a cell which
    two tables share is one.
    """

    count: int
    places: tuple[Places, ...]
    sums: Places
    parts: Lists

    @cached_property
    def cells(self) -> Lists:
        """The cells of each equation: the sum first, then its parts."""
        lengths = np.diff(self.parts.starts) + 1
        starts = np.concatenate([[0], np.cumsum(lengths)])
        items = np.empty(starts[-1], dtype=np.int64)
        is_sum = np.zeros(starts[-1], dtype=bool)
        is_sum[starts[:-1]] = True
        items[is_sum], items[~is_sum] = self.sums, self.parts.items
        return Lists(starts, items)

    @cached_property
    def signs(self) -> Numbers:
        """-1 for the sum and 1 for each part, in the order of `cells.items`."""
        signs = np.ones(len(self.cells.items))
        signs[self.cells.starts[:-1]] = -1.0
        return signs

    @cached_property
    def equation_of(self) -> Places:
        """The equation that each of `cells.items` stands in."""
        return np.repeat(np.arange(len(self.sums)), np.diff(self.cells.starts))

    @cached_property
    def equations(self) -> Lists:
        """The equations that each cell stands in."""
        return Lists.grouped(self.cells.items, self.equation_of, self.count)

    def touching(self, cells: Places) -> Places:
        """The equations that some cells stand in, each once."""
        return np.unique(self.equations.together(cells))

    def sums_of(self, moves: Numbers, equations: Places) -> Numbers:
        """By how much each of these equations would no longer hold if cells moved so."""
        spans = self.cells.span(equations)
        lengths = np.diff(self.cells.starts)[equations]
        products = self.signs[spans] * moves[self.cells.items[spans]]
        return np.add.reduceat(products, np.cumsum(lengths) - lengths)

    def gathered(self, arrays: Sequence[NDArray[np.int64]]) -> Places:
        """One number for each cell from one array a table.

        Raises:
            ShapeError: two tables say different things of a cell that they share.
        """
        found = np.zeros(self.count, dtype=np.int64)
        for places, array in zip(self.places, arrays, strict=True):
            found[places] = array
        for places, array in zip(self.places, arrays, strict=True):
            if not np.array_equal(found[places], array):
                raise ShapeError("Two tables give different numbers for the same cell.")
        return found

    def spread(self, found: NDArray[np.generic]) -> list[NDArray[np.generic]]:
        """What `gathered` undoes: one array a table from one number for each cell."""
        return [found[places] for places in self.places]


def system_of(tables: Sequence[Table | PublishedTable]) -> System:
    """The cells and equations of tables over the same records.

    A cell is known by the codes that are not totals: tables that lack a dimension hold its total.
    """
    keys = _keys(tables)
    known, inverse = np.unique(np.concatenate([key.ravel() for key in keys]), return_inverse=True)
    ends = np.cumsum([key.size for key in keys])
    places = tuple(
        inverse[end - key.size : end].reshape(key.shape).astype(np.int64) for key, end in zip(keys, ends, strict=True)
    )
    sums, parts = _equations(tables, places)
    return System(len(known), places, sums, parts)


def _keys(tables: Sequence[Table | PublishedTable]) -> list[Places]:
    """A number for each cell of each table that two cells share exactly if they are the same records."""
    codes: dict[str, dict[str, int]] = {}
    for table in tables:
        for dimension in table.dimensions:
            known = codes.setdefault(dimension.name, {})
            for place, code in enumerate(dimension.codes):
                if place != dimension.total:
                    known.setdefault(code, len(known) + 1)
    radix, weight = {}, 1
    for name in sorted(codes):
        radix[name] = weight
        weight *= len(codes[name]) + 1
    if weight > np.iinfo(np.int64).max:
        raise ShapeError("These tables have too many dimensions and codes between them.")
    return [_table_keys(table.dimensions, codes, radix) for table in tables]


def _table_keys(dimensions: Sequence[Dimension], codes: dict[str, dict[str, int]], radix: dict[str, int]) -> Places:
    key = np.zeros((1,) * len(dimensions), dtype=np.int64)
    for axis, dimension in enumerate(dimensions):
        own = [0 if at == dimension.total else codes[dimension.name][c] for at, c in enumerate(dimension.codes)]
        shape = [1] * len(dimensions)
        shape[axis] = len(own)
        key = key + (np.array(own, dtype=np.int64) * radix[dimension.name]).reshape(shape)
    return key


def _equations(tables: Sequence[Table | PublishedTable], places: Sequence[Places]) -> tuple[Places, Lists]:
    """Each sum over each dimension."""
    sums: list[Places] = []
    parts: list[Places] = []
    lengths: list[Places] = []
    for table, numbers in zip(tables, places, strict=True):
        for axis, dimension in enumerate(table.dimensions):
            lines = np.moveaxis(numbers, axis, 0)
            for parent, children in dimension.children.items():
                total = lines[parent].ravel()
                sums.append(total)
                parts.append(lines[list(children)].reshape(len(children), -1).T.ravel())
                lengths.append(np.full(len(total), len(children)))
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
    found = np.concatenate(sums), Lists(starts, np.concatenate(parts))
    return found if len(tables) == 1 else _once(*found)


def _once(sums: Places, parts: Lists) -> tuple[Places, Lists]:
    """The equations without those that an earlier table has shown.

    Two are the same if their cells are; a sum of random numbers, one a cell, tells them apart but once in 2^60.
    """
    mark = np.random.default_rng(1).integers(
        1, 2**62, size=int(max(sums.max(), parts.items.max())) + 1, dtype=np.uint64
    )
    names = np.add.reduceat(mark[parts.items], parts.starts[:-1]) + np.uint64(3) * mark[sums]
    _names, first = np.unique(names, return_index=True)
    if len(first) == len(sums):
        return sums, parts
    kept = np.sort(first)
    items = [parts[at] for at in kept]
    starts = np.concatenate([[0], np.cumsum([len(item) for item in items])])
    return sums[kept], Lists(starts, np.concatenate(items))
