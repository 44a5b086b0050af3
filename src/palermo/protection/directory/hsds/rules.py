"""What one schedule says: on which days a service opens, and from when until when by which clock.

A schedule that cannot be read for certain is not read at all: a guess would send somebody to a closed door.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, YEARLY, weekday

from palermo.protection.directory.hsds.days import few_days_of
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.recurrence import Frequency, Recurrence

_Scalar: TypeAlias = "str | int | float | None"
_Said: TypeAlias = "Mapping[str, str | int | float]"

DAY = timedelta(days=1)
_NAMES = (
    "freq", "interval", "count", "dtstart", "until", "valid_from", "valid_to", "wkst", "byday", "byweekno",
    "bymonthday", "byyearday", "opens_at", "closes_at", "timezone", "timezone_name", "closed_on_holidays",
)  # fmt: skip
_WHEN = ("freq", "dtstart", "byday", "byweekno", "bymonthday", "byyearday", "opens_at", "closes_at")
"""What says on which days or at which times."""
_FREQUENCIES: Mapping[str, Frequency] = {"WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_TIME = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?\s*(Z|([+-])([0-9]{2}):?([0-5][0-9])?)?")
_FARTHEST = timedelta(hours=14)
"""No zone of the world is further from UTC."""
_LAST_MINUTE = timedelta(hours=23, minutes=59)
_OLDEST = 1900
"""A recurrence that began before this year is a typing error; counting from there would take long."""
_RAREST = 1000
_OFTENEST = 100_000
"""A longer interval and a higher count are typing errors."""


@dataclass(frozen=True)
class Rule:
    """A schedule that can be read.

    `opens` and `closes` are what the clock shows, counted from the midnight before the day of the recurrence; what
    closes after midnight has more than a day. `zone` is named by the schedule; `offset` is from UTC, as the times say
    it. `closed_on_holidays` is None where nothing is said of it.
    """

    recurrence: Recurrence
    opens: timedelta
    closes: timedelta
    zone: ZoneInfo | None
    offset: timedelta | None
    closed_on_holidays: bool | None

    def __hash__(self) -> int:
        """Reckoned once: what is said so is the same object each time, and is looked up for every service of a page."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.recurrence, self.opens, self.closes, self.zone, self.offset, self.closed_on_holidays))

    def is_weekly(self, since: date) -> bool:
        """Whether it is the same every week, at least from a day on, without an end."""
        said = self.recurrence
        plain = Recurrence(WEEKLY, dtstart=said.dtstart, wkst=said.wkst, byday=said.byday, first=said.first)
        return said == plain and max(said.first, said.dtstart or date.min) <= since


def rule_of(schedule: Mapping[str, Json]) -> Rule | None:
    """What a schedule of the standard says; None where that cannot be read for certain."""
    said = [schedule.get(name) for name in _NAMES]
    plain = [one for one in said if one is None or isinstance(one, str | int | float)]
    return _read(*plain) if len(plain) == len(said) else None


def is_unread(schedule: Mapping[str, Json]) -> bool:
    """Whether a schedule says days or times that cannot be read for certain.

    One of words alone does not, nor does one for a few days without times: which days those are is known.
    """
    says = any(schedule.get(name) not in (None, "") for name in _WHEN)
    return says and rule_of(schedule) is None and few_days_of(schedule) is None


def is_timeless(schedules: Iterable[Mapping[str, Json]], today: date) -> bool:
    """Whether schedules mean the same in whatever zone they are read: each names its own, or it is day and night."""
    said = [(rule_of(one), one) for one in schedules]
    rules = [rule for rule, _one in said if rule and rule.zone is None]
    return not any(rule is None and is_unread(one) for rule, one in said) and (not rules or _is_round(rules, today))


def _is_round(rules: Sequence[Rule], today: date) -> bool:
    """Whether rules are day and night on all seven days together, in any zone, holidays or not."""
    # Where in the world it is, it may be yesterday.
    is_whole = all(
        rule.is_weekly(today - 2 * DAY) and rule.closes - rule.opens == DAY and not rule.closed_on_holidays
        for rule in rules
    )
    days = {day.weekday for rule in rules for day in rule.recurrence.byday}
    return is_whole and len(days) == len(_WEEKDAYS) and len({(rule.opens, rule.offset) for rule in rules}) == 1


@lru_cache(maxsize=4096, typed=True)
def _read(*values: _Scalar) -> Rule | None:
    """The rule by the values of `_NAMES`; typed, since True and 1 are the same to a dictionary."""
    trimmed = (value.strip() if isinstance(value, str) else value for value in values)
    said = {name: value for name, value in zip(_NAMES, trimmed, strict=True) if value is not None and value != ""}
    try:
        opens, closes, offset = _times(said)
        return Rule(_recurrence(said), opens, closes, _zone(said), offset, _flag(said, "closed_on_holidays"))
    except ValueError:
        return None


def _recurrence(said: _Said) -> Recurrence:
    """The days of a schedule.

    Raises:
        ValueError: nobody can say for certain which days are meant.
    """
    start, since = _date(said, "dtstart"), _date(said, "valid_from")
    until, valid_to = _date(said, "until"), _date(said, "valid_to")
    found = Recurrence(
        freq=_frequency(said),
        interval=_number(said, "interval", _RAREST) or 1,
        dtstart=start,
        count=_number(said, "count", _OFTENEST),
        wkst=_WEEKDAYS.index(_text(said, "wkst").upper() or "MO"),
        byday=_weekdays(said),
        byweekno=_numbers(said, "byweekno", 53),
        bymonthday=_numbers(said, "bymonthday", 31),
        byyearday=_numbers(said, "byyearday", 366),
        first=since or date.min,
        last=min(until or date.max, valid_to or date.max),
    )
    if start and start.year < _OLDEST:
        raise ValueError(start)
    if "freq" not in said and not found.byday and not found.byyearday:
        return _single(found)
    return _checked(found)


def _frequency(said: _Said) -> Frequency:
    """How often it recurs; where that is not said, as its parts need it, which mostly is every week."""
    named = _text(said, "freq").upper() or ("YEARLY" if "byyearday" in said else "WEEKLY")
    if named not in _FREQUENCIES:
        raise ValueError(named)
    return _FREQUENCIES[named]


def _single(found: Recurrence) -> Recurrence:
    """The one day of a schedule that does not say that it recurs.

    Raises:
        ValueError: it is said of no day, or of more than one.
    """
    day = found.dtstart or (found.first if found.first == found.last else None)
    alone = Recurrence(WEEKLY, dtstart=day, count=1, wkst=found.wkst, first=found.first, last=found.last)
    if day is None or replace(found, dtstart=day, count=found.count or 1) != alone:
        raise ValueError(found)
    return alone


def _checked(found: Recurrence) -> Recurrence:
    """A recurrence whose parts fit each other.

    Raises:
        ValueError: RFC 5545 does not have them together, or nobody knows from when on is counted.
    """
    unfit = {
        WEEKLY: found.bymonthday or found.byyearday or any(day.n for day in found.byday),
        MONTHLY: found.byweekno or found.byyearday,
        YEARLY: found.byweekno or found.bymonthday or found.byday or not found.byyearday,
    }
    named = found.byday or found.bymonthday or found.byyearday
    counted = found.interval > 1 or found.count
    if unfit[found.freq] or (found.dtstart is None and (counted or not named)):
        raise ValueError(found)
    return found


def _times(said: _Said) -> tuple[timedelta, timedelta, timedelta | None]:
    """When it opens and closes, from midnight on, and the offset from UTC that the clock is said to have.

    Raises:
        ValueError: one of them is missing or is no time, or they are said by two clocks.
    """
    opens, one = _time(_text(said, "opens_at"))
    closes, other = _time(_text(said, "closes_at"))
    offsets = {offset for offset in (one, other) if offset is not None}
    if opens >= DAY or len(offsets) > 1:
        raise ValueError(said)
    if closes <= opens:
        closes += DAY
    elif closes >= _LAST_MINUTE:
        closes = DAY
    return opens, closes, offsets.pop() if offsets else _number_of_hours(said)


def _time(said: str) -> tuple[timedelta, timedelta | None]:
    """A time of the day from midnight on, up to 24:00, and its offset from UTC where it has one."""
    found = _TIME.fullmatch(said.upper())
    if found is None:
        raise ValueError(said)
    hours, minutes, seconds, zone, sign, away, rest = found.groups()
    time = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    offset = timedelta(hours=int(away or 0), minutes=int(rest or 0))
    if time > DAY or offset > _FARTHEST:
        raise ValueError(said)
    return time, (-offset if sign == "-" else offset) if zone else None


def _number_of_hours(said: _Said) -> timedelta | None:
    """The offset from UTC that the standard has as a number of hours."""
    hours = said.get("timezone")
    if hours is None:
        return None
    if isinstance(hours, str | bool) or not abs(hours) <= _FARTHEST / timedelta(hours=1):
        raise ValueError(hours)
    return timedelta(hours=hours)


def _zone(said: _Said) -> ZoneInfo | None:
    name = _text(said, "timezone_name")
    try:
        return ZoneInfo(name) if name else None
    except (LookupError, OSError):
        raise ValueError(name) from None


def _weekdays(said: _Said) -> tuple[weekday, ...]:
    """The weekdays of `byday`.

    Where one has a number, one without is spelled out as the first to fifth of the month: `dateutil` would take them
    as two conditions, of which a day has to fulfil both.
    """
    found = [_WEEKDAY.fullmatch(one) for one in _text(said, "byday").upper().replace(",", " ").split()]
    days = [weekday(_WEEKDAYS.index(one[2]), int(one[1]) if one[1] else None) for one in found if one]
    if len(days) < len(found):
        raise ValueError(said["byday"])
    if any(day.n for day in days):
        days = [each for day in days for each in ([day] if day.n else [day(n) for n in range(1, 6)])]
    return tuple(days)


def _numbers(said: _Said, name: str, most: int) -> tuple[int, ...]:
    """Numbers with commas between, each from 1 to `most`, negative ones counted from the end."""
    found = _text(said, name).replace(",", " ").split()
    numbers = tuple(int(one) for one in found if re.fullmatch("[+-]?[0-9]{1,3}", one))
    if len(numbers) < len(found) or not all(1 <= abs(number) <= most for number in numbers):
        raise ValueError(found)
    return numbers


def _number(said: _Said, name: str, most: int) -> int | None:
    """A whole number from 1 to `most`."""
    found = said.get(name)
    if found is None:
        return None
    if isinstance(found, str | bool) or not 1 <= found <= most or found % 1:
        raise ValueError(name, found)
    return int(found)


def _date(said: _Said, name: str) -> date | None:
    found = _text(said, name)
    return date.fromisoformat(found) if found else None


def _flag(said: _Said, name: str) -> bool | None:
    found = said.get(name)
    if not isinstance(found, bool | None):
        raise ValueError(name, found)
    return found


def _text(said: _Said, name: str) -> str:
    found = said.get(name, "")
    if not isinstance(found, str):
        raise ValueError(name, found)
    return found
