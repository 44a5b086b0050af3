"""Tables from records: counts and sums over every combination of codes, hierarchies and totals included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from palermo.figures.protection.records import Codes, Column, Records
from palermo.figures.protection.shapes import Counts, Dimension, ShapeError, Table, with_totals

MOST_CELLS = 1 << 26
"""Cells of a table, totals left out: half a gigabyte of whole numbers."""
CHUNK = 1 << 20
"""Records that are worked on at a time."""


def count(records: Records, dimensions: Sequence[str | Dimension], name: str = "") -> Table:
    """How many records have each combination of codes.

    Args:
        records: what is counted.
        dimensions: the names of dimensions of the records; or a dimension of the same name whose codes without children
            are codes of the records' one and split its records up, each in one, such as regions without their
            provinces.
        name: what the table is called.

    Raises:
        ShapeError: the records have no such dimension, or the table would have too many cells.
    """
    wanted = Wanted(records, dimensions)
    counts = np.zeros(wanted.cells, dtype=np.int64)
    for _start, cells in wanted.chunks():
        counts += np.bincount(cells, minlength=wanted.cells)
    return with_totals(name, wanted.dimensions, counts.reshape(wanted.shape))


def add_up(records: Records, dimensions: Sequence[str | Dimension], name: str = "", *, largest: int = 2) -> Table:
    """What the amounts of records sum up to for each combination of codes, with who stands behind each sum.

    Args:
        records: what is summed, with amounts.
        dimensions: as for `count`.
        name: what the table is called.
        largest: how many of the largest amounts in each cell, totals included, are kept.

    Raises:
        ShapeError: as for `count`, or the records have no amounts.
    """
    if records.amounts is None:
        raise ShapeError("These records have no amounts to sum.")
    wanted = Wanted(records, dimensions)
    sums = np.zeros(wanted.cells, dtype=np.int64)
    top = np.zeros((wanted.cells, largest), dtype=np.int64)
    for start, cells in wanted.chunks():
        amounts = records.amounts[start : start + len(cells)]
        np.add.at(sums, cells, amounts)
        top = _top(np.concatenate([top, _largest(cells, amounts, wanted.cells, largest)], axis=1), largest)
    table = with_totals(name, wanted.dimensions, sums.reshape(wanted.shape))
    contributors = count(records, dimensions).values
    largest_ones = _largest_with_totals(wanted.dimensions, top.reshape(*wanted.shape, largest))
    return Table(name, table.dimensions, table.values, contributors, largest_ones)


class Wanted:
    """What a table is asked to be, checked: its combinations of codes are numbered, the last dimension runs fastest."""

    def __init__(self, records: Records, dimensions: Sequence[str | Dimension]) -> None:
        self.dimensions: list[Dimension] = []
        self._codes: list[Codes] = []
        self._places: list[Counts] = []
        for one in dimensions:
            column, codes = records.of(one if isinstance(one, str) else one.name)
            dimension = column.dimension if isinstance(one, str) else one
            self.dimensions.append(dimension)
            self._codes.append(codes)
            self._places.append(_places(column, dimension))
        self._records = len(records)
        self.shape = tuple(len(dimension.leaves) for dimension in self.dimensions)
        self.cells = int(np.prod([len(dimension.codes) for dimension in self.dimensions], dtype=object))
        if self.cells > MOST_CELLS:
            raise ShapeError(f"A table of {self.cells} cells is too large: at most {MOST_CELLS}.")
        self.cells = int(np.prod(self.shape, dtype=np.int64))

    def chunks(self) -> Iterator[tuple[int, Counts]]:
        """The first record of each chunk, and the number of the cell that each of its records is in."""
        step = max(CHUNK, self.cells)
        for start in range(0, self._records, step):
            cells = np.zeros(min(step, self._records - start), dtype=np.int64)
            for codes, places, size in zip(self._codes, self._places, self.shape, strict=True):
                cells *= size
                cells += places[codes[start : start + step]]
            yield start, cells


def _places(column: Column, dimension: Dimension) -> Counts:
    """For each code of the records the leaf of the wanted dimension that it counts in."""
    if dimension == column.dimension:
        return np.arange(len(column.leaf_codes))
    known = {code: place for place, code in enumerate(column.dimension.codes)}
    leaves = [dimension.codes[place] for place in dimension.leaves]
    if not set(leaves) <= set(known):
        raise ShapeError(f"{dimension.name}: a code that stands for records is none of theirs.")
    within = column.dimension.upward[[known[code] for code in leaves]]
    if (within.sum(axis=0) != 1).any():
        raise ShapeError(f"{dimension.name}: some records would be counted twice or not at all.")
    return np.asarray(within.argmax(axis=0), dtype=np.int64)


def _largest(cells: Counts, amounts: Counts, size: int, largest: int) -> Counts:
    """The largest amounts in each cell, largest first, with 0 where there are no more."""
    order = np.lexsort((-amounts, cells))
    sorted_cells = cells[order]
    first = np.searchsorted(sorted_cells, sorted_cells)
    rank = np.arange(len(order)) - first
    kept = rank < largest
    found = np.zeros((size, largest), dtype=np.int64)
    found[sorted_cells[kept], rank[kept]] = amounts[order[kept]]
    return found


def _top(amounts: Counts, largest: int) -> Counts:
    """The largest along the last axis, largest first."""
    return -np.sort(-amounts, axis=-1)[..., :largest]


def _largest_with_totals(dimensions: Sequence[Dimension], leaves: Counts) -> Counts:
    """The largest of every cell, from those of the cells without children."""
    found, largest = leaves, leaves.shape[-1]
    for axis, dimension in enumerate(dimensions):
        along = np.moveaxis(found, axis, -2)
        rows = [along[..., np.flatnonzero(row), :] for row in dimension.upward]
        merged = [_top(row.reshape(*row.shape[:-2], -1), largest) for row in rows]
        found = np.moveaxis(np.stack(merged, axis=-2), -2, axis)
    return np.ascontiguousarray(found)
