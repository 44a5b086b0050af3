"""The ways in which a house may be written: its kind of street and direction in full and for short, in both languages.

A piece of an address is looked for in each of them at once. What people leave out counts only where nothing else goes
on behind it: “45 Maple” is the house “45 Maple Street”, and “45 Maple Leaf Gardens” another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product, zip_longest
from typing import NamedTuple

from palermo.protection.directory.hsds.plain import plain
from palermo.protection.directory.hsds.street_kinds import (
    BEFORE,
    BEHIND,
    COMMON,
    KINDS,
    NUMBER_OF,
    SHORT,
    WINDS,
    Kind,
    orders_of,
)
from palermo.protection.directory.hsds.written_forms import End, Form

_ARTICLES = ("", "de", "du", "des", "d", "dela", "del", "la", "le", "les", "l")
_JOINS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l"})
_ORDER = re.compile(r"(\d{1,3})(?:st|nd|rd|th|re|ere|er|e|eme|ieme)?")
_BUILDING = re.compile(r"([a-z]\d[a-z]\d[a-z]\d) \d+")
_HOUSE = re.compile(r"\d+[a-z]?(?: [13] [24](?= )| (?:bis|ter)(?= )| [a-z](?= [a-z]{2}))?(?= )")
_BEFORE_KIND = re.compile(rf"(\d+(?:st|nd|rd|th|re|ere|er|e|eme|ieme|[a-z])?)({'|'.join(sorted(BEHIND))})")
_BEHIND_KIND = re.compile(r"([a-z]{2,})(\d{1,4}[a-z]?)")
_CALLED = BEHIND | BEFORE
_CODE = re.compile(r"[a-z][1-9][a-z]\d[a-z]\d(?: \d+)?")
"""A postal code in a town, or a building: that with a civic number."""
_NUMBER_LAST = re.compile(r"(?: no)? \d{1,6}[a-z]?\Z")
_TIMES = frozenset({"hour", "hours", "hrs", "day", "days", "week", "weeks", "month", "months", "year", "years"}) | {
    *("minute", "minutes", "heure", "heures", "jour", "jours", "mois", "ans"),
}
_HELP = _TIMES | {"safe", "secret", "private", "crisis", "distress", "emergency", "help", "support", "stop", "call"}
_NO_KINDS = frozenset({"all", "car", "sent", "ext", "exten", "extension"})
"""Short for kinds of streets, but other words before anything else: “12 all-day rooms”."""
_MOST_WORDS = 3
"""Words of a name of which nobody says that it is one of a street; more are those of something else."""
_LONGEST = 80
"""Letters of a house on a street; what is longer is looked for only as it stands."""
_MOST_SHORT = 3
"""So many words of a name may be written for short."""
MOST_FORMS = 1_000
"""In more ways nobody writes a house: whoever repeats “Dr” in an address must not fill the memory."""


class _Street(NamedTuple):
    """A street as it is written: its kind, the directions before and behind its name, and what joins the two."""

    kind: Kind | None
    name: tuple[str, ...]
    first: str = ""
    last: re.Pattern[str] | None = None
    joined: str | None = None
    """What stood between a kind and its name; None where the kind stood behind the name."""


def forms_of(piece: str) -> tuple[Form, ...]:
    """The ways to write a piece of an address, its words being parted by spaces; the first one is the piece itself."""
    if building := _BUILDING.fullmatch(piece):
        return (Form(building[1], End.NOWHERE),)
    return _forms_of_house(piece) if len(piece) <= _LONGEST and _number(piece) else (Form(plain(piece)),)


@lru_cache(maxsize=2_048)
def _forms_of_house(piece: str) -> tuple[Form, ...]:
    whole, number = plain(piece), _number(piece)
    words = _taken_apart(piece[len(number) :].split())
    forms = (form for street in _streets(words) for form in _forms(plain(number), street))
    others = dict.fromkeys(form for form in islice(forms, MOST_FORMS - 1) if not form.text.startswith(whole))
    return (Form(whole), *others)


def is_street(piece: str) -> bool:
    """Whether a piece of an address is surely a place: a house on what is called a street, a postal code or a building.

    Any other may be that of many, as “24 hours” and “1 location” in place of an address.
    """
    if _CODE.fullmatch(piece):
        return True
    number, last = _number(piece), _NUMBER_LAST.search(piece)
    if not number and not last:
        return False
    words = _taken_apart((piece[len(number) :] if number or not last else piece[: last.start()]).split())
    return bool(words) and words[0] not in _NO_KINDS and any(map(_is_surely_one, _streets(words)))


def _is_surely_one(street: _Street) -> bool:
    """Whether it has a kind and a name, and tells nothing of help: “24 hour crisis line”, “1 safe place”."""
    name = street.name
    if street.kind is None or name[0] in _TIMES or (street.joined is not None and name[0] in {"of", "for"}):
        return False
    return street.kind in COMMON or not _HELP.issuperset(name)


def _number(piece: str) -> str:
    """The civic number with which a piece begins, if it does."""
    found = _HOUSE.match(piece)
    words = found[0].split() if found else []
    return " ".join(words[:-1] if words[1:] and words[-1] in WINDS else words)


def _taken_apart(words: Sequence[str]) -> list[str]:
    """Words in which a number stands by itself that was written together with its kind of street: “5thavenue”.

    In “23rd avenue” no road is meant.
    """
    found: list[str] = []
    for word, behind in zip_longest(words, words[1:]):
        glued = _BEFORE_KIND.fullmatch(word) or _BEHIND_KIND.fullmatch(word)
        is_order = behind in BEHIND and _ORDER.fullmatch(word)
        is_kind = glued and not is_order and not _CALLED.isdisjoint(glued.groups())
        found += glued.groups() if glued and is_kind else (word,)
    return found


def _streets(words: Sequence[str]) -> Iterator[_Street]:
    """The streets that some words may mean."""
    words, last = _without_last_wind(words)
    is_first = len(words) > 2 or (len(words) == 2 and words[1] not in BEHIND)
    if is_first and words[0] in WINDS:
        for wind, pattern in WINDS.items():
            if pattern is WINDS[words[0]]:
                yield from _called(words[1:], wind, last)
    else:
        yield from _called(words, "", last)


def _without_last_wind(words: Sequence[str]) -> tuple[Sequence[str], re.Pattern[str] | None]:
    """The words without the direction at their end, and how it may be written."""
    for count in (2, 1):
        wind = WINDS.get("".join(words[-count:]))
        if wind and len(words) > count and not (len(words) == count + 1 and words[0] in BEFORE):
            return words[:-count], wind
    return words, None


def _called(words: Sequence[str], first: str, last: re.Pattern[str] | None) -> Iterator[_Street]:
    found = False
    for count, kind in product((2, 1), KINDS):
        if len(words) <= count:
            continue
        if "".join(words[-count:]) in kind.behind:
            found = True
            yield _Street(kind, tuple(words[:-count]), first, last)
        name = words[count:]
        # “12 Court Street” is on no court called Street.
        if "".join(words[:count]) in kind.before and not (len(name) == 1 and name[0] in BEHIND):
            found = True
            yield _joined_street(kind, name, first, last)
    unsaid = _joined_street(None, words, first, last)
    if words and not found and len(unsaid.name) <= _MOST_WORDS:
        yield unsaid


def _joined_street(kind: Kind | None, words: Sequence[str], first: str, last: re.Pattern[str] | None) -> _Street:
    joins = 0
    while joins < len(words) - 1 and words[joins] in _JOINS:
        joins += 1
    return _Street(kind, tuple(words[joins:]), first, last, "".join(words[:joins]))


def _forms(number: str, street: _Street) -> Iterator[Form]:
    """The ways to write a house on a street."""
    over = End.NO_NAME if street.last else End.NO_LETTER
    start = number + street.first
    for name in _names(street):
        for said in _behind(street) if _is_parted(street, name) else ():
            yield Form(start + name + said, over, _parts(start, name), street.last)
        for said in _before(street):
            yield Form(start + said + name, over, wind=street.last)
        # A number alone is no name, and “the 12 Court” is that of many a street.
        if not _is_number(street.name) and not BEHIND.issuperset(street.name):
            alone = End.NO_NAME if street.kind else over
            for joined in _joined(street):
                yield Form(start + joined + name, alone, wind=street.last)
            for called in _without_number(street, name):
                yield from (Form(called + no + number, End.NO_NAME, begins=True) for no in ("", "no"))


def _without_number(street: _Street, name: str) -> Iterator[str]:
    """A street as it is called where the civic number stands behind it."""
    if street.kind and not street.first:
        yield from (name + said for said in street.kind.behind)
        yield from (said + (street.joined or "") + name for said in street.kind.before)


def _is_parted(street: _Street, name: str) -> bool:
    """Whether a kind may stand behind a name: behind a number only where it stood there."""
    return street.joined is None or not name[:1].isdigit()


def _parts(start: str, name: str) -> tuple[int, ...]:
    """Before which letters a sign has to stand where a street is called by its number."""
    if not name[:1].isdigit():
        return ()
    return (len(start), len(start + name)) if name.isdigit() else (len(start),)


def _behind(street: _Street) -> tuple[str, ...]:
    """What a street may be called behind its name."""
    if street.kind:
        return street.kind.behind
    return tuple(said for kind in COMMON for said in kind.behind) if street.last else ()


def _before(street: _Street) -> Iterator[str]:
    """What a street may be called before its name, with what joins the two."""
    kinds = [street.kind] if street.kind else COMMON
    if street.joined is None and _is_number(street.name):
        return
    for kind in kinds:
        for said in kind.before:
            yield from (said + joined for joined in (("",) if _is_number(street.name) else _joined(street)))


def _joined(street: _Street) -> tuple[str, ...]:
    """What may stand between the kind of a street and its name."""
    said = street.joined
    if not said:
        return _ARTICLES
    bare = re.sub(r"^de?(?=l)", "", said)
    return tuple(dict.fromkeys((said, bare, f"de{bare}" if bare.startswith("l") else said, "")))


def _is_number(name: Sequence[str]) -> bool:
    said = "".join(name)
    return said in NUMBER_OF or (len(name) == 1 and _ORDER.fullmatch(said) is not None)


def _names(street: _Street) -> list[str]:
    """The ways to write the name of a street."""
    if street.joined is None and _is_number(street.name):
        said = "".join(street.name)
        order = _ORDER.fullmatch(said)
        return [*dict.fromkeys((said, *orders_of(int(order[1]) if order else NUMBER_OF[said])))]
    ways: list[tuple[str, ...]] = []
    for word in street.name:
        is_varied = word in SHORT and sum(len(way) > 1 for way in ways) < _MOST_SHORT
        ways.append(SHORT[word] if is_varied else (word,))
    return ["".join(words) for words in product(*ways)]
