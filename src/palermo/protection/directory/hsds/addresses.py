"""What of an address would be enough to find the place, so that it must stand nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.plain import plain, without_accents
from palermo.protection.directory.hsds.provinces import BY_NAME, province_of
from palermo.protection.directory.hsds.streets import BEFORE_NAMES, english_houses, houses

LINES = ("address_1", "address_2")
CODES = ("postal_code", "canadian_postal_code")
PARTS = frozenset({*LINES, *CODES})

SHORTEST = 5
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
_NUMBERED = re.compile(r"(\d{1,6})(?=([^\W\d_]\w{4}))")
_HOUSE = re.compile(r"(?<![^\W_])\d")
_WORD = re.compile(r"[^\W\d_]{2}")
_ANY_WORD = re.compile(r"[^\W_]+")
_WORDS = re.compile(r"[^\W\d_]+")
_CODE_WRITTEN = re.compile(r"(?<![^\W_])[a-z]\d[a-z][\W_]{0,2}\d[a-z]\d(?![^\W_])")
_FROM_HOUSE = re.compile(r"(?<![^\W_])\d+(?:[\s-]?[a-z])?(?=[\W_]+[^\W\d_]{2})")
"""A number with a word behind it: there the house begins, whatever it is called before."""
_PART_OF = re.compile(
    r"\b(?:lot|building|bldg|edifice|immeuble|pavillon|block|bloc|phase|tower|tour|wing|aile|km)\s*#?\s*\d+[a-z]?\b"
)
"""A number that is no civic one."""
_BARE = re.compile(r"\s*\d{1,6}\s?[a-z]?\s*")
_RANGE = re.compile(r"(?<![^\W_])(?<![#-])(\d{1,5})(?:\s*[-–—/&]\s*|\s+(?:et|and|to|a|au)\s+)(\d{1,5})(?![^\W_])")
_WIDEST = 20
"""So far apart may the first and the last number of one house be; what is farther apart is a unit and a house."""
_LONGEST_TOWN = 6
"""Words of its name."""


def telling(address: Mapping[str, Json]) -> Iterator[str]:
    """The pieces of an address that would tell where it is, as `plain` writes them.

    A street tells it together with a civic number, whatever the unit is, and a postal code in a town, where it is that
    of a few houses. A box, a rural route and a postal code of the country are those of many.
    """
    lines, town = [without_accents(str(address.get(name) or "")).strip() for name in LINES], _town(address)
    found = [piece for line in lines for piece in _houses(line, town)]
    found = found or list(_houses(", ".join(filter(None, lines)), town))
    found += [plain(str(address.get(name) or "")) for name in CODES if not is_shared(str(address.get(name) or ""))]
    found += [code for line in lines for code in _codes(line)]
    yield from _that_mean_something(found)


def told_in(text: str) -> Iterator[str]:
    """The pieces of the addresses that any text tells in passing: streets that are called so, and postal codes."""
    shown = without_accents(unescape(unquote(text)))
    bare = _UNIT.sub(" ", _BOX.sub(" ", shown))
    found = [plain(house) for each in _each_of(bare) for house in houses(each)]
    yield from _that_mean_something([*found, *_codes(shown)])


def _that_mean_something(pieces: list[str]) -> Iterator[str]:
    yield from (piece for piece in dict.fromkeys(pieces) if len(piece) >= SHORTEST and not piece.isdigit())


def _codes(text: str) -> Iterator[str]:
    """The postal codes that stand in a text by themselves, but those of a whole village."""
    yield from (plain(code) for code in _CODE_WRITTEN.findall(text) if not is_shared(code))


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


def numbers_in(text: str) -> set[tuple[str, str]]:
    """The numbers before words in a text as `plain` writes it, each with the first letters of what stands behind it."""
    return {(number, words) for number, words in _NUMBERED.findall(text)}


def _houses(line: str, town: frozenset[str]) -> Iterator[str]:
    """What of a line names a house: each part of it that does, or else all of it, as “Quiet Lane, 12”.

    Others say it without what stands before the number, and without the town behind the street.
    """
    for each in _each_of(_CODE_WRITTEN.sub(",", line)):
        whole = _UNIT.sub(" ", _BEFORE_HOUSE.sub("", each))
        parts = [part for part in _parts(whole, town) if _is_house(part)]
        for part in parts or ([whole] if _is_house(whole) else []):
            yield plain(_from_house(_without_town(part, town)))
        yield from map(plain, english_houses(_BOX.sub(" ", whole)))


def _each_of(line: str) -> Iterator[str]:
    """A line as it is; where a house has the numbers from one to another, with both, and with each of these alone."""
    ranges = [found for found in _RANGE.finditer(line) if _is_range(found)]
    for said in (r"\1-\2", r"\1", r"\2") if ranges else ():
        each = line
        for found in reversed(ranges):
            each = each[: found.start()] + found.expand(said) + each[found.end() :]
        yield each
    if not ranges:
        yield line


def _is_range(found: re.Match[str]) -> bool:
    """Whether two numbers are those of one house, all on one side of the street, rather than a unit and a house."""
    first, last = int(found[1]), int(found[2])
    return first < last < 2 * first and last - first <= _WIDEST and (last - first) % 2 == 0


def _parts(line: str, town: frozenset[str]) -> list[str]:
    """What signs divide; a number stands with the street behind it, as in “12, rue de l’Église”."""
    found: list[str] = []
    for part in _APART.split(line):
        is_street = _WORD.search(part) and not _is_house(part) and plain(part) not in town
        if found and is_street and _BARE.fullmatch(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def _from_house(said: str) -> str:
    """A house without what stands before its number; all of it where the number stands last."""
    found = _FROM_HOUSE.search(_PART_OF.sub(_blank, _numbers_hidden(said)))
    return said[found.start() :] if found else said


def _town(address: Mapping[str, Json]) -> frozenset[str]:
    """The names, as `plain` writes them, of the town and province of an address, which may stand in its lines, too."""
    named = {plain(str(address.get(name) or "")) for name in ("city", "region")} - {""}
    province = province_of(str(address.get("state_province") or ""))
    called = {name for name, short in BY_NAME.items() if short == province or not province}
    return frozenset({*named, *called, "canada"})


def _without_town(said: str, town: frozenset[str]) -> str:
    """A house without the town behind it, unless too little would be left: “12, rue de Moncton”."""
    while True:
        words = list(_ANY_WORD.finditer(said))
        starts = [word.start() for word in words[-_LONGEST_TOWN:]]
        start = next((start for start in starts if plain(said[start:]) in town), None)
        if start is None or not _names_a_street(said[:start]):
            return said
        said = said[:start]


def _names_a_street(said: str) -> bool:
    """Whether it is a house on a street that has a name, and not only a kind, such as “12, rue”."""
    return _is_house(said) and any(word not in BEFORE_NAMES for word in _WORDS.findall(said))


def _is_house(said: str) -> bool:
    """Whether there is a civic number, and a word with it."""
    rest = _numbers_hidden(said)
    return bool(_HOUSE.search(rest) and _WORD.search(rest))


def _numbers_hidden(said: str) -> str:
    """A text of the same length without the numbers of boxes, and with letters for those in names of streets."""
    return _IN_ORDER.sub(_letters, _ROAD.sub(_letters, _BOX.sub(_blank, said)))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _letters(found: re.Match[str]) -> str:
    return "x" * len(found[0])
