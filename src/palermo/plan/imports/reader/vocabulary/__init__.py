"""The words that a reader knows. They are data: a new word is a line in a TOML file, not a line of code."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Generic, TypeVar

Table = dict[str, object]

LONGEST_KEPT = 200
"""Longer texts are worked on anew each time: what is remembered must not grow with documents."""

_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "œ": "oe", "Œ": "oe"})


def fold(text: str) -> str:
    """The text without accents, capitals or doubled spaces, so that two spellings of a word are equal."""
    return _fold_short(text) if len(text) <= LONGEST_KEPT else _fold(text)


@lru_cache(maxsize=20_000)
def _fold_short(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SPACES.sub(" ", bare).strip().casefold()


@cache
def load(name: str) -> Table:
    """One vocabulary file, as it stands. Raises FileNotFoundError for a name that is none."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


def entries(name: str, key: str) -> list[Table]:
    """The list of tables `[[key]]` of a file."""
    found = load(name)[key]
    if not isinstance(found, list):
        raise TypeError(f"{key} of {name} is not a list")
    return found


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """The list of words at a path in a file, folded."""
    found: object = load(name)
    for step in path:
        if not isinstance(found, dict):
            raise TypeError(f"{step} of {name} is not a table")
        found = found[step]
    return tuple(word_list(found))


def word_list(found: object) -> list[str]:
    """A list of words as it came out of a file, folded."""
    if not isinstance(found, list):
        raise TypeError("a list of words was expected")
    return [fold(str(word)) for word in found]


Meaning = TypeVar("Meaning")


@cache
def word_set(name: str, *path: str) -> frozenset[str]:
    """The same words for asking whether one is among them."""
    return frozenset(words(name, *path))


class Phrases(Generic[Meaning]):
    """Phrases with their meanings, found at a place in a list of words, the longest first."""

    def __init__(self, pairs: Iterable[tuple[str, Meaning]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for phrase, meaning in pairs:
            parts = tuple(phrase.split())
            self._by_first.setdefault(parts[0], []).append((parts, meaning))
        for known in self._by_first.values():
            known.sort(key=lambda pair: -len(pair[0]))

    def all_at(self, tokens: list[str], place: int) -> list[tuple[int, Meaning]]:
        """Every phrase at this place, the longest first."""
        known = self._by_first.get(tokens[place], ())
        return [(len(parts), found) for parts, found in known if tuple(tokens[place : place + len(parts)]) == parts]

    def at(self, tokens: list[str], place: int) -> tuple[int, Meaning] | None:
        """How many words the longest phrase at this place takes, and what it means."""
        found = self.all_at(tokens, place)
        return found[0] if found else None
