"""What is too small to publish and how it is hidden: the rules that a release is protected by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Method: TypeAlias = Literal["suppress", "round", "round_by_record", "noise", "synthetic"]


class RulesError(ValueError):
    """Rules that contradict themselves."""


@dataclass(frozen=True, slots=True)
class Dominance:
    """A sum is too revealing where its `largest` contributors give more than `percent` of it."""

    largest: int
    percent: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The parameters of a release's protection.

    Args:
        threshold: a cell of at least one and fewer than this many records is too small; 1 lets everything pass.
        hide_zeros: whether a cell of no records is too small as well, since it says that nobody is in it.
        dominance: for tables that sum something, when a few contributors would be seen through.
        method: what is done about cells that are too small.
        hide_size: whether nobody may even learn that a hidden cell is too small, by bounds that lie within 1 and
            `threshold` - 1; without it, only the exact number is kept from everybody.
        base: what values are rounded to a multiple of.
        epsilon, delta: what noise may give away, as differential privacy counts it. Synthetic records need a delta.
    """

    threshold: int = 5
    hide_zeros: bool = False
    dominance: Dominance | None = None
    method: Method = "suppress"
    hide_size: bool = True
    base: int = 5
    epsilon: float = 1.0
    delta: float = 0.0

    def __post_init__(self) -> None:
        if self.threshold < 1 or self.base < 2:
            raise RulesError("A threshold is at least 1, and a base to round to at least 2.")
        if self.epsilon <= 0 or not 0 <= self.delta < 1:
            raise RulesError("A budget of noise is above 0, and its delta from 0 to below 1.")
        if self.method == "synthetic" and not self.delta:
            raise RulesError("Synthetic records need a delta above 0.")
        if self.dominance and not (self.dominance.largest >= 1 and 0 < self.dominance.percent <= 100):
            raise RulesError("Dominance is of at least one contributor, and of 1 to 100 percent.")
