"""Where places in Canada are, by name or postal code, without asking anybody outside.

Names come from GeoNames (`scripts/make_places.py`). Where forward sortation areas are, the first three characters of a
postal code, comes from the package `pypostalcode`.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import numpy as np
from pypostalcode import PostalCodeDatabase
from rapidfuzz import fuzz, process

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
_ALIKE = 80
"""From how alike, of 100, a name that no place bears is taken for one that a place does."""
_SHORTEST = 4
"""Letters from which on a name can be nearly another one."""
_OFFERED = 4
"""So many places are offered where it is not sure which one is meant."""
_PROVINCE_NAMES = {
    **{plain(name): short for name, short in PROVINCES.items()},
    **{short.lower(): short for short in PROVINCES.values()},
    **{
        "pei": "PE",
        "ipe": "PE",
        "cb": "BC",
        "nwt": "NT",
        "tno": "NT",
        "nfld": "NL",
        "tnl": "NL",
        "nouveaubrunswick": "NB",
    },
    **{"nouvelleecosse": "NS", "colombiebritannique": "BC", "ileduprinceedouard": "PE", "terreneuve": "NL"},
    **{"terreneuveetlabrador": "NL", "territoiresdunordouest": "NT", "quebec": "QC", "que": "QC", "ont": "ON"},
}
"""How provinces are written behind the name of a place, as `plain` writes it."""


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
    """The places that a name or postal code may mean, the likeliest first; none where nothing is like it.

    A province may be written behind the name. Places of that very name come first, then those that also bear it, and
    only where there is none, names that are nearly the same.
    """
    postal = _POSTAL.match(plain(said))
    if postal:
        area = _areas().get(postal[1])
        return [area] if area else []
    if exact := _names().get(plain(said)):
        return exact
    name, province = _apart(said)
    exact = [place for place in _names().get(name, []) if not province or place.province == province]
    if exact or len(name) < _SHORTEST or name in _PROVINCE_NAMES:
        return exact
    near = process.extract(name, _names().keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_OFFERED)
    alike = (place for words, _score, _at in near for place in _names()[words])
    return list(dict.fromkeys(place for place in alike if not province or place.province == province))[:_OFFERED]


def _apart(said: str) -> tuple[str, str]:
    """A name, as `plain` writes it, and the province that is written behind it, if one is."""
    words = [plain(word) for word in re.split(r"[\s,()]+", said) if plain(word)]
    for count in (4, 3, 2, 1):
        province = _PROVINCE_NAMES.get("".join(words[-count:])) if len(words) > count else None
        if province:
            return "".join(words[:-count]), province
    return "".join(words), ""


def kilometres(one: Point, other: Point) -> float:
    """The distance along the surface (haversine formula)."""
    up = sin(radians(other.latitude - one.latitude) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(up + cos(radians(one.latitude)) * cos(radians(other.latitude)) * along))


def zone_at(point: Point) -> str:
    """The IANA time zone of a point in Canada: that of the nearest place of the gazetteer."""
    return _zone_near(round(point.latitude, 1), round(point.longitude, 1))


@lru_cache(maxsize=20_000)
def _zone_near(latitude: float, longitude: float) -> str:
    points, zones = _zones()
    away = points - (latitude, longitude)
    away[:, 1] *= cos(radians(latitude))
    return zones[int(np.argmin((away**2).sum(axis=1)))]


@cache
def zone_of(province: str) -> str:
    """The IANA time zone that most people of a province or territory live in; empty where it is none of them."""
    people: dict[str, int] = {}
    for row in _rows():
        if row["province"] == province:
            people[row["zone"]] = people.get(row["zone"], 0) + int(row["population"])
    return max(people, key=lambda zone: people[zone], default="")


@cache
def _zones() -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], list[str]]:
    """The points of all places, a row each in degrees, and their time zones."""
    points = np.array([[float(row["latitude"]), float(row["longitude"])] for row in _rows()])
    return points, [row["zone"] for row in _rows()]


@cache
def _rows() -> list[dict[str, str]]:
    with _GAZETTEER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
    """The places of each name, as `plain` writes it: the largest of each province, those with the very name first."""
    own: list[tuple[str, Place, int]] = []
    also: list[tuple[str, Place, int]] = []
    for row in _rows():
        point = Point(float(row["latitude"]), float(row["longitude"]))
        place, people = Place(row["name"], row["province"], point), int(row["population"])
        own.append((plain(row["name"]), place, people))
        also += [(plain(name), place, people) for name in row["others"].split("|") if plain(name)]
    found: dict[str, dict[str, Place]] = {}
    for rows in (own, also):
        for name, place, _people in sorted(rows, key=lambda row: -row[2]):
            found.setdefault(name, {}).setdefault(place.province, place)
    return {name: list(places.values()) for name, places in found.items()}
