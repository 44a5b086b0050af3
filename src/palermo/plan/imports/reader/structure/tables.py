"""The shapes between a printed table and the rows of a plan."""

from __future__ import annotations

from dataclasses import dataclass, field

from palermo.plan.imports.reader.reading import Doubt
from palermo.plan.imports.reader.structure.columns import Column
from palermo.plan.imports.reader.structure.lines import Line


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a cell as printed. `gap`: set apart from the piece before by a blank line."""

    text: str
    line: int = 0
    gap: bool = False
    page: int | None = None


@dataclass(slots=True)
class PrintedRow:
    """One row of a table: the pieces of each column, by the column's place. A column left out is blank."""

    cells: dict[int, list[Piece]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    code: str = ""
    """The code printed beside the row, where it was told apart from the text."""
    last_line: int = 0
    """The line on which the row ends, where that is below its last piece."""

    def add(self, column: int, piece: Piece) -> None:
        """Puts a piece at the end of a cell."""
        self.cells.setdefault(column, []).append(piece)

    def span(self) -> tuple[int, int] | None:
        """First and last line of the row, None where lines are not counted."""
        numbers = [piece.line for pieces in self.cells.values() for piece in pieces if piece.line]
        return (min(numbers), max(self.last_line, *numbers)) if numbers else None

    def page(self) -> int | None:
        """The page on which the row begins."""
        return next((piece.page for pieces in self.cells.values() for piece in pieces if piece.page), None)


@dataclass(slots=True)
class Heading:
    """A heading between the rows: its label ("objective"), code, title, and rank (small is wide)."""

    title: str
    code: str = ""
    label: str = ""
    rank: int = 0
    line: int = 0
    last_line: int = 0
    page: int | None = None


@dataclass(slots=True)
class PrintedTable:
    """A table, or a stretch of one between headings, with the headings that stand above it."""

    columns: list[Column]
    rows: list[PrintedRow] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    """The lines of a table that lost its columns, until its rows are found."""
