"""What two publications about the same group give away by their difference, such as one person more than last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from palermo.figures.protection.intervals import Intervals
from palermo.figures.protection.linear import SolverError
from palermo.figures.protection.reach import SLACK
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Counts, Flags, PublishedTable, Table
from palermo.figures.protection.system import system_of


@dataclass(frozen=True)
class Difference:
    """A cell by whose difference from an earlier table a group comes out that is too small."""

    table: str
    codes: tuple[str, ...]
    earlier: str


@dataclass(frozen=True)
class Compared:
    """What differences give away, and the earlier tables that are about the very same records."""

    differences: tuple[Difference, ...]
    same_records: tuple[PublishedTable, ...]


def differences(now: Sequence[PublishedTable], earlier: Sequence[PublishedTable], rules: Rules) -> Compared:
    """Compare tables with each earlier one that shares cells with them.

    Where all numbers that both show are equal and can be true together, the records are the same. Where they are not,
    the records in between are a group of their own, and its cells are as small as any.
    """
    same: list[PublishedTable] = []
    found: list[Difference] = []
    for one in earlier:
        others = [table for table in now if _change(table, one) is not None]
        changes = [_change(table, one) for table in others]
        if all(change is None or not change[1].any() for change in changes) and _can_be([*now, *same, one], rules):
            same.append(one)
            continue
        for table in others:
            found += _between(table, one, rules)
    return Compared(tuple(found), tuple(same))


def same_records(
    tables: Sequence[Table], earlier: Sequence[PublishedTable], rules: Rules
) -> tuple[PublishedTable, ...]:
    """The earlier tables that are about the very same records, so that they and these can be put together."""
    whole = [PublishedTable(t.name, t.dimensions, t.values, np.ones(t.shape, dtype=bool)) for t in tables]
    exact = [one for one in earlier if one.base == 1 and one.reach == 0]
    return differences(whole, exact, rules).same_records


def grew_little(table: Table, earlier: PublishedTable, rules: Rules) -> Flags:
    """The cells from whose earlier number so few records have come or gone that these are too small a group."""
    found = np.zeros(table.values.size, dtype=bool)
    if earlier.base == 1 and earlier.reach == 0:
        shown = np.ones(table.shape, dtype=bool)
        change = _change(PublishedTable(table.name, table.dimensions, table.values, shown), earlier)
        if change is not None:
            places, added = change
            found[places] = (np.abs(added) >= 1) & (np.abs(added) < rules.threshold)
    return found.reshape(table.shape)


def _can_be(tables: Sequence[PublishedTable], rules: Rules) -> bool:
    try:
        Intervals(tables, rules).point()
    except SolverError:
        return False
    return True


def _change(table: PublishedTable, earlier: PublishedTable) -> tuple[Counts, Counts] | None:
    """Which cells both show, by their place in `table`, and what has been added to each; None if there are none."""
    system = system_of([table, earlier])
    values = np.zeros(system.count, dtype=np.int64)
    shown = np.zeros(system.count, dtype=bool)
    shown[system.places[1][earlier.shown]] = True
    values[system.places[1]] = earlier.values
    both = table.shown & shown[system.places[0]]
    if not both.any():
        return None
    return np.flatnonzero(both), (table.values - values[system.places[0]])[both]


def _between(table: PublishedTable, earlier: PublishedTable, rules: Rules) -> list[Difference]:
    """The cells of the records in between that are shown, or can be worked out, to be too small."""
    change = _change(table, earlier)
    if change is None:
        return []
    places, added = change
    small = (np.abs(added) >= 1) & (np.abs(added) < rules.threshold)
    given = set(places[small].tolist())
    if (added >= 0).all() or (added <= 0).all():
        given |= _worked_out(table, places, np.abs(added), rules)
    return [Difference(table.name, _codes(table, place), earlier.name) for place in sorted(given)]


def _worked_out(table: PublishedTable, places: Counts, added: Counts, rules: Rules) -> set[int]:
    """Where records only came, or only went: the cells of the group between that can only be too small."""
    values = np.zeros(table.values.size, dtype=np.int64)
    shown = np.zeros(table.values.size, dtype=bool)
    values[places], shown[places] = added, True
    between = PublishedTable(table.name, table.dimensions, values.reshape(table.shape), shown.reshape(table.shape))
    search = Intervals([between], rules)
    try:
        low, high = search.find()
    except SolverError:
        return set()
    small = (low > SLACK) & (high < rules.threshold - SLACK)
    return set(np.flatnonzero(small[search.system.places[0]]).tolist())


def _codes(table: PublishedTable, place: int) -> tuple[str, ...]:
    at = np.unravel_index(place, table.shape)
    return tuple(dimension.codes[int(each)] for dimension, each in zip(table.dimensions, at, strict=True))
