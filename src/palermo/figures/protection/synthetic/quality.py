"""How alike synthetic records are to the real ones they stand beside, table by table.

All of it compares with real records and without noise. It is for who decides about a release; what may be published of
how well the records fit is in `making.Synthetic`, or whatever of this is paid for by a budget of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from palermo.figures.protection.margins import all_margins
from palermo.figures.protection.records import Records
from palermo.figures.protection.shapes import Counts, ShapeError

WORST = 10


@dataclass(frozen=True, slots=True, order=True)
class Distance:
    """How much of one table would have to move to make it the other: 0 where they agree, 1 where they share nothing.

    This is the total variation distance: half the sum of what their cells differ by, each as a part of its own records.
    """

    distance: float
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Small:
    """What became of cells below the threshold, over all tables of the most columns.

    A synthetic record is nobody's. Where `invented` is a large part of `seen`, a small synthetic count says little of
    whether there is anybody; where `met` is a small part of `real`, rare combinations are missing.

    Args:
        real: cells with at least one real record, and fewer than the threshold.
        met: those of them with a synthetic record.
        seen: cells with at least one synthetic record, and fewer than the threshold.
        invented: those of them without a real record.
    """

    real: int
    met: int
    seen: int
    invented: int


@dataclass(frozen=True)
class Quality:
    """The report.

    Args:
        real_records: how many there are.
        synthetic_records: and of these.
        mean: the mean distance over all tables of one column, of two, and so on.
        worst: for each number of columns the tables that differ most, worst first.
        threshold: what `small` goes by.
        small: see there.
    """

    real_records: int
    synthetic_records: int
    mean: Mapping[int, float]
    worst: Mapping[int, tuple[Distance, ...]]
    threshold: int
    small: Small


def compare(real: Records, synthetic: Records, *, threshold: int = 5, ways: int = 3) -> Quality:
    """Compare all tables of one to `ways` columns.

    Raises:
        ShapeError: the columns are not the same, there are no records, or the tables are too large.
    """
    if real.columns != synthetic.columns or not len(real) or not len(synthetic):
        raise ShapeError("Records of the same columns are compared, and at least one of each.")
    ways = min(ways, len(real.columns))
    of_real, of_synthetic = all_margins(real, ways), all_margins(synthetic, ways)
    distances = [Distance(_distance(counts, of_synthetic[columns]), columns) for columns, counts in of_real.items()]
    by_ways = {way: [one for one in distances if len(one.columns) == way] for way in range(1, ways + 1)}
    cells = [
        _small(counts, of_synthetic[columns], threshold) for columns, counts in of_real.items() if len(columns) == ways
    ]
    return Quality(
        len(real),
        len(synthetic),
        {way: float(np.mean([one.distance for one in some])) for way, some in by_ways.items()},
        {way: tuple(sorted(some, reverse=True)[:WORST]) for way, some in by_ways.items()},
        threshold,
        Small(*np.sum(cells, axis=0).tolist()),
    )


def _distance(one: Counts, other: Counts) -> float:
    return float(np.abs(one / one.sum() - other / other.sum()).sum() / 2)


def _small(real: Counts, synthetic: Counts, threshold: int) -> tuple[int, ...]:
    """The numbers of `Small`, of one table."""
    below, seen = (real > 0) & (real < threshold), (synthetic > 0) & (synthetic < threshold)
    some = (below, below & (synthetic > 0), seen, seen & (real == 0))
    return tuple(int(np.count_nonzero(one)) for one in some)
