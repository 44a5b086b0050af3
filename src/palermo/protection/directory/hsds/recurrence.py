"""The days on which something recurs, by the rules of RFC 5545, section 3.3.10, as far as the standard has them."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Literal, TypeAlias

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, WEEKLY, YEARLY, rrule, weekday

Frequency: TypeAlias = Literal[0, 1, 2]
"""`YEARLY`, `MONTHLY` or `WEEKLY` of `dateutil`."""

_ONCE = 12 * 9999
"""An interval that leads beyond the last year. A rule that no day fulfils would else be followed up to there."""


@dataclass(frozen=True)
class Recurrence:
    """The days that a schedule is for, each part named as RFC 5545 does; an empty part rules nothing out.

    `first` and `last` are days, inclusive, outside of which there is none. A `count` begins at `dtstart` all the same.
    """

    freq: Frequency
    interval: int = 1
    dtstart: date | None = None
    count: int | None = None
    wkst: int = 0
    byday: tuple[weekday, ...] = ()
    byweekno: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    first: date = date.min
    last: date = date.max

    @property
    def is_one_day(self) -> bool:
        """Whether it does not recur: it is for one day alone, or for none."""
        return self.count == 1 or max(self.first, self.dtstart or date.min) >= self.last


@lru_cache(maxsize=4096)
def days_of(recurrence: Recurrence, first: date, last: date) -> tuple[date, ...]:
    """The days of a recurrence from `first` to `last`, both inclusive."""
    last = min(last, recurrence.last)
    if (recurrence.dtstart or first) > last:
        return ()
    found = (_weekly if recurrence.freq == WEEKLY else _monthly)(recurrence, first, last)
    first = max(first, recurrence.first)
    return tuple(day for day in islice(found, recurrence.count) if day >= first)


def _weekly(rule: Recurrence, first: date, last: date) -> Iterator[date]:
    """The days up to `last`, some from before `first` perhaps; all of those where they have to be counted."""
    start = rule.dtstart or first
    if rule.count is None and start < first:
        start += timedelta(weeks=rule.interval) * ((first - start).days // (7 * rule.interval))
    found = rrule(
        WEEKLY, dtstart=start, interval=rule.interval, wkst=rule.wkst, byweekday=rule.byday or None, until=last
    )
    for moment in found:
        if not rule.byweekno or not _week_numbers(moment.date(), rule.wkst).isdisjoint(rule.byweekno):
            yield moment.date()


def _week_numbers(day: date, wkst: int) -> frozenset[int]:
    """The number of a day's week from the beginning of its year, and the one from the end, which is negative.

    A week belongs to the year that has at least four days of it (RFC 5545, section 3.3.10), thus to that of its fourth
    day.
    """
    fourth = day + timedelta(days=3 - (day.weekday() - wkst) % 7)
    passed = fourth.timetuple().tm_yday - 1
    remaining = 365 + isleap(fourth.year) - 1 - passed
    return frozenset({passed // 7 + 1, -(remaining // 7) - 1})


def _monthly(rule: Recurrence, first: date, last: date) -> Iterator[date]:
    """As `_weekly`, for what recurs by months or years: one month or year after the other."""
    start = rule.dtstart or first
    step = rule.interval * (12 if rule.freq == YEARLY else 1)
    begin = start.replace(month=1, day=1) if rule.freq == YEARLY else start.replace(day=1)
    passed = (first.year - begin.year) * 12 + first.month - begin.month
    if rule.count is None and passed > 0:
        begin += relativedelta(months=passed // step * step)
    days = rule.bymonthday or (None if rule.byday or rule.byyearday else (start.day,))
    for period in rrule(MONTHLY, dtstart=begin, interval=step, until=last):
        found = rrule(
            rule.freq,
            dtstart=period,
            interval=_ONCE,
            byweekday=rule.byday or None,
            bymonthday=days,
            byyearday=rule.byyearday or None,
        )
        yield from (moment.date() for moment in found if start <= moment.date() <= last)
