"""What a file tells as a whole: before any of it comes in, and once all of it has come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.foundation.keys import among
from palermo.people.models import User
from palermo.protection.directory.actions.aside import Aside
from palermo.protection.directory.actions.coming import Coming, coming
from palermo.protection.directory.actions.finding import refresh_many
from palermo.protection.directory.actions.foreign import kept_by_others
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.take_in import BATCH
from palermo.protection.directory.actions.waiting import Secret, Waiting, hidden_by, key_in, marks_in, within
from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.files import Arrived
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.parting import KEPT, ROW, Record, apart
from palermo.protection.directory.hsds.schema import problems
from palermo.protection.directory.models import (
    Fate,
    Intake,
    Location,
    PutAside,
    Service,
    ServiceAtLocation,
    Source,
    Withheld,
)
from palermo.protection.directory.models.service import ENTRY
from palermo.protection.directory.sealing import opened

_One = TypeVar("_One")


@dataclass(frozen=True)
class Told:
    """How many entries a file has and of which kinds, what it hides, and which services at places it tells of.

    Also which entries it tells of in rows that cannot be read, and whether there are others of which nobody knows.
    """

    total: int
    kinds: frozenset[str]
    places: Coming
    visits: frozenset[UUID]
    unread: frozenset[UUID]
    is_unclear: bool


def looked_through(entries: Iterable[Arrived], source: Source) -> Told:
    """What a file of a source tells as a whole; what it says of places that are hidden, or will be by it, included."""
    hidden = set(Location.objects.filter(is_confidential=True).values_list("pk", flat=True)) | Waiting().places().keys
    known = confidential.Pieces(key.hex for key in hidden)
    telling: list[Arrived] = []
    kinds, visits, unread, is_unclear, total = {ROW}, set[UUID](), set[UUID](), False, 0
    for one in entries:
        total += 1
        kinds.add(one.kind)
        visits |= set(_visits(one.kind, one.document))
        unread |= set(one.ids or ())
        is_unclear |= one.ids is None
        if confidential.tells_nothing(one.document, known):
            continue
        if confidential.holds_a_mark(one.document) or confidential.says(one.document, known):
            telling.append(one)
    secret = _secret(telling, source, hidden)
    return Told(total, frozenset(kinds), secret, frozenset(visits), frozenset(unread), is_unclear)


def _secret(telling: Sequence[Arrived], source: Source, hidden: Collection[UUID]) -> Coming:
    """What entries say of places that they mark, or that are hidden, also where that is wrong or has no id."""
    places: list[Record] = []
    marks: list[Secret] = []
    for kind, document in _as_corrected(telling, source):
        places += _places(kind, document, hidden)
        marks += marks_in(document, source.pk)
    theirs = kept_by_others("location", {place.key for place in places}, source).difference(hidden)
    return coming(places, hidden, theirs).beside(hidden_by(marks))


def _as_corrected(some: Sequence[Arrived], source: Source) -> Iterator[tuple[str, Document]]:
    """The kind of each entry, and what it says as it will come in: a person may have decided on a mark before."""
    for batch in _parts(some):
        aside = Aside(source, batch)
        for one in batch:
            yield one.kind, aside.corrected(one) or one.document


def _places(kind: str, document: Document, hidden: Collection[UUID]) -> Iterable[Record]:
    """The places in an entry; where something is wrong with it, those that it means to hide, or that are hidden."""
    if kind in KEPT and not problems(kind, document):
        parts = apart(kind, document)
        inside = (each for part in parts for held in part.document.values() for each in _within(held))
        return [part for part in parts if part.kind == "location"] + [each for each in inside if each.key in hidden]
    return [place for place in _within(document) if confidential.is_confidential(place.document) or place.key in hidden]


def _within(said: Json) -> Iterator[Record]:
    """Whatever has an identifier, however deep it stands, as if it were a place."""
    for one in within(said):
        if key := key_in(one.get("id")):
            yield Record("location", {**one, "id": str(key)})


def _visits(kind: str, document: Mapping[str, Json]) -> Iterator[UUID]:
    """The ids of the services at places that an entry tells of, as far as they can be read."""
    if kind == "service_at_location":
        with suppress(ValueError):
            yield UUID(str(document.get("id")))
    within = {"organization": ("services", "service"), "service": ("service_at_locations", "service_at_location")}
    name, inner = within.get(kind, ("", ""))
    held = document.get(name)
    for one in held if isinstance(held, list) else ():
        if isinstance(one, Mapping):
            yield from _visits(inner, one)


@transaction.atomic
def finish(by: User, intake: Intake, told: Told | None) -> None:
    """A file that holds services holds all of its source's: what it does not tell of is missing from now on.

    Of its services' places too those are gone of which it does not tell, and what waited and is not in it any more
    waits no longer.

    Args:
        by: who takes it in.
        intake: the intake that has come to its end.
        told: what the file told as a whole; None where it may have broken off, so that nothing is known to be gone.
    """
    one_at_a_time()
    intake.finished_at = timezone.now()
    intake.refresh_from_db(fields=["remarks"])
    intake.remarks = _still_missing(intake)
    intake.save(update_fields=["finished_at", "remarks"])
    gone = {} if told is None else _gone(intake, told)
    record(by=by, act="directory.finish", about=intake, total=intake.total, aside=intake.aside, **gone)


def _still_missing(intake: Intake) -> dict[str, int]:
    """Its remarks; of what it had taken out, the file itself may have said some anew."""
    missing = Withheld.objects.filter(at__gte=intake.begun_at).count()
    return dict(+Counter({**intake.remarks, "withheld": min(missing, intake.remarks.get("withheld", 0))}))


def _gone(intake: Intake, told: Told) -> dict[str, int]:
    """Note what a whole file does not tell of any more, and say how much of it there is.

    While a row waits of which nobody knows what it tells of, it may be anything that the rest does not tell of.
    """
    waiting = PutAside.objects.filter(source=intake.source, fate=Fate.OPEN)
    unknown = waiting.filter(kind=ROW, arrived_at__gte=intake.begun_at).count() if told.is_unclear else 0
    missing, places = (0, 0) if unknown else (_miss_services(intake), _forget_visits(intake, told))
    waited = waiting.filter(kind__in={ROW} if unknown else told.kinds, arrived_at__lt=intake.begun_at)
    waited = waited.exclude(key__in=[str(key) for key in told.unread])
    gone = waited.update(fate=Fate.GONE, decided_at=timezone.now())
    return {"missing": missing, "places": places, "waited": gone, "unreadable": unknown}


def _miss_services(intake: Intake) -> int:
    """Note which services the source does not tell of any more, if it told of services at all."""
    if not intake.source.services.filter(seen_in=intake).exists():
        return 0
    lost = intake.source.services.exclude(seen_in=intake).filter(missing_since__isnull=True)
    keys = list(lost.values_list("pk", flat=True))
    lost.update(missing_since=timezone.localdate())
    refresh_many(keys)
    return len(keys)


def _forget_visits(intake: Intake, told: Told) -> int:
    """Forget where services are not given any more. A file that tells of no places, such as a list, says nothing of it.

    What an entry says that did not come in changes nothing of its services.
    """
    if not told.visits:
        return 0
    left = PutAside.objects.filter(source=intake.source, fate__in=[Fate.OPEN, Fate.DISCARDED])
    waiting = {key for text in left.values_list("key", flat=True) if (key := _key(text))} | told.unread
    stay = told.visits.union(_mended_visits(intake.source))
    theirs = ServiceAtLocation.objects.filter(service__source=intake.source, service__seen_in=intake)
    said = theirs.values_list("pk", "service", "service__organization", ENTRY)
    lost = {
        key: (service, entry)
        for key, service, organization, entry in said
        if key not in stay and waiting.isdisjoint((service, organization))
    }
    services = list(set(chain.from_iterable(lost.values())))
    for some in _parts(list(lost)):
        ServiceAtLocation.objects.filter(pk__in=among(some)).delete()
    for some in _parts(services):
        Service.objects.filter(pk__in=among(some)).update(changed_at=timezone.now())
    refresh_many(services)
    return len(lost)


def _mended_visits(source: Source) -> Iterator[UUID]:
    """The ids of the services at places that stand in what people corrected."""
    corrected = PutAside.objects.filter(source=source, fate=Fate.CORRECTED)
    for key, kind, sealed in corrected.values_list("pk", "kind", "sealed"):
        patch = opened(key, bytes(sealed)).get("patch")
        if isinstance(patch, Mapping):
            yield from _visits(kind, patch)


def _parts(some: Sequence[_One]) -> Iterator[Sequence[_One]]:
    """So many at a time as any database takes in one question."""
    for start in range(0, len(some), BATCH):
        yield some[start : start + BATCH]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
