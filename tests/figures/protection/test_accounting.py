"""Accounting against formulas worked out by hand, and noise against the chances that it is said to have."""

from __future__ import annotations

import math

import numpy as np
import pytest

from palermo.figures.protection.accounting import (
    BudgetError,
    Kind,
    deviation,
    epsilon_of,
    margin,
    noisy,
    rho_of,
    scale_for,
)

DRAWS = 20_000


def _chances(kind: Kind, scale: float) -> dict[int, float]:
    """The chance of every whole number, from the definition of the distribution."""
    reach = math.ceil(60 * scale)
    power = {
        k: -(k * k) / (2 * scale * scale) if kind == "gaussian" else -abs(k) / scale for k in range(-reach, reach + 1)
    }
    total = math.fsum(math.exp(one) for one in power.values())
    return {k: math.exp(one) / total for k, one in power.items()}


def _delta_of(rho: float, epsilon: float) -> float:
    """The delta that goes with a rho and an epsilon, by trying orders (Canonne, Kamath and Steinke 2020)."""
    orders = 1 + np.logspace(-3, 4, 20_000)
    logs = (orders - 1) * (orders * rho - epsilon) + orders * np.log1p(-1 / orders) - np.log(orders - 1)
    return float(np.exp(logs.min()))


@pytest.mark.parametrize(("epsilon", "delta"), [(0.1, 1e-9), (1, 1e-6), (4, 1e-6), (10, 1e-3)])
@pytest.mark.parametrize("sensitivity", [1.0, math.sqrt(190)])
def test_gaussian_noise_takes_the_budget_and_no_more(epsilon: float, delta: float, sensitivity: float) -> None:
    scale = scale_for("gaussian", sensitivity, epsilon, delta)
    rho = rho_of("gaussian", scale, sensitivity)
    assert rho == pytest.approx(sensitivity**2 / (2 * scale**2))
    assert epsilon_of(rho, delta) == pytest.approx(epsilon)
    assert _delta_of(rho, epsilon) == pytest.approx(delta, rel=1e-3)
    assert epsilon <= rho + 2 * math.sqrt(rho * math.log(1 / delta)), "the textbook's bound is looser"


@pytest.mark.parametrize(("sensitivity", "epsilon"), [(1, 1.0), (3, 0.5), (2, 8.0)])
def test_laplace_noise_takes_the_budget_and_no_more(sensitivity: int, epsilon: float) -> None:
    scale = scale_for("laplace", sensitivity, epsilon)
    assert scale == pytest.approx(sensitivity / epsilon)
    assert rho_of("laplace", scale, sensitivity) == pytest.approx(epsilon**2 / 2)


@pytest.mark.parametrize("kind", ["gaussian", "laplace"])
def test_noise_has_the_chances_that_it_should(kind: Kind) -> None:
    scale = 1.3
    drawn = noisy(np.full((2, DRAWS // 2), 1_000), kind, scale) - 1_000
    assert drawn.shape == (2, DRAWS // 2)
    chances = _chances(kind, scale)
    variance = sum(chance * k * k for k, chance in chances.items())
    assert variance <= deviation(kind, scale) ** 2
    for k in range(-4, 5):
        # Hoeffding: a part of the draws is further from its chance than this once in ten million times.
        assert abs((drawn == k).mean() - chances[k]) < math.sqrt(math.log(2e7) / (2 * DRAWS))
    assert drawn.std() == pytest.approx(math.sqrt(variance), rel=0.08)


@pytest.mark.parametrize("scale", [0.4, 1.0, 3.7, 12.0])
@pytest.mark.parametrize("kind", ["gaussian", "laplace"])
def test_the_margin_is_the_smallest_that_holds_19_times_in_20(kind: Kind, scale: float) -> None:
    chances, within = _chances(kind, scale), margin(kind, scale)

    def beyond(distance: int) -> float:
        return sum(chance for k, chance in chances.items() if abs(k) > distance)

    assert beyond(within) <= 0.05
    # Bounds for the tail of a Gaussian may be one too careful.
    assert beyond(max(0, within - (2 if kind == "gaussian" else 1))) > 0.05 or within <= 1


@pytest.mark.parametrize(
    ("kind", "epsilon", "delta"),
    [("gaussian", 1, 0), ("laplace", 1, 1e-6), ("laplace", 0, 0), ("gaussian", 1, 1), ("gaussian", math.inf, 0.1)],
)
def test_what_is_no_budget_is_refused(kind: Kind, epsilon: float, delta: float) -> None:
    with pytest.raises(BudgetError):
        scale_for(kind, 1, epsilon, delta)
