"""What is said of how near the choice is to the best one, against trying every choice."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from palermo.figures.protection import protect, suppression
from palermo.figures.protection.protect import too_small
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Dimension, Flags, PublishedTable, Table, with_totals
from tests.figures.protection.naive_attack import NEARLY, cell_of, limits

BOTH = pytest.mark.parametrize("rules", [Rules(hide_size=False), Rules(hide_size=True)])
FEW = (0, 2, 3, 7, 9, 12, 30, 200)


@pytest.mark.parametrize("seed", range(20))
@BOTH
def test_the_best_choice_lies_between_what_is_said_and_what_is_done(seed: int, rules: Rules) -> None:
    table = _table(seed, 3, 3)
    made = protect.protect([table], rules)
    hidden = int((~made.tables[0].shown).sum())
    assert round(hidden / (1 + made.gap)) <= _fewest(table, rules) <= hidden


@pytest.mark.slow
def test_stopping_early_costs_cells_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is hidden is safe all the same, and the gap that is said is wide enough for what a longer search found."""
    table, rules = _table(0, 5, 8, 5), Rules(hide_size=False)
    long = protect.protect([table], rules)
    monkeypatch.setattr(suppression, "ROUNDS", 2)
    short = protect.protect([table], rules)
    assert _is_safe(table, ~short.tables[0].shown, rules)
    fewer, more = (int((~made.tables[0].shown).sum()) for made in (long, short))
    assert fewer < more
    assert more / (1 + short.gap) <= fewer + NEARLY


def _table(seed: int, *sizes: int) -> Table:
    chance = np.random.default_rng(seed)
    dimensions = [
        Dimension.flat(name, [f"{name}{at}" for at in range(size)]) for name, size in zip("abc", sizes, strict=False)
    ]
    return with_totals("t", dimensions, chance.choice(FEW, size=sizes))


def _fewest(table: Table, rules: Rules) -> int:
    """How many cells the best safe choice hides, found by trying all of them, the smallest first."""
    small = too_small(table, rules)
    others = np.flatnonzero(~small)
    for more in range(len(others) + 1):
        for chosen in combinations(others, more):
            hidden = small.copy()
            hidden.flat[list(chosen)] = True
            if _is_safe(table, hidden, rules):
                return int(hidden.sum())
    raise AssertionError("nothing is safe")


def _is_safe(table: Table, hidden: Flags, rules: Rules) -> bool:
    """Whether every cell that is too small could be another number, or a number that is not too small."""
    published = PublishedTable("t", table.dimensions, np.where(hidden, 0, table.values), ~hidden)
    found = limits([published])
    for at in zip(*np.nonzero(too_small(table, rules)), strict=True):
        low, high = found[cell_of(published, [int(place) for place in at])]
        value = int(table.values[at])
        up, down = (rules.threshold - value, value) if rules.hide_size else (1, 1)
        if not (math.isinf(high) or high >= value + up - NEARLY or low <= value - down + NEARLY):
            return False
    return True
