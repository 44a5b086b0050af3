"""A mixture of classes fitted to noisy counts of pairs: each class has its own chances in every column.

Within a class columns have nothing to do with each other; what they have to do with each other comes from the classes.
With enough classes any counts of pairs can be met. The fit starts where no column depends on any other, and ends where
it is as near to the noisy counts as the true counts are to be expected: whatever is nearer would repeat the noise. If
it ends far from there, more classes are tried; but what chance made of the records themselves no class need explain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from palermo.figures.protection.synthetic.pairs import NoisyPairs

CLASSES = (64, 128, 256, 512)
"""How many classes are tried, one after the other."""
NEAR_ENOUGH = 1.1
"""The misfit above which more classes are tried."""
STEPS, CHECK_EVERY = 800, 20
PACE = 0.15
"""How far a step moves a logarithm of a chance at most, about; less and less over the last third of the steps."""
FIRST_DIFFERENCES = 0.1
"""How much classes differ at first, so that they can part."""
REMEMBERED, REMEMBERED_SQUARES = 0.9, 0.98
FEW_PRODUCTS = 250_000
"""Multiplications up to which numpy's library works with one thread."""

Numbers: TypeAlias = NDArray[np.floating]


@dataclass(frozen=True)
class Classes:
    """A mixture of classes.

    Args:
        shares: of each class among all records.
        chances: one array a column: for each code (first axis) and class its chance.
        misfit: how far the noisy counts lie from those of the mixture, in squares, as a part of what the noise would
            make together with the chance that so many people are as they are; at most about 1 where the mixture says
            all that there is to say.
        by_pair: the same for each pair of columns.
    """

    shares: NDArray[np.float64]
    chances: tuple[NDArray[np.float64], ...]
    misfit: float
    by_pair: tuple[float, ...]


def fit(pairs: NoisyPairs, random: np.random.Generator) -> Classes:
    """The mixture of as few classes as meet the noisy counts.

    Args:
        pairs: what is met.
        random: where classes begin; it decides nothing about anybody's privacy.
    """
    found: Classes | None = None
    for classes in CLASSES:
        tried = _Fit(pairs, classes, random).run()
        if found is None or tried.misfit < found.misfit:
            found = tried
        if found.misfit <= NEAR_ENOUGH:
            break
    assert found is not None  # noqa: S101  # CLASSES is not empty.
    return found


class _Fit:
    """Steps down the sum of squares between noisy counts and those of the mixture, each divided by its noise (Adam)."""

    def __init__(self, pairs: NoisyPairs, classes: int, random: np.random.Generator) -> None:
        self._pairs = pairs
        self._starts = np.concatenate([[0], np.cumsum(pairs.sizes)[:-1]])
        self._column = np.repeat(np.arange(len(pairs.sizes)), pairs.sizes)
        records = max(1, pairs.records)
        self._wanted, deviations = _side_by_side(pairs, self._starts, records)
        self._unit = float(deviations.min())
        self._weights = (self._unit / deviations).astype(np.float32) ** 2
        self._by_noise = 1 / deviations**2
        self._by_noise_and_chance = 1 / (deviations**2 + np.maximum(self._wanted, 0) / records)
        alone = _each_column(pairs, records)
        start = np.log(alone)[:, None] + random.normal(0, FIRST_DIFFERENCES, (len(alone), classes))
        # The last row holds the logarithms of the shares.
        self._logs = np.concatenate([start, np.zeros((1, classes))]).astype(np.float32)

    def run(self) -> Classes:
        """Step until the fit is as near as it may be, or the steps are used up."""
        slope, squares = np.zeros_like(self._logs), np.zeros_like(self._logs)
        for step in range(1, STEPS + 1):
            shares, chances = self._now()
            gap = _product(chances * shares, chances.T) - self._wanted
            if step % CHECK_EVERY == 0 and self._misfit(gap, self._by_noise)[0] <= 1:
                break
            downhill = self._slope(shares, chances, self._weights * gap)
            slope += (1 - REMEMBERED) * (downhill - slope)
            squares += (1 - REMEMBERED_SQUARES) * (downhill * downhill - squares)
            size = PACE * min(1, (STEPS - step) / (STEPS / 3) + 0.01) / (1 - REMEMBERED**step)
            self._logs -= size * slope / (np.sqrt(squares / (1 - REMEMBERED_SQUARES**step)) + np.float32(1e-12))
        return self._classes()

    def _now(self) -> tuple[Numbers, Numbers]:
        """Shares and chances: what the logarithms say, scaled so that each column and the shares sum to 1."""
        logs, shares = self._logs[:-1], np.exp(self._logs[-1] - self._logs[-1].max())
        chances = np.exp(logs - np.maximum.reduceat(logs, self._starts)[self._column])
        return shares / shares.sum(), chances / self._by_column(chances)

    def _by_column(self, numbers: Numbers) -> Numbers:
        """For each code the sum over all codes of its column."""
        return np.add.reduceat(numbers, self._starts)[self._column]

    def _slope(self, shares: Numbers, chances: Numbers, gap: Numbers) -> Numbers:
        """How the sum of squares changes with each logarithm, but for a common factor."""
        pull = _product(gap, chances)
        by_share = (pull * chances).sum(axis=0) / 2
        by_chance = chances * pull
        slope = np.empty_like(self._logs)
        slope[:-1] = shares * (by_chance - chances * self._by_column(by_chance))
        slope[-1] = shares * (by_share - (shares * by_share).sum())
        return slope

    def _misfit(self, gap: Numbers, weights: NDArray[np.float64]) -> tuple[float, list[float]]:
        """By cell and by pair of columns, whichever is worse; and of each pair."""
        squares = weights * gap * gap
        blocks = np.add.reduceat(np.add.reduceat(squares, self._starts, axis=0), self._starts, axis=1)
        of_pairs = [float(blocks[pair]) for pair in self._pairs.pairs]
        cells = [table.size for table in self._pairs.tables]
        by_pair = [squares / size for squares, size in zip(of_pairs, cells, strict=True)]
        return max(sum(of_pairs) / sum(cells), sum(by_pair) / len(by_pair)), by_pair

    def _classes(self) -> Classes:
        shares, chances = self._now()
        gap = _product(chances * shares, chances.T) - self._wanted
        misfit, by_pair = self._misfit(gap, self._by_noise_and_chance)
        columns = np.split(chances.astype(np.float64), self._starts[1:])
        return Classes(shares.astype(np.float64), tuple(columns), misfit, tuple(by_pair))


def _product(one: Numbers, other: Numbers) -> Numbers:
    """The product of two matrices, in pieces too small for threads.

    Threads of matrices like these wait for each other most of the time: on a machine with other work to do, the whole
    product takes thirty times as long.
    """
    rows = max(1, FEW_PRODUCTS // other.size)
    columns = np.ascontiguousarray(other)
    product = np.empty((len(one), other.shape[1]), dtype=one.dtype)
    for start in range(0, len(one), rows):
        np.matmul(one[start : start + rows], columns, out=product[start : start + rows])
    return product


def _side_by_side(pairs: NoisyPairs, starts: NDArray[np.int64], records: int) -> tuple[Numbers, NDArray[np.float64]]:
    """All pairs in one square of codes by codes, as parts of all records, and their noise, infinite within a column."""
    codes = sum(pairs.sizes)
    wanted = np.zeros((codes, codes), dtype=np.float32)
    deviations = np.full((codes, codes), np.inf)
    for (one, other), table, spread in zip(pairs.pairs, pairs.tables, pairs.deviations, strict=True):
        rows = slice(starts[one], starts[one] + pairs.sizes[one])
        columns = slice(starts[other], starts[other] + pairs.sizes[other])
        wanted[rows, columns] = table / records
        wanted[columns, rows] = table.T / records
        deviations[rows, columns] = deviations[columns, rows] = spread / records
    return wanted, deviations


def _each_column(pairs: NoisyPairs, records: int) -> NDArray[np.float64]:
    """The chances of each column by itself: from all pairs that it is in, those with less noise counting for more."""
    sums = [np.zeros(size) for size in pairs.sizes]
    for (one, other), table, spread in zip(pairs.pairs, pairs.tables, pairs.deviations, strict=True):
        sums[one] += table.sum(axis=1) / (spread**2 * pairs.sizes[other])
        sums[other] += table.sum(axis=0) / (spread**2 * pairs.sizes[one])
    found = []
    for column in sums:
        positive = np.maximum(column / max(column.sum(), 1e-9), 0.5 / records)
        found.append(positive / positive.sum())
    return np.concatenate(found)
