"""An attack written without looking at the product's: dictionaries, one variable a cell, and the solver GLPK."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import swiglpk as glpk

from palermo.figures.protection.shapes import NO_PARENT, PublishedTable

Cell = frozenset[tuple[str, str]]
"""A cell by its codes that are not totals, so that cells of linked tables meet."""
NEARLY = 1e-6


def cell_of(table: PublishedTable, at: Sequence[int]) -> Cell:
    named = zip(table.dimensions, at, strict=True)
    return frozenset(
        (dimension.name, dimension.codes[place]) for dimension, place in named if dimension.parents[place] != NO_PARENT
    )


def limits(tables: Sequence[PublishedTable], least: int = 0) -> dict[Cell, tuple[float, float]]:
    """The least and the most that each hidden cell can be; infinite where nothing limits it."""
    shown: dict[Cell, int] = {}
    cells: set[Cell] = set()
    equations: list[tuple[Cell, list[Cell]]] = []
    for table in tables:
        for at in product(*(range(size) for size in table.shape)):
            cell = cell_of(table, at)
            cells.add(cell)
            if table.shown[at]:
                shown[cell] = int(table.values[at])
            for axis, dimension in enumerate(table.dimensions):
                parts = [place for place, parent in enumerate(dimension.parents) if parent == at[axis]]
                if parts:
                    equations.append((cell, [cell_of(table, (*at[:axis], part, *at[axis + 1 :])) for part in parts]))
    hidden = sorted(cells - set(shown), key=sorted)
    return _solved(hidden, shown, equations, least)


def _solved(
    hidden: list[Cell], shown: dict[Cell, int], equations: list[tuple[Cell, list[Cell]]], least: int
) -> dict[Cell, tuple[float, float]]:
    column = {cell: number + 1 for number, cell in enumerate(hidden)}
    problem = glpk.glp_create_prob()
    if hidden:
        glpk.glp_add_cols(problem, len(hidden))
    for cell in hidden:
        glpk.glp_set_col_bnds(problem, column[cell], glpk.GLP_LO, float(least), 0.0)
    for total, parts in equations:
        weights: dict[int, float] = {}
        known = 0.0
        for cell, weight in [(total, -1.0), *((part, 1.0) for part in parts)]:
            if cell in shown:
                known -= weight * shown[cell]
            else:
                weights[column[cell]] = weights.get(column[cell], 0.0) + weight
        if not weights:
            assert abs(known) < NEARLY, "what is shown does not add up"
            continue
        row = glpk.glp_add_rows(problem, 1)
        glpk.glp_set_row_bnds(problem, row, glpk.GLP_FX, known, known)
        places, values = glpk.intArray(len(weights) + 1), glpk.doubleArray(len(weights) + 1)
        for number, (place, weight) in enumerate(weights.items(), start=1):
            places[number], values[number] = place, weight
        glpk.glp_set_mat_row(problem, row, len(weights), places, values)
    found = {
        cell: (_end(problem, column[cell], glpk.GLP_MIN), _end(problem, column[cell], glpk.GLP_MAX)) for cell in hidden
    }
    glpk.glp_delete_prob(problem)
    return found


def _end(problem: object, column: int, direction: int) -> float:
    options = glpk.glp_smcp()
    glpk.glp_init_smcp(options)
    options.msg_lev = glpk.GLP_MSG_OFF
    glpk.glp_set_obj_dir(problem, direction)
    glpk.glp_set_obj_coef(problem, column, 1.0)
    glpk.glp_std_basis(problem)
    failed = glpk.glp_simplex(problem, options)
    status = glpk.glp_get_status(problem)
    value = glpk.glp_get_obj_val(problem)
    glpk.glp_set_obj_coef(problem, column, 0.0)
    if status == glpk.GLP_UNBND:
        return float("inf") if direction == glpk.GLP_MAX else float("-inf")
    assert not failed, failed
    assert status == glpk.GLP_OPT, status
    return float(value)
