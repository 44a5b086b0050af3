"""Where places are on the map, as far as it tells which house is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise, product
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
_FINE = re.compile(r"\.\d{3}")
_DECIMAL = re.compile(r"\d{1,3}\.\d+")
_AROUND = tuple(product((-1, 0, 1), repeat=2))
"""A cell and those beside it."""


def point_of(location: Mapping[str, Json]) -> At | None:
    """Where a place is on the map, to about a metre; None where it is not said, or nowhere on the globe."""
    latitude, longitude = (location.get(name) for name in POINT)
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    return round(latitude, 5), round(longitude, 5)


class Points:
    """Points of places, looked for all at once: what is no farther than about ten metres is the same.

    North and south, east and west are not told apart: people leave the sign out, or write a letter instead.
    """

    def __init__(self, points: Iterable[At | None] = ()) -> None:
        """As `point_of` gives them."""
        self._by_cell: dict[tuple[int, int], set[At]] = {}
        for point in points:
            self.add(point)

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._by_cell)

    def add(self, point: At | None) -> None:
        """Look for one more."""
        if point is not None:
            at = abs(point[0]), abs(point[1])
            self._by_cell.setdefault(_cell(at), set()).add(at)

    def near(self, point: At | None) -> bool:
        """Whether one of them is there."""
        if point is None or not self._by_cell:
            return False
        at = abs(point[0]), abs(point[1])
        row, column = _cell(at)
        around = (self._by_cell.get((row + north, column + east), ()) for north, east in _AROUND)
        return any(_is_near(one, at) for some in around for one in some)

    def stand_in(self, text: str) -> bool:
        """Whether a text says one of them: two numbers after each other, in either order."""
        if not self._by_cell or not _FINE.search(text):
            return False
        numbers = [float(one) for one in _DECIMAL.findall(text)]
        return any(self.near((one, other)) or self.near((other, one)) for one, other in pairwise(numbers))


def _cell(point: At) -> tuple[int, int]:
    return floor(point[0] / _NEAR), floor(point[1] / _NEAR)


def _is_near(one: At, other: At) -> bool:
    return all(abs(here - there) <= _NEAR + _ROUNDED for here, there in zip(one, other, strict=True))
