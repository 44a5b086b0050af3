"""Finds in a plan the deliverables that a later document speaks of, by code and by text.

Plain Python. The work grows with the number of rows: each row is compared only with deliverables of its own
section that share a rare word with it, never with the whole plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, utils

ALIKE = 75.0
"""Likeness of two texts out of 100 from which they are taken for the same deliverable."""
ALIKE_IN_PLACE = 45.0
"""The same where both stand in the same row of the same section, which is evidence too."""
RARE = 60
"""A word that stands in more texts of a section than this does not point to any of them."""
CANDIDATES = 12
"""With how many deliverables, those that share most, a row is compared in full."""


class MatchedBy(StrEnum):
    """What a match rests on."""

    CODE = "code"
    TEXT = "text"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the document, or a deliverable of the plan.

    `key` tells it from the others of its list. `code` is what is printed, "" where nothing is; `place` is the code
    that its row would give it. `lead_in` and `text` are in the language of the document.
    """

    key: str
    section: str
    code: str
    place: str
    lead_in: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A row and the deliverable that it was taken for; `score` is the likeness of their texts out of 100."""

    row: str
    deliverable: str
    score: float
    by: MatchedBy


def match(rows: Sequence[Entry], deliverables: Sequence[Entry]) -> dict[str, Match]:
    """Return the match of each row that has one, by the row's key. No deliverable is matched twice.

    A printed code decides. Then, within a section, the texts that are most alike go together first; a likeness
    below `ALIKE` counts only in the same place. At last the same words match in any section.
    """
    matching = _Matching(rows, deliverables)
    matching.by_code()
    matching.by_words(within_section=True)
    matching.by_likeness()
    matching.by_words(within_section=False)
    return matching.found


def likeness(one: Entry, other: Entry) -> float:
    """Return how alike two texts are, from 0 to 100, alone or each with the words that introduce it."""
    alone = fuzz.token_sort_ratio(plain(one.text), plain(other.text))
    whole = fuzz.token_sort_ratio(plain(_whole(one)), plain(_whole(other)))
    return float(max(alone, whole))


def is_match(score: float, *, same_place: bool) -> bool:
    """Whether a likeness is enough."""
    return score >= (ALIKE_IN_PLACE if same_place else ALIKE)


def plain(text: str) -> str:
    """The words in small letters without punctuation."""
    return " ".join(utils.default_process(text).split())


def _whole(entry: Entry) -> str:
    return f"{entry.lead_in} {entry.text}"


class _Matching:
    """The matches found so far, and what is still free."""

    def __init__(self, rows: Sequence[Entry], deliverables: Sequence[Entry]) -> None:
        self.found: dict[str, Match] = {}
        self._rows = {entry.key: entry for entry in rows}
        self._free = {entry.key: entry for entry in deliverables}

    def by_code(self) -> None:
        """Take rows whose printed code, unless it stands twice, is that of a deliverable."""
        codes = Counter(row.code for row in self._rows.values() if row.code)
        by_code = {entry.code: entry for entry in self._free.values()}
        for row in self._open_rows():
            known = by_code.get(row.code) if codes[row.code] == 1 else None
            if known is not None:
                self._take(row, known, likeness(row, known), MatchedBy.CODE)

    def by_words(self, *, within_section: bool) -> None:
        """Take rows whose words are exactly those of a deliverable; of several, that in the same place."""
        by_words: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self._free.values():
            by_words[_words_key(entry, within_section)].append(entry)
        for row in self._open_rows():
            same = by_words.get(_words_key(row, within_section), [])
            if same and plain(row.text):
                known = next((one for one in same if one.key == row.place), same[0])
                same.remove(known)
                self._take(row, known, 100.0, MatchedBy.TEXT)

    def by_likeness(self) -> None:
        """Take pairs of a section from the most alike downwards; of equals, those in the same place first."""
        pairs = sorted(self._pairs(), key=lambda pair: (-pair[0], not pair[1]))
        for score, same_place, row, known in pairs:
            if row.key in self.found or known.key not in self._free or not is_match(score, same_place=same_place):
                continue
            by = MatchedBy.TEXT if score >= ALIKE else MatchedBy.PLACE
            self._take(row, known, score, by)

    def _pairs(self) -> Iterator[tuple[float, bool, Entry, Entry]]:
        blocks: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._free.values():
            blocks[entry.section].append(entry)
        indexes = {section: _Index(entries) for section, entries in blocks.items()}
        for row in self._open_rows():
            index = indexes.get(row.section)
            for known in index.near(row) if index else ():
                yield likeness(row, known), known.key == row.place, row, known

    def _open_rows(self) -> list[Entry]:
        return [row for key, row in self._rows.items() if key not in self.found]

    def _take(self, row: Entry, known: Entry, score: float, by: MatchedBy) -> None:
        self.found[row.key] = Match(row.key, known.key, score, by)
        del self._free[known.key]


def _words_key(entry: Entry, within_section: bool) -> tuple[str, str]:
    return (entry.section if within_section else "", plain(entry.text))


class _Index:
    """The deliverables of one section by the rare words in their texts."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key = {entry.key: entry for entry in entries}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for key, entry in self._by_key.items():
            for word in set(plain(_whole(entry)).split()):
                self._by_word[word].append(key)

    def near(self, row: Entry) -> list[Entry]:
        """The deliverables that share most with a row, the rarest words counting most, and the one in its place."""
        shared: Counter[str] = Counter()
        for word in set(plain(_whole(row)).split()):
            keys = self._by_word.get(word, ())
            if len(keys) <= RARE:
                for key in keys:
                    shared[key] += RARE // len(keys)
        keys = [key for key, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))[:CANDIDATES]]
        if row.place in self._by_key and row.place not in keys:
            keys.append(row.place)
        return [self._by_key[key] for key in keys]
