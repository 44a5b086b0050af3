"""How often each two codes of two columns occur together, with noise: all that synthetic records learn of real ones.

Every pair of columns is counted, and so are the records. All these numbers are one vector with one noise on it. Counts
are multiplied by whole numbers before the noise and divided after, so that some pairs have more exact counts than
others: one record more changes one cell of every pair by the pair's weight, and the number of records by its own. The
root of the sum of squares of the weights therefore is the sensitivity, whatever the records are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from palermo.figures.protection.accounting import deviation, noisy, rho_of, scale_for
from palermo.figures.protection.margins import all_margins
from palermo.figures.protection.noise import Guarantee
from palermo.figures.protection.records import Records
from palermo.figures.protection.shapes import Counts, ShapeError

MOST_CODES = 1_000
"""Codes of all columns together: the work grows with their square."""
FINEST = 8
"""How finely weights can differ: that of a pair of one cell."""
SHARE_OF_COUNT = 0.02
"""Part of the budget, as rho, that goes into the number of records."""


@dataclass(frozen=True)
class Weights:
    """What counts are multiplied by: one whole number for each pair of columns, in order, and one for all records."""

    pairs: tuple[int, ...]
    total: int

    @property
    def sensitivity(self) -> float:
        """How far one record more changes all weighted counts together: never less than it does."""
        squares = sum(weight * weight for weight in (*self.pairs, self.total))
        return math.nextafter(math.sqrt(squares), math.inf)


@dataclass(frozen=True)
class NoisyPairs:
    """Noisy counts of all pairs of columns, and how much noise they have.

    Args:
        sizes: how many codes each column has.
        tables: for each pair of columns, in order, its counts; one axis a column.
        deviations: for each pair the standard deviation of the noise on each of its counts.
        records: the noisy number of records, at least 0.
        guarantee: what all of this gave away.
    """

    sizes: tuple[int, ...]
    tables: tuple[NDArray[np.float64], ...]
    deviations: tuple[float, ...]
    records: int
    guarantee: Guarantee

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The two columns of each table, by their places."""
        return tuple(combinations(range(len(self.sizes)), 2))


def weights_for(sizes: Sequence[int]) -> Weights:
    """Weights by which the noise of all pairs together is least, as parts of all records.

    A pair of many cells has more noise in all, so that its counts are worth being more exact: by the third root of the
    number of its cells.
    """
    pairs = tuple(round(FINEST * math.cbrt(one * other)) for one, other in combinations(sizes, 2))
    squares = sum(weight * weight for weight in pairs)
    return Weights(pairs, max(1, round(math.sqrt(squares * SHARE_OF_COUNT / (1 - SHARE_OF_COUNT)))))


def weighted_counts(records: Records, weights: Weights) -> Counts:
    """The vector that gets the noise: the counts of each pair and the number of records, by their weights."""
    margins = all_margins(records, ways=2)
    names = [column.dimension.name for column in records.columns]
    counted = [margins[pair].ravel() for pair in combinations(names, 2)]
    weighted = [counts * weight for counts, weight in zip(counted, weights.pairs, strict=True)]
    return np.concatenate([*weighted, np.array([len(records) * weights.total])])


def measure(records: Records, epsilon: float, delta: float) -> NoisyPairs:
    """Count all pairs of columns with noise that takes the whole budget.

    Args:
        records: at least two columns; one person is in one of them at most.
        epsilon: the budget,
        delta: and the second half of it; above 0.

    Raises:
        ShapeError: too few columns, or too many codes.
        BudgetError: the budget is none.
    """
    sizes = tuple(len(column.leaf_codes) for column in records.columns)
    if len(sizes) < 2 or sum(sizes) > MOST_CODES:
        raise ShapeError(f"Synthetic records have at least two columns, and together at most {MOST_CODES} codes.")
    weights = weights_for(sizes)
    scale = scale_for("gaussian", weights.sensitivity, epsilon, delta)
    rho = rho_of("gaussian", scale, weights.sensitivity)
    values = noisy(weighted_counts(records, weights), "gaussian", scale)
    tables, start = [], 0
    for (one, other), weight in zip(combinations(sizes, 2), weights.pairs, strict=True):
        tables.append(values[start : start + one * other].reshape(one, other) / weight)
        start += one * other
    spread = deviation("gaussian", scale)
    return NoisyPairs(
        sizes,
        tuple(tables),
        tuple(spread / weight for weight in weights.pairs),
        max(0, round(int(values[-1]) / weights.total)),
        Guarantee("gaussian", epsilon, delta, rho, scale),
    )
