"""Kinds of service, and which needs each answers. All of it is data.

Feeds describe services by taxonomies of their own. A term of theirs counts as one of these kinds where it bears its
name, or one of the other names that are known for it, in either language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from json import loads
from typing import Any
from uuid import UUID, uuid5

from palermo.protection.directory.hsds.confidential import plain
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.parting import key_of, terms_of
from palermo.protection.directory.queries.needs import need, needs


@cache
def service_types() -> list[Document]:
    """The kinds of service, each as a term of the standard."""
    taxonomy = _said()["taxonomy"]
    return [
        {
            "id": _id(one["code"]),
            "code": one["code"],
            "name": one["name"],
            "name_fr": one["name_fr"],
            "description": one["name"],
            "description_fr": one["name_fr"],
            "taxonomy_detail": taxonomy,
        }
        for one in _said()["types"]
    ]


@cache
def built_in(kind: str) -> frozenset[UUID]:
    """The ids of the lists and terms that are data here: no source says otherwise what they mean."""
    terms: list[Json] = [*needs(), *service_types()]
    lists = [one["taxonomy_detail"] for one in terms if isinstance(one, Mapping)]
    found = {"taxonomy_term": terms, "taxonomy": lists}.get(kind, [])
    return frozenset(UUID(str(one["id"])) for one in found if isinstance(one, Mapping))


def needs_answered(term: UUID, said: Mapping[str, Json]) -> frozenset[UUID]:
    """The ids of the needs that a service described by this term answers; `said` is the term's own document."""
    if term in _needs():
        return frozenset({term})
    names = (plain(str(said.get(name) or "")) for name in ("name", "name_fr"))
    codes = [code for name in names if (code := _names().get(name))]
    return frozenset(key for code in codes for key in _answered()[code])


def needs_said(document: Mapping[str, Json]) -> frozenset[UUID]:
    """The ids of the needs that a service is described by itself, and not by a term that counts as one of them."""
    return described_by(document) & _needs()


def other_terms(document: Mapping[str, Json]) -> frozenset[UUID]:
    """The ids of all other terms that a service is described by."""
    return described_by(document) - _needs()


def described_by(document: Mapping[str, Json]) -> frozenset[UUID]:
    """The ids of the terms that a service is described by."""
    return frozenset(key_of(term) for term in terms_of(document))


@cache
def _needs() -> frozenset[UUID]:
    return frozenset(UUID(str(one["id"])) for one in needs())


@cache
def _names() -> dict[str, str]:
    """Codes by every name of a kind, as `plain` writes it."""
    return {
        plain(name): one["code"] for one in _said()["types"] for name in (one["name"], one["name_fr"], *one["others"])
    }


@cache
def _answered() -> dict[str, frozenset[UUID]]:
    return {
        one["code"]: frozenset(UUID(str(found["id"])) for code in one["needs"] if (found := need(code)))
        for one in _said()["types"]
    }


def _id(code: str) -> str:
    return str(uuid5(UUID(_said()["taxonomy"]["id"]), code))


@cache
def _said() -> dict[str, Any]:
    text = files("palermo.protection.directory").joinpath("data/service_types.json").read_text(encoding="utf-8")
    found: dict[str, Any] = loads(text)
    return found
