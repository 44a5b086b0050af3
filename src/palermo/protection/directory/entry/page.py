"""What those who keep a service are shown of it: everything that is told, in both languages, and how old it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from palermo.foundation.bilingual import Language, Shown, reader_language
from palermo.protection.directory.cards import dialled, text_of
from palermo.protection.directory.entry.values import FLAGS
from palermo.protection.directory.entry.words import (
    FROM_SOURCES,
    LISTS,
    OTHERS,
    STATUSES,
    TEXTS,
    beds_in_words,
    confirmer,
    label_of,
    phone_in_words,
    said_in_words,
    unit_in_words,
)
from palermo.protection.directory.hsds.at_places import said_at
from palermo.protection.directory.hsds.capacity import Capacity, capacities_of
from palermo.protection.directory.hsds.days import done_on
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.models import OPEN, FinderEntry, Organization, Service, ServiceAtLocation
from palermo.protection.directory.opening import Opened, opened
from palermo.protection.directory.queries.keeping import DUE, Around

_ANY_ZONE = "America/Toronto"
"""By this clock hours are laid out of which nobody knows the clock: the week is the same."""


@dataclass(frozen=True)
class Confirmed:
    """When a service was last confirmed (None: never), by whom, and whether it should be asked about."""

    on: date | None
    by: str
    is_due: bool


@dataclass(frozen=True)
class Text:
    """One text in the languages that it exists in."""

    label: str
    versions: tuple[tuple[Language, str], ...]


@dataclass(frozen=True)
class Phone:
    """A number in words, and what a telephone dials; empty where that is not certain."""

    words: Shown
    dialled: str


@dataclass(frozen=True)
class Beds:
    """What is told of some beds, and whether that still stands."""

    told: Capacity
    unit: Shown
    words: str
    is_known: bool


@dataclass(frozen=True)
class Place:
    """Where a service is given. Of a confidential place no more than the area is known here."""

    key: UUID
    name: Shown
    addresses: tuple[str, ...]
    area: Shown
    is_confidential: bool
    stays_hidden: bool
    """Whether it is hidden whatever its source says."""
    phones: tuple[Phone, ...]
    hours: Opened | None
    """Where it has hours of its own."""

    @property
    def label(self) -> str:
        """By what it is told apart from others."""
        return self.area.text if self.is_confidential else self.name.text or ", ".join(self.addresses[:1])


@dataclass(frozen=True)
class Row:
    """A service in a list."""

    service: Service
    name: Shown
    organization: Shown
    status: str
    is_offered: bool
    confirmed: Confirmed
    waits: bool
    is_missing: bool
    """Whether its source does not tell of it any more."""
    is_unfound: bool
    """Whether it is offered and nobody can find it, since it answers no need."""


@dataclass(frozen=True)
class Entry:
    """All that is told of a service."""

    row: Row
    texts: tuple[Text, ...]
    needs: tuple[Shown, ...]
    """What it helps with."""
    who: tuple[tuple[str, list[Shown]], ...]
    phones: tuple[Phone, ...]
    email: str
    website: str
    more: tuple[tuple[str, list[Shown]], ...]
    places: tuple[Place, ...]
    hours: Opened | None
    beds: tuple[Beds, ...]


def row_of(service: Service) -> Row:
    """A service in a list, with its organization loaded."""
    said = service.document
    organization = service.organization.document if isinstance(service.organization, Organization) else {}
    return Row(
        service=service,
        name=text_of(said, "name"),
        organization=text_of(organization, "name"),
        status=str(STATUSES.get(service.status, service.status)),
        is_offered=service.status == OPEN,
        confirmed=confirmed(said),
        waits=bool(getattr(service, "has_waiting", False)),
        is_missing=service.is_missing,
        is_unfound=_is_unfound(service),
    )


def _is_unfound(service: Service) -> bool:
    """Whether it is looked for by needs, and answers none; False where that was not asked of the database."""
    is_looked_for = service.status == OPEN and service.merged_into_id is None
    return is_looked_for and not getattr(service, "is_found", True)


def confirmed(said: Document) -> Confirmed:
    """When and by whom a service was last confirmed."""
    today = timezone.localdate()
    on = done_on(said.get("assured_date"), today)
    return Confirmed(on, confirmer(said.get("assured_by")), on is None or on < today - DUE)


def entry_of(service: Service, known: Around) -> Entry:
    """All that is told of a service, by what belongs to it."""
    said, now = service.document, timezone.now()
    visits = known.visits[service.pk]
    found = {visit: known.found.get((service.pk, visit)) for visit in (None, *(one.pk for one in visits))}
    website = str(said.get("url") or "")
    return Entry(
        row=row_of(service),
        texts=tuple(_texts(said)),
        needs=tuple(text_of(one, "name") for one in known.needs[service.pk]),
        who=tuple(_who(said)),
        phones=_phones(said),
        email=str(said.get("email") or ""),
        website=website if website.startswith(("https://", "http://")) else "",
        more=tuple(_more(said)),
        places=tuple(_place(visit, said_at(said, visit.pk, visit.document), found[visit.pk], now) for visit in visits),
        hours=_hours(said, found, visits, now),
        beds=tuple(beds_of(said, now)),
    )


def beds_of(said: Mapping[str, Json], now: datetime) -> Iterator[Beds]:
    """What is told of the beds of a service, in words."""
    for one in capacities_of(said):
        yield Beds(one, unit_in_words(one), beds_in_words(one, now), one.is_known(now))


def _texts(said: Document) -> Iterator[Text]:
    labels = {name: words for name, (words, _en, _fr) in TEXTS.items()} | FROM_SOURCES
    for name, label in labels.items():
        english, french = str(said.get(name) or ""), str(said.get(f"{name}{FRENCH}") or "")
        versions: list[tuple[Language, str]] = [("en", "" if english == french else english), ("fr", french)]
        if reader_language() == "fr":
            versions.reverse()
        if english or french:
            yield Text(str(label), tuple(one for one in versions if one[1]))


def _who(said: Document) -> Iterator[tuple[str, list[Shown]]]:
    for name in ("genders", "minimum_age", "maximum_age", "languages", *FLAGS, "community_led"):
        if lines := said_in_words(name, said.get(name)):
            yield str(OTHERS[name]), lines


def _more(said: Document) -> Iterator[tuple[str, list[Shown]]]:
    """Where it is offered, what one has to bring, and what else a source lists."""
    for name in LISTS:
        if lines := said_in_words(name, said.get(name)):
            yield label_of(name), lines


def _phones(said: Document) -> tuple[Phone, ...]:
    return tuple(_phone(dict(one)) for one in _entries(said, "phones"))


def _phone(one: Document) -> Phone:
    number = str(one.get("e164") or "") or dialled(str(one.get("number") or ""))
    extension = one.get("extension")
    return Phone(
        phone_in_words(one),
        f"{number};ext={int(extension)}" if number and isinstance(extension, int | float) else number,
    )


def _place(visit: ServiceAtLocation, told: Document, found: FinderEntry | None, now: datetime) -> Place:
    """A place, and what is told of the service there."""
    said: Document = visit.location.document
    own = _entries(told, "schedules")
    return Place(
        key=visit.location_id,
        name=text_of(said, "name"),
        addresses=addresses_of(said),
        area=text_of(said, "area"),
        is_confidential=visit.location.is_confidential,
        stays_hidden=visit.location.hidden_here,
        phones=_phones(told) or _phones(said),
        hours=_opened(own, found, now) if own else None,
    )


def _hours(
    said: Document, found: Mapping[UUID | None, FinderEntry | None], visits: list[ServiceAtLocation], now: datetime
) -> Opened | None:
    """The hours of the service itself, by the clock of the first place that has none of its own."""
    schedules = _entries(said, "schedules")
    own = {visit.pk: said_at(said, visit.pk, visit.document).get("schedules") for visit in visits}
    places = [None, *(key for key, hours in own.items() if not hours)]
    entry = next((one for place in places if (one := found.get(place))), None)
    return _opened(schedules, entry, now) if schedules else None


def _opened(schedules: list[Document], found: FinderEntry | None, now: datetime) -> Opened:
    """When it is open. Where the finder does not know the service, nobody can say more than the hours of each day."""
    if found is not None:
        return opened(found, now)
    shown = opened(FinderEntry(schedules=schedules, zone=_ANY_ZONE), now)
    return shown if shown.is_always else replace(shown, now="", zone="", is_open=False)


def addresses_of(location: Document) -> tuple[str, ...]:
    """The addresses of a place, each on a line."""
    names = ("address_1", "address_2", "city", "state_province", "postal_code")
    return tuple(
        ", ".join(str(one[name]) for name in names if one.get(name)) for one in _entries(location, "addresses")
    )


def _entries(said: Mapping[str, Json], name: str) -> list[Document]:
    found = said.get(name)
    return [dict(one) for one in (found if isinstance(found, list) else []) if isinstance(one, Mapping)]
