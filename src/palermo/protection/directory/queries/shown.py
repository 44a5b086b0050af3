"""Which of the services that a search came upon are shown, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case

from palermo.protection.directory.models import FinderEntry
from palermo.protection.directory.queries.nearest import REACH, SHOWN, is_uncertain

FIRST = 5
"""So many services of each sort are shown at first, so that the page is short; the others are a button away."""
MOST_UNCERTAIN = 2
"""So many of `FIRST` calls may be ones that nobody has confirmed for long, while there are others."""


class Known(NamedTuple):
    """What has to be known of an entry before it is sure whether it is shown."""

    service: UUID
    is_uncertain: bool
    rank: int
    """How well it serves the place from where is asked; 0 is best."""


def known(keys: Sequence[int], since: date, rank: Case) -> dict[int, Known]:
    """What is known of entries; uncertain is what was not confirmed since a day. Some may be gone."""
    rows = FinderEntry.objects.filter(pk__in=keys).annotate(rank=rank)
    told = rows.values_list("pk", "service", "confirmed_on", "rank")
    return {key: Known(service, is_uncertain(day, since), rank) for key, service, day, rank in told}


@dataclass(frozen=True)
class Cut:
    """The keys of entries that are shown: of those on the map, and of those that can be called."""

    there: list[int]
    calls: list[int]

    def __len__(self) -> int:
        return len(self.there) + len(self.calls)


@dataclass(frozen=True)
class CameUpon:
    """The entries that a search came upon, by their keys, one of each service in each of three sorts."""

    away: Mapping[int, int]
    """How many kilometres away those on the map are, in the order in which they are read."""
    lines: Sequence[int]
    """Those to be called, more than are shown."""
    offices: Sequence[int]
    """Those that say to serve this province from out of reach, in their order."""
    known: Mapping[int, Known]

    def cut(self, most: int | None) -> Cut:
        """So many of each sort as `most` says; all without it.

        An office that can be called is not shown once more for its place.
        """
        near = [key for key, away in self.away.items() if away <= REACH]
        lines = sorted((key for key in self.lines if key in self.known), key=lambda key: self.known[key].rank)
        lines = self._in_turns(lines)[:SHOWN]
        besides = self._services([*near, *lines])
        called = [key for key in self.offices if key in self.known and self.known[key].service not in besides]
        calls = self._in_turns([*lines, *called])[:most]
        taken = self._services(key for key in called if key in calls)
        there = [key for key in self.away if key in self.known]
        there = [key for key in there if self.away[key] <= REACH or self.known[key].service not in taken]
        return Cut(there[:most], calls)

    def in_order(self, cut: Cut) -> tuple[list[int], list[int], list[int]]:
        """What is near, what can be called and what is further away, in the order in which it is read.

        Of what can be called, the confirmed comes first; what was behind the button comes after what was before it.
        """
        parts = cut.calls[:FIRST], cut.calls[FIRST:]
        calls = [key for some in parts for key in sorted(some, key=lambda key: self.known[key].is_uncertain)]
        near = [key for key in cut.there if self.away[key] <= REACH]
        return near, calls, [key for key in cut.there if self.away[key] > REACH]

    def _services(self, keys: Iterable[int]) -> set[UUID]:
        return {self.known[key].service for key in keys if key in self.known}

    def _in_turns(self, keys: Sequence[int]) -> list[int]:
        """The same entries in parts of `FIRST`, in each of which there is room for the certain and for the uncertain.

        What serves this very place is not left out for what was confirmed elsewhere, nor that for a row of numbers that
        may be dead.
        """
        left, found = list(keys), list[int]()
        while left:
            uncertain = [key for key in left if self.known[key].is_uncertain]
            room = max(MOST_UNCERTAIN, FIRST - (len(left) - len(uncertain)))
            waiting = set(uncertain[room:])
            part = [key for key in left if key not in waiting][:FIRST]
            found += part
            left = [key for key in left if key not in part]
        return found
