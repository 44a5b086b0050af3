"""Entries of the standard become records: all of a file, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record, apart, terms_of
from palermo.protection.directory.hsds.schema import Problem, problems
from palermo.protection.directory.models import BY_KIND, Location
from palermo.protection.directory.policies import may_keep

Numbered: TypeAlias = "list[tuple[int, list[Record]]]"
"""The records of each document, with its number."""

BATCH = 500
"""So many documents are held in memory at once."""


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


@dataclass
class Taken:
    """How many records of each kind came in."""

    counts: dict[str, int] = field(default_factory=dict)


def take_in(*, by: User, kind: str, documents: Iterable[Document]) -> Taken:
    """Take in whole documents of one kind, with everything that stands in them.

    The record that a document is of becomes what the document says. Others that stand in it may be given in part there,
    so that they only gain by it.

    Raises:
        PermissionDenied: this is not for them to do.
        WrongEntriesError: with every document that is wrong; nothing was taken in.
    """
    if not may_keep(by):
        raise PermissionDenied
    taken, wrong = Taken(), []
    with transaction.atomic():
        numbered = enumerate(documents, start=1)
        while batch := list(islice(numbered, BATCH)):
            wrong += [Wrong(number, tuple(found)) for number, one in batch if (found := problems(kind, one))]
            broken = {one.number for one in wrong}
            right = [(number, apart(kind, one)) for number, one in batch if number not in broken]
            _keep_hidden(right)
            wrong += _giving_away(right) + _belonging_nowhere(right)
            if not wrong:
                _count(taken, store(kind, [records for _number, records in right]))
        if wrong:
            raise WrongEntriesError(sorted(wrong, key=lambda one: one.number))
        record(by=by, act="directory.take_in", about=by, kind=kind, counts=dict(taken.counts))
    return taken


def _keep_hidden(right: Numbered) -> None:
    """A place that was confidential stays so until somebody says that it is not; a feed may not know of it."""
    places = [one for _number, records in right for one in records if one.kind == "location"]
    hidden = Location.objects.filter(pk__in=[one.id for one in places], is_confidential=True)
    known = set(hidden.values_list("pk", flat=True))
    for one in places:
        if UUID(one.id) in known:
            one.document.setdefault("is_confidential", True)


def _giving_away(right: Numbered) -> list[Wrong]:
    """The documents that say elsewhere where a place is that nobody may find."""
    wrong = []
    for number, records in right:
        hidden = [one for one in records if one.kind == "location" and confidential.is_confidential(one.document)]
        pieces = frozenset(piece for one in hidden for piece in confidential.telling(one.document))
        others = [one for one in records if one not in hidden] if pieces else []
        found = [
            Problem(path, "confidential", one.kind)
            for one in others
            for path in confidential.given_away(one.document, pieces)
        ]
        if found:
            wrong.append(Wrong(number, tuple(found)))
    return wrong


def _belonging_nowhere(right: Numbered) -> list[Wrong]:
    """The documents in which something belongs to what is neither in the file so far nor kept already."""
    missing: dict[str, set[UUID]] = {kind: set() for kind in BY_KIND}
    for _number, records in right:
        for one in records:
            for _link, kind, owner in _belongings(one):
                missing[kind].add(owner)
    for kind, model in BY_KIND.items():
        missing[kind] -= {UUID(one.id) for _number, records in right for one in records if one.kind == kind}
        if missing[kind]:
            missing[kind] -= model._default_manager.in_bulk(list(missing[kind])).keys()
    wrong = []
    for number, records in right:
        belongings = (each for one in records for each in _belongings(one))
        lost = [Problem((link,), "missing", str(owner)) for link, kind, owner in belongings if owner in missing[kind]]
        if lost:
            wrong.append(Wrong(number, tuple(lost)))
    return wrong


def _belongings(one: Record) -> Iterator[tuple[str, str, UUID]]:
    """What a record belongs to or is described by: what says so, the kind, and the id."""
    for link, owner in one.links.items():
        yield link, link.removesuffix("_id"), UUID(owner)
    if one.kind == "service":
        for term in terms_of(one.document):
            yield "attributes", "taxonomy_term", UUID(term)


def _count(taken: Taken, stored: dict[str, int]) -> None:
    for kind, count in stored.items():
        taken.counts[kind] = taken.counts.get(kind, 0) + count
