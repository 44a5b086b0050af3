"""Where a place itself is: by its own addresses and its point alone, and by nothing that its words mention."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from palermo.protection.directory.hsds import addresses
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.points import At, unchecked_point_of
from palermo.protection.directory.hsds.street_forms import is_street


@dataclass(frozen=True)
class OwnPlace:
    """What tells where a place itself is.

    Attributes:
        pieces: of its addresses, as `addresses.telling` has them, those that are surely a house or a postal code.
        point: on the map, where it is said finely enough to mean a house; none otherwise.
    """

    pieces: frozenset[str] = frozenset()
    point: At | None = None

    def __bool__(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.pieces or self.point)


def own_place(location: Mapping[str, Json]) -> OwnPlace:
    """Where a place itself is, as it says."""
    point = unchecked_point_of(location)
    is_fine = point is not None and any(round(half, 3) != half for half in point)
    return OwnPlace(frozenset(filter(is_street, _pieces(location))), point if is_fine else None)


def _pieces(location: Mapping[str, Json]) -> Iterator[str]:
    said = location.get("addresses")
    for address in said if isinstance(said, list) else ():
        if isinstance(address, Mapping):
            yield from addresses.telling(address)
            yield from addresses.buildings(address)
