"""Finds the tables among the lines of a document: where each begins and ends, and the headings above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from palermo.plan.imports.reader.structure.columns import Column, Head, head_at
from palermo.plan.imports.reader.structure.delimited import rows_of_grid
from palermo.plan.imports.reader.structure.flat import flat_rows
from palermo.plan.imports.reader.structure.headings import (
    ends_plan,
    headings_of_block,
    is_capitals,
    is_title,
    labelled,
    opens_annex,
    p_of,
    short_heading,
)
from palermo.plan.imports.reader.structure.lines import Joiner, Line
from palermo.plan.imports.reader.structure.loose import rows_of_lines
from palermo.plan.imports.reader.structure.tables import Heading, PrintedRow, PrintedTable
from palermo.plan.imports.reader.structure.units import kinds_of

MOST_LINES_OF_A_HEADING = 8
GENERIC_RANK = 13


def tables_of_lines(lines: Sequence[Line], joiner: Joiner) -> list[PrintedTable]:
    """Every plan's table in the lines, in order, cut where a heading stands between its rows."""
    heads = _heads(lines)
    found: list[PrintedTable] = []
    for place, (start, head) in enumerate(heads):
        begin = start + head.count
        limit = heads[place + 1][0] if place + 1 < len(heads) else len(lines)
        floor = heads[place - 1][0] + heads[place - 1][1].count if place else 0
        above = _above_head(lines, heads, place, floor, joiner)
        end = _above_head(lines, heads, place + 1, begin, joiner)[0] if place + 1 < len(heads) else limit
        body = _until_plan_ends(lines[begin:end])
        cut = len(body) < end - begin
        found += _stretches(body, head, above[1], joiner)
        if cut:
            continue
    return [table for table in _continued(found) if table.rows or table.headings]


def _heads(lines: Sequence[Line]) -> list[tuple[int, Head]]:
    found: list[tuple[int, Head]] = []
    place = 0
    while place < len(lines):
        head = head_at(lines, place)
        if head:
            found.append((place, head))
        place += head.count if head else 1
    return found


def _above_head(
    lines: Sequence[Line], heads: Sequence[tuple[int, Head]], place: int, floor: int, joiner: Joiner
) -> tuple[int, list[Heading]]:
    """The headings above one of several heading rows; a mere title counts where cells have marks between them."""
    at, head = heads[place]
    start, found = _above(lines, at, floor, joiner)
    if found or len(heads) < 2 or head.style not in {"pipes", "tabs"} or at <= floor:
        return start, found
    line = lines[at - 1]
    title = line.bare.strip("*# ").rstrip(": ")
    alone = line.gap or _is_row(lines[at - 2].text, head.style) if at - 2 >= floor else True
    if alone and is_title(title) and not _is_row(line.text, head.style) and not line.is_bullet:
        return at - 1, [Heading(title, "", "generic", GENERIC_RANK, line.number, line.number, line.page)]
    return start, found


def _is_row(text: str, style: str) -> bool:
    return ("|" if style == "pipes" else "\t") in text


def _blocks_back(lines: Sequence[Line], end: int, floor: int) -> list[tuple[int, int]]:
    """The blocks that end at a line, the nearest first."""
    blocks = []
    while end > floor:
        start = end - 1
        while start > floor and not lines[start].gap:
            start -= 1
        blocks.append((start, end))
        end = start
    return blocks


def _above(lines: Sequence[Line], head: int, floor: int, joiner: Joiner) -> tuple[int, list[Heading]]:
    """Where the headings directly above a heading row begin, and what they are."""
    start = head
    headings: list[Heading] = []
    for first, last in _blocks_back(lines, head, max(floor, head - 40)):
        block = lines[first:last]
        found = headings_of_block(block, joiner) if len(block) <= MOST_LINES_OF_A_HEADING else None
        if found is None and len(block) <= 2:
            short = [short_heading(line) for line in block]
            found = [each for each in short if each] if all(short) else None
        if found is None:
            found, kept = _last_line_heading(block)
            headings = found + headings
            start = first + kept if found else start
            break
        headings = found + headings
        start = first
    return start, headings


def headings_above(lines: Sequence[Line], place: int, floor: int, joiner: Joiner) -> list[Heading]:
    """The headings directly above a place among the lines, as far up as another place."""
    return _above(lines, place, floor, joiner)[1] if place > floor else []


def _last_line_heading(block: Sequence[Line]) -> tuple[list[Heading], int]:
    """In a document without blank lines the headings are the last lines above the table."""
    found: list[Heading] = []
    kept = len(block)
    while kept and (heading := _own_heading(block[kept - 1])):
        found.insert(0, heading)
        kept -= 1
    return found, kept


def _own_heading(line: Line) -> Heading | None:
    """The heading that a line is by its label and number, or by capitals."""
    name = labelled(line.bare)
    if name and name.label.kind == "section":
        return Heading(name.rest, name.code, name.label.name, name.label.rank, line.number, line.number, line.page)
    capitals = headings_of_block([line], Joiner([])) if is_capitals(line.bare) else None
    return capitals[0] if capitals else None


def _until_plan_ends(body: Sequence[Line]) -> Sequence[Line]:
    for place, line in enumerate(body):
        if (opens_annex(line.text) or (line.gap and ends_plan(line.text))) and not kinds_of(line.bare) & {
            "status",
            "date",
        }:
            return body[:place]
    return body


def _stretches(body: Sequence[Line], head: Head, headings: list[Heading], joiner: Joiner) -> list[PrintedTable]:
    """The rows between the headings inside a table's body."""
    if head.style != "loose":
        return rows_of_grid(body, head, headings, joiner)
    found: list[PrintedTable] = []
    pending, start, place = headings, 0, 0
    while place < len(body):
        taken, inner = _heading_inside(body, place, joiner)
        if inner:
            found.append(_loose_table(body[start:place], head.columns, pending))
            pending, start = inner, place + taken
        place += taken
    found.append(_loose_table(body[start:], head.columns, pending))
    return found


def _heading_inside(body: Sequence[Line], place: int, joiner: Joiner) -> tuple[int, list[Heading]]:
    """A heading in capitals or with a label and number, and how many lines it takes."""
    line = body[place]
    name = labelled(line.bare)
    told = name is not None and name.label.kind == "section" and name.label.rank < 50
    if not told and not (is_capitals(line.bare) and (line.gap or p_of(line.bare))):
        return 1, []
    end = place + 1
    while end < len(body) and not body[end].gap and end - place < MOST_LINES_OF_A_HEADING:
        end += 1
    found = headings_of_block(body[place:end], joiner)
    return (end - place, found) if found else (1, [])


def _loose_table(body: Sequence[Line], columns: list[Column], headings: list[Heading]) -> PrintedTable:
    """Keeps the lines; the rows are found once pages are put together."""
    table = PrintedTable(columns, headings=headings)
    table.lines = list(body)
    return table


def _continued(tables: Sequence[PrintedTable]) -> list[PrintedTable]:
    """Puts a table that goes on under a repeated heading row together, then finds its rows."""
    joined: list[PrintedTable] = []
    for table in tables:
        same = joined and [c.heading for c in joined[-1].columns] == [c.heading for c in table.columns]
        if same and not table.headings and table.lines and joined[-1].lines:
            joined[-1].lines += [_after_gap(table.lines[0]), *table.lines[1:]]
        else:
            joined.append(table)
    for table in joined:
        if table.lines:
            flat = flat_rows(table.lines, table.columns)
            rows, table.columns = flat or (rows_of_lines(table.lines, table.columns), table.columns)
            table.rows = _without_trailing_prose(rows, table.columns)
    return joined


def _after_gap(line: Line) -> Line:
    return replace(line, gap=True)


def _without_trailing_prose(rows: list[PrintedRow], columns: Sequence[Column]) -> list[PrintedRow]:
    """Leaves out what follows the last row that has a status, a time or a lead: it is no row of the table."""
    typed = {
        place for place, column in enumerate(columns) if column.role in {"status", "lead", "start", "due", "timeline"}
    }
    last = max((place for place, row in enumerate(rows) if typed & row.cells.keys()), default=-1)
    return rows[: last + 1]
