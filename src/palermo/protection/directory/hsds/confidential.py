"""What a document may say of a place whose address nobody may find, and where else that address stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from ahocorasick_rs import AhoCorasick

from palermo.protection.directory.hsds.json_values import Document, Json, written
from palermo.protection.directory.hsds.profile import PROVINCES

SHOWN = frozenset(
    {"id", "location_type", "is_confidential", "area", "area_fr", "province", "languages", "accessibility"}
)
"""All that is said of a confidential place. A name, telephone, route or remark may tell where it is."""

TELLING = ("address_1", "postal_code", "canadian_postal_code")
"""What of an address would be enough to find it."""

_SIGNS = re.compile(r"[\W_]")
_SIGNS_OF_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())
_SHORTEST = 5
"""Shorter pieces stand in too many other texts to mean anything."""


def is_confidential(location: Mapping[str, Json]) -> bool:
    """Whether nobody may find where this place is. What is no clear no counts as yes."""
    return location.get("is_confidential") not in (None, False)


def together(known: Mapping[str, Json], said: Mapping[str, Json]) -> Document:
    """What two mentions say together: the later one is right, but a place that one of them makes confidential is so."""
    found = {**known, **said}
    if is_confidential(known) and not is_confidential(found):
        found["is_confidential"] = known["is_confidential"]
    return found


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
    for path in _marks(said, ()) if holds_a_mark(said) else ():
        if kind != "location" or path != ("is_confidential",):
            yield path


def holds_a_mark(said: Mapping[str, Json]) -> bool:
    """Whether something in an entry is marked confidential, wherever it stands. Every entry is looked through."""
    text = _text_of(said)
    return (text is None or "is_confidential" in text) and any(_marks(said, ()))


def _marks(said: Json, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    inside: Iterable[tuple[str | int, Json]] = ()
    if isinstance(said, Mapping):
        if said.get("is_confidential") not in (None, False):
            yield (*path, "is_confidential")
        inside = said.items()
    elif isinstance(said, list):
        inside = enumerate(said)
    for place, one in inside:
        yield from _marks(one, (*path, place))


def _addresses(location: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    said = location.get("addresses")
    return [address for address in (said if isinstance(said, list) else []) if isinstance(address, Mapping)]


class Pieces:
    """Pieces of text that tell where places are, looked for all at once however many they are."""

    def __init__(self, pieces: Iterable[str] = ()) -> None:
        """As `telling` gives them."""
        self.all = frozenset(pieces)
        self._finder = AhoCorasick(sorted(self.all))

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.all)

    def stand_in(self, text: str) -> bool:
        """Whether any of them does, however it is written there."""
        return self.stand_in_plain(plain(text))

    def stand_in_plain(self, text: str) -> bool:
        """Whether any of them does, the text being as `plain` writes it."""
        return bool(self._finder.find_matches_as_indexes(text))


def given_away(said: Mapping[str, Json], *sought: Pieces) -> list[tuple[str | int, ...]]:
    """Where an entry says one of these pieces. Every entry is looked through, and hardly any says one."""
    some = [pieces for pieces in sought if pieces]
    text = _text_of(said) if some else None
    if text is not None and "\\" not in text:
        whole = plain(text)
        some = [pieces for pieces in some if pieces.stand_in_plain(whole)]
    if not some:
        return []
    return [path for path, text in _texts(said, ()) if any(pieces.stand_in(text) for pieces in some)]


def says(said: Mapping[str, Json], pieces: Pieces) -> bool:
    """Whether an entry may say one of these pieces anywhere, ids included."""
    text = _text_of(said) if pieces else ""
    return text is None or pieces.stand_in(text)


def _text_of(said: Mapping[str, Json]) -> str | None:
    """All that an entry says in one text, in which a backslash may stand before letters that mean another sign."""
    try:
        return written(said).decode()
    except ValueError:
        return None


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
    if text.isascii():
        return text.lower().encode().translate(None, _SIGNS_OF_ASCII).decode()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _SIGNS.sub("", "".join(letter for letter in apart if not unicodedata.combining(letter)))
