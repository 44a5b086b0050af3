"""The first services of what the finder knows, in an order or by how near they are: one entry of each.

Entries are looked through, and services are what is promised. Where one service has hundreds of places, or hundreds are
closed, more entries are read; how often at most is the same for few and for many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import cos, radians
from typing import TypeAlias
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, F, FloatField, Func, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.db.models.sql.compiler import SQLCompiler

from palermo.protection.directory.hsds.places import Point, kilometres_from
from palermo.protection.directory.models import FinderEntry
from palermo.protection.directory.queries.open_now import OpenNow, Timed

SHOWN = 10
"""So many services are shown of each sort: who needs help has no use for a hundred."""
REACH = 250
"""Kilometres beyond which a service is no longer near."""
LOOKED_AT, MOST_LOOKED_AT = 150, 3_000
"""So many of the first entries are looked at for those that are open now; where they are not enough, so many."""
KILOMETRES = 111.0
"""Of one degree to the north."""
INSIDE = 0.8
"""The sides of a box lie nearer than the degrees say: meridians come together to the north."""
IN_TOWN, IN_REACH, FURTHER = 0.5, REACH / KILOMETRES / INSIDE, 13.5
"""Within so many degrees to the north and south it is looked: first about 55 km, then further, then everywhere."""
SPARE = 4
"""So many times as many as are wanted are measured; a flat map is right about which of them are near."""

Order: TypeAlias = "Sequence[str | Expression]"

Away: TypeAlias = tuple[float, int]
"""How many kilometres away an entry is, and its key."""
Measured: TypeAlias = tuple[float, int, int]
"""The same, and the number of its hours."""
Measure: TypeAlias = "Callable[[QuerySet[FinderEntry], Point, int | None], list[Measured]]"


def firsts(entries: QuerySet[FinderEntry], order: Order, open_now: OpenNow | None) -> list[int]:
    """The first services of some entries in an order: for each the key of its first entry that fits."""
    rows = entries.order_by(*order)
    if open_now:
        return open_now.first(_batches(rows), SHOWN)
    some = list(rows.values_list("service", "pk")[: SHOWN * SPARE])
    if len(some) == SHOWN * SPARE and len(dict(some)) < SHOWN:
        some = list(_one_of_each(entries, order).values_list("service", "pk")[:SHOWN])
    return _once(some)[:SHOWN]


def nearest(entries: QuerySet[FinderEntry], point: Point, open_now: OpenNow | None) -> list[Away]:
    """The nearest services of some entries with a point: for each the nearest of its places that fits."""
    if open_now is None:
        found = _nearest(entries, point, SHOWN, _measured_once, (IN_TOWN, IN_REACH, FURTHER))
        return [(away, key) for away, key, _hours in found]
    away_of: dict[int, float] = {}

    def unasked(found: Iterable[Measured]) -> list[Timed]:
        new = [(key, hours, far) for far, key, hours in found if key not in away_of]
        away_of.update((key, far) for key, _hours, far in new)
        return [(key, hours) for key, hours, _far in new]

    def batches() -> Iterator[list[Timed]]:
        in_reach, some = entries.filter(box(point, IN_REACH)), LOOKED_AT * SPARE
        measured = _measured(in_reach, point, some)
        within = _within_reach(measured)
        yield unasked(within[:LOOKED_AT])
        if len(within) < LOOKED_AT:
            yield unasked(_nearest(entries, point, LOOKED_AT, _measured, (FURTHER,)))
            return
        if len(measured) == some:
            within = _within_reach(_measured(in_reach, point, MOST_LOOKED_AT))
        yield unasked(within)

    return [(away_of[key], key) for key in open_now.first(batches(), SHOWN)]


def _within_reach(measured: Iterable[Measured]) -> list[Measured]:
    return [one for one in measured if one[0] <= REACH]


def _nearest(
    entries: QuerySet[FinderEntry], point: Point, enough: int, measure: Measure, reaches: Sequence[float]
) -> list[Measured]:
    """The nearest entries, looked for nearby first: in a city not all of Canada is measured."""
    found = (_in_box(entries, point, reach, enough, measure) for reach in reaches)
    return next((some for some in found if some), None) or measure(entries, point, None)[:enough]


def _in_box(
    entries: QuerySet[FinderEntry], point: Point, reach: float, enough: int, measure: Measure
) -> list[Measured]:
    """The nearest entries, if there are enough within so many degrees; none otherwise."""
    measured = measure(entries.filter(box(point, reach)), point, enough * SPARE)[:enough]
    # What is nearer than the sides of the box is nearer than all that is outside of it.
    is_enough = len(measured) == enough and measured[-1][0] <= reach * KILOMETRES * INSIDE
    return measured if is_enough else []


def _measured(entries: QuerySet[FinderEntry], point: Point, among: int | None) -> list[Measured]:
    """Entries by how far away they are.

    Where not all need to be measured on the globe, then only `among` so many that are the nearest on a flat map.
    """
    some = entries.order_by(Flat(point), "pk")[:among] if among else entries.order_by()
    return _by_distance(point, list(some.values_list("pk", "latitude", "longitude", "hours")))


def _measured_once(entries: QuerySet[FinderEntry], point: Point, among: int | None) -> list[Measured]:
    """The nearest entry of each service by how far away it is; `among` as with `_measured`."""
    order, names = (Flat(point), "pk"), ("service", "pk", "latitude", "longitude", "hours")
    # By their keys: which are the nearest stands in an index, and of which services they are does not.
    some = FinderEntry.objects.filter(pk__in=entries.order_by(*order).values("pk")[:among]) if among else entries
    rows = list(some.values_list(*names))
    services = len({service for service, *_rest in rows})
    if among and len(rows) == among and services * 2 < among:
        rows = list(_one_of_each(entries, order).values_list(*names)[:among])
    service_of = {key: service for service, key, *_rest in rows}
    measured = {one[1]: one for one in _by_distance(point, [row[1:] for row in rows])}
    return [measured[key] for key in _once((service_of[key], key) for key in measured)]


def _by_distance(point: Point, rows: Sequence[tuple[int, float | None, float | None, int]]) -> list[Measured]:
    """Entries, each with its key, its latitude and longitude and the number of its hours, by how far away they are."""
    away = kilometres_from(point, [(latitude or 0.0, longitude or 0.0) for _key, latitude, longitude, _hours in rows])
    return sorted((far, key, hours) for far, (key, _up, _along, hours) in zip(away, rows, strict=True))


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


def _batches(rows: QuerySet[FinderEntry]) -> Iterator[list[Timed]]:
    """The first rows in their order, read as far as they are needed."""
    first = list(rows.values_list("pk", "hours")[:LOOKED_AT])
    yield first
    if len(first) == LOOKED_AT:
        yield list(rows.values_list("pk", "hours")[LOOKED_AT:MOST_LOOKED_AT])


def box(point: Point, reach: float, prefix: str = "") -> Q:
    """That something is within so many degrees to the north and south, and about as far to the east and west."""
    wide = reach / max(cos(radians(point.latitude)), 0.05)
    upright, across = (point.latitude - reach, point.latitude + reach), (point.longitude - wide, point.longitude + wide)
    return Q(**{f"{prefix}latitude__range": upright, f"{prefix}longitude__range": across})


class Flat(Func):
    """How far an entry is from a point on a flat map, in degrees and squared.

    One expression instead of the ten that it could be put together from: a search asks for it up to a dozen times.
    """

    output_field = FloatField()

    def __init__(self, point: Point) -> None:
        super().__init__("latitude", "longitude")
        self.point = point

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_kept: object
    ) -> tuple[str, list[float]]:
        """The square of the way up, and of the way along: meridians come together to the north."""
        del connection
        up, along = (compiler.compile(one)[0] for one in self.get_source_expressions())
        latitude, longitude = self.point.latitude, self.point.longitude
        shorter = cos(radians(latitude)) ** 2
        words = f"(({up} - %s) * ({up} - %s) + ({along} - %s) * ({along} - %s) * %s)"
        return words, [latitude, latitude, longitude, longitude, shorter]
