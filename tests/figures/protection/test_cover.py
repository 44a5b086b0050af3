"""What is said of how near the choice is to the best one, against trying every choice."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from palermo.figures.protection import cover, protect, suppression
from palermo.figures.protection.cover import Cover, Line, Problem, UnprotectableError
from palermo.figures.protection.linear import InfeasibleError
from palermo.figures.protection.protect import too_small
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Dimension, Flags, PublishedTable, Table, with_totals
from palermo.figures.protection.system import Numbers, Places, system_of
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
@BOTH
def test_whoever_chooses_safely_breaks_every_wall(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a row too strict, a safe choice that was found without it would not fulfil it, and the gap be too small."""
    made: list[Watched] = []

    def watched(problem: Problem, needs: Numbers, either: Places) -> Watched:
        made.append(Watched(problem, needs, either))
        return made[-1]

    monkeypatch.setattr(suppression, "Cover", watched)
    for seed in range(8):
        table = _table(seed, 3, 3, 2)
        found = protect.protect([table], rules)
        assert not made[-1].allows(table, too_small(table, rules))
        for way in range(6):
            safe = _shown_until_unsafe(table, np.random.default_rng(way), rules)
            assert round(int((~found.tables[0].shown).sum()) / (1 + found.gap)) <= safe.sum()
            assert made[-1].allows(table, safe)
    assert sum(each.two_ways for each in made) > 0


@pytest.mark.slow
def test_stopping_early_costs_cells_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is hidden is safe all the same, and the gap that is said is wide enough for what a longer search found."""
    table, rules = _table(0, 5, 8, 5), Rules(hide_size=False)
    long = protect.protect([table], rules)
    monkeypatch.setattr(cover, "EFFORT", 500)
    short = protect.protect([table], rules)
    assert _is_safe(table, ~short.tables[0].shown, rules)
    fewer, more = (int((~made.tables[0].shown).sum()) for made in (long, short))
    assert fewer < more
    assert more / (1 + short.gap) <= fewer + NEARLY


@pytest.mark.parametrize("first", [Rules(threshold=3), Rules(threshold=5, hide_size=False)])
def test_what_is_hidden_already_and_nothing_may_be_besides_is_refused(first: Rules) -> None:
    values = np.array([[2, 1, 30], [1, 1, 30], [30, 30, 40]])
    table = with_totals("t", [Dimension.flat("a", list("ABC")), Dimension.flat("b", list("UVW"))], values)
    before = protect.protect([table], first)
    with pytest.raises(UnprotectableError):
        protect.protect([table], Rules(threshold=5), before.tables)


def test_what_earlier_sums_give_away_is_refused() -> None:
    """Each face of the cube was shown, so that one number tells all others."""
    a, b, c = (Dimension.flat(name, [f"{name}0", f"{name}1"]) for name in "abc")
    values = np.full((2, 2, 2), 9)
    values[0, 0, 0], values[1, 1, 0], values[1, 1, 1] = 2, 0, 0
    cube = with_totals("cube", [a, b, c], values)
    faces = [
        Table(f"without {axis}", tuple(kept), np.ascontiguousarray(cube.values.take(cube.dimensions[axis].total, axis)))
        for axis, kept in enumerate(([b, c], [a, c], [a, b]))
    ]
    before = protect.protect(faces, Rules(threshold=5))
    assert all(face.shown.all() for face in before.tables)
    with pytest.raises(UnprotectableError):
        protect.protect([cube], Rules(threshold=5), before.tables)


class Watched(Cover):
    """Counts the cells that may go either way, and tells what its rows allow when all of them have been added."""

    two_ways = 0

    def _either(self, cell: int, first: Line, second: Line) -> list[Line]:
        self.two_ways += 1
        return super()._either(cell, first, second)

    def allows(self, table: Table, hidden: Flags) -> bool:
        chosen = np.zeros(self._problem.system.count)
        chosen[system_of([table]).places[0][hidden]] = 1.0
        ways = len(self._costs) - len(self._names)
        low = np.append(chosen[self._names], np.zeros(ways))
        self._programme.limit(low, np.append(chosen[self._names], np.ones(ways)))
        try:
            self._programme.minimise(self._costs)
        except InfeasibleError:
            return False
        return True


def _shown_until_unsafe(table: Table, chance: np.random.Generator, rules: Rules) -> Flags:
    """A safe choice from which nothing can be taken away: all is hidden, and cells are shown while that is safe."""
    hidden = np.ones(table.shape, dtype=bool)
    for cell in chance.permutation(np.flatnonzero(~too_small(table, rules))):
        hidden.flat[cell] = False
        hidden.flat[cell] = not _is_safe(table, hidden, rules)
    return hidden


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
