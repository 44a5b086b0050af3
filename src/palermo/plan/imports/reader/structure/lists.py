"""Reads the things of a document without tables, with their fields, under their headings."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.plan.imports.reader.structure.columns import Column
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.lines import BULLET, Joiner
from palermo.plan.imports.reader.structure.outline import Node
from palermo.plan.imports.reader.structure.tables import Heading, Piece, PrintedRow, PrintedTable
from palermo.plan.imports.reader.structure.things import Things
from palermo.plan.imports.reader.structure.trailing import in_brackets, split_brackets, split_status, status_of_heading

TEXT, STATUS, LEAD = Column("", "thing", 60), Column("", "status"), Column("", "lead")


class ListReader:
    """Gathers the things of an outline, with their fields, under their headings."""

    def __init__(self, nodes: Sequence[Node], joiner: Joiner) -> None:
        self._nodes = nodes
        self._joiner = joiner
        self._columns: list[Column] = [TEXT, STATUS]
        self._tables: list[PrintedTable] = []
        self._leads_in_brackets = False
        self._given = ""

    def tables(self) -> list[PrintedTable]:
        """The things as rows of tables, empty where the outline is no plan."""
        things = Things(self._nodes)
        if not things.places:
            return []
        self._leads_in_brackets = in_brackets([self._nodes[place].text for place in things.places])
        self._gather(things.places)
        if things.is_guess:
            for row in (row for table in self._tables for row in table.rows):
                row.doubts.append(doubt("list_guessed"))
        return [table for table in self._tables if table.rows or table.headings]

    def _gather(self, things: set[int]) -> None:
        pending: list[Heading] = []
        last = max(things)
        inner: Node | None = None
        for place, node in enumerate(self._nodes):
            if place > last and node.kind in {"heading", "paragraph"}:
                break
            given = status_of_heading(node.text) if node.kind in {"heading", "paragraph"} else ""
            if place in things:
                self._open(pending)
                pending = []
                self._tables[-1].rows.append(self._row(node))
                inner = node
            elif given:
                self._given, inner = given, None
            elif node.kind == "heading" and node.pieces and self._leads_to_thing(place, things):
                pending.append(node.heading(self._joiner))
                inner = None
            elif inner and self._tables and node.kind in {"field", "bullet"}:
                self._add(node)

    def _leads_to_thing(self, place: int, things: set[int]) -> bool:
        """Whether a heading stands above things, with nothing but headings and a paragraph between."""
        node = self._nodes[place]
        if node.label and node.label != "generic":
            return any(after in things for after in range(place + 1, min(place + 60, len(self._nodes))))
        for after in range(place + 1, min(place + 4, len(self._nodes))):
            if after in things:
                return True
            if self._nodes[after].kind not in {"heading"}:
                return False
        return False

    def _open(self, headings: list[Heading]) -> None:
        if headings or not self._tables:
            self._tables.append(PrintedTable(self._columns, headings=headings))

    def _row(self, node: Node) -> PrintedRow:
        row = PrintedRow()
        text, status = split_status(self._joiner.join(piece.text for piece in node.pieces))
        first = node.pieces[0] if node.pieces else Piece("")
        last = node.pieces[-1] if node.pieces else first
        bullet = BULLET.match(text) if node.kind == "bullet" else None
        bare = text[bullet.end() :] if bullet else text
        row.code = node.code
        row.add(0, Piece(bare, first.line, False, first.page))
        if last.line > first.line:
            row.last_line = last.line
        if self._leads_in_brackets:
            bare, leads = split_brackets(bare)
            row.cells[0] = [Piece(bare, first.line, False, first.page)]
            if leads:
                row.add(self._place_of(LEAD), Piece(leads, last.line, False, last.page))
        status = status or self._given
        if status:
            row.add(1, Piece(status, last.line, False, last.page))
        return row

    def _add(self, node: Node) -> None:
        row = self._tables[-1].rows[-1]
        if node.kind == "bullet":
            for piece in node.pieces:
                row.add(0, piece)
            return
        column = node.column or TEXT
        place = self._place_of(column)
        for piece in node.pieces:
            row.add(place, piece)

    def _place_of(self, column: Column) -> int:
        if column.role == "status" and STATUS in self._columns:
            self._columns[1] = column
            return 1
        if column not in self._columns:
            self._columns.append(column)
        return self._columns.index(column)
