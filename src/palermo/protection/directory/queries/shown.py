"""Which of the services that a search came upon are shown, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from palermo.protection.directory.cards import TRUSTED
from palermo.protection.directory.models import FinderEntry
from palermo.protection.directory.queries.nearest import REACH

FIRST = 5
"""So many services of each sort are shown at first, so that the page is short; the others are a button away."""
ALIKE = 25
"""Kilometres to which it hardly matters who is nearer: from there, what is twice as far is a step further."""


class Known(NamedTuple):
    """What has to be known of an entry before it is sure whether it is shown."""

    service: UUID
    is_uncertain: bool


def known(keys: Sequence[int], now: datetime) -> dict[int, Known]:
    """Of which services entries are, and whether nobody has confirmed those for long. Some may be gone."""
    rows = FinderEntry.objects.filter(pk__in=keys).values_list("pk", "service", "confirmed_on")
    long_ago = timezone.localdate(now) - TRUSTED
    return {key: Known(service, day is None or day < long_ago) for key, service, day in rows}


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
    """How many kilometres away those on the map are, the nearest first."""
    lines: Sequence[int]
    """Those to be called, in their order."""
    offices: Sequence[int]
    """Those that say to serve this province from out of reach, the nearest first."""
    known: Mapping[int, Known]

    def cut(self, most: int | None) -> Cut:
        """So many of each sort as `most` says; all without it. What is on the map is in the order in which it is read.

        Of what can be called, that it was confirmed is no reason to leave out what serves this very place. An office
        that can be called is not shown once more for its place.
        """
        near = [key for key, away in self.away.items() if away <= REACH]
        besides = self._services([*near, *self.lines])
        called = [key for key in self.offices if key in self.known and self.known[key].service not in besides]
        calls = [key for key in [*self.lines, *called] if key in self.known][:most]
        taken = self._services(key for key in called if key in calls)
        there = [key for key, away in self.away.items() if key in self.known]
        there = [key for key in there if self.away[key] <= REACH or self.known[key].service not in taken]
        return Cut(sorted(there, key=self._step)[:most], calls)

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

    def _step(self, key: int) -> tuple[bool, int, bool]:
        """What is about as far stands on the same step, and there the confirmed first."""
        away = self.away[key]
        return away > REACH, (away // ALIKE).bit_length(), self.known[key].is_uncertain
