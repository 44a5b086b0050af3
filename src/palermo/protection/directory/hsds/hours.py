"""When a service is open: what its schedules say of the days around a moment, by the clock on the wall.

How times are read, where a schedule leaves room:

- The clock is that of the zone which the schedule names (`timezone_name` of the profile), whatever offset its times
  have; else that of the place. An offset from UTC in the times, or the standard's number `timezone`, which the place
  has or lately had at some time of the year, means the clock of the place, summer and winter: a service in Toronto that
  writes 09:00-05:00 opens at nine in July too. Any other offset, and Z, is meant as it is written.
- When clocks are set forward, times are skipped: what would begin or end at one of them does so at the moment after. A
  time that comes twice when clocks are set back is for a beginning the first, for an end the second: nobody is told
  that it is closed where it may be open.
- Holidays are those that the package `holidays` has as public ones of the province (its category `public`: days off by
  law), with the days on which they are observed where they fall on a weekend. Days that only some employers give, such
  as the Civic Holiday in Ontario, are none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holidays import country_holidays

from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.profile import FRENCH, PROVINCES
from palermo.protection.directory.hsds.recurrence import days_of
from palermo.protection.directory.hsds.rules import DAY, Rule, rule_of

AHEAD = 14
"""So many days after today are looked at."""
_WEEK = 7
_AWAY = 3
"""So many days apart may a day of a recurrence be from one that its opening reaches into: one where it goes past
midnight, two where its clock is that of the other side of the world."""
_REMEMBERED = 10
"""So many years is an offset of the place understood that it no longer has."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A time of being open, from `start` up to, but not including, `end`, both with a zone."""

    start: datetime
    end: datetime

    def has(self, moment: datetime) -> bool:
        """Whether it is open at a moment."""
        return self.start <= moment < self.end


class Day(NamedTuple):
    """A day by the clock of the place, and the openings that begin on it, in that clock."""

    date: date
    openings: tuple[Opening, ...]


class Note(NamedTuple):
    """Words of a schedule in both languages, each empty where they are not said in it."""

    en: str
    fr: str


@dataclass(frozen=True)
class _Around:
    """What is known of the days around one day, whatever the time is; all but `week` in UTC."""

    looked_at: Opening
    openings: tuple[Opening, ...]
    doubtful: tuple[Opening, ...]
    """Those that begin on a public holiday of which their schedule says nothing."""
    week: tuple[Day, ...]
    is_holiday: bool


@dataclass(frozen=True)
class Hours:
    """What is known of when a service is open around `now`.

    The days looked at are those by the clock of the place from yesterday to the fourteenth after today. `openings` are
    in UTC, in which moments can be compared and subtracted; what is shown, `until`, `next` and `week`, has the clock of
    the place.
    """

    now: datetime
    zone: ZoneInfo
    is_complete: bool
    """Whether all schedules could be read; where not, it may be open when it is said to be closed."""
    notes: tuple[Note, ...]
    _around: _Around

    @property
    def openings(self) -> tuple[Opening, ...]:
        """When it is open in the days looked at, in order, what touches put together, cut off at their ends."""
        return self._around.openings

    @property
    def week(self) -> tuple[Day, ...]:
        """Today and the six days after it."""
        return self._around.week

    @property
    def is_open(self) -> bool:
        """Whether it is open now."""
        return self._current is not None

    @property
    def until(self) -> datetime | None:
        """When it closes; None where it is closed now or is not known to close in the days looked at."""
        current = self._current
        if current is None or current.end >= self._around.looked_at.end:
            return None
        return current.end.astimezone(self.zone)

    @property
    def next(self) -> datetime | None:
        """When it opens next; None where it does not in the days looked at."""
        later = (one.start for one in self.openings if one.start > self.now)
        found = next(later, None)
        return found.astimezone(self.zone) if found else None

    @property
    def is_round_the_clock(self) -> bool:
        """Whether it never closes in the days looked at."""
        return self.openings == (self._around.looked_at,)

    @property
    def today_is_holiday(self) -> bool:
        """Whether today is a public holiday where the service is."""
        return self._around.is_holiday

    @property
    def is_uncertain(self) -> bool:
        """Whether a schedule has an opening today or now that began on a holiday, and does not say if it is given."""
        today = self.now.astimezone(self.zone).date()
        doubtful = self._around.doubtful
        return any(one.has(self.now) or one.start.astimezone(self.zone).date() == today for one in doubtful)

    @property
    def _current(self) -> Opening | None:
        return next((one for one in self.openings if one.has(self.now)), None)


def hours_of(schedules: Sequence[Mapping[str, Json]], *, zone: ZoneInfo, province: str, now: datetime) -> Hours | None:
    """When a service with these schedules is open around `now`; None where none of them can be read.

    Args:
        schedules: as the standard has them, with the additions of the profile.
        zone: that of the place.
        province: that of the place, by its abbreviation; where it is none, only national holidays are known.
        now: a moment with a zone.
    """
    rules = tuple(rule for schedule in schedules if (rule := rule_of(schedule)))
    if not rules:
        return None
    around = _around(rules, zone, province, now.astimezone(zone).date())
    return Hours(now, zone, len(rules) == len(schedules), notes_of(schedules), around)


def notes_of(schedules: Iterable[Mapping[str, Json]]) -> tuple[Note, ...]:
    """What schedules say in words, each once."""
    found = (
        Note(_words(schedule, name), _words(schedule, name + FRENCH))
        for schedule in schedules
        for name in ("description", "notes")
    )
    return tuple(dict.fromkeys(note for note in found if any(note)))


def _words(schedule: Mapping[str, Json], name: str) -> str:
    said = schedule.get(name)
    return said.strip() if isinstance(said, str) else ""


class _Begun(NamedTuple):
    """An opening of one schedule in UTC, and the day on which it begins by the clock of the place."""

    opening: Opening
    day: date
    is_doubtful: bool


@lru_cache(maxsize=4096)
def _around(rules: tuple[Rule, ...], zone: ZoneInfo, province: str, today: date) -> _Around:
    """What schedules say of the days around `today`. The same is asked again and again in a day."""
    begun = [one for rule in rules for one in _openings(rule, zone, province, today)]
    looked_at = Opening(_midnight(today - DAY, zone), _midnight(today + DAY * (AHEAD + 1), zone))
    return _Around(
        looked_at=looked_at,
        openings=tuple(
            Opening(max(one.start, looked_at.start), min(one.end, looked_at.end))
            for one in merged(one.opening for one in begun)
            if one.start < looked_at.end and one.end > looked_at.start
        ),
        doubtful=tuple(_doubtful(begun)),
        week=tuple(_day(today + DAY * number, begun, zone) for number in range(_WEEK)),
        is_holiday=today in _holidays(province, today.year),
    )


def _doubtful(begun: Sequence[_Begun]) -> Iterator[Opening]:
    """The openings that may not be given, unless another schedule is open at the time for certain."""
    certain = merged(one.opening for one in begun if not one.is_doubtful)
    for one in (found.opening for found in begun if found.is_doubtful):
        if not any(sure.start <= one.start and one.end <= sure.end for sure in certain):
            yield one


def _day(day: date, begun: Iterable[_Begun], zone: ZoneInfo) -> Day:
    """A day with its openings. One that goes on after midnight stays whole, as it is told to people."""
    found = merged(one.opening for one in begun if one.day == day)
    return Day(day, tuple(Opening(one.start.astimezone(zone), one.end.astimezone(zone)) for one in found))


def merged(openings: Iterable[Opening]) -> list[Opening]:
    """Openings in order, those that overlap or touch put together."""
    found: list[Opening] = []
    for one in sorted(openings, key=lambda one: one.start):
        if found and one.start <= found[-1].end:
            found[-1] = Opening(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def _openings(rule: Rule, zone: ZoneInfo, province: str, today: date) -> Iterator[_Begun]:
    """The openings of one schedule that reach into the days looked at, and a few around, without those of holidays."""
    clock = _clock(rule, zone, today.year)
    for day in days_of(rule.recurrence, today - DAY * (1 + _AWAY), today + DAY * (AHEAD + _AWAY)):
        midnight = datetime.combine(day, time())
        opening = Opening(_begin(midnight + rule.opens, clock), _end(midnight + rule.closes, clock))
        begins_on = opening.start.astimezone(zone).date()
        is_holiday = begins_on in _holidays(province, begins_on.year)
        # What lies within a skipped hour does not take place.
        if opening.start < opening.end and not (is_holiday and rule.closed_on_holidays):
            yield _Begun(opening, begins_on, is_holiday and rule.closed_on_holidays is None)


def _clock(rule: Rule, zone: ZoneInfo, year: int) -> tzinfo:
    """The clock by which the times of a schedule are meant."""
    if rule.zone or rule.offset is None:
        return rule.zone or zone
    return zone if rule.offset in _offsets(zone, year) else timezone(rule.offset)


@lru_cache(maxsize=256)
def _offsets(zone: ZoneInfo, year: int) -> frozenset[timedelta | None]:
    """The offsets from UTC that a zone has in a year or had in those before; every one lasts for a month at least."""
    years = range(year - _REMEMBERED, year + 1)
    return frozenset(zone.utcoffset(datetime(one, month, 15)) for one in years for month in range(1, 13))


def _begin(shown: datetime, clock: tzinfo) -> datetime:
    """The first moment, in UTC, at which a clock shows this or, where that is skipped, the first one after it."""
    first, second = _moments(shown, clock)
    return first if first <= second else _after_skipped(shown, second, first, clock)


def _end(shown: datetime, clock: tzinfo) -> datetime:
    """As `_begin`, but the last moment where there are two."""
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


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return _begin(datetime.combine(day, time()), zone)


@lru_cache(maxsize=256)
def _holidays(province: str, year: int) -> frozenset[date]:
    """The public holidays of a province, or of all of Canada where it is none."""
    return frozenset(country_holidays("CA", subdiv=province if province in PROVINCES else None, years=year))
