"""Tables with noise: what each cell says would be almost as likely if any one person were not in the records.

Noise is drawn anew each time and on purpose cannot be drawn again (see `accounting`): the tables that come out are what
a release keeps and publishes, and asking a second time for them is a second release, paid from the budget again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal, TypeAlias

import numpy as np

from palermo.figures.protection.accounting import BudgetError, Kind, deviation, margin, noisy, rho_of, scale_for
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Counts, PublishedTable, Table, with_totals

Totals: TypeAlias = Literal["sum", "own"]
"""Totals are the sums of the noisy cells below them and add up, or have noise of their own, are nearer, and do not."""
Negatives: TypeAlias = Literal["keep", "nearest"]
"""Numbers below zero stay, so that none leans to either side; or the cells without children become the nearest numbers
of at least zero with the same total, which makes small cells and empty ones look more alike."""

WITHIN_19_OF_20 = 1.96


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What noise gave away, all tables of it together, and the noise that it takes.

    `rho` is what the ledger adds up; `scale` is that of the noise of each number. One person is taken to be in at most
    `records_of_one` records.
    """

    kind: Kind
    epsilon: float
    delta: float
    rho: float
    scale: float
    records_of_one: int = 1


@dataclass(frozen=True)
class Noised:
    """Tables with noise.

    `margins`: for each cell how far it lies from the true number at most, 19 times in 20, before numbers below zero are
    dealt with.
    """

    tables: tuple[PublishedTable, ...]
    margins: tuple[Counts, ...]
    guarantee: Guarantee


def add_noise(
    tables: Sequence[Table],
    rules: Rules,
    *,
    totals: Totals = "sum",
    negatives: Negatives = "nearest",
    records_of_one: int = 1,
) -> Noised:
    """Tables of counts of the same records, with noise that takes the whole budget of the rules.

    Without a delta in the rules the noise is discrete Laplace, otherwise discrete Gaussian, which is smaller where
    several tables share a budget. Where totals have their own noise, negatives are kept.

    Args:
        tables: what is counted; every record is counted once in each.
        rules: its `epsilon` and `delta`.
        totals: what they are made of.
        negatives: what becomes of numbers below zero.
        records_of_one: in how many of the records one person can be at most.

    Raises:
        BudgetError: a table sums something, so that one person could change it by any amount; or the budget is none.
    """
    if not tables or records_of_one < 1 or any(table.contributors is not None for table in tables):
        raise BudgetError("Noise with a budget is for counts of records; of sums nobody knows what one person changes.")
    kind: Kind = "gaussian" if rules.delta else "laplace"
    sensitivity = _sensitivity(tables, kind, totals) * records_of_one
    scale = scale_for(kind, sensitivity, rules.epsilon, rules.delta)
    rho = rho_of(kind, scale, sensitivity)
    guarantee = Guarantee(kind, rules.epsilon, rules.delta, rho, scale, records_of_one)
    published = tuple(_published(table, guarantee, totals, negatives) for table in tables)
    return Noised(published, tuple(_margins(table, guarantee, totals) for table in tables), guarantee)


def _sensitivity(tables: Sequence[Table], kind: Kind, totals: Totals) -> float:
    """How far one record more changes the numbers that get noise."""
    cells = sum(1 if totals == "sum" else _most_cells(table) for table in tables)
    return math.sqrt(cells) if kind == "gaussian" else cells


def _most_cells(table: Table) -> int:
    """In how many cells of a table a record can count, totals included."""
    return math.prod(int(dimension.upward.sum(axis=0).max()) for dimension in table.dimensions)


def _published(table: Table, guarantee: Guarantee, totals: Totals, negatives: Negatives) -> PublishedTable:
    kind, scale = guarantee.kind, guarantee.scale
    if totals == "own":
        values = noisy(table.values, kind, scale)
    else:
        leaves = noisy(table.values[np.ix_(*(dimension.leaves for dimension in table.dimensions))], kind, scale)
        if negatives == "nearest":
            leaves = nearest_counts(leaves.ravel(), int(leaves.sum())).reshape(leaves.shape)
        values = with_totals(table.name, table.dimensions, leaves).values
    shown = np.ones(values.shape, dtype=np.bool_)
    return PublishedTable(table.name, table.dimensions, values, shown, reach=None, adds_up=totals == "sum")


def nearest_counts(values: Counts, total: int) -> Counts:
    """The whole numbers of at least 0 with this total that are nearest to the given ones, by the sum of squares.

    Args:
        values: one axis.
        total: what they sum to; 0 where it is below.
    """
    total = max(0, total)
    if not len(values) or not total:
        return np.zeros_like(values)
    falling = np.sort(values)[::-1]
    surplus = (np.cumsum(falling) - total) / np.arange(1, len(values) + 1)
    offset = surplus[np.flatnonzero(falling > surplus)[-1]]
    exact = np.maximum(values - offset, 0)
    whole: Counts = np.floor(exact).astype(np.int64)
    missing = total - int(whole.sum())
    # Rounding in the sums of real numbers can leave one too many as well as one too few.
    order = np.argsort(whole - exact, kind="stable")
    if missing > 0:
        whole[order[:missing]] += 1
    elif missing < 0:
        whole[np.argsort(-whole, kind="stable")[:-missing]] -= 1
    return whole


def _margins(table: Table, guarantee: Guarantee, totals: Totals) -> Counts:
    """Of every cell, by how many noisy numbers it is the sum of."""
    of_one = margin(guarantee.kind, guarantee.scale)
    if totals == "own":
        return np.full(table.shape, of_one, dtype=np.int64)
    below = [dimension.upward.sum(axis=1) for dimension in table.dimensions]
    summed: Counts = reduce(np.multiply.outer, below)
    spread = WITHIN_19_OF_20 * deviation(guarantee.kind, guarantee.scale)
    margins: Counts = np.ceil(spread * np.sqrt(summed)).astype(np.int64)
    margins[summed == 1] = of_one
    return margins
