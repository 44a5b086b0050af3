"""Tables with noise: how much one record changes, what adds up, and what becomes of numbers below zero."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.figures.protection import noise
from palermo.figures.protection.accounting import BudgetError, Kind
from palermo.figures.protection.noise import Totals, add_noise, nearest_counts
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Counts, Dimension, Table, with_totals

PLACE = Dimension.nested("place", {"CA": None, "West": "CA", "BC": "West", "AB": "West", "QC": "CA"})
SEX = Dimension.flat("sex", ["F", "M"])
RULES = {"laplace": Rules(epsilon=1), "gaussian": Rules(epsilon=1, delta=1e-6)}


def _tables(records: list[tuple[int, int]]) -> list[Table]:
    leaves = np.zeros((3, 2), dtype=np.int64)
    for record in records:
        leaves[record] += 1
    return [with_totals("both", [PLACE, SEX], leaves), with_totals("sex", [SEX], leaves.sum(axis=0))]


def _without_noise(monkeypatch: pytest.MonkeyPatch) -> list[Counts]:
    """Keeps what would have got noise, and lets it through unchanged."""
    seen: list[Counts] = []

    def keep(values: Counts, kind: Kind, scale: float) -> Counts:
        seen.append(values.ravel())
        return values

    monkeypatch.setattr(noise, "noisy", keep)
    return seen


@pytest.mark.parametrize("totals", ["sum", "own"])
@pytest.mark.parametrize("kind", ["laplace", "gaussian"])
def test_one_record_more_changes_what_gets_noise_by_what_is_claimed(
    monkeypatch: pytest.MonkeyPatch, kind: Kind, totals: Totals
) -> None:
    claims: list[float] = []

    def claimed(kind: Kind, sensitivity: float, epsilon: float, delta: float) -> float:
        claims.append(sensitivity)
        return 1.0

    monkeypatch.setattr(noise, "scale_for", claimed)
    seen = _without_noise(monkeypatch)
    some = [(0, 0), (1, 1), (1, 1)]

    def measured(records: list[tuple[int, int]]) -> Counts:
        seen.clear()
        add_noise(_tables(records), RULES[kind], totals=totals, records_of_one=1)
        return np.concatenate(seen)

    before = measured(some)
    changes = [measured([*some, extra]) - before for extra in product(range(3), range(2))]
    norm = max(float(np.abs(one).sum() if kind == "laplace" else np.sqrt((one * one).sum())) for one in changes)
    assert claims[0] == pytest.approx(norm)


def test_a_person_of_several_records_needs_as_much_more_noise() -> None:
    once, thrice = (add_noise(_tables([]), RULES["gaussian"], records_of_one=most).guarantee for most in (1, 3))
    assert thrice.scale == pytest.approx(3 * once.scale)
    assert thrice.rho == pytest.approx(once.rho)


def test_totals_are_the_sums_of_what_is_published() -> None:
    noised = add_noise(_tables([(0, 0)] * 40), RULES["laplace"])
    for published, margins in zip(noised.tables, noised.margins, strict=True):
        leaves = published.values[np.ix_(*(dimension.leaves for dimension in published.dimensions))]
        assert (leaves >= 0).all()
        assert (published.values == with_totals("", published.dimensions, leaves).values).all()
        assert published.shown.all()
        assert published.reach is None
        assert margins.max() == margins.ravel()[0], "the grand total is the sum of most"


def test_totals_of_their_own_do_not_add_up_and_negatives_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noise, "noisy", lambda values, *_noise: values - 1)
    table = add_noise(_tables([]), RULES["laplace"], totals="own").tables[0]
    assert (table.values == -1).all()
    assert not table.adds_up


def test_margins_of_sums_grow_by_the_root_of_how_many() -> None:
    noised = add_noise(_tables([]), RULES["gaussian"])
    scale, margins = noised.guarantee.scale, noised.margins[0]
    assert margins[0, 0] == math.ceil(1.96 * scale * math.sqrt(6))
    assert margins[1, 1] == math.ceil(1.96 * scale * math.sqrt(2))
    assert abs(margins[2, 1] - 1.96 * scale) < 1


def test_sums_of_amounts_are_refused() -> None:
    dollars = Table("dollars", (SEX,), np.array([3, 1, 2]), contributors=np.array([2, 1, 1]))
    with pytest.raises(BudgetError):
        add_noise([dollars], RULES["laplace"])
    with pytest.raises(BudgetError):
        add_noise([], RULES["laplace"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-5, 5), min_size=1, max_size=3), st.integers(-2, 8))
def test_no_whole_numbers_are_nearer(values: list[int], total: int) -> None:
    found = nearest_counts(np.array(values), total)
    total = max(0, total)
    assert found.sum() == total
    assert (found >= 0).all()

    def distance(numbers: tuple[int, ...]) -> int:
        return sum((one - other) ** 2 for one, other in zip(numbers, values, strict=True))

    possible = [one for one in product(range(total + 1), repeat=len(values)) if sum(one) == total]
    assert distance(tuple(found.tolist())) == min(map(distance, possible))


def test_many_numbers_keep_their_total() -> None:
    random = np.random.default_rng(5)
    values = random.integers(-400, 500, 20_000)
    assert nearest_counts(values, 123_457).sum() == 123_457
