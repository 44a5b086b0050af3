"""What of an address would be enough to find the place, so that it must stand nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.plain import plain, without_accents

LINES = ("address_1", "address_2")
CODES = ("postal_code", "canadian_postal_code")

_SHORTEST = 5
"""Shorter pieces stand in too many other texts to mean anything."""
_CODE = re.compile(r"[a-z][0-9][a-z][0-9][a-z][0-9]")
_APART = re.compile(r"[,;|()\r\n]| [-–—] ")
_BEFORE_HOUSE = re.compile(r"^\s*#?\s*(?:[a-z]|[a-z]?\d{1,5}[a-z]?)\s*[-–—]\s*(?=\d)")
"""A unit before the civic number, as Canada Post has it: “4-12 Quiet Lane”."""
_UNIT = re.compile(
    r"\b(?:apartment|appartement|apt|appt|app|unit|unite|suite|ste|bureau|bur|office|room|rm|local|porte|door|floor|"
    r"etage|level|niveau)\b\.?\s*(?:n[o°]\.?|#)?\s*(?:\d+[a-z]?|[a-z])\b"
    r"|#\s*\d+[a-z]?\b|\b\d+(?:st|nd|rd|th|e|er|re)?\s+(?:floor|etage)\b"
)
_BOX = re.compile(
    r"\b(?:(?:lock\s?)?box|c\.?\s?p\.?|(?:case|boite) postale|r\.?\s?r\.?|rural route|route rurale|site|comp|"
    r"compartment|group|station|stn|succ(?:ursale)?|bag|drawer|tiroir)\s*(?:n[o°]\.?|#)?\s*\d+[a-z]?\b"
)
"""Where post waits to be fetched, or along which route it is brought."""
_ROAD = re.compile(r"\b(?:highway|hwy|route|rte|autoroute|road|rd|rang)\s*(?:n[o°]\.?|#)?\s*\d+[a-z]?\b")
"""A road that is called by its number."""
_IN_ORDER = re.compile(r"\b\d+(?:st|nd|rd|th)\b|\b\d+(?:re|er|e|eme|ieme)\s+(?=avenue|av\b|rue|rang|ligne)")
"""A number in the name of a street."""
_HOUSE = re.compile(r"(?<![^\W_])\d")
_WORD = re.compile(r"[^\W\d_]{2}")


def telling(address: Mapping[str, Json]) -> Iterator[str]:
    """The pieces of an address that would tell where it is, as `plain` writes them.

    A street tells it together with a civic number, whatever the unit is, and a postal code in a town, where it is that
    of a few houses. A box, a rural route and a postal code of the country are those of many.
    """
    lines = [without_accents(str(address.get(name) or "")).strip() for name in LINES]
    found = [piece for line in lines for piece in _houses(line)] or _houses(", ".join(filter(None, lines)))
    found += [plain(str(address.get(name) or "")) for name in CODES if not is_shared(str(address.get(name) or ""))]
    yield from (piece for piece in found if len(piece) >= _SHORTEST and not piece.isdigit())


def is_code(text: str) -> bool:
    """Whether a text is a Canadian postal code and nothing else."""
    return _CODE.fullmatch(plain(text)) is not None


def is_shared(code: str) -> bool:
    """Whether a postal code is that of a whole village, or is none."""
    said = plain(code)
    return said.isalpha() or (_CODE.fullmatch(said) is not None and said[1] == "0")


def codes_in(text: str) -> set[str]:
    """The postal codes of Canada in a text as `plain` writes it, one after the other."""
    return set(_CODE.findall(text))


def all_codes_in(text: str) -> set[str]:
    """The same, and what else reads as one where one runs into the next."""
    found = (_CODE.match(text, place) for place in range(len(text)))
    return {one[0] for one in found if one}


def _houses(line: str) -> list[str]:
    """What of a line names a house: each part of it that does, or else all of it, as “12, rue de l’Église”."""
    whole = _UNIT.sub(" ", _BEFORE_HOUSE.sub("", line))
    parts = [part for part in _APART.split(whole) if _is_house(part)]
    return [plain(part) for part in parts or ([whole] if _is_house(whole) else [])]


def _is_house(said: str) -> bool:
    """Whether there is a civic number, and a word with it."""
    rest = _IN_ORDER.sub(" street ", _ROAD.sub(" road ", _BOX.sub(" ", said)))
    return bool(_HOUSE.search(rest) and _WORD.search(rest))
