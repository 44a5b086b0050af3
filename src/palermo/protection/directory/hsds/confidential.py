"""What a document may say of a place whose address nobody may find, and where else that address stands."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping

from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.profile import PROVINCES

SHOWN = frozenset(
    {"id", "location_type", "is_confidential", "area", "area_fr", "province", "languages", "accessibility"}
)
"""All that is said of a confidential place. A name, telephone, route or remark may tell where it is."""

TELLING = ("address_1", "address_2", "postal_code", "canadian_postal_code")
"""What of an address would be enough to find it."""

_SHORTEST = 4
"""Shorter pieces of an address, such as the number of a flat, stand in too many other texts to mean anything."""


def is_confidential(location: Mapping[str, Json]) -> bool:
    """Whether nobody may find where this place is. What is no clear no counts as yes."""
    return location.get("is_confidential") not in (None, False)


def split(location: Mapping[str, Json]) -> tuple[Document, Document]:
    """What may be shown of a confidential place, its province included, and what has to be sealed."""
    shown = {name: said for name, said in location.items() if name in SHOWN}
    provinces = [address.get("state_province") for address in _addresses(location)]
    if "province" not in shown and provinces and provinces[0] in PROVINCES:
        shown["province"] = provinces[0]
    return shown, {name: said for name, said in location.items() if name not in SHOWN}


def telling(location: Mapping[str, Json]) -> frozenset[str]:
    """The pieces of its addresses that would tell where it is, as `plain` writes them.

    A word alone, such as “confidential” in place of an address, tells nothing.
    """
    said = [str(address.get(name) or "").strip() for address in _addresses(location) for name in TELLING]
    pieces = (plain(text) for text in said if any(letter.isdigit() for letter in text) or " " in text)
    return frozenset(piece for piece in pieces if len(piece) >= _SHORTEST)


def _addresses(location: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    said = location.get("addresses")
    return [address for address in (said if isinstance(said, list) else []) if isinstance(address, Mapping)]


def given_away(said: Mapping[str, Json], pieces: frozenset[str]) -> list[tuple[str | int, ...]]:
    """Where an entry says one of these pieces, however it is written."""
    whole = plain(json.dumps(said, ensure_ascii=False)) if pieces else ""
    if not any(piece in whole for piece in pieces):
        return []
    return list(_places(said, pieces, ()))


def _places(said: Json, pieces: frozenset[str], path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(said, Mapping):
        for name, one in said.items():
            yield from _places(one, pieces, (*path, name))
    elif isinstance(said, list):
        for place, one in enumerate(said):
            yield from _places(one, pieces, (*path, place))
    elif isinstance(said, str) and any(piece in plain(said) for piece in pieces):
        yield path


def plain(text: str) -> str:
    """A text without accents, capitals, spaces and signs, so that the same address reads the same."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))
