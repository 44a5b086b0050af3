"""Whether entries can be taken in, and what is wrong with those that cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from palermo.foundation.keys import among
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record, apart, key_of, terms_of
from palermo.protection.directory.hsds.schema import Problem, problems
from palermo.protection.directory.models import BY_KIND

Numbered: TypeAlias = "list[tuple[int, list[Record]]]"
"""The records of each document, with its number."""


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one document: its number from 1 in the order of the file, and each problem."""

    number: int
    problems: tuple[Problem, ...]


class WrongEntriesError(ValueError):
    """Some entries are not as the standard has them, or belong to what is not there. Nothing was taken in."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__(f"{len(wrong)} entries cannot be taken in.")
        self.wrong = wrong


def checked(kind: str, document: Document, secrecy: Secrecy) -> tuple[list[Record], list[Problem]]:
    """The records of a document, and what is wrong with it."""
    found = problems(kind, document)
    if found:
        return [], found
    records = apart(kind, document)
    secrecy.keep_hidden(records)
    return records, list(secrecy.told(records, document))


def belonging_nowhere(right: Numbered) -> list[Wrong]:
    """The documents in which something belongs to what is neither among them nor kept already.

    What belongs to one of those that belong nowhere belongs nowhere itself.
    """
    found: list[Wrong] = []
    while lost := _lost(right):
        found += lost
        numbers = {one.number for one in lost}
        right = [(number, records) for number, records in right if number not in numbers]
    return found


def lost(one: Record) -> list[Problem]:
    """What a record belongs to or is described by that is not kept."""
    return [problem for wrong in belonging_nowhere([(1, [one])]) for problem in wrong.problems]


def _lost(right: Numbered) -> list[Wrong]:
    belongings = [[each for one in records for each in _belongings(one)] for _number, records in right]
    missing: dict[str, set[UUID]] = {kind: set() for kind in BY_KIND}
    here: dict[str, set[UUID]] = {kind: set() for kind in BY_KIND}
    for (_number, records), some in zip(right, belongings, strict=True):
        for _link, kind, owner in some:
            missing[kind].add(owner)
        for one in records:
            here[one.kind].add(one.key)
    for kind, model in BY_KIND.items():
        if unknown := missing[kind] - here[kind]:
            unknown -= set(model._default_manager.filter(pk__in=among(unknown)).values_list("pk", flat=True))
        missing[kind] = unknown
    wrong = []
    for (number, records), some in zip(right, belongings, strict=True):
        lost = [Problem((link,), "missing", str(owner)) for link, kind, owner in some if owner in missing[kind]]
        lost += [
            Problem((), "required", link)
            for one in records
            if one.kind == "service_at_location"
            for link in ("service_id", "location_id")
            if link not in one.links
        ]
        if lost:
            wrong.append(Wrong(number, tuple(lost)))
    return wrong


def _belongings(one: Record) -> Iterator[tuple[str, str, UUID]]:
    """What a record belongs to or is described by: what says so, the kind, and the id."""
    for link, owner in one.links.items():
        yield link, link.removesuffix("_id"), key_of(owner)
    if one.kind == "service":
        for term in terms_of(one.document):
            yield "attributes", "taxonomy_term", key_of(term)
