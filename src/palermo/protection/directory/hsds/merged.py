"""Merged cells of a sheet: what stands in the first of them is said by each.

openpyxl tells of them only where it holds a whole workbook in memory, so that they are read from the sheet's XML, in
which they follow the rows (ECMA-376 Part 1, 18.3.1.55).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from openpyxl.utils.cell import range_boundaries

from palermo.foundation.workbooks import EMPTY, Cell
from palermo.protection.directory.hsds.reading import UnreadableError

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s+ref\s*=\s*["']([A-Z]{1,3}[1-9]\d{0,6}:[A-Z]{1,3}[1-9]\d{0,6})["']""")


@dataclass(frozen=True, slots=True)
class Block:
    """Merged cells: the numbers of their first and last row from 1, and of their first and last column from 0."""

    top: int
    bottom: int
    left: int
    right: int


def blocks_of(sheet: IO[bytes]) -> Iterator[Block]:
    """The merged cells of a sheet, from its XML."""
    text = sheet.read()
    for found in _MERGED.finditer(text, max(text.rfind(b"sheetData"), 0)):
        left, top, right, bottom = range_boundaries(found[1].decode())
        if left and top and right and bottom:
            yield Block(top, bottom, left - 1, right - 1)


def spread(rows: Sequence[tuple[int, list[Cell]]], blocks: Sequence[Block], width: int) -> None:
    """Write into the merged cells of these rows, as far as there are so many columns, what the first of each says.

    Raises:
        UnreadableError: they lie over each other, as no program lets them.
    """
    numbers = [number for number, _cells in rows]
    room = len(rows) * width
    for block in blocks:
        reached = rows[bisect_left(numbers, block.top) : bisect_right(numbers, block.bottom)]
        # The first row may be one of the headings, which are read by themselves.
        first = _at(reached[0][1], block.left) if reached and reached[0][0] == block.top else EMPTY
        places = range(block.left, min(block.right + 1, width))
        room -= len(reached) * len(places)
        if room < 0:
            raise UnreadableError("its merged cells lie over each other", block.top)
        for _number, cells in reached if first else ():
            cells += [EMPTY] * (places.stop - len(cells))
            for place in places:
                cells[place] = cells[place] or first


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else EMPTY
