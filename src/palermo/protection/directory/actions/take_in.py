"""Entries of the standard become records: all of a file, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.checking import Wrong, WrongEntriesError, belonging_nowhere, checked
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.actions.waiting import Waiting, watch
from palermo.protection.directory.actions.withholding import withhold
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import apart
from palermo.protection.directory.hsds.schema import problems
from palermo.protection.directory.models import Location
from palermo.protection.directory.policies import may_keep

BATCH = 2_000
"""So many documents are held in memory at once."""


@dataclass
class Taken:
    """How many records of each kind came in."""

    counts: dict[str, int] = field(default_factory=dict)
    withheld: dict[str, int] = field(default_factory=dict)
    """How many entries that were kept lost a text, since it told where a place is that is hidden now (`withhold`)."""


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
        one_at_a_time()
        secrecy = Secrecy(waiting=Waiting().places(), may_open_all=True)
        numbered = enumerate(documents, start=1)
        while batch := list(islice(numbered, BATCH)):
            right = []
            _open_together(kind, batch, secrecy)
            for number, document in batch:
                records, found = checked(kind, document, secrecy)
                if found:
                    wrong.append(Wrong(number, tuple(found)))
                else:
                    right.append((number, records))
            wrong += belonging_nowhere(right)
            if not wrong:
                _count(taken, store(kind, [records for _number, records in right]))
        if wrong:
            raise WrongEntriesError(sorted(wrong, key=lambda one: one.number))
        Location.objects.filter(hidden_here=True, is_confidential=False).update(hidden_here=False)
        taken.withheld = withhold(secrecy, secrecy.new_before)
        watch(secrecy.hidden)
        told = {"counts": dict(taken.counts)} | ({"withheld": taken.withheld} if taken.withheld else {})
        record(by=by, act="directory.take_in", about=by, kind=kind, **told)
    return taken


def _open_together(kind: str, batch: list[tuple[int, Document]], secrecy: Secrecy) -> None:
    """Let none of the places that are to be open keep the address of another of them secret."""
    for _number, document in batch if secrecy.hides_any else ():
        if not problems(kind, document):
            places = [one for one in apart(kind, document) if one.kind == Location.kind]
            secrecy.keep_hidden([one for one in places if one.document.get("is_confidential") is False])


def _count(taken: Taken, stored: dict[str, int]) -> None:
    for kind, count in stored.items():
        taken.counts[kind] = taken.counts.get(kind, 0) + count
