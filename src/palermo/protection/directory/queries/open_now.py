"""Which of the entries that the finder knows are open now.

Thousands may have to be asked in the middle of the night, and many say the same hours: each sort is read once, by the
number that all of it have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from palermo.foundation.keys import among
from palermo.protection.directory.models import FinderEntry
from palermo.protection.directory.opening import Told, hours_at

Timed: TypeAlias = tuple[int, int]
"""The key of an entry, and the number of its hours."""

OF_ONE = 4
"""So many of the first that are open may be of one service; only where there are more are all of them asked for it."""


class OpenNow:
    """What is found out during one search about what is open."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[int, bool] = {}

    def first(self, batches: Iterable[Sequence[Timed]], enough: int) -> list[int]:
        """The first services that are known to be open, so many or more: for each the key of its first open entry."""
        found: dict[UUID, int] = {}
        for batch in batches:
            self._ask(batch)
            are_open = [key for key, hours in batch if self._known[_number(key, hours)]]
            for some in (are_open[: enough * OF_ONE], are_open[enough * OF_ONE :]):
                if len(found) < enough:
                    services = _services(some)
                    for key in some:
                        if key in services:
                            found.setdefault(services[key], key)
            if len(found) >= enough:
                break
        return list(found.values())

    def _ask(self, batch: Sequence[Timed]) -> None:
        """Find out about the hours of entries, of each sort by one that has them.

        By another one once more where that has just been made anew, under another key.
        """
        for some in (batch[::-1], batch):
            asked = {number: key for key, hours in some if (number := _number(key, hours)) not in self._known}
            self._read({key: number for number, key in asked.items()})
        self._known = dict.fromkeys((_number(*one) for one in batch), False) | self._known

    def _read(self, numbers: dict[int, int]) -> None:
        names = ("pk", "schedules", "zone", "provinces", "stands_in")
        rows = FinderEntry.objects.filter(pk__in=among(numbers)).values_list(*names) if numbers else ()
        for key, *told in rows:
            hours = hours_at(Told(*told), self._now)
            self._known[numbers[key]] = hours is not None and hours.is_open


def _number(key: int, hours: int) -> int:
    """By what an entry's hours are known. A program of an older release writes none, and those are its own."""
    return hours or -key


def _services(keys: Sequence[int]) -> dict[int, UUID]:
    """The services of entries."""
    rows = FinderEntry.objects.filter(pk__in=among(keys)).values_list("pk", "service") if keys else ()
    return dict(rows)
