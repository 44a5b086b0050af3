"""Entries of the standard become records: all of a file, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record, apart, terms_of
from palermo.protection.directory.hsds.schema import Problem, problems
from palermo.protection.directory.models import BY_KIND
from palermo.protection.directory.policies import may_keep

Numbered: TypeAlias = "list[tuple[int, list[Record]]]"
"""The records of each document, with its number."""

_LOCK = 0x70616C65726D6F01
"""The name of the lock, among those of the database."""

BATCH = 500
"""So many documents are held in memory at once."""


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one document: its number from 1 in the order of the file, and each problem.

    Without a number, it is about what was kept before; the path then begins with a kind of record and its id.
    """

    number: int | None
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
        SealedError: the site's secret is not the one that confidential places were sealed under.
        WrongEntriesError: with every document that is wrong; nothing was taken in.
    """
    if not may_keep(by):
        raise PermissionDenied
    taken, wrong = Taken(), []
    with transaction.atomic():
        _one_at_a_time()
        secrecy = Secrecy()
        numbered = enumerate(documents, start=1)
        while batch := list(islice(numbered, BATCH)):
            right = []
            for number, document in batch:
                records, found = _checked(kind, document, secrecy)
                if found:
                    wrong.append(Wrong(number, tuple(found)))
                else:
                    right.append((number, records))
            wrong += _belonging_nowhere(right)
            if not wrong:
                _count(taken, store(kind, [records for _number, records in right]))
        told = [] if wrong else list(secrecy.told_before())
        if wrong or told:
            raise WrongEntriesError(sorted(wrong, key=lambda one: one.number or 0) or [Wrong(None, tuple(told))])
        record(by=by, act="directory.take_in", about=by, kind=kind, counts=dict(taken.counts))
    return taken


def _one_at_a_time() -> None:
    """Nobody else takes in before this transaction ends: what was decided on what is kept would be about the past."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _checked(kind: str, document: Document, secrecy: Secrecy) -> tuple[list[Record], list[Problem]]:
    """The records of a document, and what is wrong with it."""
    found = problems(kind, document)
    if found:
        return [], found
    records = apart(kind, document)
    secrecy.keep_hidden(records)
    return records, list(secrecy.told(records))


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
        yield link, link.removesuffix("_id"), UUID(owner)
    if one.kind == "service":
        for term in terms_of(one.document):
            yield "attributes", "taxonomy_term", UUID(term)


def _count(taken: Taken, stored: dict[str, int]) -> None:
    for kind, count in stored.items():
        taken.counts[kind] = taken.counts.get(kind, 0) + count
