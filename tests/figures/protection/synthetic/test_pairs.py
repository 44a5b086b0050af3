"""Noisy pairs: counted right, changed by one record as claimed, with the noise and for the budget that is said."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from palermo.figures.protection.accounting import BudgetError, Kind, epsilon_of
from palermo.figures.protection.records import Records
from palermo.figures.protection.shapes import Counts, ShapeError
from palermo.figures.protection.synthetic import pairs
from palermo.figures.protection.synthetic.pairs import Weights, measure, weighted_counts, weights_for

from .made_records import dependent, records_of

SIZES = {"a": 3, "b": 2, "c": 2}


def _few(rows: list[tuple[int, ...]]) -> Records:
    return records_of(SIZES, list(np.array(rows, dtype=np.int64).reshape(-1, len(SIZES)).T))


@pytest.mark.parametrize("some", [[], [(0, 0, 0)], [(0, 1, 1), (2, 0, 1), (2, 0, 1)]])
def test_one_record_more_changes_counts_by_exactly_the_sensitivity(some: list[tuple[int, ...]]) -> None:
    weights = weights_for(list(SIZES.values()))
    before = weighted_counts(_few(some), weights)
    for extra in product(*map(range, SIZES.values())):
        change = weighted_counts(_few([*some, extra]), weights) - before
        assert np.sqrt((change * change).sum()) == pytest.approx(weights.sensitivity, rel=1e-12)
        assert np.sqrt((change * change).sum()) <= weights.sensitivity


def test_without_noise_pairs_are_counted_right(monkeypatch: pytest.MonkeyPatch) -> None:
    def unchanged(values: Counts, kind: Kind, scale: float) -> Counts:
        return values

    monkeypatch.setattr(pairs, "noisy", unchanged)
    records = dependent(500)
    found = measure(records, 4, 1e-6)
    assert found.records == 500
    for (one, other), table in zip(found.pairs, found.tables, strict=True):
        naive = np.zeros(table.shape)
        for codes in zip(records.codes[one].tolist(), records.codes[other].tolist(), strict=True):
            naive[codes] += 1
        assert np.allclose(table, naive)


def test_the_budget_is_what_the_noise_says_by_hand() -> None:
    found = measure(dependent(200), 4, 1e-6)
    squares = [1 / (2 * spread**2) for spread in found.deviations]
    weights = weights_for(found.sizes)
    rho = sum(squares) + weights.total**2 / (2 * found.guarantee.scale**2)
    assert found.guarantee.rho == pytest.approx(rho)
    assert epsilon_of(rho, 1e-6) == pytest.approx(4)
    assert weights.total**2 / weights.sensitivity**2 == pytest.approx(pairs.SHARE_OF_COUNT, rel=0.15)


def test_noise_is_as_large_as_said() -> None:
    records = dependent(300)
    exact = weighted_counts(records, Weights((1,) * 10, 1))
    gaps = []
    for _draw in range(20):
        found, start = measure(records, 4, 1e-6), 0
        for table, spread in zip(found.tables, found.deviations, strict=True):
            gaps.append((table.ravel() - exact[start : start + table.size]) / spread)
            start += table.size
    together = np.concatenate(gaps)
    # Over so many draws, both are further off than this once in ten million times.
    assert abs(together.mean()) < 5.4 / np.sqrt(len(together))
    assert abs(together.var() - 1) < 5.6 * np.sqrt(2 / len(together))


def test_larger_pairs_get_less_noise_on_each_count() -> None:
    weights = dict(zip(combinations((60, 10, 2), 2), weights_for([60, 10, 2]).pairs, strict=True))
    assert weights[60, 10] > weights[60, 2] > weights[10, 2]


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(ShapeError):
        measure(records_of({"a": 2}, [np.zeros(3, dtype=np.int64)]), 1, 1e-6)
    with pytest.raises(ShapeError):
        measure(records_of({"a": 800, "b": 201}, [np.zeros(3, dtype=np.int64)] * 2), 1, 1e-6)
    with pytest.raises(BudgetError):
        measure(dependent(10), 1, 0)
