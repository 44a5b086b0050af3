"""What a document may say of a place whose address nobody may find, and where else that address stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from palermo.protection.directory.hsds.json_values import Document, Json

SHOWN = frozenset({"id", "location_type", "is_confidential", "area", "area_fr", "languages", "accessibility"})
"""All that is said of a confidential place. A name, telephone, route or remark may tell where it is."""

TELLING = ("address_1", "address_2", "postal_code", "canadian_postal_code")
"""What of an address would be enough to find it."""

_SHORTEST = 4
"""Shorter pieces of an address, such as the number of a flat, stand in too many other texts to mean anything."""


def is_confidential(location: Mapping[str, Json]) -> bool:
    """Whether nobody may find where this place is."""
    return location.get("is_confidential") is True


def split(location: Mapping[str, Json]) -> tuple[Document, Document]:
    """What may be shown of a confidential place, and what has to be sealed."""
    shown = {name: said for name, said in location.items() if name in SHOWN}
    return shown, {name: said for name, said in location.items() if name not in SHOWN}


def telling(location: Mapping[str, Json]) -> frozenset[str]:
    """The pieces of its addresses that would tell where it is, as `plain` writes them."""
    addresses = location.get("addresses")
    found = set()
    for address in addresses if isinstance(addresses, list) else []:
        if isinstance(address, Mapping):
            found |= {plain(str(address.get(name) or "")) for name in TELLING}
    return frozenset(piece for piece in found if len(piece) >= _SHORTEST)


def given_away(said: Json, pieces: frozenset[str], path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where an entry says one of these pieces, however it is written."""
    if isinstance(said, Mapping):
        for name, one in said.items():
            yield from given_away(one, pieces, (*path, name))
    elif isinstance(said, list):
        for place, one in enumerate(said):
            yield from given_away(one, pieces, (*path, place))
    elif isinstance(said, str) and any(piece in plain(said) for piece in pieces):
        yield path


def plain(text: str) -> str:
    """A text without accents, capitals, spaces and signs, so that the same address reads the same."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))
