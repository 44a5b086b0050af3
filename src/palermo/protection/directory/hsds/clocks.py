"""The moments that schedules mean by what a clock on the wall shows.

How times are read, where a schedule leaves room:

- The clock is that of the zone which the schedule names (`timezone_name` of the profile), whatever offset its times
  have; else that of the place. An offset from UTC in the times, or the standard's number `timezone`, which the place
  has or lately had at some time of the year, means the clock of the place, summer and winter: a service in Toronto that
  writes 09:00-05:00 opens at nine in July too. Any other offset, and Z, is meant as it is written.
- When clocks are set forward, times are skipped: what would begin or end at one of them does so at the moment after. A
  time that comes twice when clocks are set back is for a beginning the first, for an end the second: nobody is told
  that it is closed where it may be open.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from palermo.protection.directory.hsds.rules import Rule

_REMEMBERED = 10
"""So many years is an offset of the place understood that it no longer has."""


def clock_of(rule: Rule, zone: ZoneInfo, year: int) -> tzinfo:
    """The clock by which the times of a schedule are meant."""
    if rule.zone or rule.offset is None:
        return rule.zone or zone
    return zone if rule.offset in _offsets(zone, year) else timezone(rule.offset)


@lru_cache(maxsize=256)
def _offsets(zone: ZoneInfo, year: int) -> frozenset[timedelta | None]:
    """The offsets from UTC that a zone has in a year or had in those before; every one lasts for a month at least."""
    years = range(year - _REMEMBERED, year + 1)
    return frozenset(zone.utcoffset(datetime(one, month, 15)) for one in years for month in range(1, 13))


def begin(shown: datetime, clock: tzinfo) -> datetime:
    """The first moment, in UTC, at which a clock shows this or, where that is skipped, the first one after it."""
    first, second = _moments(shown, clock)
    return first if first <= second else _after_skipped(shown, second, first, clock)


def end(shown: datetime, clock: tzinfo) -> datetime:
    """As `begin`, but the last moment where there are two."""
    first, second = _moments(shown, clock)
    return second if first <= second else _after_skipped(shown, second, first, clock)


def _moments(shown: datetime, clock: tzinfo) -> tuple[datetime, datetime]:
    """The moments, in UTC, that are meant by what a clock shows: the later first where it is skipped (PEP 495)."""
    return shown.replace(tzinfo=clock).astimezone(UTC), shown.replace(tzinfo=clock, fold=1).astimezone(UTC)


def _after_skipped(shown: datetime, before: datetime, after: datetime, clock: tzinfo) -> datetime:
    """The second at which a clock is set forward past `shown`, between moments before and after that."""
    seconds = range(int((after - before).total_seconds()) + 1)
    return before + timedelta(seconds=bisect_left(seconds, shown, key=lambda passed: _shown(before, passed, clock)))


def _shown(before: datetime, passed: int, clock: tzinfo) -> datetime:
    return (before + timedelta(seconds=passed)).astimezone(clock).replace(tzinfo=None)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, of a day."""
    return begin(datetime.combine(day, time()), zone)
