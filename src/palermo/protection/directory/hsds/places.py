"""Where places in Canada are, by name or postal code, without asking anybody outside.

Names come from GeoNames (`scripts/make_places.py`). Where forward sortation areas are, the first three characters of a
postal code, comes from the package `pypostalcode`.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from pypostalcode import PostalCodeDatabase
from rapidfuzz import process

from palermo.protection.directory.hsds.confidential import plain

PROVINCES = {
    "Alberta": "AB", "British Columbia": "BC", "Manitoba": "MB", "New Brunswick": "NB", "Newfoundland": "NL",
    "Newfoundland and Labrador": "NL", "Northwest Territories": "NT", "Northwest Territory": "NT", "Nova Scotia": "NS",
    "Nunavut": "NU", "Nunavut Territory": "NU", "Ontario": "ON", "Prince Edward Island": "PE", "Quebec": "QC",
    "Québec": "QC", "Saskatchewan": "SK", "Yukon": "YT",
}  # fmt: skip
"""What the package calls provinces and territories, and their postal abbreviations."""

EARTH_KM = 6371.0
_POSTAL = re.compile(r"^([abceghjklmnprstvxy]\d[abceghjklmnprstvwxyz])(?:\d[abceghjklmnprstvwxyz]\d)?$")
_GAZETTEER = Path(__file__).resolve().parents[1] / "data" / "places.csv"
_ALIKE = 84
"""From how alike, of 100, a name that nobody bears is taken for one that somebody does."""


@dataclass(frozen=True)
class Point:
    """A point on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Place:
    """A place that somebody may have meant: its name, its province's abbreviation, and where it is."""

    name: str
    province: str
    point: Point

    @property
    def label(self) -> str:
        """Its name with the province, which tells places of one name apart."""
        return f"{self.name} ({self.province})" if self.province else self.name


def found(said: str) -> list[Place]:
    """The places that a name or postal code may mean, one for each province; none where nothing is like it."""
    words = plain(said)
    postal = _POSTAL.match(words)
    if postal:
        area = _areas().get(postal[1])
        return [area] if area else []
    names = _names()
    if words in names:
        return names[words]
    near = process.extractOne(words, names.keys(), score_cutoff=_ALIKE) if words else None
    return names[near[0]] if near else []


def kilometres(one: Point, other: Point) -> float:
    """The distance along the surface (haversine formula)."""
    up = sin(radians(other.latitude - one.latitude) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(up + cos(radians(one.latitude)) * cos(radians(other.latitude)) * along))


@cache
def _areas() -> dict[str, Place]:
    """Each forward sortation area by its three characters in small letters."""
    rows = PostalCodeDatabase().conn_manager.query("SELECT fsa, province, latitude, longitude FROM PostalCodes")
    return {
        area.lower(): Place(area, PROVINCES.get(province, ""), Point(latitude, longitude))
        for area, province, latitude, longitude in rows
    }


@cache
def _names() -> dict[str, list[Place]]:
    """The places that bear each name, as `plain` writes it, the largest of each province, and the largest first."""
    rows: list[tuple[int, set[str], Place]] = []
    with _GAZETTEER.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            point = Point(float(row["latitude"]), float(row["longitude"]))
            names = {plain(name) for name in [row["name"], *row["others"].split("|")]} - {""}
            rows.append((int(row["population"]), names, Place(row["name"], row["province"], point)))
    found: dict[str, dict[str, Place]] = {}
    for _population, names, place in sorted(rows, key=lambda each: -each[0]):
        for name in names:
            found.setdefault(name, {}).setdefault(place.province, place)
    return {name: list(places.values()) for name, places in found.items()}
