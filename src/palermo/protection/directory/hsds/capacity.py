"""How many beds or places are free, and for how long what somebody told of it is good.

A number that was true yesterday sends somebody to a house that is full tonight. After its hours have passed it is not
shown any more: then nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from palermo.protection.directory.hsds.json_values import Document, Json

HOURS = 24.0
"""For so many hours a number is good that does not say for how many (`valid_hours` of the profile)."""
FORWARD = timedelta(minutes=5)
"""So far ahead may the clock of whoever told it be; what is told from later on than that is not believed."""
_MOST_HOURS = 24.0 * 365
MOST_BEDS = 9_999
"""No house has more."""
BED: Mapping[str, Json] = {"name": "bed", "name_fr": "lit"}
"""What is counted where nothing was counted before."""
_COUNTED = ("available", "maximum", "updated", "valid_hours")
"""What a new count of the same beds says anew."""


@dataclass(frozen=True)
class Capacity:
    """What is told of one kind of bed or place.

    `maximum` is None where it is not said, and `updated` where nobody can know, or where so many cannot be free.
    """

    key: str
    unit: Mapping[str, Json]
    available: int
    maximum: int | None
    updated: datetime | None
    valid_hours: float

    def age(self, now: datetime) -> timedelta | None:
        """How long ago it was told; nothing where that is not known, or is yet to come."""
        if self.updated is None or self.updated > now + FORWARD:
            return None
        return max(now - self.updated, timedelta(0))

    def is_known(self, now: datetime) -> bool:
        """Whether the number still stands: it is no older than its hours."""
        age = self.age(now)
        return age is not None and age <= timedelta(hours=min(self.valid_hours, _MOST_HOURS))


def capacities_of(said: Mapping[str, Json]) -> list[Capacity]:
    """What a service tells of its beds and places."""
    return [_read(one) for one in _entries(said)]


def without_live(said: Document) -> Document:
    """What a service says to everybody: without the numbers that say for how long they are good.

    Those are for workers. One without a limit is as old as it says, and nobody takes it for the beds of tonight.
    """
    if "capacities" not in said:
        return said
    rest = {name: each for name, each in said.items() if name != "capacities"}
    left = [one for one in _entries(said) if one.get("valid_hours") is None]
    return {**rest, "capacities": left} if left else rest


def retold(
    said: Mapping[str, Json], key: str, *, available: int, maximum: int | None, valid_hours: int, now: datetime
) -> list[Document]:
    """All that a service tells of its beds, one of them told anew at a moment; the others stay as they are.

    A key that is none of them is that of beds that nobody has counted so far.
    """
    told: Document = {
        "available": available,
        "valid_hours": valid_hours,
        "updated": now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    if maximum is not None:
        told["maximum"] = maximum
    kept = [dict(one) for one in _entries(said)]
    for one in kept:
        if one.get("id") == key:
            one.pop("maximum", None)
            one |= told
            return kept
    return [*kept, {"id": str(uuid4()), "unit": {"id": str(uuid4()), **BED}, **told}]


def is_recount(before: Mapping[str, Json], after: Mapping[str, Json], now: datetime) -> bool:
    """Whether the same beds are told of in the same order, with nothing new but numbers that can be right now."""
    was, told = before.get("capacities"), after.get("capacities")
    if not isinstance(was, list) or not isinstance(told, list):
        return False
    return [_uncounted(one) for one in was] == [_uncounted(one) for one in told] and all(
        _can_be(one, now) for one in _entries(after)
    )


def _can_be(one: Mapping[str, Json], now: datetime) -> bool:
    """Whether so many beds can have been counted by now."""
    numbers = [one.get(name, 0) for name in ("available", "maximum", "valid_hours")]
    updated = _moment(one.get("updated"))
    return all(isinstance(each, int | float) and 0 <= each <= MOST_BEDS for each in numbers) and (
        updated is None or updated <= now + FORWARD
    )


def recounted(now: Mapping[str, Json], patch: Mapping[str, Json]) -> Document:
    """A patch that says of the beds in it what was counted of them since it was made, as far as that can be right."""
    counted = {str(one.get("id")): one for one in _entries(now)}
    if not isinstance(patch.get("capacities"), list):
        return dict(patch)
    return {**patch, "capacities": [_with_newer(one, counted.get(str(one.get("id")), {})) for one in _entries(patch)]}


def laid_over(given: Mapping[str, Json], count: Mapping[str, Json]) -> Document:
    """A count of beds, with what their source told of them since, and the beds of the source that it does not know."""
    told = _entries(recounted(given, count))
    known = {str(one.get("id")) for one in told}
    return {**count, "capacities": [*told, *(one for one in _entries(given) if str(one.get("id")) not in known)]}


def _with_newer(one: Mapping[str, Json], known: Mapping[str, Json]) -> Document:
    said, since = _moment(one.get("updated")), _moment(known.get("updated"))
    if since is None or (said is not None and said >= since) or not _can_be(known, datetime.now(UTC)):
        return dict(one)
    return {name: each for name, each in one.items() if name not in _COUNTED} | {
        name: known[name] for name in _COUNTED if name in known
    }


def _uncounted(one: Json) -> Json:
    return {name: said for name, said in one.items() if name not in _COUNTED} if isinstance(one, Mapping) else one


def _entries(said: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    found = said.get("capacities")
    return [one for one in (found if isinstance(found, list) else []) if isinstance(one, Mapping)]


def _read(one: Mapping[str, Json]) -> Capacity:
    unit = one.get("unit")
    hours = _number(one.get("valid_hours"))
    maximum, available = _number(one.get("maximum")), _number(one.get("available")) or 0
    can_be = available >= 0 and (maximum is None or available <= maximum)
    return Capacity(
        key=str(one.get("id") or ""),
        unit=unit if isinstance(unit, Mapping) else {},
        available=int(available),
        maximum=None if maximum is None else int(maximum),
        updated=_moment(one.get("updated")) if can_be else None,
        valid_hours=hours if hours is not None and hours > 0 else HOURS,
    )


def _number(said: Json) -> float | None:
    return float(said) if isinstance(said, int | float) and not isinstance(said, bool) else None


def _moment(said: Json) -> datetime | None:
    """A moment of RFC 3339, by the clock of UTC where it has no zone."""
    try:
        found = datetime.fromisoformat(str(said).strip().upper())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
