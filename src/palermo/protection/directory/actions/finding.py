"""What the finder looks through, made from the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from django.db.models import Q

from palermo.protection.directory.cards import day_of
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.profile import PROVINCES
from palermo.protection.directory.models import FinderEntry, Location, Service, ServiceAtLocation, ServiceTerm

OPEN = "active"
"""The status of services that can be found."""


def refresh(services: Collection[UUID]) -> None:
    """Make anew what the finder knows of these services."""
    FinderEntry.objects.filter(service__in=services).delete()
    terms: dict[UUID, list[UUID]] = defaultdict(list)
    for service, term in ServiceTerm.objects.filter(service__in=services).values_list("service", "term"):
        terms[service].append(term)
    visits: dict[UUID, list[ServiceAtLocation]] = defaultdict(list)
    for visit in ServiceAtLocation.objects.filter(service__in=terms).select_related("location"):
        visits[visit.service_id].append(visit)
    found = Service.objects.filter(pk__in=terms, status=OPEN)
    FinderEntry.objects.bulk_create(
        entry for service in found for entry in _entries(service, terms[service.pk], visits[service.pk])
    )


def services_touched(locations: Collection[UUID], visits: Collection[UUID]) -> set[UUID]:
    """The services that are given at some of these places, and those that the finder knows there from before."""
    now = ServiceAtLocation.objects.filter(location__in=locations).values_list("service", flat=True)
    before = FinderEntry.objects.filter(Q(visit__in=visits) | Q(visit__location__in=locations))
    return {*now, *before.values_list("service", flat=True)}


def _entries(service: Service, terms: list[UUID], visits: list[ServiceAtLocation]) -> Iterator[FinderEntry]:
    for term in terms:
        places: list[ServiceAtLocation | None] = [*visits]
        for visit in places or [None]:
            latitude, longitude = _point(visit.location) if visit else (None, None)
            areas = {**service.document, **(visit.document if visit else {})}.get("service_areas")
            yield FinderEntry(
                term_id=term,
                service=service,
                visit=visit,
                latitude=latitude,
                longitude=longitude,
                provinces=" ".join(sorted(_provinces(areas) or _province(visit))),
                confirmed_on=day_of(service.document.get("assured_date")),
            )


def _point(location: Location) -> tuple[float, float] | tuple[None, None]:
    """Where a place is; nowhere for a confidential one, one that is not on the map, and one that needs no way there."""
    said: Document = location.document
    latitude, longitude = said.get("latitude"), said.get("longitude")
    if location.is_confidential or said.get("location_type") != "physical":
        return None, None
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None, None
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    return float(latitude), float(longitude)


def _province(visit: ServiceAtLocation | None) -> set[str]:
    """The province of a place that no area is told of; that of a confidential one is told."""
    said: Document = visit.location.document if visit else {}
    addresses = said.get("addresses")
    first = addresses[0] if isinstance(addresses, list) and addresses else {}
    written = said.get("province") or (first.get("state_province") if isinstance(first, Mapping) else "")
    return {str(written)} & set(PROVINCES)


def _provinces(areas: Json) -> set[str]:
    found: set[str] = set()
    for area in areas if isinstance(areas, list) else []:
        said = area.get("provinces") if isinstance(area, Mapping) else None
        found |= {str(one) for one in said} if isinstance(said, list) else set()
    return found
