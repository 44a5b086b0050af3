"""Takes the pages of a PDF apart into ruled grids and the lines around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from pdfplumber.page import Page
from pdfplumber.table import Table

from palermo.plan.imports.reader.structure.grids import Grid
from palermo.plan.imports.reader.structure.lines import Line
from palermo.plan.imports.reader.structure.tables import Piece

MOST_WORDS_OF_A_PAGE = 20_000
SAME_LINE = 3.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place on the page, in points from the top left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(slots=True)
class PdfPages:
    """The lines of all pages in order, and the ruled grids, each with the number of lines that stand before it."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    _count: int = 0

    def read(self, page: Page) -> None:
        """Adds one page."""
        tables = [table for table in page.find_tables() if _is_grid(table)]
        words = _words(page)
        boxes = [table.bbox for table in tables]
        outside = [word for word in words if not any(_within(word, box) for box in boxes)]
        rows = _rows(outside)
        width = _letter_width(words)
        pending = sorted(tables, key=lambda table: table.bbox[1])
        below = 0.0
        for row in rows:
            while pending and pending[0].bbox[1] < row[0].top:
                table = pending.pop(0)
                self.grids.append(_grid(table, page.page_number, len(self.lines)))
                below = table.bbox[3]
            self._add(row, width, page.page_number, below)
            below = max(word.bottom for word in row)
        for table in pending:
            self.grids.append(_grid(table, page.page_number, len(self.lines)))

    def _add(self, row: list[Word], width: float, page: int, below: float) -> None:
        self._count += 1
        height = row[0].bottom - row[0].top
        first_of_page = not self.lines or self.lines[-1].page != page
        gap = first_of_page or row[0].top - below > 0.75 * height
        self.lines.append(Line(self._count, _spaced(row, width), gap, page))


def _words(page: Page) -> list[Word]:
    found = page.extract_words(keep_blank_chars=False, x_tolerance_ratio=0.15, y_tolerance=SAME_LINE)
    return [
        Word(str(word["text"]), float(word["x0"]), float(word["x1"]), float(word["top"]), float(word["bottom"]))
        for word in found[:MOST_WORDS_OF_A_PAGE]
    ]


def _within(word: Word, box: tuple[float, float, float, float]) -> bool:
    middle_x, middle_y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] <= middle_x <= box[2] and box[1] <= middle_y <= box[3]


def _rows(words: list[Word]) -> list[list[Word]]:
    """Words that stand on one line, from left to right, the lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.bottom, each.left)):
        if rows and abs(rows[-1][0].bottom - word.bottom) <= SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _letter_width(words: list[Word]) -> float:
    widths = [(word.right - word.left) / len(word.text) for word in words if word.text]
    return max(median(widths), 0.5) if widths else 5.0


def _spaced(row: list[Word], width: float) -> str:
    """The line as text in which a wide gap between words is several spaces, columns one under the other."""
    text = ""
    for before, word in zip([None, *row[:-1]], row, strict=True):
        if before is None:
            text = " " * int(word.left / width)
        elif word.left - before.right > 1.5 * width:
            text += " " * max(3, int(word.left / width) - len(text))
        else:
            text += " "
        text += word.text
    return text


def _is_grid(table: Table) -> bool:
    """A box around a paragraph is no table."""
    return len(table.rows) >= 1 and max((len(row.cells) for row in table.rows), default=0) >= 2


def _grid(table: Table, page: int, before: int) -> Grid:
    """The cells of a ruled table; a cell that reaches down over further rows is repeated there as merged."""
    texts = table.extract(x_tolerance_ratio=0.15, y_tolerance=SAME_LINE)
    rows: list[list[list[Piece]]] = []
    merged: list[list[bool]] = []
    bottoms: dict[int, float] = {}
    for row, row_texts in zip(table.rows, texts, strict=True):
        floor = min((cell[3] for cell in row.cells if cell), default=0.0)
        merged.append([cell is None and bottoms.get(place, 0.0) >= floor - 1 for place, cell in enumerate(row.cells)])
        bottoms.update({place: cell[3] for place, cell in enumerate(row.cells) if cell})
        rows.append([_pieces(text, page) for text in row_texts])
    return Grid(rows, merged, page, before)


def _pieces(text: str | None, page: int) -> list[Piece]:
    return [Piece(line.strip(), 0, False, page) for line in (text or "").split("\n") if line.strip()]
