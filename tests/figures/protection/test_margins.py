"""All combinations of a few columns, against a count of each by hand."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.figures.protection import margins
from palermo.figures.protection.margins import all_margins
from palermo.figures.protection.records import Column, Records
from palermo.figures.protection.shapes import Dimension, ShapeError


def _made(sizes: list[int], records: int, seed: int = 0) -> Records:
    rng = np.random.default_rng(seed)
    columns = [Column(Dimension.flat(f"d{at}", [str(code) for code in range(size)])) for at, size in enumerate(sizes)]
    codes = [rng.integers(0, size, records, dtype=column.kind) for size, column in zip(sizes, columns, strict=True)]
    return Records(tuple(columns), tuple(codes))


def _check(records: Records, ways: int) -> None:
    found = all_margins(records, ways)
    places = range(len(records.columns))
    names = [column.dimension.name for column in records.columns]
    wanted = [some for way in range(1, ways + 1) for some in combinations(places, way)]
    assert list(found) == [tuple(names[place] for place in some) for some in wanted]
    for some, counts in zip(wanted, found.values(), strict=True):
        assert counts.shape == tuple(len(records.columns[place].leaf_codes) for place in some)
        by_hand = Counter(zip(*(records.codes[place].tolist() for place in some), strict=True))
        assert {cell: int(value) for cell, value in np.ndenumerate(counts) if value} == dict(by_hand)


@pytest.mark.parametrize("cells", [8, 100, 5_000])
@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=7), st.integers(1, 4), st.integers(1, 40))
def test_counts_every_combination_as_by_hand(cells: int, sizes: list[int], ways: int, records: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(margins, "FEW_CELLS", cells)
        patch.setattr(margins, "MANY_CELLS", cells)
        patch.setattr(margins, "CHUNK", 16)
        patch.setattr(margins, "SLICE", 5)
        _check(_made(sizes, records), ways)


def test_counts_columns_of_many_codes_beside_many_of_two() -> None:
    _check(_made([300, 23, 61, 4] + [2] * 9, 2_000), 3)


def test_twenty_columns_take_few_tables() -> None:
    sizes = [23, 4, 10, 61, 61, 4] + [2] * 14
    limit = 1 << 19
    tables = set(margins._tables(margins._blocks(sizes, limit, 3), sizes, limit, 3))
    covered = {some for table in tables for some in combinations(table, 3)}
    assert len(covered) == comb(20, 3)
    assert len(tables) < 60


def test_more_combinations_than_can_be_held_are_refused() -> None:
    records = _made([60_000, 300, 2], 10)
    with pytest.raises(ShapeError, match="too many"):
        all_margins(records)
    assert all_margins(records, ways=1)["d1",].sum() == 10
