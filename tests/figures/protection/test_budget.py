"""The ledger's calculus, against sums by hand."""

from __future__ import annotations

import math

import pytest

from palermo.figures.protection.accounting import BudgetError, epsilon_of, rho_of, scale_for
from palermo.figures.protection.budget import Budget, Spending, fits, refuse_over, room, spent

DELTA = 1e-6


def _gaussian(epsilon: float, delta: float = DELTA) -> Spending:
    scale = scale_for("gaussian", 1, epsilon, delta)
    return Spending(epsilon, delta, rho_of("gaussian", scale, 1))


def test_nothing_was_spent_at_first() -> None:
    assert spent([]) == 0
    assert spent([], DELTA) == 0


def test_budgets_without_delta_add_up() -> None:
    assert spent([Spending(0.5), Spending(0.25)]) == 0.75
    assert spent([Spending(0.5), Spending(0.25, 1e-7)]) == math.inf
    assert spent([Spending(0.5), Spending(0.25, 1e-7)], 1e-7) == 0.75


def test_gaussian_releases_cost_less_together_than_one_by_one() -> None:
    one = _gaussian(1)
    assert one.rho is not None
    assert spent([one], DELTA) == pytest.approx(1)
    assert spent([one] * 4, DELTA) == pytest.approx(epsilon_of(4 * one.rho, DELTA))
    assert spent([one] * 4, DELTA) < 2.2
    assert spent([one] * 4, 0.0) == math.inf


def test_what_has_no_rho_is_added_plainly() -> None:
    one, unknown = _gaussian(1), Spending(0.5, 1e-7)
    assert one.rho is not None
    assert spent([one, one, unknown], DELTA) == pytest.approx(0.5 + epsilon_of(2 * one.rho, DELTA - 1e-7))


def test_many_small_ones_without_delta_count_by_rho() -> None:
    many = [Spending(0.01)] * 1_000
    assert spent(many) == pytest.approx(10)
    assert spent(many, DELTA) == pytest.approx(epsilon_of(1_000 * 0.01**2 / 2, DELTA))


def test_every_release_counts() -> None:
    kinds = [Spending(0.3), _gaussian(0.7), Spending(0.1, 1e-8)]
    for more in kinds:
        assert spent([*kinds, more], DELTA) > spent(kinds, DELTA)


def test_a_budget_can_be_used_up_to_the_last() -> None:
    assert fits(Budget(0.3), [Spending(0.1), Spending(0.1)], Spending(0.1))
    assert not fits(Budget(0.3), [Spending(0.1), Spending(0.1)], Spending(0.101))
    assert fits(Budget(4, DELTA), [], _gaussian(4))


def test_room_is_what_still_fits() -> None:
    limit, before = Budget(4, DELTA), [_gaussian(1), Spending(0.5)]
    left = room(limit, before)
    assert 2.5 <= left.epsilon < 4
    assert fits(limit, before, Spending(left.epsilon * 0.999))
    assert not fits(limit, before, Spending(left.epsilon * 1.001))
    assert not fits(limit, before, Spending(epsilon_of(left.rho * 1.001, DELTA), DELTA, left.rho * 1.001))
    assert room(Budget(1), [Spending(0.4)]).epsilon == pytest.approx(0.6)
    assert room(Budget(1), [Spending(0.4)]).rho == 0
    assert room(Budget(1), [Spending(2)]).epsilon == 0


def test_what_passes_the_limit_is_refused_with_what_is_left() -> None:
    refuse_over(Budget(1), [Spending(0.4)], Spending(0.6))
    with pytest.raises(BudgetError, match=r"0\.6 is left"):
        refuse_over(Budget(1), [Spending(0.4)], Spending(0.7))


@pytest.mark.parametrize(
    "broken", [lambda: Budget(0), lambda: Spending(-1), lambda: Spending(1, 1), lambda: Budget(1, -1)]
)
def test_what_is_no_budget_is_refused(broken: object) -> None:
    assert callable(broken)
    with pytest.raises(BudgetError):
        broken()
