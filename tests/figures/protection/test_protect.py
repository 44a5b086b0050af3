"""Protection against an attack that was written without it, over another solver."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from palermo.figures.protection.attack import attack
from palermo.figures.protection.cover import UnprotectableError
from palermo.figures.protection.protect import Protected, protect, too_small
from palermo.figures.protection.rules import Dominance, Rules
from palermo.figures.protection.shapes import Dimension, PublishedTable, Table, with_totals
from tests.figures.protection.naive_attack import NEARLY, limits
from tests.figures.protection.tables import linked, tables

EXACTLY = Rules(threshold=5, hide_size=False)
FULLY = Rules(threshold=5, hide_size=True)
CASES = int(os.environ.get("PALERMO_CASES", "40"))
"""How many tables are made up; by this variable, as many as there is time for."""
EXAMPLES = settings(max_examples=CASES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def bare(table: Table, rules: Rules) -> PublishedTable:
    """A table with nothing hidden but what is too small: complementary suppression switched off."""
    small = too_small(table, rules)
    return PublishedTable(table.name, table.dimensions, np.where(small, 0, table.values), ~small)


def is_recovered(low: float, high: float) -> bool:
    """Whether only one whole number is left."""
    return not math.isinf(high) and math.floor(high + NEARLY) <= math.ceil(low - NEARLY)


def check(made: Protected, given_tables: Sequence[Table], rules: Rules) -> None:
    for published, table, small in zip(made.tables, given_tables, made.too_small, strict=True):
        assert not (published.shown & small).any()
        assert (published.values[published.shown] == table.values[published.shown]).all()
    for low, high in limits(made.tables).values():
        assert not is_recovered(low, high)
        if rules.hide_size:
            assert not (low > NEARLY and high < rules.threshold - NEARLY)
    assert not attack(made.tables, rules).succeeded


@EXAMPLES
@given(tables())
def test_nothing_hidden_is_recovered(table: Table) -> None:
    for rules in (EXACTLY, FULLY):
        check(protect([table], rules), [table], rules)


@EXAMPLES
@given(linked())
def test_nothing_hidden_is_recovered_from_linked_tables(pair: list[Table]) -> None:
    check(protect(pair, FULLY), pair, FULLY)


@EXAMPLES
@given(tables())
def test_the_attack_finds_what_another_finds(table: Table) -> None:
    """With nothing hidden besides, whatever the naive attack recovers is recovered, and within the same limits."""
    published = bare(table, FULLY)
    ours = attack([published], FULLY)
    expected = limits([published])
    found = {frozenset(zip((d.name for d in table.dimensions), each.codes, strict=True)) for each in ours.exposed}
    for cell, (low, high) in expected.items():
        key = next(k for k in [_with_totals(table, cell)])
        at = tuple(d.codes.index(dict(key)[d.name]) for d in table.dimensions)
        assert ours.low[0][at] == pytest.approx(low, abs=1e-5)
        assert ours.high[0][at] == pytest.approx(high, abs=1e-5) or (math.isinf(high) and ours.high[0][at] >= 10)
        if is_recovered(low, high):
            assert key in found


def _with_totals(table: Table, cell: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    named = dict(cell)
    return frozenset((d.name, named.get(d.name, d.codes[d.total])) for d in table.dimensions)


def test_without_hiding_others_cells_are_recovered() -> None:
    """A province's five cases are five people: the only small cell of a row is its total less the others."""
    table = with_totals(
        "t",
        [Dimension.flat("p", ["A", "B", "C"]), Dimension.flat("s", ["F", "M"])],
        np.array([[3, 40], [50, 60], [70, 80]]),
    )
    assert attack([bare(table, EXACTLY)], EXACTLY).exposed[0].codes == ("A", "F")
    assert any(is_recovered(*ends) for ends in limits([bare(table, EXACTLY)]).values())
    made = protect([table], EXACTLY)
    assert int((~made.tables[0].shown).sum()) == 4
    assert made.gap == 0.0


def test_the_same_table_is_protected_in_the_same_way() -> None:
    rng = np.random.default_rng(7)
    table = with_totals(
        "t", [Dimension.flat("a", list("ABCDEF")), Dimension.flat("b", list("UVWXYZ"))], rng.poisson(3, (6, 6))
    )
    first, second = protect([table], FULLY), protect([table], FULLY)
    assert first.tables[0].shown.tobytes() == second.tables[0].shown.tobytes()


def test_what_was_shown_before_is_reckoned_with() -> None:
    """The first release shows a row that the second hides a cell of: together they must not give it away."""
    a, b = Dimension.flat("a", ["A", "B", "C"]), Dimension.flat("b", ["U", "V", "W"])
    whole = with_totals("now", [a, b], np.array([[2, 30, 40], [50, 60, 70], [80, 90, 99]]))
    shown = np.zeros(whole.shape, dtype=bool)
    shown[1, 2:] = True
    shown[1, 0] = True
    before = PublishedTable("before", whole.dimensions, np.where(shown, whole.values, 0), shown)
    with pytest.raises(UnprotectableError):
        protect([whole], FULLY, [before])
    alone = protect([whole], FULLY)
    assert attack(alone.tables, FULLY, [before]).succeeded
    assert any(is_recovered(*ends) for ends in limits([*alone.tables, before]).values())


def test_one_person_more_than_last_time_is_found() -> None:
    a = Dimension.flat("a", ["A", "B"])
    before = with_totals("before", [a], np.array([20, 30]))
    now = with_totals("now", [a], np.array([21, 60]))
    everything = np.ones(3, dtype=bool)
    earlier = PublishedTable("before", (a,), before.values, everything)
    found = attack([PublishedTable("now", (a,), now.values, everything)], FULLY, [earlier])
    assert [(each.table, each.codes, each.earlier) for each in found.differences] == [("now", ("A",), "before")]
    assert found.succeeded
    made = protect([now], FULLY, [earlier])
    assert not made.tables[0].shown[1]
    assert not attack(made.tables, FULLY, [earlier]).succeeded


def test_a_sum_that_one_gave_most_of_is_hidden_widely() -> None:
    """Of 100 dollars one gave 95: whoever gave the rest must not be able to tell how much that one gave."""
    a = Dimension.flat("a", ["A", "B", "C", "D"])
    sums = with_totals("t", [a], np.array([100, 400, 500, 600]))
    people = with_totals("t", [a], np.array([20, 20, 20, 20])).values
    largest = np.array([[95, 95], [95, 2], [30, 30], [40, 40], [50, 50]], dtype=np.int64)
    table = Table("t", (a,), sums.values, contributors=people, largest=largest)
    rules = Rules(dominance=Dominance(largest=1, percent=80))
    assert too_small(table, rules).tolist() == [False, True, False, False, False]
    made = protect([table], rules)
    low, high = limits(made.tables)[frozenset({("a", "A")})]
    assert high >= 95 * 100 / 80
    assert low <= 100


def test_zeros_may_be_hidden_too() -> None:
    """Were they never, a hidden cell would be known to hold somebody."""
    table = with_totals("t", [Dimension.flat("a", list("ABC"))], np.array([0, 50, 60]))
    assert not protect([table], Rules(hide_zeros=True)).tables[0].shown[1]
