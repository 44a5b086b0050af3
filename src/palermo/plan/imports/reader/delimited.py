"""Reads text whose cells stand between semicolons, commas, tabs or strokes (RFC 4180 and its dialects)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from palermo.plan.imports.reader.grid import GridRow, Sheet
from palermo.plan.imports.reader.headers import known_headings
from palermo.plan.imports.reader.reading import UnreadableError
from palermo.plan.imports.reader.structure.headings import labelled

DELIMITERS = ";,\t|"
_RULE = re.compile(r":?-{2,}[-:|+ ]*")
_SAMPLE_CHARACTERS = 65_536
_SAMPLE_ROWS = 200
_ALIKE = 0.8
"""Share of rows that must have the same number of cells for a text without known headings to be a table."""

_FITTING = 0.5
"""Share of rows that must be as wide as a row of known headings; fewer are a table inside a text."""


def delimiter_of(text: str) -> str:
    """Return what stands between the cells, or "" where the text is no table.

    A row of known headings decides; without one, at least three rows of which most have as many cells.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > len(sample):
        sample = sample.rpartition("\n")[0] or sample
    scores = {mark: _score(_sample_rows(sample, mark)) for mark in DELIMITERS if mark in sample}
    best = max(scores, key=lambda mark: scores[mark], default="")
    return best if best and any(scores[best]) else ""


def holds_several_tables(text: str) -> bool:
    """Whether a text with strokes or tabs is a document of tables rather than one plain table.

    Signs of it are the rules of Markdown, a heading row that is printed again, and rows of one cell or lines
    without cells below the first heading row or with a number and label right above it.
    """
    mark = delimiter_of(text)
    if mark not in {"|", "\t"}:
        return False
    rows = [[cell.strip() for cell in row] for row in _sample_rows(text[:_SAMPLE_CHARACTERS], mark)]
    if any(_RULE.fullmatch("".join(row)) for row in rows if len(row) > 1):
        return True
    head = next((place for place, row in enumerate(rows) if known_headings(row) > 1), None)
    if head is None:
        return False
    lone = [row for row in rows[head + 1 :] if sum(map(bool, row)) == 1]
    above = labelled("".join(rows[head - 1])) if head and sum(map(bool, rows[head - 1])) == 1 else None
    return rows[head] in rows[head + 1 :] or bool(lone) or (above is not None and above.label.kind == "section")


def read_delimited(text: str) -> Sheet:
    """Return the rows of a delimited text that are not empty.

    Raises:
        UnreadableError: no delimiter fits (`csv_no_columns`), a cell never ends (`csv_open_quote`), or there
            are too many rows or columns.
    """
    mark = delimiter_of(text)
    if not mark:
        raise UnreadableError(
            "csv_no_columns",
            "This file has no columns: semicolons, commas, tabs or strokes do not divide its rows alike.",
        )
    sheet = Sheet("")
    for number, (lines, cells) in enumerate(_records(text, mark), start=1):
        if any(cell.strip() for cell in cells):
            sheet.add(GridRow(number, lines, tuple(cells)))
    return sheet


def _records(text: str, mark: str) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Yield each record with its first and last line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    first = 1
    try:
        for cells in reader:
            yield (first, reader.line_num), cells
            first = reader.line_num + 1
    except csv.Error:
        raise UnreadableError(
            "csv_open_quote",
            f"The row that begins on line {first} cannot be read: a quotation mark is not closed or doubled.",
        ) from None


def _sample_rows(sample: str, mark: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(cells)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return rows
    return rows


def _score(rows: list[list[str]]) -> tuple[int, float]:
    """Return how many headings of the best row are known, and the cells a row where rows are alike."""
    if not rows:
        return 0, 0.0
    widths = Counter(len(cells) for cells in rows)
    fitting = (cells for cells in rows if len(cells) > 1 and widths[len(cells)] >= _FITTING * len(rows))
    headings = max((known_headings(cells) for cells in fitting), default=0)
    width, count = widths.most_common(1)[0]
    alike = len(rows) >= 3 and width > 1 and count >= _ALIKE * len(rows) and _looks_tabular(rows)
    return (headings if headings > 1 else 0, width * count / len(rows) if alike else 0.0)


def _looks_tabular(rows: list[list[str]]) -> bool:
    """Whether cells are not parts of a sentence, which begin with a blank and a small letter."""
    cells = [cell for row in rows for cell in row[1:] if cell.strip()]
    flowing = sum(cell[0] == " " and cell.strip()[0].islower() for cell in cells)
    return flowing * 3 < len(cells)
