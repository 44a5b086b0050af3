"""What of an address would be enough to find the place, so that it must stand nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.numbered import BOX, UNIT, bound, is_town
from palermo.protection.directory.hsds.numbers_apart import is_range
from palermo.protection.directory.hsds.plain import plain, without_accents
from palermo.protection.directory.hsds.provinces import BY_NAME, province_of
from palermo.protection.directory.hsds.streets import BEFORE_NAMES, BEGINS, english_houses, houses, is_called_street
from palermo.protection.directory.hsds.written_forms import LONG

LINES = ("address_1", "address_2")
CODES = ("postal_code", "canadian_postal_code")
PARTS = frozenset({*LINES, *CODES})

SHORTEST = 4
"""Shorter pieces stand in too many other texts to mean anything; these count only as words of their own: “9 Oak”."""
_CODE = re.compile(r"[a-z][0-9][a-z][0-9][a-z][0-9]")
_HALF = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
_APART = re.compile(
    r"[,;|()\r\n]| [-–—] |\s(?=(?:across from|behind|near|next to|opposite|derriere|pres d|en face|a cote|au coin)\b)"
)
_PART = r"\s?-?\s?[13]/[24](?!\d)"
"""Half a number, as in “12 1/2”."""
_STARTS = r"(?<![^\W_])(?!(?<=[13]/)[24](?!\d))(?:[a-z](?=\d\d))?"
"""Where a number begins that is no half of another; a letter before it may be that of a unit."""
_FREE = rf"{_STARTS}(\d+(?:{_PART}|\s?(?:bis|ter)(?![^\W_])|[a-z])?)(?![^\W_])"
_HOUSE = re.compile(_FREE)
"""A number that may be a civic one: it is part of no name."""
_BEFORE_HOUSE = re.compile(rf"^\s*#?\s*(?:[a-z]|[a-z]?\d{{1,5}}[a-z]?)\s*[-–—]\s*(?![13]/[24])(?={_FREE})")
"""A unit before the civic number, as Canada Post has it: “4-12 Quiet Lane”."""
_NUMBER_SIGN = re.compile(r"#\s*\d+[a-z]?\b")
"""A unit, or a civic number where there is no other."""
_BEFORE_WORD = r"(?=\s+\d*[^\W\d_]{2})"
_SIGN_OF_HOUSE = re.compile(_NUMBER_SIGN.pattern + _BEFORE_WORD)
_SIGN_OF_UNIT = re.compile(_NUMBER_SIGN.pattern + _BEFORE_WORD.replace("?=", "?!"))
_NUMBERED = re.compile(r"(\d{1,6})(?=([^\W\d_]\w{4}))")
_WORD = re.compile(r"[^\W\d_]{2}")
_SPACES = re.compile(r"[^\S\r\n]+")
_ANY_WORD = re.compile(r"[^\W_]+")
_WORDS = re.compile(r"(?<![^\W_])(?:\d+[^\W\d_]{2,}|[^\W\d_]+\d*)(?![^\W_])")
_CODE_WRITTEN = re.compile(r"(?<![^\W_])[a-z]\d[a-z][\W_]{0,2}\d[a-z]\d(?![^\W_])")
_LAND = re.compile(r"(?<![^\W_])(?:[ns][ew]\W{0,2})?\d{1,2}-\d{1,3}-\d{1,2}\W{0,3}w\W?\d")
"""A quarter of a section on the prairies: “NW 12-34-5 W4”."""
_FROM_HOUSE = re.compile(rf"{_STARTS}(\d+(?:{_PART}|\s?(?:bis|ter)|[\s-]?[a-z])?(?![^\W_])(?=[\W_]+\d*[^\W\d_]{{2}}))")
"""A number with a word behind it: there the house begins, whatever it is called before."""
_BEFORE_FRENCH = re.compile(rf"(?<![^\W_])(\d+[a-z]?)(?=[\W_]+(?:{BEGINS})(?![^\W_]))")
_PART_OF = re.compile(
    r"\b(?:lot|building|bldg|batiment|edifice|immeuble|pavillon|block|bloc|phase|tower|tour|wing|aile|km|mile|pad|"
    r"stall|trailer|reserve|ir)\s*#?\s*\d+[a-z]?\b"
)
"""A number that is no civic one."""
_CALLED_SO = re.compile(
    r"\W*(?:(?:maison|house|hse|home|villa|chalet|cottage|cabin|residence|foyer|civi(?:c|que)|no|n°|numero|number)"
    r"\W*\d+[a-z]?|" + _PART_OF.pattern + r")\W*"
)
"""What many a house is called: “Maison 12” tells none."""
_EMERGENCY = re.compile(r"\b911\W+(?=(?:civic|address|adresse|number|numero|no)\b|#)(?:[a-z]+\W+)*")
"""What civic numbers are for in the country."""
_BESIDE = re.compile(
    r"\W*(?:(?:just|right)\s+)?(?:behind|near|next|across|opposite|beside|above|below|facing|between|corner|off|"
    r"at the corner|derriere|pres|face|en face|a cote|au coin|coin|entre|voisin)\b"
)
"""What stands here is somebody else’s, such as “behind 7-Eleven”."""
_AT_CORNER = re.compile(r"^\W*(?:(?:at|the|corner|of|au|coin|angle|de|des|la|l)\W+)*")
_NUMBER_LAST = re.compile(r"\W*(?P<street>[^\W\d].*?)[\s,#]+(?:n[o°]\.?\s*)?(?P<number>\d{1,6}[a-z]?)\W*")
_BARE = re.compile(rf"\W*{_FREE}(?:\s[a-z])?\W*")
_NAMED_BY_NUMBER = re.compile(r"(?<![^\W_])(?:\d+[^\W\d_]{2,}|[^\W\d_]{2,}\d+)(?![^\W_])")
_NUMBER_AT = re.compile(r"[0-9]+")
_RANGE = re.compile(r"(?<![^\W_])(?<![#-])(\d{1,5})(?:\s*[-–—/&]\s*|\s+(?:et|and|to|a|au)\s+)(\d{1,5})(?![^\W_])")
_LONGEST_TOWN = 6
"""Words of its name."""


def telling(address: Mapping[str, Json]) -> Iterator[str]:
    """The pieces of an address that would tell where it is: their words in small letters, with a space between them.

    A street tells it together with a civic number, whatever the unit is, and a postal code in a town, where it is that
    of a few houses. A box, a rural route and a postal code of the country are those of many.
    """
    lines, town = [_shown(str(address.get(name) or "")).strip() for name in LINES], _town(address)
    whole, city = ", ".join(filter(None, lines)), _shown(str(address.get("city") or ""))
    ways = ((piece for line in lines for piece in _houses(line, town)), _houses(whole, town))
    found = next(filter(None, (list(_that_mean_something(way, SHORTEST)) for way in ways)), [])
    found += () if found else _at_least(whole, city, town)
    found += _codes_at(address, lines)
    yield from _that_mean_something(found, SHORTEST)


def buildings(address: Mapping[str, Json]) -> Iterator[str]:
    """The postal codes of an address, each with each civic number: in a town, both together are those of a building."""
    lines = [_shown(str(address.get(name) or "")) for name in LINES]
    codes = dict.fromkeys(_codes_at(address, lines))
    found = [number[0] for piece in (telling(address) if codes else ()) if (number := _NUMBER_AT.match(piece))]
    yield from (f"{code} {number}" for code in codes for number in dict.fromkeys(found or _bare_numbers(lines)))


def _bare_numbers(lines: Iterable[str]) -> list[str]:
    return [number for line in lines for number in _NUMBER_AT.findall(_CODE_WRITTEN.sub(" ", line))]


def _codes_at(address: Mapping[str, Json], lines: Iterable[str]) -> list[str]:
    """The postal codes of an address, wherever they stand in it."""
    found = [code for name in CODES for code in _codes_of(str(address.get(name) or ""))]
    return found + [code for line in lines for code in _codes(line)]


def told_in(text: str) -> Iterator[str]:
    """The pieces of the addresses that any text tells in passing: streets that are called so, and postal codes."""
    shown = _shown(unescape(unquote(text)))
    bare = _SIGN_OF_UNIT.sub(" ", UNIT.sub(" ", BOX.sub(" ", shown)))
    found = [house for each in _each_of(bare) for house in houses(each)]
    yield from _that_mean_something([*found, *_codes(shown)], LONG)


def _shown(text: str) -> str:
    """A text in small letters without accents, halves with a sign."""
    for half, said in _HALF.items():
        text = text.replace(half, said)
    return without_accents(text)


def _that_mean_something(pieces: Iterable[str], shortest: int) -> Iterator[str]:
    """Pieces by their words, each once however it is written, without those that say too little."""
    said: dict[str, str] = {}
    for piece in pieces:
        said.setdefault(plain(piece), " ".join(_ANY_WORD.findall(piece)))
    yield from (piece for letters, piece in said.items() if len(letters) >= shortest and not letters.isdigit())


def _codes(text: str) -> Iterator[str]:
    """The postal codes that stand in a text by themselves, but those of a whole village."""
    yield from (plain(code) for code in _CODE_WRITTEN.findall(text) if not is_shared(code))


def _codes_of(said: str) -> Iterator[str]:
    """The postal codes of a property that is meant for one, whatever stands beside them; else what it says."""
    found = _CODE.findall(plain(said)) or [plain(said)]
    yield from (code for code in found if len(code) >= LONG and not is_shared(code))


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
    yield from _LAND.findall(line)
    line = BOX.sub(",", _EMERGENCY.sub("", _CODE_WRITTEN.sub(",", line)))
    for whole in bound(UNIT.sub(" ", line), town):
        found = list(_houses_of(_NUMBER_SIGN.sub(" ", whole), town))
        yield from found
        if not found or _SIGN_OF_HOUSE.search(whole):
            yield from _houses_of(whole.replace("#", " "), town)


def _houses_of(line: str, town: frozenset[str]) -> Iterator[str]:
    """The same, of a line without boxes and units, in which streets with a number stand together with it."""
    for each in _each_of(_SPACES.sub(" ", line)):
        parts = _parts(_BEFORE_HOUSE.sub("", each), town)
        own = [part for part in parts if not _BESIDE.match(part)] or parts
        whole = ", ".join(part for part in own if plain(part) not in town)
        inside = [part for part in own if _is_house(part)]
        for part in inside or ([whole] if _is_house(whole) else []):
            said = _without_town(part, town)
            yield _from_house(said)
            yield from _number_first(said)
        yield from english_houses(whole)


def _number_first(said: str) -> Iterator[str]:
    """The house as others write it, where its number stands behind the street."""
    found = _NUMBER_LAST.fullmatch(said)
    if found and is_called_street(found["street"]):
        yield f"{found['number']} {found['street']}"


def _at_least(line: str, city: str, town: frozenset[str]) -> Iterator[str]:
    """What tells a place of an address that names no house: a unit, a crossing, or all of it with its town."""
    said = BOX.sub(" ", _CODE_WRITTEN.sub(" ", line))
    rest = next(bound(UNIT.sub(" ", said), town))
    has_name = _WORD.search(rest) and not is_town(rest, town)
    if has_name and (UNIT.search(said) or len(_NAMED_BY_NUMBER.findall(rest)) > 1):
        yield _AT_CORNER.sub("", said)
    elif has_name and _HOUSE.search(rest) and city:
        yield f"{said} {city}"


def _each_of(line: str) -> Iterator[str]:
    """A line as it is; where a house has the numbers from one to another, with both, and with each of these alone."""
    ranges = [found for found in _RANGE.finditer(line) if is_range(int(found[1]), int(found[2]))]
    for said in (r"\1-\2", r"\1", r"\2") if ranges else ():
        each = line
        for found in reversed(ranges):
            each = each[: found.start()] + found.expand(said) + each[found.end() :]
        yield each
    if not ranges:
        yield line


def _parts(line: str, town: frozenset[str]) -> list[str]:
    """What signs divide; a number stands with the street behind it, as in “12, rue de l’Église”."""
    found: list[str] = []
    for part in _APART.split(line):
        is_name = _WORD.search(part) and not _HOUSE.search(part) and plain(part) not in town
        if found and is_name and not _BESIDE.match(part) and _waits_for_street(found[-1], part):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def _waits_for_street(said: str, street: str) -> bool:
    """Whether a number at the end of something is that of a house on the street behind it."""
    if _BARE.fullmatch(said) or _CALLED_SO.fullmatch(said):
        return True
    last = _NUMBER_LAST.fullmatch(said)
    return bool(last and not is_called_street(last["street"]) and is_called_street(street))


def _from_house(said: str) -> str:
    """A house without what stands before its number; all of it where the number stands last."""
    found = _FROM_HOUSE.search(_PART_OF.sub(_blank, said)) or _BEFORE_FRENCH.search(said)
    return said[found.start(1) :] if found else said


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
    return bool(_HOUSE.search(said) and _WORD.search(said)) and not _CALLED_SO.fullmatch(said)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
