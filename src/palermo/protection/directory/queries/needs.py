"""The needs in plain words, which of them somebody means, and the numbers that answer at any hour: all of it data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from json import loads
from typing import Any
from uuid import UUID, uuid5

from palermo.protection.directory.hsds.ages import with_ages
from palermo.protection.directory.hsds.everyday import Vocabulary, vocabulary
from palermo.protection.directory.hsds.json_values import Document

_SUICIDE = "suicide"
"""What the words of those who think of dying stand under; it is no need of its own."""
_LISTENS = "talk"
"""The need that these words mean, too."""


@cache
def _said() -> dict[str, Any]:
    text = files("palermo.protection.directory").joinpath("data/needs.json").read_text(encoding="utf-8")
    found: dict[str, Any] = loads(text)
    return found


def calls(said: str = "") -> list[Document]:
    """The numbers that answer at any hour, the most urgent first; who writes of suicide is offered that helpline."""
    first, *others = _said()["calls"]
    helpline = [_said()[_SUICIDE]["call"]] if _with_suicide().says(_SUICIDE, said) else []
    return [first, *helpline, *others]


@cache
def needs() -> list[Document]:
    """The needs in the order in which they are offered, each as a term of the standard."""
    taxonomy = _said()["taxonomy"]
    return [
        {"id": str(uuid5(UUID(taxonomy["id"]), term["code"])), **_published(term), "taxonomy_detail": taxonomy}
        for term in _said()["terms"]
    ]


def need(code: str) -> Document | None:
    """The need with this code."""
    return next((one for one in needs() if one["code"] == code), None)


def meant(words: str) -> list[Document]:
    """The needs that somebody may mean by words of their own, the likeliest first."""
    codes = _vocabulary().meant(with_ages(words))
    return [one for code in codes if (one := need(code))]


@cache
def _vocabulary() -> Vocabulary:
    """The names of the needs and the everyday words for each, in both languages."""
    return vocabulary(_words())


@cache
def _with_suicide() -> Vocabulary:
    """The same, in which the words of suicide stand for it: what is longer means something else, as it always does."""
    return vocabulary({**_words(), _SUICIDE: _listed(_said()[_SUICIDE])})


def _words() -> dict[str, list[str]]:
    names = ("name", "name_fr")
    found = {term["code"]: [*(term[name] for name in names), *_listed(term)] for term in _said()["terms"]}
    return {**found, _LISTENS: [*found[_LISTENS], *_listed(_said()[_SUICIDE])]}


def _listed(said: dict[str, Any]) -> list[str]:
    return [*said["words"], *said["words_fr"]]


def _published(term: dict[str, Any]) -> dict[str, Any]:
    """A need without the everyday words for it, which are only for looking things up."""
    return {name: said for name, said in term.items() if not name.startswith("words")}
