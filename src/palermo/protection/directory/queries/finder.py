"""Which services answer a need, the nearest first, and those that can be called from anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from json import loads
from math import cos, radians
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Case, F, IntegerField, Q, QuerySet, When

from palermo.people.policies import Viewer
from palermo.protection.directory.cards import Card, card_of
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.places import Place, Point, kilometres
from palermo.protection.directory.models import FinderEntry, Service, ServiceAtLocation

SHOWN = 10
"""So many services are shown of each sort: who needs help has no use for a hundred."""
MOST_PLACES = 10
"""So many places of one service may stand before another one; more of them would hide it."""
REACH = 250
"""Kilometres beyond which a service is no longer near."""
NEAR = 1.5
"""Within so many degrees to the north and south it is looked first, about 170 km."""


@dataclass(frozen=True)
class Found:
    """What answers a need: at places within reach, the nearest first; by telephone or within an area; further away."""

    near: list[Card]
    anywhere: list[Card]
    far: list[Card]

    @property
    def is_empty(self) -> bool:
        """Whether nothing answers it."""
        return not (self.near or self.anywhere or self.far)


@cache
def _said() -> dict[str, Any]:
    text = files("palermo.protection.directory").joinpath("data/needs.json").read_text(encoding="utf-8")
    found: dict[str, Any] = loads(text)
    return found


def calls() -> list[Document]:
    """The numbers that answer at any hour, the most urgent first."""
    found: list[Document] = _said()["calls"]
    return found


@cache
def needs() -> list[Document]:
    """The needs in plain words, in the order in which they are offered, each as a term of the standard."""
    taxonomy = _said()["taxonomy"]
    return [
        {"id": str(uuid5(UUID(taxonomy["id"]), term["code"])), **term, "taxonomy_detail": taxonomy}
        for term in _said()["terms"]
    ]


def need(code: str) -> Document | None:
    """The need with this code."""
    return next((one for one in needs() if one["code"] == code), None)


def found(viewer: Viewer, wanted: Document, place: Place | None) -> Found:
    """The services that answer a need, for somebody at a place or anywhere. As many queries for few as for many."""
    entries = FinderEntry.objects.filter(term=UUID(str(wanted["id"])))
    nearest = _nearest(entries.filter(latitude__isnull=False), place.point) if place else []
    anywhere = _reachable(entries, place)
    chosen = [*nearest, *anywhere]
    services = Service.objects.select_related("organization").in_bulk([one.service_id for one in chosen])
    visits = ServiceAtLocation.objects.select_related("location").in_bulk([one.visit_id for one in chosen])

    def cards(some: list[FinderEntry]) -> list[Card]:
        made = [
            card_of(services[one.service_id], visits.get(one.visit_id), _point(one), place.point if place else None)
            for one in some
        ]
        return sorted(made, key=lambda card: card.is_uncertain)

    placed = cards(nearest)
    near = [card for card in placed if (card.kilometres or 0) <= REACH]
    return Found(near, cards(anywhere), [card for card in placed if card not in near])


def _reachable(entries: QuerySet[FinderEntry], place: Place | None) -> list[FinderEntry]:
    """What can be reached without knowing the way, each service once: what serves this province by name comes first.

    Without a place, that is everything, and what serves all of Canada comes first.
    """
    if place is None:
        first = Q(provinces="", latitude__isnull=True)
    else:
        first = Q(provinces__contains=place.province)
        entries = entries.filter(first | Q(provinces=""), latitude__isnull=True)
    rank = Case(When(first, then=0), default=1, output_field=IntegerField())
    rows = entries.order_by(rank, F("confirmed_on").desc(nulls_last=True), "service")[: SHOWN * MOST_PLACES]
    once: dict[UUID, FinderEntry] = {}
    for row in rows:
        once.setdefault(row.service_id, row)
    return list(once.values())[:SHOWN]


def _nearest(entries: QuerySet[FinderEntry], point: Point) -> list[FinderEntry]:
    """The nearest of some entries. It is looked nearby first, so that not all of Canada is measured in a city."""
    wide = NEAR / max(cos(radians(point.latitude)), 0.05)
    box = entries.filter(
        latitude__range=(point.latitude - NEAR, point.latitude + NEAR),
        longitude__range=(point.longitude - wide, point.longitude + wide),
    )
    measured = _measured(box, point)
    if len(measured) < SHOWN:
        measured = _measured(entries, point)
    return list(entries.filter(pk__in=measured[:SHOWN]).order_by(_in_order(measured[:SHOWN])))


def _measured(entries: QuerySet[FinderEntry], point: Point) -> list[int]:
    """The keys of some entries, the nearest first."""
    rows = entries.values_list("pk", "latitude", "longitude")
    away = [(kilometres(point, Point(latitude or 0.0, longitude or 0.0)), key) for key, latitude, longitude in rows]
    return [key for _distance, key in sorted(away)]


def _in_order(keys: list[int]) -> Case:
    return Case(*[When(pk=key, then=place) for place, key in enumerate(keys)], output_field=IntegerField())


def _point(entry: FinderEntry) -> Point | None:
    return None if entry.latitude is None or entry.longitude is None else Point(entry.latitude, entry.longitude)
