"""Reads the words of a status. Which words mean what is data: `vocabulary/statuses.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from palermo.plan.imports.reader.reading import Doubt
from palermo.plan.imports.reader.structure.dates import read_date
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.vocabulary import LONGEST_KEPT, Phrases, entries, fold, word_list, word_set

_TRIM = " \t.,;:!()[]{}*•●–—-\"'“”«»✓✔☑✅"
_EDGE = re.compile(r"^[\s:;,.–—\-()\[\]/|]+")
_PERCENT = re.compile(r"^\(?(\d{1,3})\s*%")
_DUE = re.compile(r"^(?:for|by|to be completed by|until|pour|d'ici)\b\s*(.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a status word means, and whether it decides."""

    value: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class ReadStatus:
    """A status as printed and as read; `rest` is what the cell says after it."""

    printed: str
    value: str
    rest: str = ""
    due_on: date | None = None
    printed_due: str = ""
    doubts: list[Doubt] = field(default_factory=list)


@cache
def _phrases() -> Phrases[Sense]:
    pairs = [
        (word, Sense(str(entry["value"]), bool(entry.get("doubt", False))))
        for entry in entries("statuses", "status")
        for language in ("en", "fr")
        for word in word_list(entry.get(language, []))
    ]
    return Phrases(pairs)


def _tokens(text: str) -> list[str]:
    return [token.strip('.,;:()[]*"“”') for token in fold(text).split()]


def leading_status(text: str) -> tuple[int, Sense] | None:
    """How many words of the text its opening status phrase takes, and its sense."""
    tokens = _tokens(text)
    return _phrases().at(tokens, 0) if tokens and tokens[0] else None


def is_status(text: str) -> bool:
    """Whether the whole text is one status, with or without the date by which it is on track."""
    return exact_status(text) is not None


def exact_status(text: str) -> ReadStatus | None:
    """The status, where the text is that and nothing more."""
    return _exact_short(text) if len(text) <= LONGEST_KEPT else None


@lru_cache(maxsize=20_000)
def _exact_short(text: str) -> ReadStatus | None:
    printed = " ".join(text.split())
    bare = printed.strip(_TRIM)
    percent = _PERCENT.match(printed)
    if percent and len(printed) <= 16:
        return _of_percent(printed, int(percent.group(1)))
    led = leading_status(bare)
    if led is None:
        return None
    length, sense = led
    rest = " ".join(bare.split()[length:])
    if not rest:
        return ReadStatus(printed, sense.value, doubts=_doubts_of(printed, sense))
    return _with_due(printed, sense, rest) or _with_day(printed, sense, rest)


def _with_due(printed: str, sense: Sense, rest: str) -> ReadStatus | None:
    """On track for a time: the time is a due date."""
    asked = _DUE.match(rest.strip(" ("))
    when = read_date(asked.group(1).strip(" )")) if asked else None
    if when is None or when.last is None:
        return None
    due = when.printed.replace("/ ", "/")
    return ReadStatus(printed, sense.value, "", when.last, due, [doubt("due_read_from_status", printed)])


def _with_day(printed: str, sense: Sense, rest: str) -> ReadStatus | None:
    """Completed at a time: the time says when the status was reached, and is kept as a remark."""
    when = read_date(rest.strip(" ,;:()–—-"))
    if when is None or when.first is None or when.bound == "due":
        return None
    return ReadStatus(printed, sense.value, rest.strip(" ,;:()–—-"), doubts=_doubts_of(printed, sense))


def _doubts_of(printed: str, sense: Sense) -> list[Doubt]:
    return [doubt("status_guessed", printed)] if sense.doubtful else []


def _of_percent(printed: str, percent: int) -> ReadStatus:
    value = "complete" if percent >= 100 else "not_started" if percent == 0 else "in_progress"
    return ReadStatus(printed, value, doubts=[doubt("status_guessed", printed)])


def read_status(text: str) -> ReadStatus:
    """The status of a cell that is known to hold one. What is not understood stays `not_stated`, with a doubt."""
    printed = " ".join(text.split())
    if not printed.strip(_TRIM):
        return ReadStatus(printed if printed.strip("-–— ") else "", "not_stated")
    whole = exact_status(printed)
    if whole is not None:
        return whole
    led = leading_status(printed.lstrip(_TRIM))
    if led is not None and _cut_after(printed.lstrip(_TRIM), led[0]):
        return _led_by(printed.lstrip(_TRIM), led)
    return _anywhere(printed)


def _cut_after(text: str, length: int) -> bool:
    """Whether a stop follows the phrase, so that what comes next is a remark."""
    parts = text.split()
    last = parts[length - 1]
    following = parts[length] if length < len(parts) else ""
    return last[-1] in ".,;:)" or following[:1] in "-–—(:;/[" or following[:1].isupper()


def opens_with_status(text: str) -> bool:
    """Whether a text is a status or begins with one that a stop follows."""
    bare = text.lstrip(_TRIM)
    led = leading_status(bare)
    return is_status(text) or (led is not None and bare[:1].isupper() and _cut_after(bare, led[0]))


def _led_by(printed: str, led: tuple[int, Sense]) -> ReadStatus:
    length, sense = led
    words = printed.split()
    rest = _EDGE.sub("", " ".join(words[length:]))
    said = " ".join(words[:length]).strip(" .,;:")
    return ReadStatus(said, sense.value, rest, doubts=_doubts_of(printed, sense))


def _anywhere(printed: str) -> ReadStatus:
    """A status phrase inside a sentence is taken with a doubt, and only where all phrases agree."""
    tokens = _tokens(printed)
    senses: set[str] = set()
    place = 0
    while place < len(tokens):
        found = _phrases().at(tokens, place) if tokens[place] else None
        if found:
            senses.add(found[1].value)
        place += found[0] if found else 1
    hedged = not word_set("words", "hedges", "words").isdisjoint(tokens)
    if len(senses) == 1 and not hedged and len(tokens) <= 12:
        return ReadStatus(printed, senses.pop(), doubts=[doubt("status_guessed", printed)])
    return ReadStatus(printed, "not_stated", doubts=[doubt("status_unknown_word", printed)])
