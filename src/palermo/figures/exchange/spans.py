"""Spans of days as SDMX writes them, and read back.

A calendar year, half-year, quarter, month or day has its short name (`2013`, `2013-S1`, `2013-Q1`, `2013-04`,
`2013-04-01`). Every other span is a time range: its first day and how long it lasts, so that the fiscal year 2013–2014
is `2013-04-01/P1Y` (SDMX 3.0, section 6, "Time").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

_REPORTING = {"A": 12, "S": 6, "T": 4, "Q": 3, "M": 1}
"""How many months one of each has: year, half-year, third, quarter, month."""
_NAMED = re.compile(r"(\d{4})(?:-(?:([ASTQM])(\d{1,2})|(\d{2})(?:-(\d{2}))?))?")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T00:00:00)?/P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,6})D)?")
_SAME_DAY_IN_EVERY_MONTH = 28


@dataclass(frozen=True, slots=True)
class Span:
    """Days from one to another, both included."""

    starts_on: date
    ends_on: date


def sdmx_period(span: Span) -> str:
    """A span as `TIME_PERIOD` has it."""
    first = span.starts_on
    if span.ends_on == first:
        return first.isoformat()
    if first.day == 1 and (first.month - 1) % (months := _months(span) or 99) == 0 and months in (1, 3, 6, 12):
        place = (first.month - 1) // months + 1
        named = {12: "", 6: f"-S{place}", 3: f"-Q{place}", 1: f"-{first.month:02}"}[months]
        return f"{first.year:04}{named}"
    return f"{first.isoformat()}/{_duration(span)}"


def _duration(span: Span) -> str:
    months = _months(span)
    if not months:
        return f"P{(span.ends_on - span.starts_on).days + 1}D"
    return f"P{months}M" if months % 12 else f"P{months // 12}Y"


def _months(span: Span) -> int:
    """How many whole months a span has; 0 where it has none, or where not every month has its day."""
    first = span.starts_on
    if first.day > _SAME_DAY_IN_EVERY_MONTH:
        return 0
    months = 12 * (span.ends_on.year - first.year) + span.ends_on.month - first.month
    return next((each for each in (months, months + 1) if each > 0 and _last_day(first, each) == span.ends_on), 0)


def _last_day(first: date, months: int) -> date | None:
    """The last of so many months; None beyond what dates reach."""
    month = first.year * 12 + first.month - 1 + months
    if month // 12 > MAXYEAR:
        return date.max if (first.day, month % 12) == (1, 0) else None
    return date(month // 12, month % 12 + 1, first.day) - timedelta(days=1)


def read_sdmx_period(text: str) -> Span | None:
    """The span in a `TIME_PERIOD`; None for what is none, or is finer than a day."""
    try:
        if found := _NAMED.fullmatch(text):
            return _named(*found.groups())
        if found := _RANGE.fullmatch(text):
            first, years, months, days = found.groups()
            return _lasting(date.fromisoformat(first), int(years or 0) * 12 + int(months or 0), int(days or 0))
    except (ValueError, OverflowError):
        pass
    return None


def _named(year: str, kind: str | None, place: str | None, month: str | None, day: str | None) -> Span | None:
    if kind and place:
        months, at = _REPORTING[kind], int(place)
        return _lasting(date(int(year), 1 + (at - 1) * months, 1), months, 0) if at >= 1 else None
    if day:
        only = date(int(year), int(month or 0), int(day))
        return Span(only, only)
    return _lasting(date(int(year), int(month or 1), 1), 1 if month else 12, 0)


def _lasting(first: date, months: int, days: int) -> Span | None:
    if (months and days) or not (months or days) or (months and first.day > _SAME_DAY_IN_EVERY_MONTH):
        return None
    last = _last_day(first, months) if months else first + timedelta(days=days - 1)
    return Span(first, last) if last else None
