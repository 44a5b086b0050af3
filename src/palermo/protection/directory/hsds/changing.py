"""What a record says once people have changed what its source says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from palermo.protection.directory.hsds.capacity import laid_over
from palermo.protection.directory.hsds.days import day_of, done_on
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.profile import patched

CONFIRMED = ("assured_date", "assured_by")
"""When a record was last confirmed, and by whom: whoever did so later is believed."""


def changed(given: Mapping[str, Json], patches: Iterable[Mapping[str, Json]]) -> Document:
    """What a source says of a record, with each merge patch applied in turn (RFC 7396).

    A source that confirms the record later than the last person did keeps its own date. Where it says no day, or one
    that is yet to come, every person is believed. Those of people are days of our own clock. Of each kind of bed, who
    counted it last is believed.
    """
    found, confirmed = dict(given), done_on(given.get("assured_date"), date.today()) or date.min
    for patch in patches:
        rest = {name: said for name, said in patch.items() if name not in CONFIRMED}
        found = patched(found, laid_over(given, rest) if only_counts(rest) else rest)
        day = day_of(patch.get("assured_date")) or date.min
        if "assured_date" in patch and day >= confirmed:
            confirmed = day
            found |= {name: patch[name] for name in CONFIRMED if name in patch}
    return found


def only_confirms(patch: Mapping[str, Json]) -> bool:
    """Whether a patch says when a record was confirmed and by whom, and nothing else."""
    return set(patch) == set(CONFIRMED) and isinstance(patch["assured_date"], str)


def only_counts(patch: Mapping[str, Json]) -> bool:
    """Whether a patch says which beds there are and how many are free, and nothing else."""
    return set(patch) == {"capacities"} and isinstance(patch["capacities"], list)


def difference(before: Mapping[str, Json], after: Mapping[str, Json]) -> Document:
    """The merge patch that turns one document into the other; lists are replaced whole."""
    patch: Document = {name: None for name in before if name not in after}
    for name, said in after.items():
        was = before.get(name)
        if isinstance(said, Mapping) and isinstance(was, Mapping):
            if inner := difference(was, said):
                patch[name] = inner
        elif name not in before or was != said:
            patch[name] = said
    return patch
