"""Reads a whole document: its tables where it has them, its lists where it has not, or why it holds no plan."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.plan.imports.reader.reading import Reading, SourceKind
from palermo.plan.imports.reader.structure.about import language_of, period_of, title_of
from palermo.plan.imports.reader.structure.columns import head_at
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.furniture import without_furniture
from palermo.plan.imports.reader.structure.grids import Grid, GridReader
from palermo.plan.imports.reader.structure.kinds import LEADERS
from palermo.plan.imports.reader.structure.lines import Joiner, Line
from palermo.plan.imports.reader.structure.lists import ListReader
from palermo.plan.imports.reader.structure.outline import nodes_of
from palermo.plan.imports.reader.structure.plausible import doubt_implausible, doubt_unread_cells
from palermo.plan.imports.reader.structure.refusal import why_no_plan
from palermo.plan.imports.reader.structure.regions import headings_above, tables_of_lines
from palermo.plan.imports.reader.structure.rows import TableReader
from palermo.plan.imports.reader.structure.tables import PrintedTable
from palermo.plan.imports.reader.structure.tallies import is_tally
from palermo.plan.imports.reader.vocabulary import fold


def read_document(lines: Sequence[Line], grids: Sequence[Grid], kind: SourceKind) -> Reading:
    """The plan in the lines and grids of a document."""
    joiner = Joiner(
        [line.text for line in lines]
        + [piece.text for grid in grids for row in grid.rows for cell in row for piece in cell]
    )
    every = without_furniture(lines)
    kept = [line for line in every if not LEADERS.search(line.text)]
    title = title_of(kept)
    reader = TableReader(joiner, fold(title))
    _read_all(reader, _tables_of_grids(grids, lines, joiner))
    if not reader.rows:
        _read_all(reader, tables_of_lines(kept, joiner))
    if not reader.rows:
        reader = TableReader(joiner, fold(title))
        _read_all(reader, ListReader(nodes_of(kept), joiner).tables())
    reading = Reading(kind, title, language_of(kept, grids), period_of(kept))
    reading.sections, reading.rows = reader.sections.found, reader.rows
    doubt_implausible(reading.rows)
    doubt_unread_cells(reading.rows, [line.text for line in kept])
    if not reading.rows:
        reading.sections = []
        reading.refusal_code, reading.refusal = why_no_plan(every, _has_table_head(kept, grids, joiner))
    elif all(row.status == "not_stated" for row in reading.rows):
        reading.doubts.append(doubt("no_status_anywhere"))
    return reading


def _has_table_head(lines: Sequence[Line], grids: Sequence[Grid], joiner: Joiner) -> bool:
    return any(head_at(lines, place) for place in range(len(lines))) or any(
        GridReader(joiner).has_head(grid) for grid in grids
    )


def _read_all(reader: TableReader, tables: Sequence[PrintedTable]) -> None:
    for table in tables:
        if not is_tally(table):
            reader.read(table)


def _tables_of_grids(grids: Sequence[Grid], lines: Sequence[Line], joiner: Joiner) -> list[PrintedTable]:
    reader = GridReader(joiner)
    tables: list[PrintedTable] = []
    floor = 0
    for grid in grids:
        headings = headings_above(lines, grid.before, floor, joiner)
        floor = grid.before
        tables += reader.read(grid, headings)
    return tables
