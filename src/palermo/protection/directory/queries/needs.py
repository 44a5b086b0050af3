"""The needs in plain words, which of them somebody means, and the numbers that answer at any hour: all of it data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from json import loads
from typing import Any
from uuid import UUID, uuid5

from palermo.protection.directory.hsds.everyday import Vocabulary, vocabulary
from palermo.protection.directory.hsds.json_values import Document


@cache
def _said() -> dict[str, Any]:
    text = files("palermo.protection.directory").joinpath("data/needs.json").read_text(encoding="utf-8")
    found: dict[str, Any] = loads(text)
    return found


def calls() -> list[Document]:
    """The numbers that answer at any hour, the most urgent first."""
    found: list[Document] = _said()["calls"]
    return found


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
    codes = _vocabulary().meant(words)
    return [one for code in codes if (one := need(code))]


@cache
def _vocabulary() -> Vocabulary:
    """The names of the needs and the everyday words for each, in both languages."""
    names = ("name", "name_fr")
    lists = ("words", "words_fr")
    return vocabulary(
        {
            term["code"]: [*(term[name] for name in names), *(word for name in lists for word in term[name])]
            for term in _said()["terms"]
        }
    )


def _published(term: dict[str, Any]) -> dict[str, Any]:
    """A need without the everyday words for it, which are only for looking things up."""
    return {name: said for name, said in term.items() if not name.startswith("words")}
