"""Protecting tables by hiding cells: what is too small, and what has to be hidden besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from palermo.figures.protection.cover import UnprotectableError
from palermo.figures.protection.differences import grew_little, same_records
from palermo.figures.protection.intervals import fitting
from palermo.figures.protection.reach import Move
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Flags, PublishedTable, Table
from palermo.figures.protection.suppression import suppress
from palermo.figures.protection.system import Numbers, System, system_of

ZEROS = 2_000
"""So many of the cells that hold nobody, at most, are candidates to be hidden."""
UNSURE = 0.1
"""By this share of it, at least, a hidden sum must be uncertain."""


@dataclass(frozen=True)
class Protected:
    """Tables that may be published, which of their cells were too small, and how near to the best choice this is.

    `gap` is the share by which at most more cells are hidden than any safe choice would hide.
    """

    tables: tuple[PublishedTable, ...]
    too_small: tuple[Flags, ...]
    gap: float


def too_small(table: Table, rules: Rules) -> Flags:
    """The cells of a table that a rule set does not let pass."""
    records = table.values if table.contributors is None else table.contributors
    small: Flags = (records >= 1) & (records < rules.threshold)
    if rules.hide_zeros:
        small |= records == 0
    if rules.dominance and table.largest is not None:
        leading = table.largest[..., : rules.dominance.largest].sum(axis=-1)
        small |= (table.values > 0) & (leading * 100 > table.values * rules.dominance.percent)
    return small


def protect(tables: Sequence[Table], rules: Rules, earlier: Sequence[PublishedTable] = ()) -> Protected:
    """Hide what is too small and as few other cells as it takes that nobody can work them out.

    All tables must be over the same records, and either all count them or all sum the same of them. What `earlier`
    tables of these records show cannot be hidden any more; cells from whose earlier number only a few records have come
    or gone are too small as well.

    Raises:
        UnprotectableError: some cell could be worked out whatever is hidden.
        ShapeError: two tables give different numbers for the same cell.
    """
    small = tuple(too_small(table, rules) for table in tables)
    same = same_records(tables, earlier, rules)
    system = system_of([*tables, *same])
    known = _known(system, tables, same, rules)
    marks = _flags(system, small)
    for one in earlier:
        marks |= _flags(system, [grew_little(table, one, rules) for table in tables])
    if (marks & known.shown).any():
        raise UnprotectableError("An earlier table shows a cell that is too small.")
    needs = _needed(system, tables, rules)
    wanted = {int(at): _moves(int(at), known.values[at], needs[at], rules) for at in np.flatnonzero(marks)}
    may = ((known.values > 0) | _some(known.values == 0)) & ~known.shown
    found = suppress(system, known.values, wanted, may, known.gone)
    published = tuple(
        PublishedTable(
            table.name,
            table.dimensions,
            np.where(found.hidden[places], 0, table.values),
            ~found.hidden[places],
            counts=table.contributors is None,
        )
        for table, places in zip(tables, system.places, strict=False)
    )
    return Protected(published, small, found.gap)


@dataclass(frozen=True)
class _Known:
    """A number for each cell, whether an earlier table has shown it, and whether only earlier tables hide it."""

    values: Numbers
    shown: Flags
    gone: Flags


def _known(system: System, tables: Sequence[Table], same: Sequence[PublishedTable], rules: Rules) -> _Known:
    """What is known of each cell.

    What only earlier tables hold and hide is not kept anywhere; any numbers that fit will do.
    """
    values = np.zeros(system.count)
    shown = np.zeros(system.count, dtype=bool)
    sure = np.zeros(system.count, dtype=bool)
    for old, places in zip(same, system.places[len(tables) :], strict=True):
        values[places[old.shown]] = old.values[old.shown]
        shown[places[old.shown]] = sure[places[old.shown]] = True
    for table, places in zip(tables, system.places, strict=False):
        values[places] = table.values
        sure[places] = True
    if not sure.all():
        values[~sure] = fitting(system, values, sure, rules)
    return _Known(values, shown, ~sure)


def _flags(system: System, arrays: Sequence[Flags]) -> Flags:
    found = np.zeros(system.count, dtype=bool)
    for array, places in zip(arrays, system.places, strict=False):
        found[places[array]] = True
    return found


def _needed(system: System, tables: Sequence[Table], rules: Rules) -> Numbers:
    """How far above its value each cell of a sum must be able to lie, so that nobody's share is seen through.

    With dominance: until the largest contributors would give no more than they may (A. Hundepool et al., Statistical
    Disclosure Control, 2012, section 4.2).
    """
    needs = np.zeros(system.count)
    for table, places in zip(tables, system.places, strict=False):
        if table.contributors is None:
            continue
        need = np.ceil(table.values * UNSURE)
        if rules.dominance and table.largest is not None:
            leading = table.largest[..., : rules.dominance.largest].sum(axis=-1)
            need = np.maximum(need, np.ceil(leading * 100 / rules.dominance.percent - table.values))
        needs[places] = np.maximum(needs[places], np.maximum(need, 1.0))
    return needs


def _moves(cell: int, value: float, need: float, rules: Rules) -> list[Move]:
    """How far a hidden cell must be able to go: up, or down if that is all that is possible; the shorter way first.

    A count must leave the range that is too small, or where only the number itself is kept, become another one. A cell
    from whose earlier number few have come or gone may be large and only has to become another one.
    """
    if need:
        return [Move(cell, 1, need)]
    up, down = 1.0, 1.0
    if rules.hide_size and value < rules.threshold:
        up, down = rules.threshold - value, value
    moves = [Move(cell, 1, up)]
    if value >= down > 0 and not (rules.hide_zeros and rules.hide_size):
        moves.append(Move(cell, -1, down))
    return sorted(moves, key=lambda move: move.need)


def _some(zeros: Flags) -> Flags:
    """Some of the cells that hold nobody may be hidden too, so that a hidden cell may be an empty one.

    Were they all shown, everybody would know that a hidden cell holds at least one.
    """
    places = np.flatnonzero(zeros)
    chosen = np.random.default_rng(1).permutation(len(places))[:ZEROS]
    found = np.zeros(len(zeros), dtype=bool)
    found[places[chosen]] = True
    return found
