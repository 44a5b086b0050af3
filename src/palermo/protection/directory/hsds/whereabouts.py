"""About where a place is that tells its address and no point: as most sheets do, and whoever types an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from palermo.protection.directory.hsds import places
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.places import Point
from palermo.protection.directory.hsds.provinces import province_of


def province_said(location: Document) -> str:
    """The province where a place stands, if it says one; that of a confidential place is told."""
    first = next(_addresses(location), {})
    return province_of(str(location.get("province") or first.get("state_province") or ""))


def about_address(location: Document) -> Point | None:
    """The middle of the area of its postal code, or else of its town; None where neither is known."""
    for one in _addresses(location):
        if one.get("address_type") == "physical":
            city, code = (str(one.get(name) or "") for name in ("city", "postal_code"))
            return _about(city, code, province_of(str(one.get("state_province") or "")) or province_said(location))
    return None


@lru_cache(maxsize=20_000)
def _about(city: str, code: str, province: str) -> Point | None:
    """Its code first, then its town alone: a code of another province is mistyped, and a rural one says too little.

    A town that may be in several provinces is in none of them.
    """
    for said in (f"{city}, {province} {code}", f"{city}, {province}" if province else ""):
        found = [place for place in places.found(said) if not place.is_wide and province in ("", place.province)]
        if len({place.province for place in found}) == 1:
            return found[0].point
    return places.about(city, province)


def _addresses(location: Document) -> Iterator[Mapping[str, Json]]:
    said = location.get("addresses")
    yield from (one for one in (said if isinstance(said, list) else []) if isinstance(one, Mapping))
