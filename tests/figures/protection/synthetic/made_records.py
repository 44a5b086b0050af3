"""Small sets of records whose make-up is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from palermo.figures.protection.records import Column, Records
from palermo.figures.protection.shapes import Dimension


def records_of(sizes: Mapping[str, int], codes: Sequence[NDArray[np.int64]]) -> Records:
    """Records of columns with so many codes each."""
    columns = [Column(Dimension.flat(name, [f"{name}{code}" for code in range(size)])) for name, size in sizes.items()]
    return Records(tuple(columns), tuple(one.astype(column.kind) for one, column in zip(codes, columns, strict=True)))


def dependent(size: int) -> Records:
    """A column of 12 codes, one that follows from it, one that mostly does, and two by themselves, one of them rare."""
    random = np.random.default_rng(3)
    first = random.integers(0, 12, size)
    mostly = np.where(random.random(size) < 0.8, first // 3, random.integers(0, 4, size))
    alone, rare = random.integers(0, 3, size), (random.random(size) < 0.02).astype(np.int64)
    sizes = {"first": 12, "follows": 6, "mostly": 4, "alone": 3, "rare": 2}
    return records_of(sizes, [first, (first * 5 + 2) % 6, mostly, alone, rare])


def independent(size: int) -> Records:
    """Five columns that have nothing to do with each other."""
    random = np.random.default_rng(4)
    sizes = {"a": 12, "b": 6, "c": 4, "d": 3, "e": 2}
    return records_of(sizes, [random.binomial(codes - 1, 0.4, size) for codes in sizes.values()])
