"""The lines of a document, and how lines that were broken for the page become one text again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from palermo.plan.imports.reader.vocabulary import fold, words

BULLET = re.compile(r"^\s*(?:[•◦▪■□●○‣⁃∙·\uf0b7\uf0a7\uf02d\u2022\ufffd➢➤✓✔►▶❖»]|[-–—*+o](?=\s))\s*")
LONGEST_LINE = 20_000
"""No row of a plan is longer; what a line holds beyond is not looked at."""
_DROPPED = str.maketrans({"\f": None, "\r": None, "\ufeff": None, "\u00ad": "-", "\u00a0": " "})
_EMPHASIS = re.compile(r"(?<![\w*])\*([^\s*](?:[^*]{0,200}[^\s*])?)\*(?![\w*])")
_WORD = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank. `gap`: a blank line or a page's edge stands before it."""

    number: int
    text: str
    gap: bool = False
    page: int | None = None
    strong: bool = False
    """Whether it is printed in bold as a whole, by the marks of Markdown."""

    @property
    def bare(self) -> str:
        """The text without the space around it."""
        return self.text.strip()

    @property
    def is_bullet(self) -> bool:
        """Whether the line opens an item of a list."""
        return BULLET.match(self.text) is not None


def split_lines(text: str) -> list[Line]:
    """The lines that say something, numbered from 1; form feeds count pages where there are any."""
    paged = "\f" in text
    page = 1
    gap = True
    found: list[Line] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        feeds = raw.count("\f")
        page += feeds
        clean = raw[:LONGEST_LINE].translate(_DROPPED).replace("**", "").rstrip()
        clean = _EMPHASIS.sub(r"\1", clean) if "*" in clean else clean
        gap = gap or feeds > 0
        if not clean.strip():
            gap = True
            continue
        found.append(Line(number, clean, gap, page if paged else None, _is_strong(raw)))
        gap = False
    return found


def _is_strong(raw: str) -> bool:
    bare = raw.strip().strip("| \t:")
    return len(bare) > 4 and bare.startswith("**") and bare.endswith("**") and bare.count("**") == 2


class Joiner:
    """Joins lines into one text. Whether a hyphen at a line's end stays is judged by the document's own words."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known: Counter[str] = Counter()
        for text in texts:
            self._known.update(word.casefold() for word in _WORD.findall(text))
        self._kept = set(words("words", "hyphens", "keep"))

    def join(self, parts: Iterable[str]) -> str:
        """The parts as one text, single-spaced, with broken words whole again."""
        whole = ""
        for part in parts:
            piece = " ".join(part.split())
            whole = self._append(whole, piece) if whole else piece
        return whole

    def _append(self, whole: str, piece: str) -> str:
        if not piece:
            return whole
        broken = _BROKEN.search(whole)
        if broken and piece[0].islower():
            return self._mend(whole, broken.group(1), piece)
        if whole.endswith("/") or (whole.endswith("-") and not whole.endswith(" -")):
            return whole + piece
        return f"{whole} {piece}"

    def _mend(self, whole: str, first: str, piece: str) -> str:
        second = _WORD.match(piece)
        joined = first.casefold() + (second.group().casefold() if second else "")
        if self._known[joined] or not self._keeps(first.casefold()):
            return whole[:-1] + piece
        return whole + piece

    def _keeps(self, first: str) -> bool:
        return fold(first) in self._kept or self._known[first] > 1
