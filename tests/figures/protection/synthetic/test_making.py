"""Synthetic records beside real ones of known make-up, and beside a comparison written naively."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from palermo.figures.protection.records import Records
from palermo.figures.protection.shapes import ShapeError
from palermo.figures.protection.synthetic.classes import Classes, fit
from palermo.figures.protection.synthetic.drawing import draw
from palermo.figures.protection.synthetic.making import synthesize
from palermo.figures.protection.synthetic.pairs import measure
from palermo.figures.protection.synthetic.quality import compare

from .made_records import dependent, independent, records_of


def _mean_distance(real: Records, synthetic: Records, ways: int) -> float:
    """Total variation distance, cell by cell."""
    distances = []
    for some in combinations(range(len(real.columns)), ways):
        one, other = (
            Counter(zip(*(records.codes[place].tolist() for place in some), strict=True))
            for records in (real, synthetic)
        )
        gaps = (abs(one[cell] / len(real) - other[cell] / len(synthetic)) for cell in one.keys() | other.keys())
        distances.append(sum(gaps) / 2)
    return sum(distances) / len(distances)


@pytest.mark.parametrize("make", [dependent, independent])
def test_synthetic_records_look_alike(make: object) -> None:
    assert callable(make)
    real = make(20_000)
    made = synthesize(real, 4, 1e-6, codes_are_declared=True)
    assert made.records.columns == real.columns
    assert abs(len(made.records) - 20_000) <= 100, "the number of records is within 0.5 percent"
    assert made.misfit < 1.8
    assert _mean_distance(real, made.records, 2) < 0.015
    assert _mean_distance(real, made.records, 3) < 0.04
    assert made.guarantee.epsilon == 4
    assert len(made.worst) == 10
    assert made.worst[0][2] == max(misfit for _one, _other, misfit in made.worst)


def test_what_follows_from_another_column_still_does() -> None:
    made = synthesize(dependent(20_000), 4, 1e-6, codes_are_declared=True).records
    first, follows = (made.codes[place].astype(np.int64) for place in (0, 1))
    assert ((first * 5 + 2) % 6 == follows).mean() > 0.97


def test_few_records_and_a_small_budget_are_not_read_as_patterns() -> None:
    real = independent(400)
    made = [synthesize(real, 0.5, 1e-6, codes_are_declared=True) for _again in range(3)]
    for one in made:
        assert abs(len(one.records) - 400) < 400
        assert one.misfit < 1.8


def test_each_call_makes_others() -> None:
    real = dependent(300)
    one, other = (synthesize(real, 4, 1e-6, codes_are_declared=False) for _again in range(2))
    assert not one.codes_are_declared
    assert [codes.tolist() for codes in one.records.codes] != [codes.tolist() for codes in other.records.codes]


def test_no_records_make_nearly_none() -> None:
    nobody = records_of({"a": 3, "b": 2}, [np.zeros(0, dtype=np.int64)] * 2)
    made = synthesize(nobody, 1, 1e-6, codes_are_declared=True)
    assert len(made.records) < 300


def test_a_fit_meets_counts_to_within_their_noise() -> None:
    found = fit(measure(dependent(20_000), 4, 1e-6), np.random.default_rng(1))
    assert found.shares.sum() == pytest.approx(1, abs=1e-5)
    for chances in found.chances:
        assert np.allclose(chances.sum(axis=0), 1, atol=1e-5)
        assert (chances >= 0).all()


def test_drawing_gives_each_code_its_share_to_within_one_a_class() -> None:
    shares = np.array([0.25, 0.75])
    chances = (np.array([[1.0, 0.2], [0.0, 0.8]]), np.array([[0.3, 0.5], [0.7, 0.5]]))
    columns = records_of({"a": 2, "b": 2}, [np.zeros(1, dtype=np.int64)] * 2).columns
    drawn = draw(Classes(shares, chances, 1.0, (1.0,)), columns, 1_000, np.random.default_rng(2))
    assert abs(int((drawn[0] == 0).sum()) - (250 + 150)) <= 3
    assert abs(int((drawn[1] == 0).sum()) - (75 + 375)) <= 3
    halves = [int((drawn[0][half] == 0).sum()) for half in (slice(0, 500), slice(500, 1_000))]
    assert abs(halves[0] - halves[1]) < 120, "records are in no order"


def test_the_report_says_what_a_naive_comparison_says() -> None:
    real, other = dependent(700), dependent(500)
    report = compare(real, other, threshold=5)
    assert (report.real_records, report.synthetic_records) == (700, 500)
    for ways in (1, 2, 3):
        assert report.mean[ways] == pytest.approx(_mean_distance(real, other, ways))
        assert list(report.worst[ways]) == sorted(report.worst[ways], reverse=True)
    counted = Counter[str]()
    for some in combinations(range(5), 3):
        one, two = (
            Counter(zip(*(records.codes[place].tolist() for place in some), strict=True)) for records in (real, other)
        )
        for cell in one.keys() | two.keys():
            counted["real"] += 1 <= one[cell] < 5
            counted["met"] += 1 <= one[cell] < 5 and two[cell] > 0
            counted["seen"] += 1 <= two[cell] < 5
            counted["invented"] += 1 <= two[cell] < 5 and not one[cell]
    small = report.small
    assert dict(counted) == {"real": small.real, "met": small.met, "seen": small.seen, "invented": small.invented}


def test_records_of_other_columns_are_not_compared() -> None:
    with pytest.raises(ShapeError):
        compare(dependent(10), independent(10))
