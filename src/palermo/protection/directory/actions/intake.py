"""A file of a source is taken in, some entries at a time: what is right comes in, what is wrong waits for a person.

It can be interrupted at any time: the same file goes on where it stopped. Before anything comes in, the whole file is
read once, so that an address that becomes secret by its last entry is not told by its first.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from palermo.audit.actions import record
from palermo.foundation.keys import among
from palermo.people.models import User
from palermo.protection.directory.actions import rows
from palermo.protection.directory.actions.aside import Aside
from palermo.protection.directory.actions.checking import Numbered, belonging_nowhere, checked
from palermo.protection.directory.actions.coming import Coming
from palermo.protection.directory.actions.foreign import GIVING_SERVICES, of_others, services_in
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.secrecy import Sealed, Secrecy, has_changed
from palermo.protection.directory.actions.seen import see
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.actions.take_in import BATCH
from palermo.protection.directory.actions.waiting import Waiting, watch
from palermo.protection.directory.actions.whole_files import finish, looked_through
from palermo.protection.directory.actions.withholding import PLACES, hide, withhold
from palermo.protection.directory.hsds.files import Arrived, arrived
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import ROW, Record
from palermo.protection.directory.hsds.schema import UNWRITABLE, Problem
from palermo.protection.directory.models import Intake, Location, Service, Source
from palermo.protection.directory.policies import may_keep

LOOKED_AT_AFTER = (1, 10)
"""After so many parts the database looks at what its tables hold, for the many that may follow."""
HIDDEN = "…"
"""Stands in place of words that tell where a place is that nobody may find."""
Told: TypeAlias = Callable[[Intake], None]
"""Who is told after each part of a file how far it is."""


class BusyError(RuntimeError):
    """Somebody else is taking in the same file. What came in stays; they go on with it."""


def _nobody(_intake: Intake) -> None:
    """Tell nobody how far it is."""


def take_in_file(
    *, by: User, path: Path, kind: str, source: Source, name: str = "", told: Told = _nobody, is_whole: bool = True
) -> Intake:
    """Take in a file, or go on with it where it stopped.

    Args:
        by: who does so.
        path: the file; its ending says how it is read (`hsds.files`).
        kind: what its entries are, where the file itself does not say.
        source: whose entries these are.
        name: what the file is called, where it is not as on the disk.
        told: is called after each part.
        is_whole: whether it surely is all that its source says, so that the rest is gone.

    Raises:
        PermissionDenied: this is not for them to do.
        OSError: the file cannot be opened.
        UnreadableError: it makes no sense; nothing of it came in.
        SealedError: the site's secret is not the one that confidential places were sealed under.
        BusyError: somebody else is taking in the same file.
    """
    if not may_keep(by):
        raise PermissionDenied
    file = looked_through(arrived(path, kind, source.name), source)
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    hidden = _Hidden(file.places)
    wanted = Intake(source=source, file_name=name or path.name, sha256=digest, kind=kind, total=file.total, by=by)
    intake = _begun(wanted, hidden)
    rest = islice(arrived(path, kind, source.name), intake.done, None)
    for number, batch in enumerate(_batches(rest), start=1):
        _take_in(by, intake, batch, hidden)
        told(intake)
        if number in LOOKED_AT_AFTER:
            rows.tell_the_planner(Intake._meta.app_label)
    finish(by, intake, file if is_whole else None)
    rows.tell_the_planner(Intake._meta.app_label)
    return intake


class _Hidden:
    """The places of a file that nobody may find, and until when it is known that nothing which is kept tells them."""

    def __init__(self, places: Coming) -> None:
        self._places, self._sealed, self._waiting = places, Sealed(), Waiting()
        self._looked_at: datetime | None = None

    def secrecy(self) -> Secrecy:
        """What must not be told, as it is kept now."""
        return Secrecy(self._places, self._sealed, self._waiting.places())

    def hide_what_is_open(self, source: Source) -> Counter[str]:
        """Hide at once what its source makes confidential, for the entry that says so may have to wait."""
        watch(self._places.keys - self._hidden_before())
        still_open = Location.objects.filter(Q(source=source) | Q(source__isnull=True), is_confidential=False)
        keys = still_open.filter(pk__in=among(self._places.keys)).values_list("pk", flat=True)
        places = [Record("location", {"id": str(key), "is_confidential": True}) for key in keys]
        return Counter(hide(self.secrecy(), places, source) if places else {})

    def _hidden_before(self) -> set[UUID]:
        """Which of its places were hidden before it came, or by what waits."""
        kept = Location.objects.filter(pk__in=among(self._places.keys), is_confidential=True)
        return {*kept.values_list("pk", flat=True), *self._waiting.places().keys} if self._places.keys else set()

    def withhold_what_tells(self) -> Counter[str]:
        """Look through what was kept, or has come to be kept since: others go on writing while a file comes in."""
        now, lost = timezone.now(), Counter[str]()
        if self._places and (self._looked_at is None or has_changed(self._looked_at)):
            secrecy = self.secrecy()
            lost += withhold(secrecy, secrecy.new_before, self._looked_at)
        self._looked_at = now
        return lost

    def looked_at(self) -> None:
        """What is kept by now has been looked through while it came in."""
        self._looked_at = timezone.now()


def _tellable(words: str, secrecy: Secrecy) -> str:
    """Words that come with a file, as far as they can be kept and tell no secret place."""
    return HIDDEN if secrecy.given_away({"words": words}) else UNWRITABLE.sub("?", words)


def _withheld(lost: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """How many entries of each kind lost a text that told a secret, as it stands in the trail."""
    return {"withheld": dict(lost)} if lost else {}


def _noted(intake: Intake, lost: Mapping[str, int]) -> None:
    """Say beside a file how many other places were hidden with its own, and how many entries lost some words."""
    # Of what was noticed before, something may have been forgotten meanwhile.
    if intake.pk:
        intake.refresh_from_db(fields=["remarks"])
    hidden_too = lost.get(PLACES, 0)
    found = Counter({"hidden_too": hidden_too, "withheld": sum(lost.values()) - hidden_too})
    intake.remarks = dict(Counter(intake.remarks) + found)


@transaction.atomic
def _begun(wanted: Intake, hidden: _Hidden) -> Intake:
    """The intake of this very file, if it was interrupted and no other file came after it, or else the wanted one."""
    one_at_a_time()
    lost = hidden.hide_what_is_open(wanted.source) + hidden.withhold_what_tells()
    newest = wanted.source.intakes.order_by("-begun_at", "-pk").first()
    if newest and not newest.finished_at and _same(newest) == _same(wanted):
        if lost:
            _noted(newest, lost)
            newest.save(update_fields=["remarks"])
            record(by=wanted.by, act="directory.withhold", about=newest, **_withheld(lost))
        return newest
    _noted(wanted, lost)
    wanted.file_name = _tellable(wanted.file_name, hidden.secrecy())[:200]
    wanted.save()
    record(by=wanted.by, act="directory.begin", about=wanted, kind=wanted.kind, total=wanted.total, **_withheld(lost))
    return wanted


def _same(intake: Intake) -> tuple[str, str, int]:
    return intake.sha256, intake.kind, intake.total


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
def _take_in(by: User, intake: Intake, batch: Sequence[Arrived], hidden: _Hidden) -> None:
    """One part of a file: what is right comes in, the rest is put aside."""
    one_at_a_time()
    if Intake.objects.select_for_update().get(pk=intake.pk).done != intake.done:
        raise BusyError
    lost = hidden.withhold_what_tells()
    kind, aside = batch[0].kind, Aside(intake.source, batch)
    right, wrong, secrecy = _parted(intake.source, batch, aside, hidden)
    file = intake if kind in GIVING_SERVICES else None
    stored = store(kind, [records for _place, records in right], intake.source, file) if right else {}
    lost += Counter(withhold(secrecy, secrecy.new_after))
    hidden.looked_at()
    _see(intake, kind, right, [batch[place] for place in wrong])
    put = aside.keep(wrong, secrecy.is_hidden)
    intake.counts = dict(Counter(intake.counts) + Counter(stored))
    _noted(intake, lost)
    intake.remarks = dict(Counter(intake.remarks) + _remarks(batch, secrecy))
    intake.done, intake.aside = intake.done + len(batch), intake.aside + put
    intake.save(update_fields=["done", "aside", "counts", "remarks"])
    told: Document = {"counts": {**stored}, "aside": put, "confidential": _telling(batch, wrong, secrecy)}
    record(by=by, act="directory.take_in", about=intake, kind=kind, done=intake.done, **told, **_withheld(lost))


def _telling(batch: Sequence[Arrived], wrong: Mapping[int, Sequence[Problem]], secrecy: Secrecy) -> int:
    """How many of those that are wrong tell where a hidden place is, also those that are wrong in something else."""
    return sum(
        any(one.rule == "confidential" for one in found) or bool(secrecy.given_away(dict(batch[place].document)))
        for place, found in wrong.items()
    )


def _remarks(batch: Iterable[Arrived], secrecy: Secrecy) -> Counter[str]:
    """What was left out of a part, and of how many rows; headings of sheets may tell a secret too."""
    found: Counter[str] = Counter()
    for (code, about), count in Counter(remark for one in batch for remark in set(one.remarks)).items():
        found[f"{code} {_tellable(about, secrecy)}"] += count
    return found


def _see(intake: Intake, kind: str, right: Numbered, waiting: Sequence[Arrived]) -> None:
    """Note which services the source tells of, in what came in and in what waits: none of these is missing."""
    services = services_in(kind, (records for _place, records in right))
    told = Service.objects.filter(pk__in=among(_told_of(kind, waiting)), source=intake.source)
    see([*services, *told.values_list("pk", flat=True)], intake.source, intake)


def _told_of(kind: str, waiting: Iterable[Arrived]) -> set[UUID]:
    """The services that entries which wait would give whole, as far as their ids can be read."""
    found: set[UUID] = set()
    for each in waiting:
        found |= set(each.ids or ())
        document = each.document
        within = document.get("services") if kind == "organization" else [document] if kind == "service" else []
        for one in within if isinstance(within, list) else []:
            with suppress(ValueError):
                found |= {UUID(str(one.get("id")))} if isinstance(one, Mapping) else set()
    return found


Parted: TypeAlias = "tuple[Numbered, dict[int, Sequence[Problem]], Secrecy]"
"""Which entries of a part can come in, with their records; what is wrong with the others, by their places."""


def _parted(source: Source, batch: Sequence[Arrived], aside: Aside, hidden: _Hidden) -> Parted:
    """Take a part apart. What an entry says that does not come in opens no place for those that do."""
    refused: dict[int, Sequence[Problem]] = {}
    while True:
        secrecy = hidden.secrecy()
        right, wrong, openers = _judged(source, batch, aside, secrecy, refused)
        late = openers & wrong.keys()
        if not late:
            return right, wrong, secrecy
        refused |= {place: wrong[place] for place in late}


def _judged(
    source: Source, batch: Sequence[Arrived], aside: Aside, secrecy: Secrecy, refused: Mapping[int, Sequence[Problem]]
) -> tuple[Numbered, dict[int, Sequence[Problem]], set[int]]:
    """What is right and what is wrong in a part, and which entries say of a confidential place that it is none."""
    right: Numbered = []
    wrong: dict[int, Sequence[Problem]] = dict(refused)
    openers: set[int] = set()
    for place, one in enumerate(batch):
        if place in refused:
            continue
        if one.kind == ROW:
            wrong |= {place: one.wrong} if one.wrong else {}
            continue
        before, corrected = secrecy.opened, aside.corrected(one)
        wrong_already = one.wrong if corrected is None else ()
        document = one.document if corrected is None else corrected
        records, found = ([], list(wrong_already)) if wrong_already else checked(one.kind, document, secrecy)
        openers |= {place} if secrecy.opened != before else set()
        if found:
            wrong[place] = found
        else:
            right.append((place, records))
    wrong |= of_others(batch[0].kind, right, source, secrecy.opened)
    right = [(place, records) for place, records in right if place not in wrong]
    for one_lost in belonging_nowhere(right):
        wrong[one_lost.number] = one_lost.problems
    return [(place, records) for place, records in right if place not in wrong], wrong, openers
