"""When a service is open: what its schedules say of the days around a moment, by the clock on the wall (`clocks`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from palermo.protection.directory.hsds.clocks import begin, clock_of, end, midnight
from palermo.protection.directory.hsds.days import Days, few_days_of, is_within
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.hsds.public_holidays import is_holiday, is_holiday_everywhere, may_be_day_off
from palermo.protection.directory.hsds.recurrence import days_of
from palermo.protection.directory.hsds.rules import DAY, Rule, is_unread, rule_of

AHEAD = 14
"""So many days after today are looked at."""
_WEEK = 7
_AWAY = 3
"""So many days apart may a day of a recurrence be from one that its opening reaches into: one where it goes past
midnight, two where its clock is that of the other side of the world."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A time of being open, from `start` up to, but not including, `end`, both with a zone."""

    start: datetime
    end: datetime

    def has(self, moment: datetime) -> bool:
        """Whether it is open at a moment."""
        return self.start <= moment < self.end


class Day(NamedTuple):
    """A day by the clock of the place, and the openings that begin on it, in that clock.

    It is doubtful where one of them may not be given: the day is a public holiday of which its schedule says nothing,
    or on which it would be closed, and it is one in some of its provinces only or only some employers give it. So is
    one without openings of which only words tell what is different.
    """

    date: date
    openings: tuple[Opening, ...]
    is_doubtful: bool


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
    """Those that begin on a holiday and may not be given."""
    week: tuple[Day, ...]
    is_holiday: bool
    has_holiday: bool
    """Whether there is one in the week."""
    is_weekly: bool


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
    """Whether all schedules but those of words alone could be read; where not, it may be open when it seems closed."""
    _schedules: Sequence[Mapping[str, Json]]
    _around: _Around

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the schedules say in words, each once."""
        return notes_of(self._schedules)

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
    def is_known(self) -> bool:
        """Whether it is closed for certain when it is not known to be open."""
        return self.is_complete and (bool(self.week[0].openings) or not self.week[0].is_doubtful)

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
        """Whether today is a public holiday where the service is, or may be."""
        return self._around.is_holiday

    @property
    def is_uncertain(self) -> bool:
        """Whether a schedule has an opening today or now that began on a holiday, and nobody knows if it is given."""
        today = self.now.astimezone(self.zone).date()
        doubtful = self._around.doubtful
        return any(one.has(self.now) or one.start.astimezone(self.zone).date() == today for one in doubtful)

    @property
    def doubtful_day(self) -> date | None:
        """The first holiday of the week, after today, on which depends until when it is open or when it opens."""
        days = (day.date for day in self.week[1:] if day.is_doubtful)
        return next((day for day in days if self._depends_on(day)), None)

    @property
    def is_weekly(self) -> bool:
        """Whether the week that is shown is every week: without an end, a rarer day, a holiday or what is not read."""
        around = self._around
        return self.is_complete and around.is_weekly and (self.is_round_the_clock or not around.has_holiday)

    def _depends_on(self, day: date) -> bool:
        """Whether what is told of now goes through an opening of that day that may not be given."""
        current, opens = self._current, self.next
        for one in self._around.doubtful:
            told = one.start < current.end if current else opens is not None and one.has(opens)
            if told and one.start.astimezone(self.zone).date() == day:
                return True
        return False

    @property
    def _current(self) -> Opening | None:
        return next((one for one in self.openings if one.has(self.now)), None)


def hours_of(schedules: Sequence[Mapping[str, Json]], *, zone: ZoneInfo, province: str, now: datetime) -> Hours | None:
    """When a service with these schedules is open around `now`; None where none of them can be read.

    Args:
        schedules: as the standard has them, with the additions of the profile.
        zone: that of the place.
        province: that of the place, by its abbreviation; several with spaces between where it may be any of them;
            where it is none, only national holidays are known.
        now: a moment with a zone.
    """
    found = [(rule_of(one), one) for one in schedules]
    rules = tuple(rule for rule, _one in found if rule)
    if not rules:
        return None
    unusual = tuple(days for rule, one in found if rule is None and (days := few_days_of(one)))
    around = _around(rules, unusual, zone, province, now.astimezone(zone).date())
    return Hours(now, zone, not any(rule is None and is_unread(one) for rule, one in found), schedules, around)


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
def _around(rules: tuple[Rule, ...], unusual: tuple[Days, ...], zone: ZoneInfo, province: str, today: date) -> _Around:
    """What schedules say of the days around `today`. The same is asked again and again in a day."""
    begun = [one for one in _begun(rules, zone, province, today) if not is_within(one.day, unusual)]
    doubtful = tuple(_doubtful(begun))
    week = [today + DAY * number for number in range(_WEEK)]
    looked_at = Opening(midnight(today - DAY, zone), midnight(today + DAY * (AHEAD + 1), zone))
    return _Around(
        looked_at=looked_at,
        openings=tuple(
            Opening(max(one.start, looked_at.start), min(one.end, looked_at.end))
            for one in merged(one.opening for one in begun)
            if one.start < looked_at.end and one.end > looked_at.start
        ),
        doubtful=doubtful,
        week=tuple(_day(day, begun, doubtful, unusual, zone) for day in week),
        is_holiday=is_holiday(today, province),
        has_holiday=any(may_be_day_off(day, province) for day in week),
        is_weekly=all(rule.is_weekly(today) for rule in rules) and not any(last >= today for _first, last in unusual),
    )


def _doubtful(begun: Sequence[_Begun]) -> Iterator[Opening]:
    """The openings that may not be given, unless another schedule is open at the time for certain."""
    certain = merged(one.opening for one in begun if not one.is_doubtful)
    for one in (found.opening for found in begun if found.is_doubtful):
        if not any(sure.start <= one.start and one.end <= sure.end for sure in certain):
            yield one


def _day(
    day: date, begun: Iterable[_Begun], doubtful: Iterable[Opening], unusual: Iterable[Days], zone: ZoneInfo
) -> Day:
    """A day with its openings. One that goes on after midnight stays whole, as it is told to people."""
    found = merged(one.opening for one in begun if one.day == day)
    shown = tuple(Opening(one.start.astimezone(zone), one.end.astimezone(zone)) for one in found)
    may_not_be_given = any(one.start.astimezone(zone).date() == day for one in doubtful)
    return Day(day, shown, may_not_be_given or is_within(day, unusual))


def merged(openings: Iterable[Opening]) -> list[Opening]:
    """Openings in order, those that overlap or touch put together."""
    found: list[Opening] = []
    for one in sorted(openings, key=lambda one: one.start):
        if found and one.start <= found[-1].end:
            found[-1] = Opening(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def _begun(rules: Iterable[Rule], zone: ZoneInfo, province: str, today: date) -> Iterator[_Begun]:
    """The openings that take place. On a day for which there is a schedule of its own, the others do not hold."""
    found = [(rule, *one) for rule in rules for one in _openings(rule, zone, today)]
    alone = {day for rule, day, _opening in found if rule.recurrence.is_one_day}
    for rule, day, opening in found:
        is_own = rule.recurrence.is_one_day
        is_closed = rule.closed_on_holidays and is_holiday_everywhere(day, province)
        # What lies within a skipped hour does not take place.
        if opening.start < opening.end and not is_closed and (is_own or day not in alone):
            # Whoever says the hours of a holiday alone knows that it is one.
            is_given = rule.closed_on_holidays is False or (is_own and rule.closed_on_holidays is None)
            yield _Begun(opening, day, not is_given and may_be_day_off(day, province))


def _openings(rule: Rule, zone: ZoneInfo, today: date) -> Iterator[tuple[date, Opening]]:
    """The openings of one schedule that reach into the days looked at, and a few around, each with its day."""
    clock = clock_of(rule, zone, today.year)
    for day in days_of(rule.recurrence, today - DAY * (1 + _AWAY), today + DAY * (AHEAD + _AWAY)):
        first = datetime.combine(day, time())
        opening = Opening(begin(first + rule.opens, clock), end(first + rule.closes, clock))
        yield opening.start.astimezone(zone).date(), opening
