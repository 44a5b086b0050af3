"""The calculus of a ledger of noise: what releases of one population gave away together, and what there is room for.

Three ways of adding up all hold, so that the smallest counts: epsilons and deltas by plain sums; Gaussian noise by rho,
and the rest by plain sums; and everything that has no delta by rho as well. Each only grows with every release. That is
why the choice of a next release may depend on what earlier ones showed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from palermo.figures.protection.accounting import BudgetError, epsilon_of, rho_of_epsilon

STEPS = 30
"""Halvings by which the room is found: to a part in a thousand million of the limit."""
AS_GOOD_AS_NOTHING = 1e-12
"""What a sum may pass its limit by, in parts of it: a tenth and two tenths are a little over three tenths."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be given away of a population in all."""

    epsilon: float
    delta: float = 0.0

    def __post_init__(self) -> None:
        if not (0 < self.epsilon < math.inf and 0 <= self.delta < 1):
            raise BudgetError("A budget of noise is above 0, and its delta from 0 to below 1.")


@dataclass(frozen=True, slots=True)
class Spending:
    """What one release gave away: `rho` where its noise was Gaussian and this is known, besides epsilon and delta."""

    epsilon: float
    delta: float = 0.0
    rho: float | None = None

    def __post_init__(self) -> None:
        if not (0 < self.epsilon < math.inf and 0 <= self.delta < 1) or (self.rho is not None and self.rho <= 0):
            raise BudgetError("What a release gives away is above 0, and its delta from 0 to below 1.")


@dataclass(frozen=True, slots=True)
class Room:
    """What a next release may give away: this epsilon by noise without delta, or this rho by Gaussian noise."""

    epsilon: float
    rho: float


def spent(spendings: Iterable[Spending], delta: float = 0.0) -> float:
    """The epsilon that everything together gave away, for this delta; infinite where the deltas alone are more."""
    all_of_them = list(spendings)
    if not all_of_them:
        return 0.0
    gaussian = [one for one in all_of_them if one.rho is not None]
    pure = [one for one in all_of_them if one.rho is None and not one.delta]
    others = [one for one in all_of_them if one.rho is None and one.delta]
    ways = [_summed(all_of_them, [], delta), _summed([*pure, *others], gaussian, delta)]
    ways.append(_summed(others, [*gaussian, *pure], delta))
    return min(ways)


def fits(limit: Budget, spendings: Sequence[Spending], next_one: Spending) -> bool:
    """Whether another release stays within the limit."""
    return spent([*spendings, next_one], limit.delta) <= limit.epsilon * (1 + AS_GOOD_AS_NOTHING)


def room(limit: Budget, spendings: Sequence[Spending]) -> Room:
    """The most that one more release may give away."""
    pure = _largest(lambda epsilon: fits(limit, spendings, Spending(epsilon)), limit.epsilon)
    if not limit.delta:
        return Room(pure, 0.0)
    # Rho alone is less than the epsilon that it stands for, whatever the delta.
    gaussian = _largest(lambda rho: fits(limit, spendings, _of_rho(rho, limit.delta)), limit.epsilon)
    return Room(pure, gaussian)


def refuse_over(limit: Budget, spendings: Sequence[Spending], next_one: Spending) -> None:
    """Let pass what stays within the limit.

    Raises:
        BudgetError: it would be passed; the message says what there is room for.
    """
    if not fits(limit, spendings, next_one):
        left = room(limit, spendings)
        raise BudgetError(
            f"The budget of noise has no room for this: epsilon {next_one.epsilon:g} is asked for, and "
            f"{left.epsilon:.4g} is left."
        )


def _summed(plainly: Sequence[Spending], by_rho: Sequence[Spending], delta: float) -> float:
    """Some by plain sums, the others by rho for what the sums leave of delta."""
    epsilon = math.fsum(one.epsilon for one in plainly)
    left = delta - math.fsum(one.delta for one in plainly)
    if left < -AS_GOOD_AS_NOTHING * delta or (by_rho and left <= 0):
        return math.inf
    rho = math.fsum(rho_of_epsilon(one.epsilon) if one.rho is None else one.rho for one in by_rho)
    return epsilon + (epsilon_of(rho, left) if by_rho else 0.0)


def _of_rho(rho: float, delta: float) -> Spending:
    return Spending(epsilon_of(rho, delta), delta, rho)


def _largest(holds: Callable[[float], bool], at_most: float) -> float:
    """The largest number up to a limit for which something holds that holds for all below it; 0 where for none."""
    low, high = 0.0, at_most
    if holds(high):
        return high
    for _step in range(STEPS):
        middle = (low + high) / 2
        if not middle:
            break
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
