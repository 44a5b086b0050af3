"""Names of services and organizations made comparable, in English and French.

Words that mean the same kind of thing count as one, whatever the language: `data/likeness_words.json` lists them,
written for this directory. All other words stand for themselves.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TypedDict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from palermo.foundation.search import folded, stems

_FILE = Path(__file__).resolve().parents[1] / "data" / "likeness_words.json"
_LANGUAGES = ("en", "fr")
_SHORTEST = 5
"""Letters from which on a word with one typing error in it is taken for the one that is known."""


class _File(TypedDict):
    empty: dict[str, str]
    whom: str
    kinds: list[tuple[str, str]]


@dataclass(frozen=True)
class Named:
    """Names of one thing, each list in order and without repetition."""

    names: tuple[str, ...] = ()
    """The names without capitals, accents and signs."""
    words: tuple[str, ...] = ()
    """The words in them that say something; those of a known kind by that kind."""
    kinds: tuple[str, ...] = ()
    """Those of the words whose kind is known, and numbers: a house 1 is no misspelt house 2."""
    whom: tuple[str, ...] = ()
    """Those of the kinds that are people: a house for women is none for men, however alike it is otherwise."""
    tongues: tuple[str, ...] = ()
    """The languages that the names may be in by the words in them that are known; none where none is."""


@lru_cache(maxsize=100_000)
def named(names: frozenset[str]) -> Named:
    """What some names of one thing say."""
    said = [words for name in names if (words := _words(name))]
    kinds = {word: _kind(word) for words in said for word in words if not _is_empty(word)}
    return Named(
        names=_in_order(" ".join(words) for words in said),
        words=_in_order(kind or word for word, kind in kinds.items()),
        kinds=_in_order(kind for kind in kinds.values() if kind),
        whom=_in_order(kind for kind in kinds.values() if kind in _whom()),
        tongues=_in_order(tongue for words in said for tongue in _tongues(words)),
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(text))


def _in_order(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _tongues(words: list[str]) -> list[str]:
    """The language that most of the known words of a name are of; both where they are of both, none where none is."""
    count = Counter(language for word in words for language in _languages_of(word))
    return [language for language in _LANGUAGES if count and count[language] == max(count.values())]


@lru_cache(maxsize=200_000)
def _languages_of(word: str) -> list[str]:
    return [
        language
        for language in _LANGUAGES
        if word in _empty_of(language) or any(form in _kinds_of(language) for form in _forms(word, language))
    ]


def _is_empty(word: str) -> bool:
    return any(word in _empty_of(language) for language in _LANGUAGES)


@lru_cache(maxsize=200_000)
def _kind(word: str) -> str:
    """The kind of thing that a word stands for; empty where it is not known."""
    if word.isdigit():
        return word
    for language in _LANGUAGES:
        for form in _forms(word, language):
            if kind := _kinds_of(language).get(form):
                return kind
    return _kind_of_misspelt(word)


def _kind_of_misspelt(word: str) -> str:
    """The kind of the known words that this one may be with one typing error, where they are all of one kind."""
    if len(word) < _SHORTEST:
        return ""
    kinds = set()
    for language in _LANGUAGES:
        known = _kinds_of(language)
        near = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
        kinds |= {known[form] for form, _distance, _at in near if len(form) >= _SHORTEST}
    return kinds.pop() if len(kinds) == 1 else ""


def _forms(word: str, language: str) -> list[str]:
    """A word as it may stand among the known ones: as it is, and without its ending."""
    return [word, *stems(word, language)]


@cache
def _kinds_of(language: str) -> Mapping[str, str]:
    """The kind of every known word of a language and of its stem; a kind is called by its first English word."""
    found: dict[str, str] = {}
    for english, french in _said()["kinds"]:
        for word in _words(french if language == "fr" else english):
            for form in _forms(word, language):
                found.setdefault(form, _words(english)[0])
    return found


@cache
def _empty_of(language: str) -> frozenset[str]:
    """Words that say nothing of what a name names."""
    return frozenset(_words(_said()["empty"][language]))


@cache
def _whom() -> frozenset[str]:
    return frozenset(_words(_said()["whom"]))


@cache
def _said() -> _File:
    found: _File = json.loads(_FILE.read_text(encoding="utf-8"))
    return found
