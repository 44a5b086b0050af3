"""Takes page numbers and running titles out of the lines of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from palermo.plan.imports.reader.structure.columns import header_of_words
from palermo.plan.imports.reader.structure.lines import Line
from palermo.plan.imports.reader.vocabulary import fold, words

_PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,3}(?:\s*(?:of|/|sur|de)\s*\d{1,3})?\W*$", re.IGNORECASE)


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and, where pages are known, what every page repeats at its edges."""
    repeated = _repeated_edges(lines)
    kept: list[Line] = []
    gap = False
    for line in lines:
        number = _PAGE_NUMBER.match(line.bare) and _alone(line)
        if number or (line.page, line.number) in repeated or _tells_of_page(line):
            gap = True
            continue
        kept.append(replace(line, gap=line.gap or gap))
        gap = False
    return kept


def _alone(line: Line) -> bool:
    """A bare number is a page number only where pages are known or the line says so."""
    return "page" in line.bare.casefold() or (line.page is not None and not line.bare.endswith((".", ")")))


def _tells_of_page(line: Line) -> bool:
    """A short line that says when a page was changed or where a table comes from."""
    return len(line.bare) <= 70 and fold(line.bare).startswith(words("words", "furniture", "openings"))


def _repeated_edges(lines: Sequence[Line]) -> set[tuple[int | None, int]]:
    """Lines at the top or foot of a page whose words, numbers aside, stand there on most pages."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        if line.page is not None:
            by_page.setdefault(line.page, []).append(line)
    if len(by_page) < 3:
        return set()
    edges = [line for page in by_page.values() for line in {*page[:2], *page[-2:]}]
    counts = Counter((re.sub(r"\d+", "#", fold(line.text))) for line in edges)
    often = max(3, len(by_page) // 2)
    return {
        (line.page, line.number)
        for line in edges
        if counts[re.sub(r"\d+", "#", fold(line.text))] >= often and not _heads_table(line)
    }


def _heads_table(line: Line) -> bool:
    """A header row that is repeated on every page is no furniture."""
    return header_of_words(line.text) is not None
