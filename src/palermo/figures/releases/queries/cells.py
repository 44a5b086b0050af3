"""The cells of a table, one page at a time: only the parts that the page shows are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from palermo.figures.releases.freezing import Frame, FrameCode, frames
from palermo.figures.releases.models import PART, HiddenMarks, ReleaseTable, TablePart
from palermo.foundation.bilingual import Shown, choose
from palermo.foundation.pagination import Page, page_by
from palermo.people.policies import Viewer

MOST_ACROSS = 8
"""Codes of the last dimension that stand beside each other; with more, each cell has a row of its own."""
ROWS = 40
MOST_BARS = 15


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, or why it is not shown: `s`, `b`, or "" where that is not told."""

    value: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the words of its codes, and how far each lies below its total, for indenting."""

    heads: tuple[tuple[Shown, int], ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A page of a table. `across` are the words of the columns; none where each cell has a row of its own."""

    heads: tuple[Shown, ...]
    across: tuple[Shown, ...]
    across_by: Shown | None
    page: Page[Row]


def grid(viewer: Viewer, table: ReleaseTable, number: str | None, *, with_marks: bool = False) -> Grid:
    """One page of a table that the viewer has."""
    layout = frames(table)
    wide = len(layout) > 1 and len(layout[-1]["codes"]) <= MOST_ACROSS
    down = layout[:-1] if wide else layout
    columns = len(layout[-1]["codes"]) if wide else 1
    shape = tuple(len(frame["codes"]) for frame in down)

    def read(start: int, end: int) -> list[Row]:
        cells = _cells(table, range(start * columns, end * columns), with_marks)
        return [
            Row(
                tuple(_head(frame, int(at)) for frame, at in zip(down, np.unravel_index(row, shape), strict=True)),
                tuple(cells[(row - start) * columns : (row - start + 1) * columns]),
            )
            for row in range(start, end)
        ]

    across = tuple(label(code) for code in layout[-1]["codes"]) if wide else ()
    by = choose(layout[-1]["label_en"], layout[-1]["label_fr"]) if wide else None
    heads = tuple(choose(frame["label_en"], frame["label_fr"]) for frame in down)
    return Grid(heads, across, by, page_by(prod(shape), read, number, ROWS))


def label(code: FrameCode) -> Shown:
    """The words of a code, as the reader sees them."""
    return choose(code[1], code[2])


def _head(frame: Frame, at: int) -> tuple[Shown, int]:
    return label(frame["codes"][at]), depth(frame, at)


def depth(frame: Frame, at: int) -> int:
    """How many sums a code is a part of."""
    steps = 0
    while (at := frame["codes"][at][3]) >= 0:
        steps += 1
    return steps


def _cells(table: ReleaseTable, wanted: range, with_marks: bool) -> list[Cell]:
    if not wanted:
        return []
    first, last = wanted[0] // PART, wanted[-1] // PART
    parts = TablePart.objects.filter(table=table, number__range=(first, last)).order_by("number")
    values = [value for part in parts for value in part.values]
    marks = ""
    if with_marks:
        hidden = HiddenMarks.objects.filter(table=table, number__range=(first, last)).order_by("number")
        marks = "".join(each.marks for each in hidden)
    start = wanted[0] - first * PART
    return [Cell(values[at], marks[at].strip(".") if marks else "") for at in range(start, start + len(wanted))]


def first_dimension(viewer: Viewer, table: ReleaseTable) -> list[tuple[Shown, int | None]]:
    """The cells of the first dimension with the totals of all others, for a chart: parts only, no sums of parts."""
    layout = frames(table)
    parents = {code[3] for code in layout[0]["codes"]}
    step = prod(len(frame["codes"]) for frame in layout[1:])
    leaves = [at for at in range(len(layout[0]["codes"])) if at not in parents][:MOST_BARS]
    numbers = {at * step // PART for at in leaves}
    held = {part.number: part.values for part in TablePart.objects.filter(table=table, number__in=numbers)}
    return [(label(layout[0]["codes"][at]), held[at * step // PART][at * step % PART]) for at in leaves]


def losses(table: ReleaseTable) -> Sequence[tuple[Shown, Sequence[tuple[Shown, int, int, int]]]]:
    """For each dimension its words, and for each code that loses cells: words, depth, too small, besides.

    Nothing once the release is published.
    """
    told = []
    for frame, lost in zip(frames(table) if table.lost else (), table.lost, strict=True):
        rows = [(*_head(frame, at), small, besides) for at, (small, besides) in enumerate(lost) if small or besides]
        told.append((choose(frame["label_en"], frame["label_fr"]), rows))
    return told
