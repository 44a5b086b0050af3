"""What an entry says that stands for others, which name the same service."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from palermo.protection.directory.hsds.at_places import CORRECTED
from palermo.protection.directory.hsds.at_places import together as at_all_places
from palermo.protection.directory.hsds.capacity import capacities_of, recounted
from palermo.protection.directory.hsds.changing import CONFIRMED
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.parting import terms_of

TERMS = "attributes"
"""What describes an entry; here all entries are right together."""
OWN = (
    "id", "organization", "program", "service_at_locations", "metadata", "name", "name_fr", "status", "last_modified",
    *CONFIRMED,
)  # fmt: skip
"""What an entry does not take over: what it is, is called and belongs to, whether it is offered, and its confirmation.

When it was last confirmed tells of what it says itself.
"""
_LINKS = ("service_id", "link_id")
"""What says within an entry to which service it belongs."""


def together(
    own: Mapping[str, Json], others: Sequence[Mapping[str, Json]], believed: Mapping[str, Json] | None = None
) -> Document:
    """What an entry says, and beside it what others say that it stands for.

    Args:
        own: what its own source says.
        others: what the others say; of two that say something, the first counts.
        believed: that of the others which counts before its own source, because that does not tell of it any more.
            When that one was confirmed counts too: what nobody keeps any more grows old.
    """
    found = dict(own)
    if believed is not None:
        found = {name: said for name, said in own.items() if name not in CONFIRMED} | taken_over(own, believed)
        found |= {name: believed[name] for name in CONFIRMED if name in believed}
    for other in others:
        found |= {name: said for name, said in taken_over(own, other).items() if not _is_said(found.get(name))}
        if CORRECTED in other:
            found[CORRECTED] = at_all_places(found.get(CORRECTED), other[CORRECTED])
        if more := _more_terms(found, other):
            mine = found.get(TERMS)
            found[TERMS] = [*(mine if isinstance(mine, list) else []), *more]
    return found


def taken_over(own: Mapping[str, Json], other: Mapping[str, Json]) -> Document:
    """What an entry may take over from another one, as if it said so itself; the terms are looked at one by one."""
    takes = {name: said for name, said in other.items() if name not in OWN and name != TERMS and _is_said(said)}
    return {name: _relinked(said, other.get("id"), own.get("id")) for name, said in takes.items()}


def _is_said(said: Json) -> bool:
    """Whether anything is said: an empty text or list says nothing."""
    return said not in (None, "", [], {})


def _more_terms(found: Mapping[str, Json], other: Mapping[str, Json]) -> list[Json]:
    """What describes another entry and not this one yet."""
    known, theirs = terms_of(found), other.get(TERMS)
    added = [one for one in theirs if isinstance(one, Mapping)] if isinstance(theirs, list) else []
    return [_relinked(one, other.get("id"), found.get("id")) for one in added if terms_of({TERMS: [one]}) - known]


def _relinked(said: Json, before: Json, now: Json) -> Json:
    """The same, where what says to be of one service says to be of another."""
    if isinstance(said, Mapping):
        return {
            name: now if name in _LINKS and one == before else _relinked(one, before, now) for name, one in said.items()
        }
    return [_relinked(one, before, now) for one in said] if isinstance(said, list) else said


def counted(now: Mapping[str, Json], theirs: Collection[str], patch: Mapping[str, Json]) -> Document:
    """A patch of an entry, in which beds that it took over are told of as they were counted last, by whomever.

    Args:
        now: what it says without the patch.
        theirs: the ids of the beds that are those of others. Where it has come to tell of its own, it does.
        patch: what somebody changed of it.
    """
    if beds_of(patch).isdisjoint(theirs) or "capacities" not in now:
        return dict(patch)
    own = without_beds(patch, theirs)
    others = without_beds(recounted(patch, {"capacities": now["capacities"]}), beds_of(own))
    return {**patch, "capacities": [*_beds(own), *_beds(others)]}


def without_beds(said: Mapping[str, Json], beds: Collection[str]) -> Document:
    """The same without some beds; of beds nothing is said any more where none is left."""
    rest = {name: each for name, each in said.items() if name != "capacities"}
    left = [one for one in _beds(said) if str(one.get("id")) not in beds]
    return {**rest, "capacities": left} if left else rest


def beds_of(said: Mapping[str, Json]) -> set[str]:
    """The ids of the beds that are told of."""
    return {one.key for one in capacities_of(said)}


def _beds(said: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    found = said.get("capacities")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
