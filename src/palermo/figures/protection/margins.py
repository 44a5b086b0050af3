"""Exact counts of every combination of a few columns at once, from far fewer passes over the records than combinations.

Columns are gathered into blocks of few joint codes. Records are counted by each three blocks (for combinations of up to
three columns), and each combination that lies within them is summed from those counts: twenty columns have 1,350
combinations of one to three, and some twenty such tables hold them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import prod
from typing import TypeAlias

import numpy as np

from palermo.figures.protection.records import Codes, Records
from palermo.figures.protection.shapes import Counts, ShapeError

Some: TypeAlias = tuple[int, ...]
"""Columns by their places, in order."""

MOST_CELLS = 1 << 24
"""Cells of one combination."""
FEW_CELLS, MANY_CELLS = 1 << 12, 1 << 19
"""Cells that counting by blocks may take: fewer for fewer records, and not more than stay near the processor."""
CHUNK = 1 << 20
SLICE = 1 << 16


def all_margins(records: Records, ways: int = 3) -> dict[tuple[str, ...], Counts]:
    """The counts of all combinations of one to `ways` columns.

    Args:
        records: what is counted.
        ways: the most columns of a combination.

    Returns:
        By the names of dimensions in the order of the records: one axis a dimension, in the order of its leaves.

    Raises:
        ShapeError: a combination has more cells than can be held.
    """
    sizes = [len(column.leaf_codes) for column in records.columns]
    ways = min(ways, len(sizes))
    if prod(sorted(sizes)[-ways:]) > MOST_CELLS:
        raise ShapeError(f"The largest columns have more than {MOST_CELLS} combinations: too many to count them all.")
    names = [column.dimension.name for column in records.columns]
    found: dict[Some, Counts] = {}
    limit = min(max(len(records), FEW_CELLS), MANY_CELLS)
    for columns in _tables(_blocks(sizes, limit, ways), sizes, limit, ways):
        wanted = {some for way in range(1, ways + 1) for some in combinations(columns, way)} - found.keys()
        if wanted:
            counts = _count(records, columns, sizes)
            found.update(_summed(counts, columns, wanted, sizes))
    order = sorted(found, key=lambda some: (len(some), some))
    return {tuple(names[place] for place in some): found[some] for some in order}


def _blocks(sizes: Sequence[int], limit: int, ways: int) -> list[Some]:
    """Columns gathered so that each block has few joint codes; a column of many is a block of its own."""
    cap = limit ** (1 / ways)
    blocks: list[list[int]] = []
    for place in sorted(range(len(sizes)), key=lambda at: -sizes[at]):
        room = [block for block in blocks if sizes[place] * prod(sizes[at] for at in block) <= cap]
        if room:
            max(room, key=lambda block: prod(sizes[at] for at in block)).append(place)
        else:
            blocks.append([place])
    return [tuple(block) for block in blocks]


def _tables(blocks: Sequence[Some], sizes: Sequence[int], limit: int, ways: int) -> Iterator[Some]:
    """The columns of each table to count, so that every combination lies within one."""
    for some in combinations(blocks, min(ways, len(blocks))):
        yield from _small_enough(some, sizes, limit, ways)


def _small_enough(blocks: Sequence[Some], sizes: Sequence[int], limit: int, ways: int) -> Iterator[Some]:
    columns = tuple(sorted(place for block in blocks for place in block))
    widest = max(blocks, key=len)
    if len(columns) <= ways or len(widest) == 1 or prod(sizes[place] for place in columns) <= limit:
        yield columns
        return
    others = [block for block in blocks if block is not widest]
    halves = widest[::2], widest[1::2]
    yield from _tables([*others, *halves], sizes, limit, ways)


def _count(records: Records, columns: Some, sizes: Sequence[int]) -> Counts:
    """How many records have each joint code of these columns, the last running fastest."""
    cells = prod(sizes[place] for place in columns)
    counts = np.zeros(cells, dtype=np.int64)
    room = np.empty(min(CHUNK, len(records)), dtype=np.int64)
    for start in range(0, len(records), CHUNK):
        joint = room[: min(CHUNK, len(records) - start)]
        _join([records.codes[place][start : start + CHUNK] for place in columns], [sizes[at] for at in columns], joint)
        counts += np.bincount(joint, minlength=cells)
    return counts


def _join(codes: Sequence[Codes], sizes: Sequence[int], joint: Counts) -> None:
    for start in range(0, len(joint), SLICE):
        part = joint[start : start + SLICE]
        part[:] = codes[0][start : start + SLICE]
        for column, size in zip(codes[1:], sizes[1:], strict=True):
            part *= size
            part += column[start : start + SLICE]


def _summed(
    counts: Counts, columns: Some, wanted: Iterable[Some], sizes: Sequence[int]
) -> Iterator[tuple[Some, Counts]]:
    """Each combination wanted, by summing away one column after the other, the shared sums only once."""
    pending = [(counts, columns, 0, frozenset(wanted))]
    while pending:
        held, left, settled, some = pending.pop()
        if settled == len(left):
            yield left, np.ascontiguousarray(held).reshape([sizes[place] for place in left])
            continue
        column = left[settled]
        kept = frozenset(one for one in some if column in one)
        if kept:
            pending.append((held, left, settled + 1, kept))
        if kept != some:
            before = prod(sizes[place] for place in left[:settled])
            without = held.reshape(before, sizes[column], -1).sum(axis=1)
            pending.append((without, left[:settled] + left[settled + 1 :], settled, some - kept))
