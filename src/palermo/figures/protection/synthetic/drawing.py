"""Records drawn from a mixture of classes, as evenly as whole records allow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from palermo.figures.protection.records import Codes, Column
from palermo.figures.protection.synthetic.classes import Classes


def draw(classes: Classes, columns: tuple[Column, ...], records: int, random: np.random.Generator) -> tuple[Codes, ...]:
    """So many records.

    Each class gets its share of them to within one record, and within it each code its share to within one; only who
    goes with whom is left to chance. The records are in no order.

    Args:
        classes: what is drawn from.
        columns: what the classes' columns are.
        records: how many.
        random: it decides nothing about anybody's privacy.
    """
    of_class = _evenly(classes.shares, records, random)
    drawn = [np.empty(records, dtype=column.kind) for column in columns]
    order = random.permutation(records)
    start = 0
    for number, size in enumerate(np.bincount(of_class, minlength=len(classes.shares))):
        places = order[start : start + size]
        for codes, chances in zip(drawn, classes.chances, strict=True):
            codes[places] = random.permutation(_evenly(chances[:, number], int(size), random))
        start += size
    return tuple(drawn)


def _evenly(shares: NDArray[np.float64], size: int, random: np.random.Generator) -> NDArray[np.int64]:
    """So many places, in order, by their shares: points at equal distances over the shares laid end to end."""
    points = (np.arange(size) + random.random()) / max(1, size)
    ends = np.cumsum(shares)
    return np.minimum(np.searchsorted(ends / ends[-1], points, side="right"), len(shares) - 1)
