"""Tables of counts over dimensions whose codes roll up to totals: what is protected, and what is then published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Counts: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

TOTAL = "_T"
"""The code of a total over everything, as SDMX writes it."""
NO_PARENT = -1


class ShapeError(ValueError):
    """Codes, parents or arrays that do not fit together."""


@dataclass(frozen=True)
class Dimension:
    """A variable of a table: its codes, and for each the place of the code that it rolls up to.

    Exactly one code, the total, rolls up to none (`NO_PARENT`). A parent is the sum of its children, so that every code
    without children stands for records of its own.
    """

    name: str
    codes: tuple[str, ...]
    parents: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.codes) != len(self.parents) or len(set(self.codes)) != len(self.codes):
            raise ShapeError(f"{self.name}: a code is given twice, or without what it rolls up to.")
        if self.parents.count(NO_PARENT) != 1:
            raise ShapeError(f"{self.name}: exactly one code is the total.")
        if any(not NO_PARENT <= parent < len(self.codes) for parent in self.parents):
            raise ShapeError(f"{self.name}: a code rolls up to one that is not there.")
        if any(self._never_ends(place) for place in range(len(self.codes))):
            raise ShapeError(f"{self.name}: codes roll up to each other in a circle.")

    @classmethod
    def flat(cls, name: str, codes: Sequence[str], total: str = TOTAL) -> Dimension:
        """A dimension whose codes all roll up to one total, which stands first."""
        return cls(name, (total, *codes), (NO_PARENT, *(0 for _code in codes)))

    @classmethod
    def nested(cls, name: str, parents: Mapping[str, str | None]) -> Dimension:
        """A dimension from what each code rolls up to; None for the total."""
        place = {code: at for at, code in enumerate(parents)}
        missing = {parent for parent in parents.values() if parent is not None} - set(place)
        if missing:
            raise ShapeError(f"{name}: {', '.join(sorted(missing))} is rolled up to and not in the list.")
        return cls(name, tuple(place), tuple(NO_PARENT if p is None else place[p] for p in parents.values()))

    @cached_property
    def children(self) -> dict[int, tuple[int, ...]]:
        """For each code that is a sum: the places of what it is the sum of."""
        found: dict[int, list[int]] = {}
        for place, parent in enumerate(self.parents):
            if parent != NO_PARENT:
                found.setdefault(parent, []).append(place)
        return {parent: tuple(places) for parent, places in found.items()}

    @cached_property
    def leaves(self) -> tuple[int, ...]:
        """The places of the codes that stand for records of their own."""
        return tuple(place for place in range(len(self.codes)) if place not in self.children)

    @cached_property
    def total(self) -> int:
        """The place of the total."""
        return self.parents.index(NO_PARENT)

    @cached_property
    def upward(self) -> NDArray[np.int64]:
        """Which leaves each code is the sum of: one row a code, one column a leaf, 0 or 1."""
        matrix = np.zeros((len(self.codes), len(self.leaves)), dtype=np.int64)
        for column, leaf in enumerate(self.leaves):
            place = leaf
            while place != NO_PARENT:
                matrix[place, column] = 1
                place = self.parents[place]
        return matrix

    def _never_ends(self, place: int) -> bool:
        for _step in self.codes:
            place = self.parents[place]
            if place == NO_PARENT:
                return False
        return True


@dataclass(frozen=True)
class Table:
    """Whole numbers over every combination of the codes of its dimensions, totals included.

    `values` counts records, or sums something of them such as dollars; of a sum, `contributors` says how many records
    stand behind each cell and `largest` how much the largest ones gave (last axis, largest first).
    """

    name: str
    dimensions: tuple[Dimension, ...]
    values: Counts
    contributors: Counts | None = None
    largest: Counts | None = None

    def __post_init__(self) -> None:
        for array in (self.values, self.contributors, None if self.largest is None else self.largest[..., 0]):
            if array is not None and array.shape != self.shape:
                raise ShapeError(f"{self.name}: {array.shape} numbers for dimensions of {self.shape} codes.")

    @property
    def shape(self) -> tuple[int, ...]:
        """How many codes each dimension has."""
        return tuple(len(dimension.codes) for dimension in self.dimensions)


def with_totals(name: str, dimensions: Sequence[Dimension], leaves: Counts) -> Table:
    """The table whose cells without children are `leaves`, in the order of `Dimension.leaves`, with every sum."""
    values = leaves
    for axis, dimension in enumerate(dimensions):
        values = np.moveaxis(np.tensordot(dimension.upward, values, axes=(1, axis)), 0, axis)
    return Table(name, tuple(dimensions), np.ascontiguousarray(values))


@dataclass(frozen=True)
class PublishedTable:
    """A table as everybody sees it: a value where `shown`, and 0 in `values` where it is not.

    `base` says how values were rounded (1: not at all), `reach` how far a shown value may lie from the true one at most
    (0: exact; None: no limit, as with noise).
    """

    name: str
    dimensions: tuple[Dimension, ...]
    values: Counts
    shown: Flags
    base: int = 1
    reach: int | None = 0
    adds_up: bool = True
    hidden_is_positive: bool = False
    """Whether everybody is told that what is not shown is at least 1, as where zeros are always published."""
    counts: bool = True
    """Whether values count records, and do not sum something of them."""

    def __post_init__(self) -> None:
        if self.values.shape != self.shape or self.shown.shape != self.shape:
            raise ShapeError(f"{self.name}: numbers and marks do not fit its dimensions.")
        if self.values[~self.shown].any():
            raise ShapeError(f"{self.name}: a number that is not shown is still in it.")

    @property
    def shape(self) -> tuple[int, ...]:
        """How many codes each dimension has."""
        return tuple(len(dimension.codes) for dimension in self.dimensions)
