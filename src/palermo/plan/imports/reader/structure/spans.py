"""Finds which stretches of running words could be one typed cell: a code, a time, a status, who leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from palermo.plan.imports.reader.structure.columns import TIME_ROLES
from palermo.plan.imports.reader.structure.dates import may_open_date, read_date
from palermo.plan.imports.reader.structure.headings import CODE
from palermo.plan.imports.reader.structure.leads import is_acronym, looks_like_leads
from palermo.plan.imports.reader.structure.lines import Line
from palermo.plan.imports.reader.structure.statuses import exact_status, leading_status
from palermo.plan.imports.reader.vocabulary import fold, word_set

MOST_WORDS = {"date": 7, "status": 8, "lead": 16}
FULL_NAME_WORDS = 7
STATUS_IN_NAME = 1.2
"""What it costs that a name goes over a word that could be a status."""
UNKNOWN = 2.5
"""What a stretch costs at least that is put in a typed column though its words are not known to belong there."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a table's lines. `opens`: it is the first of its line; `gap`: after a blank line."""

    text: str
    line: Line
    opens: bool = False
    closes: bool = False

    @property
    def gap(self) -> bool:
        """Whether a blank line stands before it."""
        return self.opens and self.line.gap

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital, brackets aside."""
        return self.text.lstrip("(«\"'")[:1].isupper()


def words_of(lines: Sequence[Line]) -> list[Word]:
    """The words of lines in order."""
    found: list[Word] = []
    for line in lines:
        parts = line.text.split()
        found += [Word(part, line, place == 0, place == len(parts) - 1) for place, part in enumerate(parts)]
    return found


class Spans:
    """The cells that could begin at each word, by kind: how many words they take and what they cost."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._dated: dict[int, bool] = {}
        self._statused: dict[int, tuple[int, object] | None] = {}
        self._found: dict[tuple[str, int], list[tuple[int, float]]] = {}

    def at(self, role: str, place: int) -> list[tuple[int, float]]:
        """The cells of a column's role that could begin at a word."""
        kind = "date" if role in TIME_ROLES else "lead" if role in {"lead", "supporting"} else role
        key = (kind, place)
        if key not in self._found:
            find = {"date": self._dates, "status": self._statuses, "lead": self._leads, "code": self._codes}[kind]
            self._found[key] = find(place)
        return self._found[key]

    def _text(self, place: int, size: int) -> str:
        return " ".join(word.text for word in self._words[place : place + size])

    def _sizes(self, place: int, most: int) -> range:
        """Sizes up to the most words, but never over a blank line."""
        for size in range(1, most + 1):
            if place + size >= len(self._words):
                return range(1, min(size, len(self._words) - place) + 1)
            if self._words[place + size].gap:
                return range(1, size + 1)
        return range(1, most + 1)

    def looks_typed(self, place: int) -> float:
        """How much a word inside a text looks like the beginning of a status or a time."""
        word = self._words[place]
        before = self._words[place - 1].text if place else "."
        if word.is_capital and not before.endswith((".", ":", ";")) and self._begins_status(place):
            return 0.5
        return 0.3 if word.text[:1].isalnum() and self._begins_date(place) else 0.0

    def _codes(self, place: int) -> list[tuple[int, float]]:
        text = self._words[place].text
        code = CODE.match(text)
        if code and code.end() == len(text):
            return [(1, 0.0)]
        bare = text.strip(".")
        return [(1, 0.3)] if bare.isdigit() and len(bare) <= 3 else []

    def _dates(self, place: int) -> list[tuple[int, float]]:
        first = self._words[place]
        found = []
        for size in self._sizes(place, MOST_WORDS["date"]) if may_open_date(first.text) else ():
            text = self._text(place, size)
            if read_date(text) is None:
                continue
            vague = not any(letter.isdigit() for letter in text) and not first.is_capital and not first.opens
            found.append((size, (1.5 if vague and size == 1 else 0.2 if vague else 0.0) - 0.03 * size))
        return found or self._unknown(place, 3)

    def _statuses(self, place: int) -> list[tuple[int, float]]:
        first = self._words[place]
        led = self._led(place)
        if led is None:
            return self._unknown(place, 3)
        low = 0.0 if first.is_capital or not first.text[:1].isalpha() else 0.6 if first.opens else 2.0
        found = [(led[0], low + self._runs_on(place + led[0]) - 0.03 * led[0])]
        for size in self._sizes(place, MOST_WORDS["status"]):
            if size > led[0] and exact_status(self._text(place, size)):
                found.append((size, low - 0.03 * size))
        return found

    def _leads(self, place: int) -> list[tuple[int, float]]:
        first = self._words[place]
        if not (first.is_capital or is_acronym(first.text)) or first.text.endswith(":"):
            return []
        found: list[tuple[int, float]] = []
        strange = 0.0
        for size in self._sizes(place, MOST_WORDS["lead"]):
            last = self._words[place + size - 1]
            if size > 1 and self._begins_date(place + size - 1):
                break
            strange = STATUS_IN_NAME if size > 1 and self._begins_status(place + size - 1) else strange
            if last.text.endswith(".") and not is_acronym(last.text):
                break
            text = self._text(place, size)
            if _is_small(last.text) or last.text.endswith((",", "/", ";", "&")) or text.count("(") > text.count(")"):
                continue
            if looks_like_leads(text):
                alone = 0.3 if size == 1 and not is_acronym(first.text) else 0.0
                found.append((size, alone + strange + 0.1 + self._goes_on(place + size) - 0.04 * size))
            elif size <= FULL_NAME_WORDS and self._is_named(place, size):
                found.append((size, strange + 1.0 + self._goes_on(place + size) - 0.04 * size))
        return found or self._unknown(place, 4)

    def _begins_date(self, place: int) -> bool:
        """Whether a time with a number begins at a word."""
        if place not in self._dated:
            sizes = self._sizes(place, 4) if may_open_date(self._words[place].text) else ()
            texts = (self._text(place, size) for size in sizes)
            self._dated[place] = any(any(map(str.isdigit, text)) and read_date(text) is not None for text in texts)
        return self._dated[place]

    def _begins_status(self, place: int) -> bool:
        return self._words[place].is_capital and self._led(place) is not None

    def _led(self, place: int) -> tuple[int, object] | None:
        """The status that begins at a word, and how many words it takes."""
        if place not in self._statused:
            self._statused[place] = leading_status(self._text(place, MOST_WORDS["status"]))
        return self._statused[place]

    def _is_named(self, place: int, size: int) -> bool:
        """Capitals on every word but the small ones."""
        words = self._words[place : place + size]
        return all(word.is_capital or _is_small(word.text) for word in words) and words[-1].is_capital

    def _goes_on(self, place: int) -> float:
        """A small joining word after a name says that the name goes on."""
        if place >= len(self._words) or self._words[place].opens:
            return 0.0
        text = self._words[place].text
        return 0.8 if _is_small(text) or text[0] in "(&/" else self._runs_on(place)

    def _runs_on(self, place: int) -> float:
        if place >= len(self._words) or self._words[place].opens:
            return 0.0
        return 0.7 if self._words[place].text[:1].islower() else 0.0

    def _unknown(self, place: int, most: int) -> list[tuple[int, float]]:
        """A whole line of a few words, printed like a cell though it is not known as one."""
        if not (self._words[place].opens and self._words[place].is_capital):
            return []
        ends = [size for size in self._sizes(place, most) if self._words[place + size - 1].closes]
        return [(ends[0], UNKNOWN)] if ends else []


def _is_small(text: str) -> bool:
    """Whether a word joins others: of, and, for."""
    return text[:1].islower() and (
        fold(text).strip(",;") in word_set("organisations", "connectors") | {"de", "du", "la", "le", "et", "with", "a"}
    )


def ends_open(word: Word) -> bool:
    """Whether a text cannot well end on this word."""
    return _is_small(word.text) or word.text.endswith((",", "-", "/")) or word.text.count("(") > word.text.count(")")
