"""Where places are on the map, as far as it tells which house is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import floor
from typing import TypeAlias

from palermo.protection.directory.hsds.json_values import Json

POINT = ("latitude", "longitude")
At: TypeAlias = tuple[float, float]
"""Latitude and longitude."""

_NEAR = 0.0001
"""Degrees of latitude in about ten metres."""
_ROUNDED = 1e-9
"""What two numbers may differ by that were meant to be the same."""
_FINE, _FINE_IN_FRENCH = re.compile(r"\.\d{3}"), re.compile(r",\d{4}")
"""Two patterns that begin with a sign are found far quicker than one for either."""
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d+|,\d{4,})")
"""French has a comma there; with three digits behind it, it stands between thousands."""
_SIGN = re.compile(r"[.,]\d")
_FEW = 32
"""So many numbers are all looked at with each other. Among more, as in an outline, each two would make a point."""
_BESIDE = 3
"""In a longer row, so far may two numbers of one point stand apart: what a latitude was, and is, and a longitude."""
_BESIDES = (-1, 0, 1)
_AROUND = tuple(product(_BESIDES, repeat=2))
"""A cell and those beside it."""


def point_of(location: Mapping[str, Json]) -> At | None:
    """Where a place is on the map, to about a metre; None where it is not said, or nowhere on the globe."""
    point = said_point(location)
    return (round(point[0], 5), round(point[1], 5)) if point else None


def unchecked_point_of(location: Mapping[str, Json]) -> At | None:
    """The same of what was not looked at by its schema: there, numbers may be written as texts."""
    return point_of({name: _number(location.get(name)) for name in POINT})


def _number(said: Json) -> Json:
    """A number that is written as a text, whatever stands beside it; anything else as it is."""
    if not isinstance(said, str):
        return said
    try:
        return float(said)
    except ValueError:
        return next(iter(decimals_in(said)), None)


def said_point(location: Mapping[str, Json]) -> At | None:
    """The same as it is said."""
    latitude, longitude = (location.get(name) for name in POINT)
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def decimals_in(text: str) -> list[float]:
    """The numbers in a text that have decimals, whichever sign is before those."""
    return [float(one.replace(",", ".")) for one in _decimals_in(text)]


def _decimals_in(text: str) -> Iterator[str]:
    """What `_DECIMAL` finds, but looked for from its sign on: whole entries are full of digits, and of few signs."""
    end = 0
    for sign in _SIGN.finditer(text):
        first = sign.start()
        earliest = max(first - 3, end)
        while first > earliest and text[first - 1].isdecimal():
            first -= 1
        if found := _DECIMAL.match(text, first):
            end = found.end()
            yield found.group()


def halves_in(text: str) -> set[float]:
    """What in a text may be half of a point, as finely as tells a house. Any two of them may be looked at together."""
    return {number for number in decimals_in(text) if _is_fine(number) and number <= 180}


class Points:
    """Points of places, looked for all at once: what is no farther than about ten metres is the same.

    North and south, east and west are not told apart: people leave the sign out, or write a letter instead.
    """

    def __init__(self, points: Iterable[At | None] = ()) -> None:
        """As `point_of` gives them."""
        self._by_cell: dict[tuple[int, int], set[At]] = {}
        self._columns: dict[int, set[int]] = {}
        for point in points:
            self.add(point)

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._by_cell)

    def add(self, point: At | None) -> None:
        """Look for one more."""
        if point is not None:
            at = abs(point[0]), abs(point[1])
            row, column = _cell(at)
            self._by_cell.setdefault((row, column), set()).add(at)
            self._columns.setdefault(row, set()).add(column)

    def near(self, point: At | None) -> bool:
        """Whether one of them is there."""
        if point is None or not self._by_cell:
            return False
        at = abs(point[0]), abs(point[1])
        row, column = _cell(at)
        around = (self._by_cell.get((row + north, column + east), ()) for north, east in _AROUND)
        return any(_is_near(one, at) for some in around for one in some)

    def stand_in(self, text: str) -> bool:
        """Whether a text says one of them by two numbers, in either order."""
        return self._may_hold_halves(text) and self.are_among(decimals_in(text))

    def are_among(self, numbers: Sequence[float]) -> bool:
        """Whether two of some numbers, as `decimals_in` gives them and in their order, are one of them."""
        return self._may_be_among(numbers) and any(
            self.near((one, other)) or self.near((other, one))
            for one, other in _pairs(numbers)
            if _is_fine(one) or _is_fine(other)
        )

    def may_stand_in(self, text: str) -> bool:
        """Whether both halves of one stand anywhere in a text, however far apart. This is quick."""
        return self._may_hold_halves(text) and self._may_be_among(decimals_in(text))

    def _may_hold_halves(self, text: str) -> bool:
        return bool(self._by_cell and (_FINE.search(text) or _FINE_IN_FRENCH.search(text)))

    def _may_be_among(self, numbers: Sequence[float]) -> bool:
        rows = {floor(number / _NEAR) for number in numbers} if len(numbers) > 1 else set()
        return any(
            column + east in rows
            for row in rows
            for north in _BESIDES
            for column in self._columns.get(row + north, ())
            for east in _BESIDES
        )


def _pairs(numbers: Sequence[float]) -> Iterator[tuple[float, float]]:
    if len(numbers) <= _FEW:
        yield from combinations(numbers, 2)
    else:
        for apart in range(1, _BESIDE + 1):
            yield from zip(numbers, numbers[apart:], strict=False)


def _is_fine(number: float) -> bool:
    """Whether it has more than two decimals: a town has no more."""
    return round(number, 2) != number


def _cell(point: At) -> tuple[int, int]:
    return floor(point[0] / _NEAR), floor(point[1] / _NEAR)


def _is_near(one: At, other: At) -> bool:
    return all(abs(here - there) <= _NEAR + _ROUNDED for here, there in zip(one, other, strict=True))
