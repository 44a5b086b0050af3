"""The first services of what the finder knows, in an order or by how near they are: one entry of each.

Entries are looked through, and services are what is promised. Where one service has hundreds of places, or hundreds are
closed, more entries are read; how often at most is the same for few and for many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from math import cos, radians
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db.models import Expression, F, Q, QuerySet, TextField, Window
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, RowNumber

from palermo.foundation.keys import among
from palermo.protection.directory.hsds.fitting import Wish
from palermo.protection.directory.hsds.json_values import Document, read
from palermo.protection.directory.hsds.places import Point, kilometres_from
from palermo.protection.directory.models import FinderEntry
from palermo.protection.directory.opening import hours_at

SHOWN = 10
"""So many services are shown of each sort: who needs help has no use for a hundred."""
REACH = 250
"""Kilometres beyond which a service is no longer near."""
LOOKED_AT, MOST_LOOKED_AT = 150, 3_000
"""So many of the first entries are looked at for those that are open now; where they are not enough, so many."""
NEAR = (1.5, 4.5, 13.5)
"""Within so many degrees to the north and south it is looked first, about 170 km, then further, then everywhere."""
KILOMETRES = 111.0
"""Of one degree to the north."""
INSIDE = 0.8
"""The sides of a box lie nearer than the degrees say: meridians come together to the north."""
SPARE = 4
"""So many times as many as are wanted are measured; a flat map is right about which of them are near."""

Order: TypeAlias = "Sequence[str | Expression]"

Away: TypeAlias = tuple[float, int]
"""How many kilometres away an entry is, and its key."""
Measure: TypeAlias = "Callable[[QuerySet[FinderEntry], Point, int | None], list[Away]]"
Row: TypeAlias = "tuple[int, UUID, str, str, str, str]"


class _Timed(NamedTuple):
    """The columns that say when something is open."""

    schedules: list[Document]
    zone: str
    provinces: str
    stands_in: str


_READ = ("pk", "service", Cast("schedules", TextField()), "zone", "provinces", "stands_in")
"""What is read of entries to find the open ones. Thousands may say the same hours: that is read once, as its text."""


def firsts(entries: QuerySet[FinderEntry], order: Order, wish: Wish, now: datetime) -> list[int]:
    """The first services of some entries in an order: for each the key of its first entry that fits."""
    rows = entries.order_by(*order)
    if wish.open_now:
        return _first_open(_batches(rows), now)
    some = list(rows.values_list("service", "pk")[: SHOWN * SPARE])
    if len(some) == SHOWN * SPARE and len(dict(some)) < SHOWN:
        some = list(_one_of_each(entries, order).values_list("service", "pk")[:SHOWN])
    return _once(some)[:SHOWN]


def nearest(entries: QuerySet[FinderEntry], point: Point, wish: Wish, now: datetime) -> list[Away]:
    """The nearest services of some entries with a point: for each the nearest of its places that fits."""
    if not wish.open_now:
        return _nearest(entries, point, SHOWN, _measured_once)
    known: dict[int, float] = {}

    def batches() -> Iterator[list[Row]]:
        first = _nearest(entries, point, LOOKED_AT, _measured)
        known.update((key, away) for away, key in first)
        yield _read([key for _away, key in first])
        if len(first) == LOOKED_AT and first[-1][0] <= REACH:
            within = _measured(entries.filter(box(point, REACH / KILOMETRES / INSIDE)), point, MOST_LOOKED_AT)
            more = {key: away for away, key in within if away <= REACH and key not in known}
            known.update(more)
            yield _read(list(more))

    return [(known[key], key) for key in _first_open(batches(), now)]


def _nearest(entries: QuerySet[FinderEntry], point: Point, enough: int, measure: Measure) -> list[Away]:
    """The nearest entries, looked for nearby first: in a city not all of Canada is measured."""
    for reach in NEAR:
        measured = measure(entries.filter(box(point, reach)), point, enough * SPARE)[:enough]
        # What is nearer than the sides of the box is nearer than all that is outside of it.
        if len(measured) == enough and measured[-1][0] <= reach * KILOMETRES * INSIDE:
            return measured
    return measure(entries, point, None)[:enough]


def _measured(entries: QuerySet[FinderEntry], point: Point, among: int | None) -> list[Away]:
    """Entries by how far away they are.

    Where not all need to be measured on the globe, then only `among` so many that are the nearest on a flat map.
    """
    rows = entries.order_by(flat(point), "pk").values_list("pk", "latitude", "longitude")[:among]
    return _by_distance(point, list(rows))


def _measured_once(entries: QuerySet[FinderEntry], point: Point, among: int | None) -> list[Away]:
    """The nearest entry of each service by how far away it is; `among` as with `_measured`."""
    order, names = (flat(point), "pk"), ("service", "pk", "latitude", "longitude")
    # By their keys: which are the nearest stands in an index, and of which services they are does not.
    some = FinderEntry.objects.filter(pk__in=entries.order_by(*order).values("pk")[:among]) if among else entries
    rows = list(some.values_list(*names))
    services = len({service for service, *_rest in rows})
    if among and len(rows) == among and services * 2 < among:
        rows = list(_one_of_each(entries, order).values_list(*names)[:among])
    service_of = {key: service for service, key, *_rest in rows}
    away = {key: far for far, key in _by_distance(point, [row[1:] for row in rows])}
    return [(away[key], key) for key in _once((service_of[key], key) for key in away)]


def _by_distance(point: Point, rows: Sequence[tuple[int, float | None, float | None]]) -> list[Away]:
    """The keys of entries, each with its latitude and longitude, by how far away they are."""
    away = kilometres_from(point, [(latitude or 0.0, longitude or 0.0) for _key, latitude, longitude in rows])
    return sorted(zip(away, (key for key, *_rest in rows), strict=True))


def _one_of_each(entries: QuerySet[FinderEntry], order: Order) -> QuerySet[FinderEntry]:
    """The first entry of each service in an order. It takes longer than the first of all, which mostly are enough."""
    number = Window(RowNumber(), partition_by=F("service"), order_by=order)
    return entries.annotate(number=number).filter(number=1).order_by(*order)


def _once(rows: Iterable[tuple[UUID, int]]) -> list[int]:
    """The first key of each service."""
    found: dict[UUID, int] = {}
    for service, key in rows:
        found.setdefault(service, key)
    return list(found.values())


def _first_open(batches: Iterable[Iterable[Row]], now: datetime) -> list[int]:
    """The first services that are known to be open: for each the key of its first entry that is."""
    found: dict[UUID, int] = {}
    known: dict[tuple[str, ...], bool] = {}
    for key, service, *told in (row for batch in batches for row in batch):
        hours = tuple(told)
        if hours not in known:
            known[hours] = _is_open(*hours, now=now)
        if known[hours] and service not in found:
            found[service] = key
            if len(found) == SHOWN:
                break
    return list(found.values())


def _is_open(schedules: str, zone: str, provinces: str, stands_in: str, *, now: datetime) -> bool:
    said: Any = read(schedules)
    hours = hours_at(_Timed(said, zone, provinces, stands_in), now)
    return hours is not None and hours.is_open


def _batches(rows: QuerySet[FinderEntry]) -> Iterator[list[Row]]:
    """The first rows in their order, read as far as they are needed."""
    first = list(rows.values_list(*_READ)[:LOOKED_AT])
    yield first
    if len(first) == LOOKED_AT:
        yield list(rows.values_list(*_READ)[LOOKED_AT:MOST_LOOKED_AT])


def _read(keys: list[int]) -> list[Row]:
    """The rows with these keys, in the order of them."""
    rows = {row[0]: row for row in FinderEntry.objects.filter(pk__in=among(keys)).values_list(*_READ)}
    return [rows[key] for key in keys if key in rows]


def box(point: Point, reach: float, prefix: str = "") -> Q:
    """That something is within so many degrees to the north and south, and about as far to the east and west."""
    wide = reach / max(cos(radians(point.latitude)), 0.05)
    upright, across = (point.latitude - reach, point.latitude + reach), (point.longitude - wide, point.longitude + wide)
    return Q(**{f"{prefix}latitude__range": upright, f"{prefix}longitude__range": across})


def flat(point: Point) -> CombinedExpression:
    """How far an entry is on a flat map, in degrees and squared."""
    up, along = F("latitude") - point.latitude, (F("longitude") - point.longitude) * cos(radians(point.latitude))
    return up * up + along * along
