"""Entries with which something is wrong: put aside once each, and known again when their source says them again."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.checking import belonging_nowhere, checked
from palermo.protection.directory.actions.coming import Coming
from palermo.protection.directory.actions.foreign import of_others, services_in
from palermo.protection.directory.actions.kept_back import KeptBack
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.actions.seen import see
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.actions.waiting import (
    IsHidden,
    Waiting,
    hidden_by,
    marks_in,
    may_hide,
    said_by_id,
    said_of,
    watch,
)
from palermo.protection.directory.actions.withholding import withhold
from palermo.protection.directory.hsds.changing import difference
from palermo.protection.directory.hsds.files import Arrived
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.parting import ROW, Record
from palermo.protection.directory.hsds.profile import patched
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import Fate, PutAside, Source
from palermo.protection.directory.policies import may_keep
from palermo.protection.directory.sealing import opened, seal

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


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
        keys = {key for one in batch for key in _keys(one)}
        kept = PutAside.objects.filter(source=source, kind__in={one.kind for one in batch}, key__in=keys)
        self._kept = {(one.kind, one.key): one for one in kept}
        self._mendings: dict[uuid.UUID, Document] = {}

    def corrected(self, one: Arrived) -> Document | None:
        """What a person made of this entry when it was wrong before; None where nobody did."""
        kept = self._before(one)
        if kept is None or (kept.fate == Fate.DISCARDED and kept.digest == _digest(one)):
            return None
        mending = self._mending(kept)
        patch = mending.get("patch")
        return patched(one.document, patch) if isinstance(patch, Mapping) and _is_as_before(one, mending) else None

    def keep(self, wrong: Mapping[int, Sequence[Problem]], is_hidden: IsHidden) -> int:
        """Put the wrong ones aside, by their places in the part, and let those go that came in. How many wait anew."""
        count = 0
        for place, one in enumerate(self._batch):
            kept = self._before(one)
            if place in wrong:
                count += self._put(one, wrong[place], kept, is_hidden)
            elif kept is not None:
                self._came_in(one, kept)
        return count

    def _came_in(self, one: Arrived, kept: PutAside) -> None:
        is_corrected = self.corrected(one) is not None
        if kept.fate in {Fate.OPEN, Fate.CORRECTED} and not is_corrected:
            kept.fate, kept.decided_at = Fate.ARRIVED, timezone.now()
            kept.save(update_fields=["fate", "decided_at"])
        elif kept.fate != Fate.CORRECTED and is_corrected:
            kept.sealed = seal(kept.pk, self._mending(kept))
            kept.fate, kept.decided_at = Fate.CORRECTED, timezone.now()
            kept.save(update_fields=["fate", "decided_at", "sealed"])

    def _mending(self, kept: PutAside) -> Document:
        """What was mended in an entry when it was wrong before, as it is sealed."""
        if kept.pk not in self._mendings:
            self._mendings[kept.pk] = _mending(opened(kept.pk, bytes(kept.sealed)))
        return self._mendings[kept.pk]

    def _before(self, one: Arrived) -> PutAside | None:
        """What was put aside of the same entry. At the place of an earlier one, another may stand by now."""
        if not self._kept:
            return None
        known = (found for key in _keys(one) if (found := self._kept.get((one.kind, key))))
        return next((kept for kept in known if not _is_place(kept.key) or kept.digest == _digest(one)), None)

    def _put(self, one: Arrived, problems: Sequence[Problem], kept: PutAside | None, is_hidden: IsHidden) -> bool:
        digest = _digest(one)
        if kept is not None and kept.fate == Fate.DISCARDED and kept.digest == digest:
            return False
        # It may come to say again what it said when it was mended.
        mending = self._mending(kept) if kept else {}
        found = kept or PutAside(id=uuid.uuid4(), source=self._source, kind=one.kind)
        found.key, found.number, found.digest, found.fate = _keys(one)[0], one.number, digest, Fate.OPEN
        found.arrived_at, found.decided_at, found.decided_by = timezone.now(), None, None
        found.may_hide = may_hide(one.document, is_hidden)
        before: Document = {"before": mending} if mending else {}
        said: Document = {"document": one.document, "problems": [_plain(each) for each in problems]}
        found.sealed = seal(found.pk, said | before)
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
    said = opened(found.pk, bytes(found.sealed))
    before = said["document"] if isinstance(said["document"], Mapping) else {}
    waiting = Waiting().places(besides=[found.pk])
    is_hidden = Secrecy(waiting=waiting).is_hidden
    kept = KeptBack(before, document, is_hidden)
    # Of places that it hid, only they may be opened: where these are, nothing else in it may say.
    own = hidden_by(marks_in(before, found.source_id)).beside(said_by_id(before, is_hidden))
    services, lost = _stored(found, kept.document, waiting.beside(own.without(said_of(kept.left))))
    _see(found, services)
    patch = difference(before, kept.document)
    found.sealed = seal(found.pk, {**said, "patch": patch})
    _decide(by, found, Fate.CORRECTED)
    record(by=by, act="directory.correct", about=found, kind=found.kind, source=found.source_id, **lost)


Stored: TypeAlias = tuple[set[uuid.UUID], dict[str, dict[str, int]]]
"""The services that an entry gives whole; and what others lost by it, as it stands in the trail."""


def _stored(found: PutAside, document: Document, waiting: Coming) -> Stored:
    """Write what an entry says now."""
    records, problems = checked(found.kind, document, secrecy := Secrecy(waiting=waiting))
    problems = problems or _out_of_place(found, records, secrecy)
    if problems:
        raise StillWrongError(problems)
    store(found.kind, [records], found.source)
    lost = withhold(secrecy, secrecy.new_before)
    watch(secrecy.hidden)
    return services_in(found.kind, [records]), {"withheld": lost} if lost else {}


def _out_of_place(found: PutAside, records: list[Record], secrecy: Secrecy) -> list[Problem]:
    """What of an entry is another source's to change, and what in it belongs to what is not there."""
    foreign = of_others(found.kind, [(1, records)], found.source, secrecy.opened).get(1, [])
    return foreign + [each for one in belonging_nowhere([(1, records)]) for each in one.problems]


def _see(found: PutAside, services: Collection[uuid.UUID]) -> None:
    """Note that the source tells of these services, in the file of which the entry was put aside."""
    # Files of one source come in one after the other, so that it was the newest one then.
    intake = found.source.intakes.filter(begun_at__lte=found.arrived_at).order_by("-begun_at").first()
    see(services, found.source, intake)


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
    # Before the row is locked: whoever takes a file in does both in this order too.
    one_at_a_time()
    found = PutAside.objects.select_for_update(of=("self",)).select_related("source").get(pk=aside.pk)
    if found.fate != Fate.OPEN:
        raise PermissionDenied
    return found


def _decide(by: User, found: PutAside, fate: Fate) -> None:
    found.fate, found.decided_by, found.decided_at = fate, by, timezone.now()
    found.save(update_fields=["fate", "decided_by", "decided_at", "sealed"])


def _keys(one: Arrived) -> tuple[str, ...]:
    """By which an entry is known when it comes again: the key that is kept, and one that may have been kept before.

    What should be an identifier and is none may say anything, so that only its digest stands in the clear. What has
    none, or shares it with another entry, is known by all that it says, wherever in its file it stands.
    """
    said = one.document.get("id")
    if not said or any(problem.rule == "same_id" for problem in one.wrong):
        return (_digest(one), f"#{one.number}")
    text = str(said)
    if _UUID.fullmatch(text):
        return (text.lower(),)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return (digest, text[:200]) if _is_writable(text) and not _is_place(text) else (digest,)


def _is_place(key: str) -> bool:
    return key.startswith("#")


def _is_writable(text: str) -> bool:
    """Whether a database could have kept this."""
    return "\0" not in text and text == text.encode("utf-8", "ignore").decode()


def _digest(one: Arrived) -> str:
    """By which an entry is known to be the very same; of a row that is none, only what is wrong tells what it says."""
    row = [_plain(each) for each in one.wrong] if one.kind == ROW else []
    return hashlib.sha256(json.dumps([one.kind, one.document, *row], sort_keys=True).encode()).hexdigest()


def _mending(said: Mapping[str, Json]) -> Document:
    """What a person mended, with what the entry said then and what was wrong with it; empty where nobody did."""
    if "patch" in said:
        return {name: said[name] for name in ("document", "problems", "patch")}
    before = said.get("before")
    return dict(before) if isinstance(before, Mapping) else {}


def _is_as_before(one: Arrived, said: Mapping[str, Json]) -> bool:
    """Whether an entry is in no other doubt than when it was corrected, and says the same where it was."""
    before, patch = said.get("document"), said.get("patch")
    if not isinstance(before, Mapping) or not isinstance(patch, Mapping):
        return False
    # The row of a sheet may have moved.
    known = {(problem.path[-1:], problem.rule, problem.wanted) for problem in problems_of(said)}
    doubts = {(problem.path[-1:], problem.rule, problem.wanted) for problem in one.wrong}
    return doubts <= known and all(one.document.get(name) == before.get(name) for name in patch)


def problems_of(said: Mapping[str, Json]) -> list[Problem]:
    """The problems that were sealed with an entry."""
    found = said.get("problems")
    return [_problem(one) for one in (found if isinstance(found, list) else []) if isinstance(one, Mapping)]


def _plain(problem: Problem) -> Json:
    return {"path": list(problem.path), "rule": problem.rule, "wanted": problem.wanted}


def _problem(one: Mapping[str, Json]) -> Problem:
    path = one.get("path")
    steps = tuple(step for step in (path if isinstance(path, list) else []) if isinstance(step, str | int))
    return Problem(steps, str(one.get("rule")), str(one.get("wanted")))
