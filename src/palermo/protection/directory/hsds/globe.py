"""Points on a ball of radius 1 around the middle of the earth, between which distances are compared by plain sums.

Every database adds, multiplies and compares alike; not every one knows a sine.
"""

from __future__ import annotations

from math import cos, pi, radians, sin
from typing import NamedTuple

from palermo.protection.directory.hsds.places import EARTH_KM, Point

_RADIUS = EARTH_KM * 1000
"""Metres."""


class Spot(NamedTuple):
    """A point on the ball: towards the Gulf of Guinea, towards the Indian Ocean, and towards the north."""

    x: float
    y: float
    z: float


def spot_of(point: Point) -> Spot:
    """Where a point of the map is on the ball."""
    up, along = radians(point.latitude), radians(point.longitude)
    return Spot(cos(up) * cos(along), cos(up) * sin(along), sin(up))


def chord(metres: float) -> float:
    """How far apart straight through the ball two spots are that are so far apart along the surface; 2 at most."""
    return 2 * sin(min(metres / _RADIUS, pi) / 2)
