"""Where places in Canada are, by name or postal code, without asking anybody outside.

Names come from GeoNames (`scripts/make_places.py`), and other names of well-known places from a short list that is
written by hand (`data/places_by_hand.csv`). Where forward sortation areas are, the first three characters of a postal
code, comes from the package `pypostalcode`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import numpy as np
from pypostalcode import PostalCodeDatabase
from rapidfuzz import fuzz, process

from palermo.protection.directory.hsds import postal
from palermo.protection.directory.hsds.confidential import plain
from palermo.protection.directory.hsds.provinces import BY_NAME, province_of

EARTH_KM = 6371.0
_DATA = Path(__file__).resolve().parents[1] / "data"
_SHORTENED = (("saint ", r"\bst\b\.?(?=[\s-]?[^\W_])"), ("sainte ", r"\bste\b\.?(?=[\s-]?[^\W_])"),
              ("mount ", r"\bmt\b\.?(?=\s?[^\W_])"), ("fort ", r"\bft\b\.?(?=\s?[^\W_])"))  # fmt: skip
"""Words in full, and the short forms of them that stand before another word."""
_COUNTRY = "canada"
_BESIDE = re.compile(r"[/–-]")
"""What stands between two places that are named together, as in “Ottawa-Gatineau”, or within the name of one."""
_ALIKE = 80
"""From how alike, of 100, a name that no place bears may be meant for one that a place does."""
_SHORTEST = 4
"""Letters from which on a name can be nearly another one."""
_OFFERED = 4
"""So many places are offered where it is not sure which one is meant."""
_MOST_WORDS = 20
"""Words of what somebody writes that are looked at; the finder takes no more characters than as many words have."""
_NORTHWARD, _EASTWARD = (41.6, 83.2), (-141.1, -52.5)
"""From where to where Canada lies, in degrees; the area of Santa Claus is at the North Pole."""


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
    is_wide: bool = False
    """Whether it is the area of a rural postal code: its point may be hundreds of kilometres from who wrote it."""

    @property
    def label(self) -> str:
        """Its name with the province, which tells places of one name apart."""
        return f"{self.name} ({self.province})" if self.province else self.name


def found(said: str) -> list[Place]:
    """The places that bear a name, the likeliest first, or where a postal code is; none where no place bears it.

    A province and “Canada” may be written behind the name. A postal code anywhere in the text says more than the name,
    except a rural one, which says little more than the province. Places of that very name come first, then those that
    also bear it.
    """
    area, said = postal.apart(said, _areas().__contains__)
    if area:
        return _found_beside(_areas()[area], said)
    if exact := _names().get(_key(said)):
        return exact
    name, province = _apart(said)
    return [place for place in _names().get(name, []) if not province or place.province == province]


def _found_beside(area: Place, said: str) -> list[Place]:
    """Where the area of a postal code is, or the places in its province that the text beside a rural code names."""
    if not area.is_wide:
        return [area]
    name, *parts = (
        [place for place in _names().get(key, []) if place.province == area.province]
        for key in (_apart(said)[0], *_parts(said))
    )
    # A part of the text may be the name of a street.
    return name or list(dict.fromkeys([*(place for part in parts for place in part), area]))[:_OFFERED]


def nearly(said: str) -> list[Place]:
    """The places that somebody may have meant by a name that none bears, to be asked about; the likeliest first.

    Those are the ones of that name in another province, those whose name begins with these words, those whose name is
    a part of the text, and those whose name is written nearly so. Three letters may be a postal code with an O for a
    zero.
    """
    _area, said = postal.apart(said, _areas().__contains__)
    if area := postal.perhaps(said, _areas().__contains__):
        return [_areas()[area]]
    name, province = _apart(said)
    if len(name) < _SHORTEST or name in {*BY_NAME, _COUNTRY}:
        return []
    close = process.extract(name, _names().keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=2 * _OFFERED)
    alike = [place for words, _score, _at in close for place in _names()[words]]
    parts = [*_parts(said), *_parts(_BESIDE.sub(" ", said))]
    within = [place for part in parts for place in _names().get(part, [])]
    hints = [*_begun().get(name, []), *within, *alike]
    # A part of a text in another province is no hint, while a name that is wholly known there is one.
    meant = [*_names().get(name, []), *(one for one in hints if not province or one.province == province)]
    return list(dict.fromkeys(meant))[:_OFFERED]


@lru_cache(maxsize=20_000)
def about(said: str, province: str) -> Point | None:
    """About where an area is that words describe: at a place of the province that they name, if they name one."""
    named = (place for part in _parts(said) for place in _names().get(part, []))
    return next((place.point for place in named if place.province == province), None)


def is_province(said: str) -> bool:
    """Whether a text is the name of a province and of nothing smaller."""
    words = _words(said)
    words = words[:-1] if len(words) > 1 and words[-1] == _COUNTRY else words
    return "".join(words) in BY_NAME and not found(said)


def _parts(said: str) -> list[str]:
    """The words of a text that are next to each other, as names are looked for: the longest first, then the last."""
    words = _words(said)
    spans = [(first, last) for last in range(len(words), 0, -1) for first in range(last)]
    parts = ["".join(words[first:last]) for first, last in sorted(spans, key=lambda span: span[0] - span[1])]
    return [part for part in parts if len(part) >= _SHORTEST and part not in {*BY_NAME, _COUNTRY}]


def _apart(said: str) -> tuple[str, str]:
    """A name, as it is looked for, and the province that is written behind it, if one is."""
    words = _words(said)
    if len(words) > 1 and words[-1] == _COUNTRY:
        words.pop()
    for count in (4, 3, 2, 1):
        province = BY_NAME.get("".join(words[-count:])) if len(words) > count else None
        if province:
            return "".join(words[:-count]), province
    return "".join(words), ""


def _words(said: str) -> list[str]:
    return [plain(word) for word in re.split(r"[\s,()]+", _in_full(said)) if plain(word)][:_MOST_WORDS]


def _key(name: str) -> str:
    """A name as it is looked for."""
    return plain(_in_full(name))


def _in_full(name: str) -> str:
    """A name without the short forms that maps and people do not agree on, such as “St.” for “Saint”."""
    for word, short in _SHORTENED:
        name = re.sub(short, word, name, flags=re.IGNORECASE)
    return name


def kilometres(one: Point, other: Point) -> float:
    """The distance along the surface (haversine formula)."""
    up = sin(radians(other.latitude - one.latitude) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(up + cos(radians(one.latitude)) * cos(radians(other.latitude)) * along))


def kilometres_from(one: Point, others: Sequence[tuple[float, float]]) -> list[float]:
    """The distances of many points, each its latitude and longitude, as `kilometres` has them."""
    north, east = np.radians(np.array(others, dtype=np.float64).reshape(-1, 2)).T
    here = radians(one.latitude)
    up, along = np.sin((north - here) / 2) ** 2, np.sin((east - radians(one.longitude)) / 2) ** 2
    half = up + cos(here) * np.cos(north) * along
    away: list[float] = (2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1)))).tolist()
    return away


def zone_at(point: Point, province: str = "") -> str:
    """The IANA time zone of a point in Canada: that of the nearest place that is known.

    Clocks change at the borders of provinces, and the nearest place may lie beyond one.

    Args:
        point: where it is.
        province: the one it lies in; where nobody knows it, the nearest place may lie in any.
    """
    digits = 2 if province else 1
    return _zone_near(round(point.latitude, digits), round(point.longitude, digits), province)


@lru_cache(maxsize=100_000)
def _zone_near(latitude: float, longitude: float, province: str) -> str:
    (north, east), zones = _zones(province)
    up, right = north - latitude, (east - longitude) * cos(radians(latitude))
    return zones[int(np.argmin(up * up + right * right))]


@cache
def zone_of(province: str) -> str:
    """The IANA time zone that most people of a province or territory live in; empty where it is none of them."""
    people: dict[str, int] = {}
    for row in _rows():
        if row["province"] == province:
            people[row["zone"]] = people.get(row["zone"], 0) + int(row["population"])
    return max(people, key=lambda zone: people[zone], default="")


@cache
def _zones(province: str) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], list[str]]:
    """The latitudes and the longitudes of all places of a province, or of all, in degrees, and their time zones."""
    known = [(point, row) for point, row in _by_hand_with_points() if row["zone"]]
    known += [(_point(row), row) for row in _rows()]
    inside = [(point, row["zone"]) for point, row in known if province in ("", row["province"])]
    points = np.array([[point.latitude for point, _ in inside], [point.longitude for point, _ in inside]])
    return points, [zone for _, zone in inside]


@cache
def _rows() -> list[dict[str, str]]:
    return _read("places.csv")


def _read(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _areas() -> dict[str, Place]:
    """Each forward sortation area in Canada by its three characters in small letters."""
    rows = PostalCodeDatabase().conn_manager.query("SELECT fsa, province, latitude, longitude FROM PostalCodes")
    return {
        area.lower(): Place(area, province_of(province), Point(latitude, longitude), postal.is_rural(area))
        for area, province, latitude, longitude in rows
        if _NORTHWARD[0] <= latitude <= _NORTHWARD[1] and _EASTWARD[0] <= longitude <= _EASTWARD[1]
    }


@cache
def _names() -> dict[str, list[Place]]:
    """The places of each name, as it is looked for: one of each province, those with the very name first."""
    found: dict[str, dict[str, Place]] = {}
    for name, place in (*_own_names(), *_other_names()):
        found.setdefault(_key(name), {}).setdefault(place.province, place)
    return {name: list(places.values()) for name, places in found.items() if name}


@cache
def _begun() -> dict[str, list[Place]]:
    """The places whose name has more words than these, with which it begins, as they are looked for."""
    found: dict[str, dict[str, Place]] = {}
    for name, place in _own_names():
        words = [word for part in re.split(r"[\s,()–-]+", _in_full(name)) if (word := plain(part))]
        for count in range(1, len(words)):
            found.setdefault("".join(words[:count]), {}).setdefault(place.label, place)
    return {words: list(places.values()) for words, places in found.items()}


@cache
def _own_names() -> list[tuple[str, Place]]:
    """The names of places, each with its place.

    Those that are listed by hand are well known and come before all others, which come by their size.
    """
    return [*_by_hand(), *((row["name"], _place(row)) for row in _by_size())]


def _other_names() -> Iterator[tuple[str, Place]]:
    """The names that places of the gazetteer also bear, each with its place, by their size."""
    return ((name, _place(row)) for row in _by_size() for name in row["others"].split("|"))


def _by_size() -> list[dict[str, str]]:
    return sorted(_rows(), key=lambda row: -int(row["population"]))


def _by_hand() -> list[tuple[str, Place]]:
    """The names that the gazetteer lacks, each with its place."""
    found: list[tuple[str, Place]] = []
    for point, row in _by_hand_with_points():
        place = Place(row["name"], row["province"], point)
        found += [(name, place) for name in (row["name"], *row["others"].split("|")) if name]
    return found


def _by_hand_with_points() -> list[tuple[Point, dict[str, str]]]:
    """The rows that are written by hand: each is where a place of the gazetteer is, or has a point."""
    known = {(row["name"], row["province"]): row for row in _rows()}
    rows = _read("places_by_hand.csv")
    return [(_point(known[row["place"], row["province"]] if row["place"] else row), row) for row in rows]


def _place(row: dict[str, str]) -> Place:
    return Place(row["name"], row["province"], _point(row))


def _point(row: dict[str, str]) -> Point:
    return Point(float(row["latitude"]), float(row["longitude"]))
