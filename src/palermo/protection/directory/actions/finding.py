"""What the finder looks through, made from the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from palermo.foundation.bilingual import LANGUAGES
from palermo.foundation.keys import among
from palermo.foundation.search import stems
from palermo.protection.directory.actions import rows
from palermo.protection.directory.actions.listing import described_by_terms, list_organizations, list_visits
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.reaching import (
    NOTHING,
    GivenAt,
    New,
    Written,
    documents,
    given_at,
    point_to_go_to,
    reach,
    served_at,
)
from palermo.protection.directory.actions.together import retold
from palermo.protection.directory.hsds import places
from palermo.protection.directory.hsds.at_places import said_at
from palermo.protection.directory.hsds.confidential import is_confidential
from palermo.protection.directory.hsds.days import done_on
from palermo.protection.directory.hsds.fitting import marks_of
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import key_of, terms_of
from palermo.protection.directory.hsds.places import Point
from palermo.protection.directory.hsds.points import said_point
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.hsds.whereabouts import province_said
from palermo.protection.directory.models import (
    OPEN,
    FinderEntry,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    ServiceWord,
    TaxonomyTerm,
    Word,
)
from palermo.protection.directory.models.service import is_lost
from palermo.protection.directory.opening import Told, hours_key
from palermo.protection.directory.queries.service_types import needs_answered

_NAMES = ("name", "alternate_name")
LONGEST_WORD = 60
"""Longer ones are cut; nobody looks for them."""
BATCH = 1_000
"""So many services are made anew at once."""
_SAID = (
    "latitude", "longitude", "provinces", "confirmed_on", "marks", "schedules", "zone", "stands_in", "hours",
    "area_latitude", "area_longitude", "names_provinces",
)  # fmt: skip
"""What the finder knows of a service at a place."""


class _Service(NamedTuple):
    """An open service, with what its organization says of itself."""

    key: UUID
    said: Document
    organization: Document
    confirmed_on: date | None
    """None also where its source does not tell of it any more."""


class _Visit(NamedTuple):
    """That a service is given at a place."""

    key: UUID
    said: Document
    location: Document


def refresh_all() -> None:
    """Make anew all that the finder knows."""
    refresh_many(list(Service.objects.values_list("pk", flat=True)))


def refresh_many(keys: Sequence[UUID]) -> None:
    """Make anew what the finder knows of these services, however many there are."""
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            one_at_a_time()
            refresh(keys[start : start + BATCH])


def refresh(
    services: Collection[UUID],
    written: Written | None = None,
    new: New = NOTHING,
    organizations: Collection[UUID] = (),
) -> None:
    """Make anew what the finder, and lists by terms, know of these services.

    Args:
        services: their keys.
        written: what was written just now, by kinds and keys, so that it need not be read again.
        new: what of it was not there before, so that nothing is known of it yet.
        organizations: those that changed, or had such a service before.
    """
    services, written = retold(services, written or {})
    known = set(services).difference(new.get(Service.kind, ()))
    FinderEntry.objects.filter(service__in=among(known)).delete()
    ServiceWord.objects.filter(service__in=among(known)).delete()
    described = _described(services, written)
    terms = _needs_answered(described)
    found = _open(services, written)
    places = given_at(services)
    visits = _visits(places, written)
    entries = (row for one in found for row in _entries(one, terms.get(one.key, ()), visits.get(one.key, ())))
    rows.write(FinderEntry, ("term", "service", "visit", *_SAID), entries)
    _name(found)
    reach(places, written, new)
    list_visits(places, described, new)
    theirs = Service.objects.filter(pk__in=among(services), organization__isnull=False).order_by()
    list_organizations({*organizations, *theirs.values_list("organization", flat=True)}, new)


def _open(services: Collection[UUID], written: Written) -> list[_Service]:
    """Those of these services that can be found."""
    known = Service.objects.filter(pk__in=among(services), status=OPEN, merged_into__isnull=True)
    found = list(known.values_list("pk", "organization", "missing_since", "told_by"))
    said = documents(Service, [key for key, *_rest in found], written)
    owners = documents(Organization, {owner for _key, owner, *_rest in found if owner}, written)
    today = timezone.localdate()
    return [
        _Service(
            key=key,
            said=said[key],
            organization=owners.get(owner, {}) if owner else {},
            confirmed_on=None if is_lost(missing_since, told_by, day) else day,
        )
        for key, owner, missing_since, told_by in found
        if key in said
        for day in [done_on(said[key].get("assured_date"), today)]
    ]


def _visits(places: Sequence[GivenAt], written: Written) -> dict[UUID, list[_Visit]]:
    """The places where each service is given, with what is said of them."""
    said = documents(ServiceAtLocation, [key for key, *_rest in places], written)
    locations = documents(Location, {place for *_rest, place in places}, written)
    visits: dict[UUID, list[_Visit]] = defaultdict(list)
    for key, service, place in places:
        visits[service].append(_Visit(key, said.get(key, {}), locations.get(place, {})))
    return visits


def _described(services: Collection[UUID], written: Written) -> list[tuple[UUID, UUID]]:
    """The services, each with a term that describes it."""
    known = written.get(Service.kind, {})
    described = [(key, key_of(term)) for key in services if key in known for term in terms_of(known[key].document)]
    return described + described_by_terms([key for key in services if key not in known])


def _needs_answered(described: Collection[tuple[UUID, UUID]]) -> dict[UUID, list[UUID]]:
    """The needs that each service answers by the terms that describe it, as far as these needs are loaded."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    terms = TaxonomyTerm.objects.in_bulk({term for _service, term in described})
    answered = {key: needs_answered(key, term.document) for key, term in terms.items()}
    for service, term in described:
        found[service] |= answered[term]
    wanted = {need for each in found.values() for need in each}
    loaded = set(TaxonomyTerm.objects.filter(pk__in=among(wanted)).values_list("pk", flat=True))
    return {service: sorted(each & loaded) for service, each in found.items()}


def _name(found: list[_Service]) -> None:
    """Keep which words stand in the names of services that can be found."""
    words = {one.key: _words(one) for one in found}
    texts = {word for each in words.values() for word in each}
    known = dict(Word.objects.filter(text__in=texts).values_list("text", "pk"))
    if new := sorted(texts - known.keys()):
        Word.objects.bulk_create((Word(text=text) for text in new), ignore_conflicts=True)
        known |= dict(Word.objects.filter(text__in=new).values_list("text", "pk"))
    pairs = ((service, known[word]) for service, each in words.items() for word in sorted(each))
    rows.write(ServiceWord, ("service", "word"), pairs)


def _words(service: _Service) -> set[str]:
    """The words in the names of a service and of its organization, each by its stem in the language of the name."""
    return {
        word[:LONGEST_WORD]
        for said in (service.said, service.organization)
        for name in _NAMES
        for language in LANGUAGES
        for word in stems(str(said.get(name + (FRENCH if language == "fr" else "")) or ""), language)
    }


def services_touched(
    locations: Collection[UUID], visits: Collection[UUID], organizations: Collection[UUID]
) -> set[UUID]:
    """The services of these organizations, those given at these places, and those that the finder knows there."""
    now = ServiceAtLocation.objects.filter(location__in=among(locations)).values_list("service", flat=True)
    before = FinderEntry.objects.filter(Q(visit__in=among(visits)) | Q(visit__location__in=among(locations)))
    theirs = Service.objects.filter(organization__in=among(organizations)).values_list("pk", flat=True)
    return {*now, *before.values_list("service", flat=True), *theirs}


def _entries(service: _Service, terms: Iterable[UUID], visits: Sequence[_Visit]) -> Iterator[tuple[object, ...]]:
    given: Sequence[_Visit | None] = visits or [None]
    for visit in given:
        said = _said(service, visit)
        for term in terms:
            yield (term, service.key, visit.key if visit else None, *(said[name] for name in _SAID))


def _said(service: _Service, visit: _Visit | None) -> dict[str, object]:
    """What is known of a service at one of its places, whatever the need."""
    own, location = (said_at(service.said, visit.key, visit.said), visit.location) if visit else ({}, {})
    point = point_to_go_to(location)
    stands_in = province_said(location)
    served = served_at(own, service.said)
    areas = {stands_in} - {""} if served is None else served
    # Where no place says its province, the only one that is served stands for it.
    province = stands_in or (next(iter(areas)) if len(areas) == 1 else "")
    area = _area(location, point, province)
    # What may serve all of Canada is there to be called, as long as only its address says where it is.
    at = None if area and served is not None and not served else point
    hours, provinces = _hours(own, service.said, location), " ".join(sorted(areas))
    told = Told(hours, _zone(point, stands_in, province), provinces, stands_in)
    return {
        "latitude": at.latitude if at else None,
        "longitude": at.longitude if at else None,
        "confirmed_on": service.confirmed_on,
        "marks": _spaced(marks_of(service.said, location)),
        **told._asdict(),
        "hours": hours_key(told),
        "area_latitude": area.latitude if area else None,
        "area_longitude": area.longitude if area else None,
        "names_provinces": bool(served),
    }


def _hours(*entries: Document) -> list[Document]:
    """The schedules of the first of these entries that has any, without their ids: the same hours are the same text."""
    said = next((found for one in entries if (found := one.get("schedules"))), [])
    schedules = [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []
    return [{name: value for name, value in one.items() if name != "id"} for one in schedules]


def _area(location: Document, point: Point | None, province: str) -> Point | None:
    """About where a place is that tells no point; a confidential one by what everybody may know: its area."""
    if point:
        return None if said_point(location) else point
    if not is_confidential(location):
        return None
    areas = (str(location.get(name) or "") for name in ("area", f"area{FRENCH}"))
    return next((point for area in areas if (point := places.about(area, province))), None)


def _spaced(marks: list[str]) -> str:
    return f" {' '.join(marks)} " if marks else ""


def _zone(point: Point | None, stands_in: str, province: str) -> str:
    """The time zone of a point, or else of the province; a confidential place tells no more than its province."""
    if point:
        return places.zone_at(point, stands_in)
    return places.zone_of(province) if province else ""
