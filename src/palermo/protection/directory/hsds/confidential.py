"""What a document may say of a place whose address nobody may find, and where else that address stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.profile import PROVINCES

SHOWN = frozenset(
    {"id", "location_type", "is_confidential", "area", "area_fr", "province", "languages", "accessibility"}
)
"""All that is said of a confidential place. A name, telephone, route or remark may tell where it is."""

TELLING = ("address_1", "postal_code", "canadian_postal_code")
"""What of an address would be enough to find it."""

_SHORTEST = 5
"""Shorter pieces stand in too many other texts to mean anything."""


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

    A word alone, such as “confidential” in place of an address, tells nothing, and neither does a number alone.
    """
    said = [str(address.get(name) or "").strip() for address in _addresses(location) for name in TELLING]
    pieces = (plain(text) for text in said if any(letter.isdigit() for letter in text) or " " in text)
    return frozenset(piece for piece in pieces if len(piece) >= _SHORTEST and not piece.isdigit())


def point_of(location: Mapping[str, Json]) -> tuple[float, float] | None:
    """Where a place is on the map, to about ten metres; None where it is not said."""
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    return round(latitude, 4), round(longitude, 4)


def marked_elsewhere(kind: str, said: Mapping[str, Json]) -> Iterator[tuple[str | int, ...]]:
    """Where an entry holds something marked confidential that is no record, so that nothing would hide it."""
    for path in _marks(said, ()):
        if kind != "location" or path != ("is_confidential",):
            yield path


def holds_a_mark(said: Json) -> bool:
    """Whether something in an entry is marked confidential, wherever it stands."""
    return next(_marks(said, ()), None) is not None


def _marks(said: Json, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(said, Mapping):
        for name, one in said.items():
            if name == "is_confidential" and one not in (None, False):
                yield (*path, name)
            yield from _marks(one, (*path, name))
    elif isinstance(said, list):
        for place, one in enumerate(said):
            yield from _marks(one, (*path, place))


def _addresses(location: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    said = location.get("addresses")
    return [address for address in (said if isinstance(said, list) else []) if isinstance(address, Mapping)]


def given_away(said: Mapping[str, Json], pieces: frozenset[str]) -> list[tuple[str | int, ...]]:
    """Where an entry says one of these pieces, however it is written."""
    if not pieces:
        return []
    whole = plain(" ".join(text for _path, text in _texts(said, ())))
    if not any(piece in whole for piece in pieces):
        return []
    return [path for path, text in _texts(said, ()) if any(piece in plain(text) for piece in pieces)]


def _texts(said: Json, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of an entry with its place; ids, in which any letters and digits may follow each other, are none."""
    if isinstance(said, Mapping):
        for name, one in said.items():
            if name != "id" and not name.endswith("_id"):
                yield from _texts(one, (*path, name))
    elif isinstance(said, list):
        for place, one in enumerate(said):
            yield from _texts(one, (*path, place))
    elif isinstance(said, str):
        yield path, said


def plain(text: str) -> str:
    """A text without accents, capitals, spaces and signs, so that the same address reads the same."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))
