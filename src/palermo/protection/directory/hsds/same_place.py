"""Whether two places at which one service is given are the same, and which of two entries of it tells more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from palermo.protection.directory.hsds.confidential import is_confidential, plain, point_of
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.places import Point, kilometres

SAME_KM = 0.25
"""Two points are no further apart that two sources give for one house, as in `likeness_model`."""
_RURAL = "0"
"""The second character of postal codes that whole regions share (Canada Post)."""
_HOUSE = re.compile(r"[0-9]+")


@dataclass(frozen=True, eq=False)
class Visit:
    """That a service is given at a place: by which entry of the service, what is said of it there, and the place."""

    entry: str
    said: Mapping[str, Json]
    place: Mapping[str, Json]


def is_same_place(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    """Whether two places are the same, as far as their entries tell; where they tell nothing they are two.

    Of confidential places no more is looked at than everybody may know: those in one area are taken for the same.
    """
    if one.get("id") == other.get("id"):
        return True
    if one.get("location_type") != other.get("location_type") or is_confidential(one) != is_confidential(other):
        return False
    if is_confidential(one):
        return all(_agree(one, other, name) for name in ("province", "area", "area_fr"))
    if one.get("location_type") != "physical" and not _houses(one) and not _houses(other):
        return plain(str(one.get("url") or "")) == plain(str(other.get("url") or ""))
    return _is_near(one, other) or not _houses(one).isdisjoint(_houses(other))


def _agree(one: Mapping[str, Json], other: Mapping[str, Json], name: str) -> bool:
    """Whether two places do not say two different things."""
    said = [plain(str(each[name])) for each in (one, other) if each.get(name)]
    return len(set(said)) < 2


def _is_near(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    here, there = point_of(one), point_of(other)
    return here is not None and there is not None and kilometres(Point(*here), Point(*there)) <= SAME_KM


def _houses(place: Mapping[str, Json]) -> frozenset[str]:
    """By which its addresses are known: a postal code of its own, or else the number of the house there.

    Where there is no postal code, it is the street and the town.
    """
    addresses = place.get("addresses")
    found = (_house(one) for one in (addresses if isinstance(addresses, list) else ()) if isinstance(one, Mapping))
    return frozenset(one for one in found if one)


def _house(address: Mapping[str, Json]) -> str:
    code, street, town = (plain(str(address.get(name) or "")) for name in ("postal_code", "address_1", "city"))
    if len(code) > 1 and code[1] != _RURAL:
        return code
    number = _HOUSE.search(str(address.get("address_1") or ""))
    if code and number:
        return f"{code} {number[0]}"
    return f"{street} {town}" if street and town else ""


def tells(one: Visit) -> frozenset[str]:
    """What helps to get there that is told: where it is on the map, its hours, its telephones."""
    found = {name for name in ("schedules", "phones") if one.said.get(name) or one.place.get(name)}
    is_on_the_map = point_of(one.place) is not None and not is_confidential(one.place)
    return frozenset(found | ({"point"} if is_on_the_map else set()))


def shown(visits: Sequence[Visit]) -> list[Visit]:
    """Those of some services at places that are shown: of what several entries tell of one place, one.

    That is the first, unless another one tells all that it does, and more. What one entry tells apart stays apart.
    """
    found: list[Visit] = []
    for one in visits:
        same = next((each for each in found if each.entry != one.entry and is_same_place(each.place, one.place)), None)
        if same is None:
            found.append(one)
        elif tells(same) < tells(one):
            found[found.index(same)] = one
    return found
