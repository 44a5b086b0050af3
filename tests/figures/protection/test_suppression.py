"""Large tables go other ways through protection and attack: on small ones these must come to the same."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given

from palermo.figures.protection import intervals, reach
from palermo.figures.protection.attack import attack
from palermo.figures.protection.audit import walls
from palermo.figures.protection.linear import SolverError
from palermo.figures.protection.protect import too_small
from palermo.figures.protection.reach import Move, Pattern, blocked
from palermo.figures.protection.shapes import Dimension, Flags, Table, with_totals
from palermo.figures.protection.suppression import besides_to_no_use
from palermo.figures.protection.system import system_of
from tests.figures.protection.tables import tables
from tests.figures.protection.test_protect import EXAMPLES, FULLY, bare


@EXAMPLES
@given(tables())
def test_in_bulk_the_attack_finds_the_same(table: Table) -> None:
    published = [bare(table, FULLY)]
    one_by_one = attack(published, FULLY)
    with patch.object(intervals, "EXACT", 0):
        in_bulk = attack(published, FULLY)
    assert {each.codes for each in in_bulk.exposed} == {each.codes for each in one_by_one.exposed}
    assert (in_bulk.low[0] >= one_by_one.low[0] - 1e-5).all()
    assert (in_bulk.high[0] <= one_by_one.high[0] + 1e-5).all()


@EXAMPLES
@given(tables())
def test_all_equations_at_once_tell_the_same_as_those_nearby(table: Table) -> None:
    small = too_small(table, FULLY)
    cells = [int(cell) for cell in system_of([table]).places[0][small]]
    moves = {cell: [Move(cell, 1, float(FULLY.threshold))] for cell in cells}
    nearby = [bool(blocked(_pattern(table, small), moves[cell])) for cell in cells]
    with patch.object(reach, "LARGE", 0):
        assert [bool(blocked(_pattern(table, small), moves[cell])) for cell in cells] == nearby


@pytest.mark.parametrize("seed", range(5))
def test_where_the_solver_gets_stuck_cells_are_looked_at_one_by_one(seed: int) -> None:
    a, b = (Dimension.flat(name, [f"{name}{at}" for at in range(6)]) for name in "ab")
    table = with_totals("t", [a, b], np.random.default_rng(seed).choice([0, 2, 3, 9, 30], size=(6, 6)))
    small = too_small(table, FULLY)
    moves = {int(cell): [Move(int(cell), 1, 5.0)] for cell in system_of([table]).places[0][small]}
    stuck, free = _pattern(table, small), _pattern(table, small)
    stuck.whole._solver.setOptionValue("presolve", "off")
    stuck.whole._solver.setOptionValue("ipm_iteration_limit", 0)
    stuck.whole.limit(-np.ones(stuck.whole.size), np.ones(stuck.whole.size))
    with pytest.raises(SolverError):
        stuck.whole.minimise(-np.ones(stuck.whole.size))
    assert _blocked_cells(stuck, moves) == _blocked_cells(free, moves)
    assert not stuck.seen.up.any()
    assert free.seen.up.any()


def test_a_cell_hidden_to_no_use_is_shown() -> None:
    """Alone in its row a hidden cell is known, and so is one more than a square of four."""
    table = with_totals(
        "t", [Dimension.flat("a", ["A", "B"]), Dimension.flat("b", ["U", "V", "W"])], np.full((2, 3), 9)
    )
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert _shown_again(table, [(0, 0)]) == [(0, 0)]
    assert _shown_again(table, corners) == []
    assert _shown_again(table, [*corners, (1, 2)]) == [(1, 2)]


def _blocked_cells(pattern: Pattern, moves: dict[int, list[Move]]) -> list[int]:
    return [blocks[0].move.cell for blocks in walls(pattern, moves)]


def _pattern(table: Table, hidden: Flags) -> Pattern:
    system = system_of([table])
    flags, values = np.zeros(system.count, dtype=bool), np.zeros(system.count)
    flags[system.places[0][hidden]] = True
    values[system.places[0]] = table.values
    return Pattern.after(system, values, flags, None)


def _shown_again(table: Table, besides: list[tuple[int, int]]) -> list[tuple[int, int]]:
    hidden = np.zeros(table.values.shape, dtype=bool)
    hidden[1:, 1:][tuple(zip(*besides, strict=True))] = True
    pattern = _pattern(table, hidden)
    useless, blocks = besides_to_no_use(pattern, np.zeros(pattern.system.count, dtype=bool))
    assert not blocks
    return [at for at in besides if pattern.system.places[0][1:, 1:][at] in useless]
