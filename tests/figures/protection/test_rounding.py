"""Rounding by which sums still add up, checked by adding up again."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import HealthCheck, given, settings

from palermo.figures.protection.rounding import round_to_add_up
from palermo.figures.protection.shapes import Dimension, Table, with_totals
from tests.figures.protection.tables import tables

BASE = 5


def check(table: Table) -> None:
    rounded = round_to_add_up(table, BASE)
    values = rounded.table.values
    assert (values % BASE == 0).all()
    assert (values >= 0).all()
    moved = np.abs(values - table.values)
    assert moved.max() == rounded.largest_move < 2 * BASE
    for at in product(*(range(size) for size in table.shape)):
        for axis, dimension in enumerate(table.dimensions):
            parts = [place for place, parent in enumerate(dimension.parents) if parent == at[axis]]
            if parts:
                assert values[at] == sum(values[(*at[:axis], part, *at[axis + 1 :])] for part in parts)
        if all(place in dimension.leaves for place, dimension in zip(at, table.dimensions, strict=True)):
            assert moved[at] < BASE
            assert values[at] == 0 or table.values[at] > 0


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(tables())
def test_sums_add_up_and_nothing_moves_far(table: Table) -> None:
    check(table)


def test_a_wide_table() -> None:
    rng = np.random.default_rng(3)
    used = [Dimension.flat("a", [str(n) for n in range(30)]), Dimension.flat("b", [str(n) for n in range(20)])]
    check(with_totals("t", used, rng.poisson(2, (30, 20))))


def test_the_same_table_is_rounded_in_the_same_way() -> None:
    table = with_totals("t", [Dimension.flat("a", list("ABCD"))], np.array([1, 2, 3, 4]))
    assert round_to_add_up(table, BASE).table.values.tolist() == round_to_add_up(table, BASE).table.values.tolist()
    assert round_to_add_up(table, BASE).largest_move < 2 * BASE
