"""What the headings of a table mean. The words are data: `headers.toml` and `vocabulary/columns.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz, process

from palermo.plan.imports.reader.structure.columns import column_of
from palermo.plan.imports.reader.vocabulary import entries, fold, word_list

Language = Literal["en", "fr"]

IGNORE = "ignore"
_ROLE_FIELDS = {
    "code": "code",
    "scope": "section",
    "thing": "text",
    "start": "start",
    "due": "due",
    "timeline": "timeline",
    "status": "status",
    "lead": "leads",
    "supporting": "supporting",
    "note": "note",
    "money": "amount",
    "indicator": IGNORE,
}
_CLOSE = 80
"""Likeness out of 100 from which a known heading is offered as a guess."""
_NOISE = re.compile(r"[^\w#/]+")
_PLURAL = re.compile(r"\((?:s|es|e|x)\)", re.IGNORECASE)


class Label(BaseModel):
    """A word of the template in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    en: str
    fr: str

    def said_in(self, language: Language) -> str:
        """The word in one language."""
        return self.fr if language == "fr" else self.en


class Field(BaseModel):
    """One field of a deliverable, its column in the template, and the headings that mean it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    label: Label
    help: Label
    en: tuple[str, ...]
    fr: tuple[str, ...]


class _Headers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    field: tuple[Field, ...]
    example: dict[Language, tuple[str, ...]]
    values: dict[str, dict[str, Label]]
    marks: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading means.

    `rank` orders those that may hold sections or the thing itself: the smaller, the wider. `languages` are
    those in which the heading is known; `is_sure` is false where only a part of it is.
    """

    field: str
    rank: int = 0
    languages: frozenset[str] = frozenset()
    is_sure: bool = True


@cache
def _headers() -> _Headers:
    text = (files(__package__) / "headers.toml").read_text(encoding="utf-8")
    return _Headers.model_validate(tomllib.loads(text))


def template_fields() -> tuple[Field, ...]:
    """The fields of the template, in the order of its columns."""
    return _headers().field


def example_row(language: Language) -> tuple[str, ...]:
    """The example that the template shows, one value a column."""
    return _headers().example[language]


def value_labels(field: str) -> dict[str, Label]:
    """The values that a field may have, and what each is called; empty for free text."""
    return _headers().values.get(field, {})


@cache
def marks(meaning: str) -> frozenset[str]:
    """The words, folded, that mean `yes` or `no`."""
    return frozenset(fold(word) for word in _headers().marks[meaning])


def mapping_fields() -> tuple[str, ...]:
    """Everything that a person may say a column is."""
    return (*(field.name for field in template_fields()), "timeline", IGNORE)


def plain(heading: str) -> str:
    """The heading without accents, capitals, punctuation and marks of a plural, for comparing."""
    bare = _PLURAL.sub("", heading).replace("°", "o")
    return " ".join(_NOISE.sub(" ", fold(bare)).split())


@cache
def _known() -> dict[str, Heading]:
    """Every known heading, plain; a field's own words come before those of single-language tables."""
    known: dict[str, Heading] = {}
    for field in template_fields():
        for language, words in (("en", (field.label.en, *field.en)), ("fr", (field.label.fr, *field.fr))):
            for word in words:
                _learn(known, word, Heading(field.name, languages=frozenset({language})))
    for entry in entries("columns", "column"):
        rank = entry.get("rank", 0)
        for language in ("en", "fr"):
            for word in word_list(entry[language]):
                field_name = _ROLE_FIELDS[str(entry["role"])]
                meant = Heading(field_name, rank if isinstance(rank, int) else 0, frozenset({language}))
                _learn(known, word, meant)
    return known


def _learn(known: dict[str, Heading], word: str, meant: Heading) -> None:
    before = known.get(plain(word))
    if before is None:
        known[plain(word)] = meant
    elif before.field == meant.field:
        both = before.languages | meant.languages
        known[plain(word)] = Heading(before.field, before.rank, both)


@cache
def heading_of(printed: str) -> Heading | None:
    """What a heading means, or None where no word of it is known."""
    exact = _known().get(plain(printed))
    if exact is not None:
        return exact
    near = column_of(printed)
    field = _ROLE_FIELDS.get(near.role) if near else None
    return Heading(field, near.rank, is_sure=False) if near and field else None


def known_headings(cells: Sequence[str]) -> int:
    """How many of these cells are headings of different fields, each exactly known."""
    found = (_known().get(plain(cell)) for cell in cells if 0 < len(cell) <= 80)
    return len({heading.field for heading in found if heading is not None and heading.field != IGNORE})


def guess_field(printed: str) -> str:
    """The field whose heading looks most like this one, or "" where none is close."""
    close = process.extractOne(plain(printed), _known().keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return _known()[close[0]].field if close else ""
