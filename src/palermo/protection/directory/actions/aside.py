"""Entries with which something is wrong: put aside once each, and known again when their source says them again."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.checking import belonging_nowhere, checked
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.hsds.changing import difference
from palermo.protection.directory.hsds.files import Arrived
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.parting import ROW
from palermo.protection.directory.hsds.profile import patched
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import Fate, PutAside, Service, Source
from palermo.protection.directory.policies import may_keep
from palermo.protection.directory.sealing import opened, seal


class StillWrongError(ValueError):
    """The corrected entry cannot be taken in either. Nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("The entry is still wrong.")
        self.problems = problems


class Aside:
    """What is put aside of the entries of one part of a file."""

    def __init__(self, source: Source, batch: Sequence[Arrived]) -> None:
        """Look up which of them were put aside before."""
        self._source, self._batch = source, batch
        keys = {_key(one) for one in batch}
        kept = PutAside.objects.filter(source=source, kind__in={one.kind for one in batch}, key__in=keys)
        self._kept = {(one.kind, one.key): one for one in kept}

    def corrected(self, one: Arrived) -> Document | None:
        """What a person made of this entry when it was wrong before; None where nobody did."""
        kept = self._kept.get((one.kind, _key(one)))
        if kept is None or kept.fate != Fate.CORRECTED:
            return None
        patch = opened(kept.pk, bytes(kept.sealed)).get("patch")
        return patched(one.document, patch) if isinstance(patch, Mapping) else None

    def keep(self, wrong: Mapping[int, Sequence[Problem]]) -> int:
        """Put the wrong ones aside, by their places in the part, and let those go that came in. How many wait anew."""
        count = 0
        for place, one in enumerate(self._batch):
            kept = self._kept.get((one.kind, _key(one)))
            if place in wrong:
                count += self._put(one, wrong[place], kept)
            elif kept is not None and kept.fate == Fate.OPEN:
                kept.fate, kept.decided_at = Fate.ARRIVED, timezone.now()
                kept.save(update_fields=["fate", "decided_at"])
        return count

    def _put(self, one: Arrived, problems: Sequence[Problem], kept: PutAside | None) -> bool:
        digest = hashlib.sha256(json.dumps([one.kind, one.document], sort_keys=True).encode()).hexdigest()
        if kept is not None and kept.fate == Fate.DISCARDED and kept.digest == digest:
            return False
        found = kept or PutAside(id=uuid.uuid4(), source=self._source, kind=one.kind, key=_key(one))
        found.number, found.digest, found.fate = one.number, digest, Fate.OPEN
        found.arrived_at, found.decided_at, found.decided_by = timezone.now(), None, None
        found.sealed = seal(found.pk, {"document": one.document, "problems": [_plain(each) for each in problems]})
        found.save()
        self._kept[one.kind, found.key] = found
        return True


@transaction.atomic
def correct(*, by: User, aside: PutAside, document: Document) -> None:
    """Take in an entry as a person corrected it. When its source says it again, it is corrected in the same way.

    Raises:
        PermissionDenied: this is not for them to do, or it is no entry that could come in.
        StillWrongError: with what is wrong now.
    """
    found = _waiting(by, aside)
    if found.kind == ROW:
        raise PermissionDenied
    one_at_a_time()
    records, problems = checked(found.kind, document, secrecy := Secrecy())
    problems = problems or [each for one in belonging_nowhere([(1, records)]) for each in one.problems]
    if not problems:
        store(found.kind, [records])
        problems = list(secrecy.told_before())
    if problems:
        raise StillWrongError(problems)
    if found.kind == "service":
        Service.objects.filter(pk=str(document["id"])).update(source=found.source, missing_since=None)
    said = opened(found.pk, bytes(found.sealed))
    before = said["document"]
    patch = difference(before if isinstance(before, Mapping) else {}, document)
    found.sealed = seal(found.pk, {**said, "patch": patch})
    _decide(by, found, Fate.CORRECTED)
    record(by=by, act="directory.correct", about=found, kind=found.kind, source=found.source_id)


@transaction.atomic
def discard(*, by: User, aside: PutAside) -> None:
    """Leave an entry out. It is not asked about again while its source says the same.

    Raises:
        PermissionDenied: this is not for them to do.
    """
    found = _waiting(by, aside)
    _decide(by, found, Fate.DISCARDED)
    record(by=by, act="directory.discard", about=found, kind=found.kind, source=found.source_id)


def _waiting(by: User, aside: PutAside) -> PutAside:
    if not may_keep(by):
        raise PermissionDenied
    found = PutAside.objects.select_for_update(of=("self",)).select_related("source").get(pk=aside.pk)
    if found.fate != Fate.OPEN:
        raise PermissionDenied
    return found


def _decide(by: User, found: PutAside, fate: Fate) -> None:
    found.fate, found.decided_by, found.decided_at = fate, by, timezone.now()
    found.save(update_fields=["fate", "decided_by", "decided_at", "sealed"])


def _key(one: Arrived) -> str:
    """By which an entry is known when it comes again."""
    return str(one.document.get("id") or f"#{one.number}")[:200]


def _plain(problem: Problem) -> Json:
    return {"path": list(problem.path), "rule": problem.rule, "wanted": problem.wanted}
