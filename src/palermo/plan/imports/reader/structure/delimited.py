"""Reads tables whose cells are set apart by strokes, tabs or wide gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from palermo.plan.imports.reader.structure.columns import Column, Head, cells_of_pipes, column_of, header_of_cells
from palermo.plan.imports.reader.structure.headings import (
    CAPITALS_RANK,
    CODE,
    headings_of_block,
    is_title,
    short_heading,
)
from palermo.plan.imports.reader.structure.lines import Joiner, Line
from palermo.plan.imports.reader.structure.loose import rows_of_lines
from palermo.plan.imports.reader.structure.statuses import is_status
from palermo.plan.imports.reader.structure.tables import Heading, Piece, PrintedRow, PrintedTable

_RULE = re.compile(r"^[\s|+:=\-–—_]+$")
_CHUNK = re.compile(r"\S+(?: \S+)*")


def rows_of_grid(body: Sequence[Line], head: Head, headings: list[Heading], joiner: Joiner) -> list[PrintedTable]:
    """The rows under a heading row, cut where a heading stands between them."""
    aligned = head.style == "aligned"
    if aligned:
        head, body = _whole_head(head, body)
    found = [PrintedTable(head.columns, headings=headings)]
    prose = 0
    for place, line in enumerate(body):
        if _RULE.match(line.text):
            continue
        if not aligned and line.gap and _opens_foreign(body, place, head):
            break
        cells = _aligned_cells(line, head) if aligned else _cells(line, head.style)
        if cells is not None and len(cells) > 1 and header_of_cells(list(cells.values())):
            continue
        heading = _heading(line, cells, joiner) or (None if aligned else _band(line, cells, head.columns))
        if heading:
            found.append(PrintedTable(head.columns, headings=[heading]))
            prose = 0
        elif cells is None:
            prose += 1
            if prose > 2:
                break
        else:
            prose = 0
            _place(found[-1], line, cells, aligned)
    return found


def _opens_foreign(body: Sequence[Line], place: int, head: Head) -> bool:
    """Whether the heading row of another table, of which nothing is known, stands here: a tally, a budget."""
    cells = _cells(body[place], head.style) or {}
    below = body[place + 1].text if place + 1 < len(body) else ""
    ruled = head.style == "pipes" and "-" in below and "|" in below and _RULE.match(below) is not None
    filled = sum(map(bool, cells.values()))
    return filled > 1 and (ruled or len(cells) != len(head.columns)) and header_of_cells(list(cells.values())) is None


def _whole_head(head: Head, body: Sequence[Line]) -> tuple[Head, Sequence[Line]]:
    """The heading row with the second line of headings that were wrapped, and what is left below it."""
    columns = list(head.columns)
    taken = 0
    for line in body[:2]:
        cells = _aligned_cells(line, head)
        if line.gap or not cells or not all(_wraps(columns[place], text) for place, text in cells.items()):
            break
        for place, text in cells.items():
            whole = f"{columns[place].heading} {text}"
            columns[place] = column_of(whole) or Column(whole, columns[place].role, columns[place].rank)
        taken += 1
    return Head(columns, head.style, head.count + taken, head.offsets), body[taken:]


def _wraps(column: Column, text: str) -> bool:
    """Whether a text reads on from a heading: a small word, or one that makes it a known heading."""
    return len(text) <= 25 and (column_of(f"{column.heading} {text}") is not None) and not text.isdigit()


def _cells(line: Line, style: str) -> dict[int, str] | None:
    """The cells of a line by the place of their column, None where it has none."""
    mark = "|" if style == "pipes" else "\t"
    if mark not in line.text:
        return None
    parts = cells_of_pipes(line.text) if style == "pipes" else [part.strip() for part in line.text.split("\t")]
    return dict(enumerate(parts))


def _aligned_cells(line: Line, head: Head) -> dict[int, str] | None:
    """Chunks set apart by wide gaps, each under the heading that it starts nearest to."""
    stretches = _CHUNK.findall(line.text)
    if len(stretches) == len(head.columns):
        return dict(enumerate(stretches))
    if 2 < len(stretches) < len(head.columns) and not _stands_under(line.text, head.offsets):
        return _by_kind(line, stretches, head)
    cells: dict[int, str] = {}
    for start, text in _chunks(line.text, head.offsets):
        place = _column_under(start, start + len(text), head.offsets)
        cells[place] = f"{cells[place]} {text}" if place in cells else text
    widest = max(len(text) for text in cells.values())
    return None if len(cells) == 1 and widest > 90 else cells


def _stands_under(text: str, offsets: Sequence[int]) -> bool:
    """Whether most cells of a line begin under a heading."""
    starts = [found.start() for found in _CHUNK.finditer(text)][1:]
    return sum(any(abs(start - offset) <= 1 for offset in offsets) for start in starts) * 2 >= len(starts)


def _by_kind(line: Line, stretches: Sequence[str], head: Head) -> dict[int, str]:
    """Cells in the columns' order that stand under no heading, each in the column that its words fit."""
    cells = [Line(line.number, stretch, True, line.page) for stretch in stretches]
    rows = rows_of_lines(cells, head.columns)
    found = {place: " ".join(piece.text for piece in pieces) for place, pieces in rows[0].cells.items()}
    return found if len(rows) == 1 else dict(enumerate(stretches))


def _chunks(text: str, offsets: Sequence[int]) -> list[tuple[int, str]]:
    """Stretches between wide gaps, cut also where a word begins exactly under a heading."""
    found: list[tuple[int, str]] = []
    for chunk in _CHUNK.finditer(text):
        start = chunk.start()
        for word in re.finditer(r"\S+", chunk.group()):
            at = chunk.start() + word.start()
            if at > start and at in offsets:
                found.append((start, text[start:at].rstrip()))
                start = at
        found.append((start, text[start : chunk.end()]))
    return found


def _column_under(start: int, end: int, offsets: Sequence[int]) -> int:
    """The column whose own width holds most of a chunk."""
    edges = [*offsets[1:], 10_000]
    if start < offsets[0]:
        return 0
    shared = [min(end, edge) - max(start, offset) for offset, edge in zip(offsets, edges, strict=True)]
    exact = [place for place, offset in enumerate(offsets) if abs(offset - start) <= 1]
    return exact[0] if exact else shared.index(max(shared))


def _heading(line: Line, cells: dict[int, str] | None, joiner: Joiner) -> Heading | None:
    """A line or a row with one cell that is a heading."""
    filled = [text for text in (cells or {0: line.bare}).values() if text]
    if len(filled) != 1 or (cells is not None and not cells.get(0)):
        return None
    alone = Line(line.number, filled[0].strip("*# "), line.gap, line.page)
    found = headings_of_block([alone], joiner)
    if found:
        return found[0]
    return short_heading(alone) if cells is None or (len(cells) > 2 and len(filled) == 1) else None


def _band(line: Line, cells: dict[int, str] | None, columns: Sequence[Column]) -> Heading | None:
    """A row with nothing but a title in its first cell: in bold, or where no thing could stand alone."""
    filled = [text for text in (cells or {}).values() if text]
    if cells is None or len(filled) != 1 or not cells.get(0) or len(columns) < 3:
        return None
    title = filled[0].strip("*# ").rstrip(":")
    fits = line.strong or columns[0].role != "thing" or len(cells) == 1
    if not (fits and is_title(title)):
        return None
    return Heading(title, "", "generic", CAPITALS_RANK + 1, line.number, line.number, line.page)


def _place(table: PrintedTable, line: Line, cells: dict[int, str], aligned: bool) -> None:
    """Puts cells in a new row, or in the row above where they only go on with it."""
    width = len(table.columns)
    row = table.rows[-1] if table.rows else None
    if row is None or not _goes_on(row, line, cells, aligned):
        row = PrintedRow()
        table.rows.append(row)
    for place, text in cells.items():
        for stretch in re.split(r"<br\s*/?>", text):
            if stretch.strip(" *"):
                row.add(min(place, width - 1), Piece(stretch.strip(" *"), line.number, False, line.page))


def _goes_on(row: PrintedRow, line: Line, cells: dict[int, str], aligned: bool) -> bool:
    if not aligned:
        return False
    if line.gap or _opens_row(row, cells):
        return False
    first = min(row.cells)
    return min(cells) > first or len(cells) < max(2, len(row.cells))


def _opens_row(row: PrintedRow, cells: dict[int, str]) -> bool:
    """A code under a code, or a whole status under a whole status, begins another row."""
    if 0 in cells and row.cells.get(0) and CODE.match(cells[0]) and CODE.match(row.cells[0][0].text):
        return True
    pairs = ((text, row.cells.get(place, [])) for place, text in cells.items())
    return any(is_status(text) and len(above) == 1 and is_status(above[0].text) for text, above in pairs)
