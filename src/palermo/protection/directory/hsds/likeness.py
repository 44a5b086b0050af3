"""Entries that may name the same service, for a person to judge: nothing is merged here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from palermo.protection.directory.hsds.likeness_entries import Entry
from palermo.protection.directory.hsds.likeness_keys import OFFER, UNTOLD, Row, rows
from palermo.protection.directory.hsds.places import kilometres

LEAST = 0.5
"""From which probability on two entries are proposed."""


@dataclass(frozen=True)
class Reason:
    """Something that speaks for or against it, in short words that a page puts into sentences.

    `about` is `name`, `needs`, `organization`, `phone`, `email`, `website` or `place`. `how` says how both compare:
    `same` or `different`; for names also `alike` (but for typing errors), `part` (one says all that the other does),
    `other-language` (they cannot be compared) and `for-others` (they are for different people); for needs also `some`
    (they have some in common); for places also `near`, `town` (in one town, or some kilometres apart), `apart` and
    `elsewhere` (in another province). What one of the entries does not say is not among the reasons.
    """

    about: str
    how: str
    km: float | None = None
    """How far the places are apart, where that is known."""


@dataclass(frozen=True)
class Likely:
    """Two entries that may name the same service, by their ids, the smaller first."""

    one: str
    other: str
    probability: float
    reasons: tuple[Reason, ...]


def likely(entries: Iterable[Entry]) -> list[Likely]:
    """The pairs that may name the same service, the likeliest first; the same every time, in whatever order they come.

    Only such pairs are compared as have something in common that few entries have (`likeness_keys`). What an
    organization gives under one name at two places is taken for two services, unless hardly anybody else has their
    telephone or e-mail address and they are within three kilometres: then one of them may only have moved.

    Raises:
        ValueError: two entries have one id.
    """
    # Loading the library takes half a second, which only those who ask for this should wait for.
    from palermo.protection.directory.hsds.likeness_model import scored, weights

    known = rows(entries)
    found = [
        Likely(one.entry.id, other.entry.id, pair["probability"], tuple(_reasons(one, other, pair["levels"])))
        for pair in scored(known, weights(), LEAST)
        for one, other in [(known[pair["one"]], known[pair["other"]])]
    ]
    return sorted(found, key=lambda pair: (-pair.probability, pair.one, pair.other))


def _reasons(one: Row, other: Row, levels: Mapping[str, str]) -> Iterator[Reason]:
    """How both compare in each respect in which they can be compared."""
    for respect, level in levels.items():
        if respect == "contact":
            yield from _reached(one, other)
        elif level != UNTOLD and respect != OFFER:
            yield Reason(respect, level, _apart(one, other) if respect == "place" else None)


def _reached(one: Row, other: Row) -> Iterator[Reason]:
    """How both compare in each of the ways to reach them."""
    ways = {
        "phone": (one.phones, other.phones),
        "email": (one.emails, other.emails),
        "website": (one.entry.sites, other.entry.sites),
    }
    for way, (first, second) in ways.items():
        if first and second:
            yield Reason(way, "different" if set(first).isdisjoint(second) else "same")


def _apart(one: Row, other: Row) -> float | None:
    """Kilometres between the places of both that are closest to each other."""
    between = [kilometres(first, second) for first in one.entry.points for second in other.entry.points]
    return round(min(between), 1) if between else None
