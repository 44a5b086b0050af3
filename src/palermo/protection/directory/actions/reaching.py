"""How far services at places reach, made from the records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from django.db import transaction

from palermo.foundation.keys import among
from palermo.protection.directory.actions import rows
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.hsds.confidential import is_confidential
from palermo.protection.directory.hsds.globe import spot_of
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.parting import Record as Part
from palermo.protection.directory.hsds.places import Point
from palermo.protection.directory.hsds.points import said_point
from palermo.protection.directory.hsds.whereabouts import about_address
from palermo.protection.directory.models import Location, Reach, Record, Service, ServiceAtLocation
from palermo.protection.directory.models.service import ENTRY, standing_under

Written: TypeAlias = Mapping[str, Mapping[UUID, Part]]
"""Records by their kinds and keys, as they stand in their tables."""
New: TypeAlias = Mapping[str, Collection[UUID]]
"""The keys of records by their kinds."""
NOTHING: New = MappingProxyType({})
GivenAt: TypeAlias = tuple[UUID, UUID, UUID]
"""A service at a place, the service under which it stands, and the place."""
BATCH = 1_000
"""So many services are looked at at once."""


def reach_all() -> None:
    """Make anew how far everything reaches."""
    keys = list(Service.objects.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            one_at_a_time()
            reach(given_at(keys[start : start + BATCH]), {})


def given_at(services: Collection[UUID]) -> list[GivenAt]:
    """Where these services are given."""
    given = ServiceAtLocation.objects.filter(standing_under(services))
    return list(given.values_list("pk", ENTRY, "location"))


def reach(visits: Sequence[GivenAt], written: Written, new: New = NOTHING) -> None:
    """Make anew how far services reach from each of their places.

    Args:
        visits: where they are given.
        written: what was written just now, by kinds and keys, so that it need not be read again.
        new: what of it was not there before, so that nothing is known of it yet.
    """
    known = {key for key, *_rest in visits}.difference(new.get(ServiceAtLocation.kind, ()))
    Reach.objects.filter(visit__in=among(known)).delete()
    said = documents(ServiceAtLocation, [key for key, *_rest in visits], written)
    given = documents(Service, {service for _key, service, _place in visits}, written)
    places = documents(Location, {place for *_rest, place in visits}, written)
    found = ((key, *_said(said[key], given[service], places[place])) for key, service, place in visits)
    rows.write(Reach, ("visit", "provinces", "x", "y", "z"), found)


def _said(visit: Document, service: Document, location: Document) -> tuple[object, ...]:
    point = point_to_go_to(location)
    served = served_at(visit, service) or frozenset()
    return (" ".join(sorted(served)), *(spot_of(point) if point else (None, None, None)))


def served_at(visit: Document, service: Document) -> frozenset[str] | None:
    """The provinces in which all areas are that a service says to serve from a place; None where it says no area.

    It is none of them where an area does not say its province, and so may be anywhere.
    """
    areas = visit.get("service_areas") or service.get("service_areas")
    if not areas:
        return None
    found = [_provinces_of(area) for area in areas] if isinstance(areas, list) else []
    return frozenset().union(*found) if all(found) else frozenset()


def documents(model: type[Record], keys: Collection[UUID], written: Written) -> dict[UUID, Document]:
    """What records say, as far as they are still there."""
    known = written.get(model.kind, {})
    found = {key: known[key].document for key in keys if key in known}
    if more := [key for key in keys if key not in found]:
        found |= dict(model._default_manager.filter(pk__in=among(more)).values_list("pk", "document"))
    return found


def point_to_go_to(location: Document) -> Point | None:
    """Where a place is, by its address if it says no point; nowhere if it is confidential or needs no way there."""
    if is_confidential(location) or location.get("location_type") != "physical":
        return None
    point = said_point(location)
    return Point(*point) if point else about_address(location)


def _provinces_of(area: Json) -> frozenset[str]:
    """The provinces that an area says to be in."""
    said = area.get("provinces") if isinstance(area, Mapping) else None
    return frozenset(str(one) for one in said) if isinstance(said, list) else frozenset()
