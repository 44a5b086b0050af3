"""Reads a whole document: its tables where it has them, its lists where it has not, or why it holds no plan."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.plan.imports.reader.reading import Reading, SourceKind
from palermo.plan.imports.reader.structure.lines import Joiner, Line, without_furniture
from palermo.plan.imports.reader.structure.lists import ListReader
from palermo.plan.imports.reader.structure.outline import nodes_of
from palermo.plan.imports.reader.structure.regions import tables_of_lines
from palermo.plan.imports.reader.structure.refusal import why_no_plan
from palermo.plan.imports.reader.structure.rows import TableReader


def read_lines(lines: Sequence[Line], kind: SourceKind) -> Reading:
    """The plan in the lines of a document."""
    kept = without_furniture(lines)
    joiner = Joiner(line.text for line in kept)
    reader = TableReader(joiner)
    for table in tables_of_lines(kept, joiner):
        reader.read(table)
    if not reader.rows:
        reader = TableReader(joiner)
        for table in ListReader(nodes_of(kept), joiner).tables():
            reader.read(table)
    reading = Reading(kind)
    reading.sections = reader.sections.found
    reading.rows = reader.rows
    if not reading.rows:
        reading.refusal_code, reading.refusal = why_no_plan(kept)
    return reading
