"""What noise gives away, and how much of it a budget asks for, by OpenDP: its proofs, its arithmetic, its randomness.

A release with noise hides whether any one person is in the records: what is published would be almost as likely without
them. *Almost* is a factor of e^epsilon, and delta is the chance that it is more. `rho` counts the same for Gaussian
noise in a way that adds up better over several releases (zero-concentrated differential privacy), and turns into an
epsilon for any delta. How far one person can change the numbers, all of them together, is the *sensitivity*.

Noise is whole numbers from the system's source of randomness. There is no seed on purpose: who could draw the noise
again could take it away. A release stays the same byte for byte because its noisy numbers are what is kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, TypeAlias, cast

import numpy as np
from opendp.accuracy import discrete_gaussian_scale_to_accuracy, discrete_laplacian_scale_to_accuracy
from opendp.combinators import make_fix_delta, make_pureDP_to_zCDP, make_zCDP_to_approxDP
from opendp.domains import atom_domain, vector_domain
from opendp.measurements import make_gaussian, make_laplace
from opendp.metrics import l1_distance, l2_distance
from opendp.mod import Measurement, OpenDPException, binary_search, enable_features

from palermo.figures.protection.shapes import Counts

Kind: TypeAlias = Literal["gaussian", "laplace"]

# OpenDP calls everything "contrib" whose proof its own committee has not voted on yet; nothing works without it.
enable_features("contrib")

ONE_IN_TWENTY = 0.05
A_LITTLE = 1e-9
"""What noise is more than it must be, so that no rounding of real numbers makes it less."""
MOST_EPSILON = 100
"""Far beyond any budget that still protects somebody."""


class BudgetError(ValueError):
    """A budget that is none, or that nothing can be drawn from any more."""


def noisy(values: Counts, kind: Kind, scale: float) -> Counts:
    """Whole numbers with noise on each, drawn by itself.

    Args:
        values: any shape.
        kind: which distribution; `scale` is the standard deviation of the Gaussian one, and that of the Laplace one
            divided by the square root of 2.
        scale: above 0.
    """
    drawn = _measurement(kind, scale)(np.ascontiguousarray(values, dtype=np.int64).ravel())
    return np.array(drawn, dtype=np.int64).reshape(values.shape)


def scale_for(kind: Kind, sensitivity: float, epsilon: float, delta: float = 0.0) -> float:
    """The smallest scale of noise that keeps within a budget.

    Args:
        kind: Laplace noise needs no delta and takes none; Gaussian noise needs one above 0.
        sensitivity: how far one person changes the numbers together: the sum of what each changes by for Laplace
            noise, a whole number; the root of the sum of squares for Gaussian noise.
        epsilon: the budget,
        delta: and the second half of it.

    Raises:
        BudgetError: epsilon is not above 0, or delta is not what the kind of noise needs.
    """
    if not 0 < epsilon <= MOST_EPSILON or sensitivity <= 0:
        raise BudgetError(f"A budget of noise is above 0 and at most {MOST_EPSILON}, and one person changes something.")
    if (kind == "gaussian") != (delta > 0) or not 0 <= delta < 1:
        raise BudgetError("Gaussian noise needs a delta above 0 and below 1; Laplace noise has none.")
    if kind == "laplace":
        roughly = int(sensitivity) / epsilon
        return _smallest(lambda scale: _measurement("laplace", scale).check(int(sensitivity), epsilon), roughly)

    scale = _scale_of_one(epsilon, delta) * sensitivity * (1 + A_LITTLE)
    given = make_fix_delta(make_zCDP_to_approxDP(_measurement("gaussian", scale)), delta)
    if not given.check(float(sensitivity), (epsilon, delta)):
        raise BudgetError("No scale of noise was found that keeps within this budget.")
    return scale


@lru_cache(maxsize=256)
def _scale_of_one(epsilon: float, delta: float) -> float:
    """The scale of Gaussian noise where one person changes the numbers together by 1."""

    def within(scale: float) -> bool:
        try:
            return epsilon_of(0.5 / scale**2, delta) <= epsilon
        except OpenDPException:
            # So little noise that what it gives away is too large a number.
            return False

    # The textbook's formula, from which OpenDP's tighter one is not far: epsilon = rho + 2 root(rho log(1 / delta)).
    high = math.log(1 / delta)
    rho = (math.sqrt(high + epsilon) - math.sqrt(high)) ** 2
    return _smallest(within, math.sqrt(0.5 / rho))


def _smallest(holds: Callable[[float], bool], roughly: float) -> float:
    """The smallest scale that something holds for, up to little more than a rough one."""
    return binary_search(holds, bounds=(roughly / 1e6, roughly * 1.01))


def rho_of(kind: Kind, scale: float, sensitivity: float) -> float:
    """What noise of this scale gives away, as rho."""
    measurement = _measurement(kind, scale)
    if kind == "laplace":
        return _given_away(make_pureDP_to_zCDP(measurement), int(sensitivity))
    return _given_away(measurement, float(sensitivity))


@lru_cache(maxsize=1024)
def epsilon_of(rho: float, delta: float) -> float:
    """The epsilon that goes with a rho, for a delta above 0.

    Raises:
        BudgetError: rho or delta is not above 0.
    """
    if rho <= 0 or not 0 < delta < 1:
        raise BudgetError("A rho is above 0, and the delta that it is turned into epsilon for from 0 to below 1.")
    as_gaussian = make_zCDP_to_approxDP(_measurement("gaussian", math.sqrt(0.5 / rho)))
    profile = as_gaussian.map(1.0)  # type: ignore[no-untyped-call]
    return cast(float, profile.epsilon(delta))


def rho_of_epsilon(epsilon: float) -> float:
    """The rho that a budget without delta is counted as."""
    return epsilon * epsilon / 2


def margin(kind: Kind, scale: float) -> int:
    """How far one noisy number lies from the true one at most, 19 times in 20."""
    reached = discrete_gaussian_scale_to_accuracy if kind == "gaussian" else discrete_laplacian_scale_to_accuracy
    # OpenDP says which distance is reached or passed at most one time in twenty.
    return max(0, math.ceil(float(reached(scale, ONE_IN_TWENTY))) - 1)


def deviation(kind: Kind, scale: float) -> float:
    """The standard deviation of the noise, at most."""
    return scale if kind == "gaussian" else scale * math.sqrt(2)


def _given_away(measurement: Measurement, sensitivity: float) -> float:
    return cast(float, measurement.map(sensitivity))  # type: ignore[no-untyped-call]


def _measurement(kind: Kind, scale: float) -> Measurement:
    domain = vector_domain(atom_domain(T="i64"))
    if kind == "gaussian":
        return make_gaussian(domain, l2_distance(T="f64"), scale)
    return make_laplace(domain, l1_distance(T="i64"), scale)
