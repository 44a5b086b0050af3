"""The first services of what the finder knows, in an order or by how near they are: one entry of each.

Of those about as near, what nobody has confirmed for long comes last, also where only the first are looked at: else ten
dead numbers in the next street hide the one across the city that answers.

Entries are looked through, and services are what is promised. Where one service has hundreds of places, or hundreds are
closed, more entries are read; how often at most is the same for few and for many.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import NamedTuple, TypeAlias
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
STEPS = (25, 50, 100, 200, REACH + 1, 400, 800, 1_600, 3_200, 6_400)
"""Kilometres at which a step ends, on which it hardly matters who is nearer: from 25 on, what is twice as far is a step
further, and so is what is no longer near."""
LOOKED_AT, MOST_LOOKED_AT = 150, 3_000
"""So many of the first entries are looked at for those that are open now; where they are not enough, so many."""
KILOMETRES = 111.0
"""Of one degree to the north."""
INSIDE = 0.8
"""The sides of a box lie nearer than the degrees say: meridians come together to the north."""
IN_TOWN, IN_REACH, FURTHER = (end / KILOMETRES / INSIDE for end in (50, REACH + 1, 1_600))
"""Within so many degrees to the north and south it is looked: so that some steps are looked through whole, first those
of a town, then all that are near, then further ones, then everywhere."""
SPARE = 4
"""So many times as many as are wanted are measured; a flat map is right about which of them are near."""

_MEASURED = ("pk", "latitude", "longitude", "hours", "confirmed_on")

Order: TypeAlias = "Sequence[str | Expression]"

Away: TypeAlias = tuple[float, int]
"""How many kilometres away an entry is, and its key."""


@dataclass(frozen=True)
class Asked:
    """From where somebody asks, and since when a service must have been confirmed for it to be certain."""

    point: Point
    since: date


class Measured(NamedTuple):
    """An entry in the order in which it is read: by its step, and there what is certain first, then by distance."""

    step: int
    is_uncertain: bool
    away: float
    key: int
    hours: int


Measure: TypeAlias = "Callable[[QuerySet[FinderEntry], Asked, int | None], list[Measured]]"


def is_uncertain(confirmed_on: date | None, since: date) -> bool:
    """Whether nobody has confirmed it for long."""
    return confirmed_on is None or confirmed_on < since


def step(kilometres: float) -> int:
    """On which step something stands that is so far away."""
    return bisect_right(STEPS, round(kilometres))


def firsts(entries: QuerySet[FinderEntry], order: Order, open_now: OpenNow | None) -> list[int]:
    """The first services of some entries in an order, or more than are shown: for each the key of its first entry."""
    rows = entries.order_by(*order)
    if open_now:
        return open_now.first(_batches(rows), SHOWN)
    some = list(rows.values_list("service", "pk")[: SHOWN * SPARE])
    if len(some) == SHOWN * SPARE and len(dict(some)) < SHOWN:
        some = list(_one_of_each(entries, order).values_list("service", "pk")[: SHOWN * SPARE])
    return _once(some)


def nearest(entries: QuerySet[FinderEntry], asked: Asked, open_now: OpenNow | None) -> list[Away]:
    """The first services of some entries with a point, by steps: for each the nearest of its places that fits."""
    if open_now is None:
        found = _nearest(entries, asked, SHOWN, _measured_once, (IN_TOWN, IN_REACH, FURTHER))
        return [(one.away, one.key) for one in found]
    away_of: dict[int, float] = {}

    def unasked(found: Iterable[Measured]) -> list[Timed]:
        new = [one for one in found if one.key not in away_of]
        away_of.update((one.key, one.away) for one in new)
        return [(one.key, one.hours) for one in new]

    def batches() -> Iterator[list[Timed]]:
        in_reach, some = entries.filter(box(asked.point, IN_REACH)), LOOKED_AT * SPARE
        measured = _measured(in_reach, asked, some)
        within = _within_reach(measured)
        yield unasked(within[:LOOKED_AT])
        if len(within) < LOOKED_AT:
            yield unasked(_nearest(entries, asked, LOOKED_AT, _measured, (FURTHER,)))
            return
        if len(measured) == some:
            within = _within_reach(_measured(in_reach, asked, MOST_LOOKED_AT))
        yield unasked(within)

    return [(away_of[key], key) for key in open_now.first(batches(), SHOWN)[:SHOWN]]


def _within_reach(measured: Iterable[Measured]) -> list[Measured]:
    return [one for one in measured if one.away <= REACH]


def _nearest(
    entries: QuerySet[FinderEntry], asked: Asked, enough: int, measure: Measure, reaches: Sequence[float]
) -> list[Measured]:
    """The first entries, looked for nearby first: in a city not all of Canada is measured."""
    found = (_in_box(entries, asked, reach, enough, measure) for reach in reaches)
    return next((some for some in found if some), None) or measure(entries, asked, None)[:enough]


def _in_box(
    entries: QuerySet[FinderEntry], asked: Asked, reach: float, enough: int, measure: Measure
) -> list[Measured]:
    """The first entries, if there are enough within so many degrees; none otherwise."""
    measured = measure(entries.filter(box(asked.point, reach)), asked, enough * SPARE)[:enough]
    # What is nearer than the sides of the box is nearer than all that is outside of it.
    is_enough = len(measured) == enough and STEPS[measured[-1].step] <= round(reach * KILOMETRES * INSIDE)
    return measured if is_enough else []


def _measured(entries: QuerySet[FinderEntry], asked: Asked, among: int | None) -> list[Measured]:
    """Entries in their order.

    Where not all need to be measured on the globe, then only `among` so many that are the first on a flat map.
    """
    some = entries.order_by(*by_steps(asked))[:among] if among else entries.order_by()
    return _in_order(asked, list(some.values_list(*_MEASURED)))


def _measured_once(entries: QuerySet[FinderEntry], asked: Asked, among: int | None) -> list[Measured]:
    """The first entry of each service in their order; `among` as with `_measured`."""
    order, names = by_steps(asked), ("service", *_MEASURED)
    # By their keys: which are the nearest stands in an index, and of which services they are does not.
    some = FinderEntry.objects.filter(pk__in=entries.order_by(*order).values("pk")[:among]) if among else entries
    rows = list(some.values_list(*names))
    services = len({service for service, *_rest in rows})
    if among and len(rows) == among and services * 2 < among:
        rows = list(_one_of_each(entries, order).values_list(*names)[:among])
    service_of = {key: service for service, key, *_rest in rows}
    measured = {one.key: one for one in _in_order(asked, [row[1:] for row in rows])}
    return [measured[key] for key in _once((service_of[key], key) for key in measured)]


def _in_order(asked: Asked, rows: Sequence[tuple[int, float | None, float | None, int, date | None]]) -> list[Measured]:
    """Entries, each with what `_MEASURED` names, in their order."""
    away = kilometres_from(asked.point, [(latitude or 0.0, longitude or 0.0) for _key, latitude, longitude, *_ in rows])
    return sorted(
        Measured(step(far), is_uncertain(confirmed_on, asked.since), far, key, hours)
        for far, (key, _up, _along, hours, confirmed_on) in zip(away, rows, strict=True)
    )


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


def by_steps(asked: Asked) -> Order:
    """The order of `Measured` on a flat map."""
    return Sunk(asked), "pk"


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


class Sunk(Func):
    """The same where it was confirmed lately; what was not stands at the end of its step, the nearest of it first."""

    output_field = FloatField()

    def __init__(self, asked: Asked) -> None:
        super().__init__(Flat(asked.point), "confirmed_on")
        self.since = asked.since

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_kept: object
    ) -> tuple[str, list[str | float]]:
        """In degrees and squared as well; a step ends half a kilometre before its number, since those are rounded."""
        del connection
        (flat, point), (day, _none) = (compiler.compile(one) for one in self.get_source_expressions())
        ends = [((end - 0.5) / KILOMETRES) ** 2 for end in STEPS]
        steps = " ".join(f"WHEN {flat} < {end!r} THEN {end!r}" for end in ends)
        # The way itself counts for so little there that it only tells apart what stands at the same end.
        sunk = f"CASE {steps} ELSE {4 * ends[-1]!r} END + {flat} * 0.000001"
        words = f"CASE WHEN {day} >= %s THEN {flat} ELSE {sunk} END"
        return words, [self.since.isoformat(), *list(point) * (2 + len(ends))]
