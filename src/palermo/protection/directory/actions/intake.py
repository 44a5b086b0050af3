"""A file of a source is taken in, some entries at a time: what is right comes in, what is wrong waits for a person.

It can be interrupted at any time: the same file goes on where it stopped. Before anything comes in, the whole file is
read once, so that an address that becomes secret by its last entry is not told by its first.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.aside import Aside
from palermo.protection.directory.actions.checking import Wrong, WrongEntriesError, belonging_nowhere, checked
from palermo.protection.directory.actions.finding import refresh_many
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.secrecy import Sealed, Secrecy
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.actions.take_in import BATCH
from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.files import Arrived, arrived
from palermo.protection.directory.hsds.parting import ROW, Record, apart
from palermo.protection.directory.hsds.schema import Problem, problems
from palermo.protection.directory.models import Intake, Service, Source
from palermo.protection.directory.policies import may_keep

Told: TypeAlias = Callable[[Intake], None]
"""Who is told after each part of a file how far it is."""


class BusyError(RuntimeError):
    """Somebody else is taking in the same file. What came in stays; they go on with it."""


def _nobody(_intake: Intake) -> None:
    """Tell nobody how far it is."""


def take_in_file(*, by: User, path: Path, kind: str, source: Source, name: str = "", told: Told = _nobody) -> Intake:
    """Take in a file, or go on with it where it stopped.

    Args:
        by: who does so.
        path: the file; its ending says how it is read (`hsds.files`).
        kind: what its entries are, where the file itself does not say.
        source: whose entries these are.
        name: what the file is called, where it is not as on the disk.
        told: is called after each part.

    Raises:
        PermissionDenied: this is not for them to do.
        OSError: the file cannot be opened.
        UnreadableError: it makes no sense; nothing of it came in.
        SealedError: the site's secret is not the one that confidential places were sealed under.
        WrongEntriesError: what is kept tells where a place is that the file makes confidential; nothing came in.
        BusyError: somebody else is taking in the same file.
    """
    if not may_keep(by):
        raise PermissionDenied
    hidden: list[Record] = []
    total = 0
    for one in arrived(path, kind, source.name):
        total += 1
        if confidential.holds_a_mark(one.document) and not problems(one.kind, one.document):
            hidden += [part for part in apart(one.kind, one.document) if part.kind == "location"]
    intake = _begun(by, path, kind, source, name or path.name, total)
    if not intake.done:
        _refuse_what_tells(hidden)
    rest = islice(arrived(path, kind, source.name), intake.done, None)
    sealed = Sealed()
    for batch in _batches(rest):
        _take_in(by, intake, batch, hidden, sealed)
        told(intake)
    _finish(by, intake)
    return intake


def _begun(by: User, path: Path, kind: str, source: Source, name: str, total: int) -> Intake:
    """The intake of this very file that was interrupted, or a new one."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    known = source.intakes.filter(sha256=digest, kind=kind, finished_at__isnull=True, total=total).first()
    if known:
        return known
    return Intake.objects.create(source=source, file_name=name[:200], sha256=digest, kind=kind, total=total, by=by)


def _refuse_what_tells(hidden: Sequence[Record]) -> None:
    secrecy = Secrecy(coming=hidden)
    found = list(secrecy.told_before())
    if found:
        raise WrongEntriesError([Wrong(None, tuple(found))])


def _batches(rest: Iterator[Arrived]) -> Iterator[list[Arrived]]:
    """Some entries at a time, those of a batch all of one kind."""
    batch: list[Arrived] = []
    for one in rest:
        if batch and (len(batch) == BATCH or batch[0].kind != one.kind):
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


@transaction.atomic
def _take_in(by: User, intake: Intake, batch: Sequence[Arrived], hidden: Sequence[Record], sealed: Sealed) -> None:
    """One part of a file: what is right comes in, the rest is put aside."""
    one_at_a_time()
    if Intake.objects.select_for_update().get(pk=intake.pk).done != intake.done:
        raise BusyError
    kind, aside = batch[0].kind, Aside(intake.source, batch)
    right, wrong = _parted(intake.source, batch, aside, Secrecy(coming=hidden, sealed=sealed))
    stored = store(kind, [records for _place, records in right]) if right else {}
    services = _services(kind, (records for _place, records in right))
    back = list(Service.objects.filter(pk__in=services, missing_since__isnull=False).values_list("pk", flat=True))
    Service.objects.filter(pk__in=services).update(source=intake.source, seen_in=intake, missing_since=None)
    refresh_many(back)
    put = aside.keep(wrong)
    intake.counts = dict(Counter(intake.counts) + Counter(stored))
    remarks = Counter(f"{code} {about}" for one in batch for code, about in one.remarks)
    intake.remarks = dict(Counter(intake.remarks) + remarks)
    intake.done, intake.aside = intake.done + len(batch), intake.aside + put
    intake.save(update_fields=["done", "aside", "counts", "remarks"])
    record(by=by, act="directory.take_in", about=intake, kind=kind, done=intake.done, counts=stored, aside=put)


def _parted(
    source: Source, batch: Sequence[Arrived], aside: Aside, secrecy: Secrecy
) -> tuple[list[tuple[int, list[Record]]], dict[int, Sequence[Problem]]]:
    """Which entries of a part can come in, with their records, and what is wrong with the others, by their places."""
    right: list[tuple[int, list[Record]]] = []
    wrong: dict[int, Sequence[Problem]] = {}
    for place, one in enumerate(batch):
        if one.kind == ROW:
            wrong |= {place: one.wrong} if one.wrong else {}
            continue
        records, found = ([], list(one.wrong)) if one.wrong else checked(one.kind, one.document, secrecy)
        if found and (corrected := aside.corrected(one)) is not None:
            records, found = checked(one.kind, corrected, secrecy)
        if found:
            wrong[place] = found
        else:
            right.append((place, records))
    foreign = _of_another_source(batch[0].kind, right, source)
    for place, records in right:
        if name := next((foreign[one.id.lower()] for one in records if one.id.lower() in foreign), ""):
            wrong[place] = [Problem(("id",), "source", name)]
    right = [(place, records) for place, records in right if place not in wrong]
    for one_lost in belonging_nowhere(right):
        wrong[one_lost.number or 0] = one_lost.problems
    return [(place, records) for place, records in right if place not in wrong], wrong


def _services(kind: str, right: Iterable[Sequence[Record]]) -> set[UUID]:
    """The services that entries give whole; elsewhere they may stand in part."""
    if kind not in {"service", "organization"}:
        return set()
    return {one.key for records in right for one in records if one.kind == "service"}


def _of_another_source(kind: str, right: Sequence[tuple[int, Sequence[Record]]], source: Source) -> dict[str, str]:
    """The services among what is right that another source keeps, with its name."""
    keys = _services(kind, (records for _place, records in right))
    found = Service.objects.filter(pk__in=keys, source__isnull=False).exclude(source=source)
    return {str(key): name for key, name in found.values_list("pk", "source__name")}


@transaction.atomic
def _finish(by: User, intake: Intake) -> None:
    """A file that holds services holds all of its source's: what it does not tell of is missing from now on."""
    intake.finished_at = timezone.now()
    intake.save(update_fields=["finished_at"])
    gone: list[UUID] = []
    if intake.counts.get("service"):
        lost = intake.source.services.exclude(seen_in=intake).filter(missing_since__isnull=True)
        gone = list(lost.values_list("pk", flat=True))
        lost.update(missing_since=timezone.localdate())
        refresh_many(gone)
    record(by=by, act="directory.finish", about=intake, total=intake.total, aside=intake.aside, missing=len(gone))
