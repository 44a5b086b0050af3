"""Which services answer a need, the nearest first, and those that can be called from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from math import cos, radians
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, When
from django.utils import timezone

from palermo.people.policies import Viewer
from palermo.protection.directory.cards import Card, ForWorkers, card_of
from palermo.protection.directory.entry.words import beds_in_words, unit_in_words
from palermo.protection.directory.hsds.capacity import capacities_of
from palermo.protection.directory.hsds.fitting import Wish
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.places import Place, Point, kilometres
from palermo.protection.directory.models import OPEN, FinderEntry
from palermo.protection.directory.opening import hours_at
from palermo.protection.directory.policies import may_refer
from palermo.protection.directory.queries.names import named

SHOWN = 10
"""So many services are shown of each sort: who needs help has no use for a hundred."""
MOST_PLACES = 10
"""So many places of one service may stand before another one; more of them would hide it."""
REACH = 250
"""Kilometres beyond which a service is no longer near."""
LOOKED_AT = 150
"""So many of the nearest are looked at for those that are open now."""
NEAR = (1.5, 4.5, 13.5)
"""Within so many degrees to the north and south it is looked first, about 170 km, then further, then everywhere."""
NEARBY = 1.0
"""Within so many degrees, about 110 km, the area of a confidential place is near."""
KILOMETRES = 111.0
"""Of one degree to the north."""
INSIDE = 0.8
"""The sides of a box lie nearer than the degrees say: meridians come together to the north."""
SPARE = 4
"""So many times as many as are wanted are measured; a flat map is right about which of them are near."""


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


class _Timed(NamedTuple):
    """The columns that say when something is open; there are hundreds of rows to look at."""

    schedules: list[Document]
    zone: str
    provinces: str
    stands_in: str


def found(viewer: Viewer, wanted: Document, place: Place | None, wish: Wish) -> Found:
    """The services that answer a need, for somebody at a place or anywhere, as far as they fit what is wished.

    As many queries for few as for many.
    """
    now, works = timezone.now(), may_refer(viewer)
    entries = _fitting(FinderEntry.objects.filter(term=UUID(str(wanted["id"]))), wish)
    nearest = _nearest(entries.filter(latitude__isnull=False), place.point, wish, now) if place else []
    anywhere = _reachable(entries, place, wish, now)
    rows = _with_all(FinderEntry.objects.all()).in_bulk([*nearest, *anywhere])

    def cards(keys: list[int]) -> list[Card]:
        found = (rows[key] for key in keys if key in rows)
        made = [_card(one, place.point if place else None, now, works=works) for one in found]
        return sorted(made, key=lambda card: card.is_uncertain)

    placed = cards(nearest)
    near = [card for card in placed if (card.kilometres or 0) <= REACH]
    return Found(near, cards(anywhere), [card for card in placed if card not in near])


def _card(entry: FinderEntry, place: Point | None, now: datetime, *, works: bool, in_full: bool = False) -> Card:
    """The card of an entry, with what only workers see."""
    made = card_of(entry, place, now, in_full=in_full)
    if not works:
        return made
    beds = tuple((unit_in_words(one), beds_in_words(one, now)) for one in capacities_of(entry.service.document))
    return replace(made, for_workers=ForWorkers(entry.service_id, beds))


def _with_all(entries: QuerySet[FinderEntry]) -> QuerySet[FinderEntry]:
    """Entries with what their cards are made of."""
    return entries.select_related("service__organization", "visit__location")


def by_name(viewer: Viewer, said: str) -> list[Card]:
    """The services with these words in their names that answer a need, each at one of its places."""
    # Before the cut, so that those that answer no need take nobody's place.
    answers = Exists(FinderEntry.objects.filter(service=OuterRef("pk")))
    keys = list(named(viewer, said).filter(answers, status=OPEN).values_list("pk", flat=True)[:SHOWN])
    once = FinderEntry.objects.filter(service__in=keys).order_by().values("service").annotate(first=Min("pk"))
    entries = _with_all(FinderEntry.objects.filter(pk__in=once.values("first"))).order_by("service")
    works = may_refer(viewer)
    return [_card(one, None, timezone.now(), works=works) for one in entries]


def card(viewer: Viewer, key: str) -> Card | None:
    """The card with a key; None where there is none, or none any more."""
    try:
        service, *visit = [UUID(part) for part in key.split()]
    except ValueError:
        return None
    found = _with_all(FinderEntry.objects.filter(service=service, visit=visit[0] if visit else None)).first()
    return _card(found, None, timezone.now(), works=may_refer(viewer), in_full=True) if found else None


def _fitting(entries: QuerySet[FinderEntry], wish: Wish) -> QuerySet[FinderEntry]:
    """Those that fit what can be asked of the database; whether a service is open now is not among it."""
    for mark in wish.wanted:
        entries = entries.filter(marks__contains=f" {mark} ")
    for mark in wish.unwanted:
        entries = entries.exclude(marks__contains=f" {mark} ")
    return entries


def _reachable(entries: QuerySet[FinderEntry], place: Place | None, wish: Wish, now: datetime) -> list[int]:
    """What can be reached without knowing the way, by keys, each service once.

    What is in an area nearby comes first, then what serves this province. Without a place, that is everything, and what
    serves all of Canada comes first.
    """
    if place is None:
        ranks = [When(provinces="", latitude__isnull=True, then=0)]
    else:
        own = Q(provinces__contains=place.province)
        entries = entries.filter(own | Q(provinces=""), latitude__isnull=True)
        ranks = [When(own & _box(place.point, NEARBY, "area_"), then=0), When(own, then=1)]
    rank = Case(*ranks, default=2, output_field=IntegerField())
    rows = entries.order_by(rank, F("confirmed_on").desc(nulls_last=True), "service_id").values_list("service", "pk")
    once: dict[UUID, int] = {}
    for service, key in rows[: SHOWN * MOST_PLACES]:
        once.setdefault(service, key)
    return _first_open(list(once.values()), now) if wish.open_now else list(once.values())[:SHOWN]


def _box(point: Point, reach: float, prefix: str = "") -> Q:
    """That something is within so many degrees to the north and south, and about as far to the east and west."""
    wide = reach / max(cos(radians(point.latitude)), 0.05)
    upright, across = (point.latitude - reach, point.latitude + reach), (point.longitude - wide, point.longitude + wide)
    return Q(**{f"{prefix}latitude__range": upright, f"{prefix}longitude__range": across})


def _nearest(entries: QuerySet[FinderEntry], point: Point, wish: Wish, now: datetime) -> list[int]:
    """The keys of the nearest of some entries, looked for nearby first: in a city not all of Canada is measured."""
    enough = LOOKED_AT if wish.open_now else SHOWN
    for reach in NEAR:
        measured = _measured(entries.filter(_box(point, reach)), point, enough, among=enough * SPARE)
        # What is nearer than the sides of the box is nearer than all that is outside of it.
        if len(measured) == enough and measured[-1][0] <= reach * KILOMETRES * INSIDE:
            break
    else:
        measured = _measured(entries, point, enough)
    nearest = [key for _distance, key in measured]
    return _first_open(nearest, now) if wish.open_now else nearest


def _first_open(keys: Sequence[int], now: datetime) -> list[int]:
    """The keys of the first of them that are known to be open."""
    columns = FinderEntry.objects.filter(pk__in=keys).values_list("pk", "schedules", "zone", "provinces", "stands_in")
    rows = {key: _Timed(schedules, *rest) for key, schedules, *rest in columns}
    hours = ((key, hours_at(rows[key], now)) for key in keys if key in rows)
    return list(islice((key for key, known in hours if known and known.is_open), SHOWN))


def _measured(
    entries: QuerySet[FinderEntry], point: Point, enough: int, *, among: int | None = None
) -> list[tuple[float, int]]:
    """The nearest entries, the nearest first: how far each is, and its key.

    Where not all need to be measured on the globe, then only `among` so many that are the nearest on a flat map.
    """
    up, along = F("latitude") - point.latitude, (F("longitude") - point.longitude) * cos(radians(point.latitude))
    rows = entries.order_by(up * up + along * along, "pk").values_list("pk", "latitude", "longitude")
    away = [
        (kilometres(point, Point(latitude or 0.0, longitude or 0.0)), key) for key, latitude, longitude in rows[:among]
    ]
    return sorted(away)[:enough]
