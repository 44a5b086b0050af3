"""Reads grids whose cells are known, such as the ruled tables of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from palermo.plan.imports.reader.structure.columns import TELLING_ROLES, Column, header_of_cells
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.headings import headings_of_block, short_heading
from palermo.plan.imports.reader.structure.lines import Joiner, Line
from palermo.plan.imports.reader.structure.tables import Heading, Piece, PrintedRow, PrintedTable

ROWS_BEFORE_HEAD = 4
BAND_RANK = 35


@dataclass(slots=True)
class Grid:
    """Cells by row and column. `merged` marks a cell that is part of the one above it.

    `before`: how many lines of the document stand above the grid.
    """

    rows: list[list[list[Piece]]]
    merged: list[list[bool]]
    page: int
    before: int


class GridReader:
    """Turns the grids of a document into tables; a grid without a heading row goes on with the one before."""

    def __init__(self, joiner: Joiner) -> None:
        self._joiner = joiner
        self._columns: list[Column] | None = None
        self._last: PrintedRow | None = None

    def read(self, grid: Grid, headings: list[Heading]) -> list[PrintedTable]:
        """The tables in a grid: one, or one for each band that is a heading between its rows."""
        start = self._take_head(grid)
        if self._columns is None or not self._fits(grid):
            self._columns = None
            return []
        bands = [heading for row in grid.rows[: max(start - 1, 0)] if (heading := self._band(row))]
        tables = [PrintedTable(self._columns, headings=[*headings, *bands])]
        for place in range(start, len(grid.rows)):
            cells = grid.rows[place]
            if header_of_cells(self._texts(cells)):
                continue
            band = self._band(cells)
            if band:
                tables.append(PrintedTable(self._columns, headings=[band]))
            else:
                self._add(tables[-1], grid, place, first=place == start)
        return tables

    def has_head(self, grid: Grid) -> bool:
        """Whether one of the first rows of a grid is a plan's heading row."""
        return self._take_head(grid) > 0

    def _texts(self, cells: Sequence[Sequence[Piece]]) -> list[str]:
        return [self._joiner.join(piece.text for piece in cell) for cell in cells]

    def _take_head(self, grid: Grid) -> int:
        """The place of the first row below the heading row, 0 where the grid has none."""
        for place, cells in enumerate(grid.rows[:ROWS_BEFORE_HEAD]):
            texts = self._texts(cells)
            kept = [text for text in texts if text]
            columns = header_of_cells(texts) if len(kept) == len(texts) else self._sparse_head(texts)
            if columns:
                self._columns = columns
                return place + 1
        return 0

    def _sparse_head(self, texts: Sequence[str]) -> list[Column] | None:
        """A heading row with a few blank cells, such as one above a column of codes."""
        known = header_of_cells([text for text in texts if text])
        if known is None:
            return None
        left = iter(known)
        return [
            next(left) if text else Column("", "code" if place == 0 else "other") for place, text in enumerate(texts)
        ]

    def _fits(self, grid: Grid) -> bool:
        return bool(grid.rows) and len(grid.rows[0]) == len(self._columns or [])

    def _band(self, cells: Sequence[Sequence[Piece]]) -> Heading | None:
        """A row with text in its first cell alone that reads like a heading."""
        filled = [place for place, cell in enumerate(cells) if cell]
        if filled != [0] or len(cells) < 3:
            return None
        pieces = cells[0]
        line = Line(pieces[0].line, self._joiner.join(piece.text for piece in pieces), True, pieces[0].page)
        found = headings_of_block([line], self._joiner)
        if found:
            return found[0]
        short = short_heading(line)
        if short or (len(line.text) <= 160 and not line.text.endswith((".", ";", ","))):
            return short or Heading(line.text, "", "", BAND_RANK, 0, 0, line.page)
        return None

    def _add(self, table: PrintedTable, grid: Grid, place: int, first: bool) -> None:
        cells = grid.rows[place]
        if not any(cells):
            return
        if first and self._goes_on(cells) and self._last is not None:
            for column, pieces in enumerate(cells):
                for piece in pieces:
                    self._last.add(column, piece)
            self._last.doubts.append(doubt("row_merged_uncertain"))
            return
        row = PrintedRow()
        for column, pieces in enumerate(cells):
            for piece in pieces or self._from_above(grid, place, column):
                row.add(column, piece)
        table.rows.append(row)
        self._last = row

    def _goes_on(self, cells: Sequence[Sequence[Piece]]) -> bool:
        """Whether the first row of a page is the rest of the last row of the page before."""
        if self._last is None or self._columns is None:
            return False
        telling = [place for place, column in enumerate(self._columns) if column.role in TELLING_ROLES]
        text = next((cell[0].text for cell in cells if cell), "")
        return (not any(cells[place] for place in telling) and not cells[0]) or text[:1].islower()

    def _from_above(self, grid: Grid, place: int, column: int) -> list[Piece]:
        """What a cell that is merged with the one above says, for those that tell who, when and how far."""
        roles = TELLING_ROLES | {"supporting"}
        if self._columns is None or self._columns[column].role not in roles or not grid.merged[place][column]:
            return []
        return list(self._last.cells.get(column, [])) if self._last else []
