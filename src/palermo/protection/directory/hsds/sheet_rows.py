"""What a row of a plain spreadsheet says, sorted by what it is of, and what somebody has to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from palermo.foundation.workbooks import Cell
from palermo.protection.directory.hsds.sheet_cells import flag
from palermo.protection.directory.hsds.sheet_headings import TEXTS, Column, Language

Code: TypeAlias = Literal[
    "above_headings", "area_missing", "confidential_by_address", "confidential_unclear", "day_unclear", "email_wrong",
    "error", "formula", "heading_unknown", "hours_only_words", "language_unknown", "more_than_one",
    "named_by_organization", "need_guessed", "need_unknown", "no_headings", "no_name", "no_organization",
    "not_a_text", "postal_code_wrong", "province_unknown", "same_entry", "sheet_hidden", "status_unknown",
    "telephone_unsure", "website_wrong", "yes_or_no",
]  # fmt: skip

_SEVERAL = re.compile(r"[;,/|\n]")


@dataclass(frozen=True)
class Doubt:
    """What somebody has to look at: why, the heading of the column (or the sheet's name), and what the cell says."""

    code: Code
    column: str
    text: str


@dataclass
class Said:
    """What one row says: its texts by what they are of and their language, and its other cells with their headings."""

    source: str
    language: Language
    """That of what is beside the texts: remarks on a telephone, for example."""
    texts: dict[str, dict[Language, str]] = field(default_factory=dict)
    cells: dict[str, list[tuple[str, Cell]]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    """The first heading of each text."""
    doubts: list[Doubt] = field(default_factory=list)

    def add(self, column: Column, cell: Cell) -> None:
        """Take in one cell that is not empty."""
        if cell.kind != "value":
            self.doubt("formula" if cell.kind == "formula" else "error", column.heading, cell.text)
        elif not column.field:
            self.doubt("heading_unknown", column.heading, cell.text)
        elif column.field not in TEXTS:
            self.cells.setdefault(column.field, []).append((column.heading, cell))
        elif column.field in {"organization", "service"} and flag(cell.text) is not None:
            self.doubt("not_a_text", column.heading, cell.text)
        else:
            self.headings.setdefault(column.field, column.heading)
            if self.texts.setdefault(column.field, {}).setdefault(column.language, cell.text) != cell.text:
                self.doubt("more_than_one", column.heading, cell.text)

    def doubt(self, code: Code, column: str, text: str) -> None:
        """Note what somebody has to look at."""
        self.doubts.append(Doubt(code, column, text))

    def text(self, name: str) -> str:
        """A text in whichever language there is."""
        said = self.texts.get(name, {})
        return said.get("en") or said.get("fr") or ""

    def one(self, name: str) -> tuple[str, Cell] | None:
        """The first cell of what can be said once only, with its heading; others are doubted."""
        found = self.cells.get(name, [])
        for heading, cell in found[1:]:
            if cell.text != found[0][1].text:
                self.doubt("more_than_one", heading, cell.text)
        return found[0] if found else None

    def pieces(self, name: str) -> Iterator[tuple[str, str]]:
        """What stands in cells that can say several things, with the headings."""
        for heading, cell in self.cells.get(name, []):
            yield from ((heading, piece.strip()) for piece in _SEVERAL.split(cell.text) if piece.strip())

    def first(self, name: str) -> str:
        """The text of the first cell."""
        return self.cells[name][0][1].text if name in self.cells else ""

    def all(self) -> str:
        """Every text of the row that is not doubted already, for where it becomes no entry."""
        texts = [text for each in self.texts.values() for text in each.values()]
        return " | ".join([*texts, *(cell.text for each in self.cells.values() for _heading, cell in each)])
