"""What a document may say of a place whose address nobody may find, and where else that address stands."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick

from palermo.protection.directory.hsds import addresses
from palermo.protection.directory.hsds.json_values import Document, Json, written
from palermo.protection.directory.hsds.numbers_apart import numbers_apart
from palermo.protection.directory.hsds.plain import is_id, readings, shown
from palermo.protection.directory.hsds.plain import places as places_of
from palermo.protection.directory.hsds.plain import plain as plain
from palermo.protection.directory.hsds.points import POINT, Points, decimals_in
from palermo.protection.directory.hsds.points import point_of as point_of
from palermo.protection.directory.hsds.provinces import province_of
from palermo.protection.directory.hsds.street_forms import forms_of
from palermo.protection.directory.hsds.written_forms import Form

SHOWN = frozenset(
    {"id", "location_type", "is_confidential", "area", "area_fr", "province", "languages", "accessibility"}
)
"""All that is said of a confidential place. A name, telephone, route or remark may tell where it is."""

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in an entry."""
NOWHERE = Points()
_OF_PLACES = frozenset({*POINT, "location_type", "addresses"})
"""What has any of these is a place, wherever it stands."""
_ESCAPED = re.compile(r"\\(?:u[0-9a-f]{4}|.)")
"""What JSON writes for a sign: a quotation mark, a backslash, or the end of a line."""

_NAMES = r"(?:is_?)?confidential"
_MARK = re.compile(_NAMES)
_MARKED = re.compile(rf"\0{_NAMES}\0:")
"""The same as `_text_of` has it. In small letters a pattern is found far quicker than in either."""
_YES = frozenset({"1", "true", "yes", "y", "oui", "vrai"})


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
    provinces = [province_of(str(address.get("state_province") or "")) for address in _addresses(location)]
    if "province" not in shown and provinces and provinces[0]:
        shown["province"] = provinces[0]
    return shown, {name: said for name, said in location.items() if name not in SHOWN}


def telling(location: Mapping[str, Json]) -> frozenset[str]:
    """The pieces that would tell where it is, as `addresses` has them.

    They are those of its addresses and of all else that is sealed: it may say its house only in its name.
    """
    return frozenset(_pieces_of(split(location)[1]))


def _pieces_of(said: Json) -> Iterator[str]:
    if isinstance(said, str):
        yield from () if is_id(said) else addresses.told_in(said)
    elif isinstance(said, Mapping):
        yield from addresses.telling(said)
        yield from addresses.buildings(said)
        for name, one in said.items():
            yield from () if isinstance(one, str) and name in addresses.PARTS else _pieces_of(one)
    elif isinstance(said, list):
        for one in said:
            yield from _pieces_of(one)


def marked_elsewhere(kind: str, said: Mapping[str, Json]) -> Iterator[Path]:
    """Where an entry holds something marked confidential that is no record, so that nothing would hide it."""
    for path in _marks(said, ()) if holds_a_mark(said) else ():
        if kind != "location" or path != ("is_confidential",):
            yield path


def holds_a_mark(said: Mapping[str, Json]) -> bool:
    """Whether something in an entry is marked confidential, wherever it stands. Every entry is looked through."""
    text = _text_of(said)
    return (text is None or _may_mark(text)) and any(_marks(said, ()))


def _may_mark(text: str) -> bool:
    return _MARKED.search(text.lower()) is not None


def _marks(said: Json, path: Path) -> Iterator[Path]:
    for place, one in _inside(said):
        if isinstance(place, str) and _is_mark(place, one):
            yield (*path, place)
        yield from _marks(one, (*path, place))


def _inside(said: Json) -> list[tuple[str | int, Json]]:
    """What an object or a list holds, each with its name or place."""
    if isinstance(said, Mapping):
        return list(said.items())
    return list(enumerate(said)) if isinstance(said, list) else []


def _is_mark(name: str, said: Json) -> bool:
    """Whether a property marks what has it as confidential; under other names than the profile's, only a clear yes."""
    if name == "is_confidential":
        return said not in (None, False)
    return _MARK.fullmatch(name.lower()) is not None and (said is True or str(said).strip().casefold() in _YES)


def is_marked(said: Mapping[str, Json]) -> bool:
    """Whether something itself is marked confidential, under whatever name, or is a place of which a part is.

    Whoever marks the address of a place means where it is.
    """
    is_itself = any(_is_mark(name, one) for name, one in said.items())
    return is_itself or (not _OF_PLACES.isdisjoint(said) and any(_marks(said, ())))


def _addresses(location: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    said = location.get("addresses")
    return [address for address in (said if isinstance(said, list) else []) if isinstance(address, Mapping)]


class Pieces:
    """Pieces of text that tell where places are, looked for all at once however many they are."""

    def __init__(self, pieces: Iterable[str] = ()) -> None:
        """As `telling` gives them; each is looked for in all ways in which people write it."""
        self.all = frozenset(pieces)
        self._forms: dict[str, list[Form]] = {}
        for form in chain.from_iterable(map(forms_of, self.all)):
            self._forms.setdefault(form.text, []).append(form)
        self._sorted = sorted(self._forms)
        self._finder = AhoCorasick(self._sorted)

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.all)

    def stand_in(self, text: str) -> bool:
        """Whether any of them does, however it is written there."""
        return any(map(self.stand_in_plain, readings(text)))

    def stand_in_plain(self, text: str) -> bool:
        """Whether any of them does, the text being as `plain` writes it."""
        return bool(self._finder.find_matches_as_indexes(text))

    def tell_in(self, text: str) -> bool:
        """Whether any of them does, and is not only the end of something else, such as “7 Main” in “17 Main”."""
        return any(self._tell_in(said) or self._tell_in(numbers_apart(said)) for said in shown(text))

    def _tell_in(self, text: str) -> bool:
        said = plain(text)
        if not self.stand_in_plain(said):
            return False
        places = places_of(text)
        found = self._finder.find_matches_as_indexes(said, overlapping=True)
        return any(
            form.fits(text, places[first:end])
            for which, first, end in found
            for form in self._forms[self._sorted[which]]
        )

    def have_building(self, address: Mapping[str, Json]) -> bool:
        """Whether an address is that of the building of one of them: its postal code and its civic number."""
        return not self.all.isdisjoint(addresses.buildings(address))


def tells_nothing(said: Mapping[str, Json], *sought: Pieces, points: Points = NOWHERE) -> bool:
    """Whether an entry surely tells no place, as `given_away` finds it, and marks nothing. This is quick.

    Nearly all entries are so, with everything that stands in them.
    """
    text = _text_of(said)
    return text is not None and not _may_mark(text) and not any(_may_tell(text, sought, points))


def given_away(
    said: Mapping[str, Json], *sought: Pieces, points: Points = NOWHERE, is_place: bool = False
) -> list[Path]:
    """Where an entry tells a place. Every entry is looked through, and hardly any does.

    What is told by the name of a property is said to stand in the object that has it.

    Args:
        said: the entry.
        sought: pieces of addresses.
        points: points of the map, two numbers in one object or text; the own point of a place is not looked at.
        is_place: whether it is a place, whose own postal address may share a postal code with its neighbours.
    """
    some: Sequence[Pieces] = [pieces for pieces in sought if pieces]
    if not some and not points:
        return []
    text = _text_of(said)
    if text is not None:
        some, points = _may_tell(text, some, points)
    if not some and not points:
        return []

    if is_place:
        said = {name: one for name, one in said.items() if name not in POINT}
    telling = _Telling(some, points)
    told = [*telling.within(said, ()), *telling.points_within(said, ())]
    paths = list({path: text for path, text in told if not (is_place and _is_own_code(path, text))})
    return list(dict.fromkeys([*paths, *_in_a_building(said, some)])) if is_place else paths


def _in_a_building(place: Mapping[str, Json], some: Iterable[Pieces]) -> Iterator[Path]:
    """Where a place says an address that is that of a hidden building, whatever its street is called there."""
    said = place.get("addresses")
    for at, address in enumerate(said if isinstance(said, list) else ()):
        if isinstance(address, Mapping) and any(pieces.have_building(address) for pieces in some):
            yield from (("addresses", at, line) for line in addresses.LINES if address.get(line))


def _may_tell(text: str, sought: Iterable[Pieces], points: Points) -> tuple[Sequence[Pieces], Points]:
    """Which of these pieces and points may be told by a text of `_text_of`."""
    some = [pieces for pieces in sought if pieces]
    texts = [plain(each) for said in (shown(text) if some else ()) for each in (said, numbers_apart(said))]
    found = [pieces for pieces in some if any(map(pieces.stand_in_plain, texts))]
    return found, points if points.may_stand_in(text) else NOWHERE


def says(said: Mapping[str, Json], pieces: Pieces) -> bool:
    """Whether an entry may say one of these pieces anywhere, ids included."""
    text = _text_of(said) if pieces else ""
    return text is None or pieces.stand_in(text)


def _text_of(said: Mapping[str, Json]) -> str | None:
    """All that an entry says in one text, in which a zero stands between one value and the next."""
    try:
        text = written(said).decode()
    except ValueError:
        return None
    return (_ESCAPED.sub(" ", text) if "\\" in text else text).replace('"', "\0")


class _Telling:
    """What tells a place, found wherever it stands."""

    def __init__(self, some: Iterable[Pieces], points: Points) -> None:
        self._some, self._points = tuple(some), points

    def within(self, said: Json, path: Path) -> Iterator[tuple[Path, str]]:
        """Where something tells, and what."""
        if isinstance(said, str):
            if self._tells(said) and not is_id(said):
                yield path, said
            return
        inside = _inside(said)
        names = [place for place, _one in inside if isinstance(place, str) and self._tells(place)]
        if names:
            yield path, ""
        for place, one in inside:
            if place not in names:
                yield from self.within(one, (*path, place))

    def points_within(self, said: Json, path: Path) -> Generator[tuple[Path, str], None, list[float]]:
        """Where the two numbers of a point stand apart from each other. It returns the numbers that tell none.

        Each object is looked at as a whole, the innermost ones first.
        """
        if isinstance(said, str | float):
            return [] if self._points.stand_in(str(said)) else decimals_in(str(said))
        found: list[float] = []
        for place, one in _inside(said) if self._points else ():
            found += yield from self.points_within(place if isinstance(place, str) else None, path)
            found += yield from self.points_within(one, (*path, place))
        if not self._points.are_among(found):
            return found
        yield path, ""
        return []

    def _tells(self, text: str) -> bool:
        return any(pieces.tell_in(text) for pieces in self._some) or self._points.stand_in(text)


def _is_own_code(path: Path, text: str) -> bool:
    """Whether this is a postal code, and nothing else, in the postal address of a place."""
    is_there = len(path) == 3 and path[0] == "addresses" and path[2] in addresses.CODES
    return is_there and addresses.is_code(text)
