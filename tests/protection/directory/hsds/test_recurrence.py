"""Recurring days, held against a second reading of RFC 5545 that asks each day by itself."""

from __future__ import annotations

import calendar
import time
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.recurrence import days_of
from palermo.protection.directory.hsds.rules import rule_of

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Plain:
    """A recurrence as the tests write it."""

    freq: str
    dtstart: date | None = None
    interval: int = 1
    count: int | None = None
    wkst: str = "MO"
    byday: tuple[str, ...] = ()
    byweekno: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    until: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def schedule(self) -> Document:
        """As the standard has it."""
        found: Document = {"freq": self.freq, "interval": self.interval, "count": self.count, "wkst": self.wkst}
        for name in ("byday", "byweekno", "bymonthday", "byyearday"):
            found[name] = ",".join(str(one) for one in getattr(self, name))
        for name in ("dtstart", "until", "valid_from", "valid_to"):
            found[name] = str(getattr(self, name) or "")
        return found | {"opens_at": "09:00", "closes_at": "17:00"}


def days(schedule: Document, first: date, last: date) -> list[date]:
    rule = rule_of(schedule)
    assert rule
    return list(days_of(rule.recurrence, first, last))


def plainly(rule: Plain, first: date, last: date) -> list[date]:
    """The days from `first` to `last`, by asking every day since the beginning."""
    day, passed, found = rule.dtstart or first, 0, []
    while day <= last:
        if recurs(rule, day):
            passed += 1
            bounds = (rule.until or day, rule.valid_to or day)
            if day >= first and day >= (rule.valid_from or day) and day <= min(bounds):
                found.append(day)
            if passed == rule.count:
                break
        day += ONE
    return found


def recurs(rule: Plain, day: date) -> bool:
    start = rule.dtstart or day
    if rule.freq == "WEEKLY":
        apart = (begin_of_week(day, rule.wkst) - begin_of_week(start, rule.wkst)).days // 7
        on_day = WEEKDAYS[day.weekday()] in (rule.byday or (WEEKDAYS[start.weekday()],))
        return apart % rule.interval == 0 and on_day and (not rule.byweekno or in_week(rule, day))
    if rule.freq == "MONTHLY":
        month = list(calendar.Calendar().itermonthdays(day.year, day.month))
        of_month = [date(day.year, day.month, one) for one in month if one]
        apart = (day.year - start.year) * 12 + day.month - start.month
        if not rule.byday and not rule.bymonthday:
            return apart % rule.interval == 0 and day.day == start.day
        on_day = not rule.byday or any(is_nth(one, day, of_month) for one in rule.byday)
        on_number = not rule.bymonthday or any(at(of_month, number) == day for number in rule.bymonthday)
        return apart % rule.interval == 0 and on_day and on_number
    of_year = [date(day.year, 1, 1) + ONE * number for number in range(366 if calendar.isleap(day.year) else 365)]
    return (day.year - start.year) % rule.interval == 0 and any(at(of_year, one) == day for one in rule.byyearday)


def is_nth(said: str, day: date, of_month: list[date]) -> bool:
    same = [one for one in of_month if WEEKDAYS[one.weekday()] == said[-2:]]
    return day in same if said in WEEKDAYS else at(same, int(said[:-2])) == day


def at(listed: list[date], number: int) -> date | None:
    """The entry with this number, from 1 on, or from the end, if there is one."""
    place = number - 1 if number > 0 else number
    return listed[place] if -len(listed) <= place < len(listed) else None


def begin_of_week(day: date, wkst: str) -> date:
    while WEEKDAYS[day.weekday()] != wkst:
        day -= ONE
    return day


def in_week(rule: Plain, day: date) -> bool:
    """Whether a day lies in one of the weeks of a year, which are those with four days or more in it."""
    begin = begin_of_week(day, rule.wkst)
    for year in (day.year - 1, day.year, day.year + 1):
        if any(at(weeks_of(year, rule.wkst), number) == begin for number in rule.byweekno):
            return True
    return False


@cache
def weeks_of(year: int, wkst: str) -> list[date]:
    """The beginnings of the weeks of a year."""
    begins = {begin_of_week(date(year, 1, 1) + ONE * 7 * number, wkst) for number in range(-1, 54)}
    return sorted(one for one in begins if sum((one + ONE * number).year == year for number in range(7)) >= 4)


def signed(most: int) -> st.SearchStrategy[int]:
    return st.integers(1, most) | st.integers(-most, -1)


NOW = st.dates(date(2024, 1, 1), date(2029, 12, 31))
NAMES = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True).map(tuple)
NUMBERED = st.builds("{}{}".format, st.sampled_from(["", "1", "2", "+3", "4", "5", "-1", "-2", "-5"]),
                     st.sampled_from(WEEKDAYS))  # fmt: skip


@st.composite
def recurrences(draw: st.DrawFn) -> tuple[Plain, date, date]:
    """A recurrence that can be read, and days to look at."""
    first = draw(NOW)
    start = draw(st.none() | st.integers(-30, 800).map(lambda ago: first - ONE * ago))
    near = st.none() | st.integers(-40, 40).map(lambda away: first + ONE * away)
    rule = Plain(
        freq=draw(st.sampled_from(["WEEKLY", "MONTHLY", "YEARLY"])),
        dtstart=start,
        interval=draw(st.integers(1, 5)) if start else 1,
        count=draw(st.none() | st.integers(1, 150)) if start else None,
        wkst=draw(st.sampled_from(WEEKDAYS)),
        until=draw(near),
        valid_from=draw(near),
        valid_to=draw(near),
    )
    if start is None or rule.freq == "YEARLY" or draw(st.booleans()):
        rule = draw(on_days(rule))
    return rule, first, first + ONE * draw(st.integers(0, 20))


@st.composite
def on_days(draw: st.DrawFn, rule: Plain) -> Plain:
    """A recurrence that says on which days. The weeks are often those around new year."""
    if rule.freq == "WEEKLY":
        weeks = st.lists(signed(53) | st.sampled_from([1, 52, 53, -1, -52, -53]), max_size=30)
        return replace(rule, byday=draw(NAMES), byweekno=draw(st.just(()) | weeks.map(tuple)))
    if rule.freq == "YEARLY":
        return replace(rule, byyearday=draw(st.lists(signed(366), min_size=1, max_size=60).map(tuple)))
    names = draw(st.lists(NUMBERED, max_size=5).map(tuple))
    numbers = st.lists(signed(31), min_size=not names, max_size=20)
    return replace(rule, byday=names, bymonthday=draw((st.just([]) | numbers if names else numbers).map(tuple)))


@given(recurrences())
@example((Plain("WEEKLY", byday=("MO",), byweekno=(-53,)), date(2025, 12, 25), date(2026, 1, 8)))
@example((Plain("WEEKLY", byday=WEEKDAYS, byweekno=(-52,)), date(2024, 12, 25), date(2025, 1, 8)))
@example((Plain("MONTHLY", byday=("MO", "2TU")), date(2026, 5, 1), date(2026, 5, 31)))
@example((Plain("MONTHLY", dtstart=date(2024, 1, 31)), date(2026, 1, 20), date(2026, 3, 31)))
@example((Plain("MONTHLY", dtstart=date(2026, 1, 20), count=2, bymonthday=(10,)), date(2026, 1, 1), date(2026, 3, 31)))
@example((Plain("WEEKLY", dtstart=date(2026, 1, 4), interval=2, wkst="SU", byday=("SU", "MO")),
          date(2026, 2, 1), date(2026, 2, 20)))  # fmt: skip
def test_the_days_are_those_that_each_fulfil_the_rule(asked: tuple[Plain, date, date]) -> None:
    rule, first, last = asked
    assert days(rule.schedule, first, last) == plainly(rule, first, last)


@pytest.mark.parametrize(
    ("said", "first", "expected"),
    [
        # The examples of RFC 5545, section 3.8.5.3, as far as they are of weeks and months.
        ({"freq": "WEEKLY", "dtstart": "1997-09-02", "count": 10}, date(1997, 11, 1), ["1997-11-04"]),
        ({"freq": "WEEKLY", "interval": 2, "dtstart": "1997-09-01", "wkst": "SU", "byday": "MO,WE,FR"},
         date(1997, 9, 7), ["1997-09-15", "1997-09-17", "1997-09-19"]),
        ({"freq": "MONTHLY", "dtstart": "1997-09-05", "count": 10, "byday": "1FR"}, date(1997, 10, 1), ["1997-10-03"]),
        ({"freq": "MONTHLY", "interval": 2, "dtstart": "1997-09-07", "count": 10, "byday": "1SU,-1SU"},
         date(1997, 11, 1), ["1997-11-02"]),
        ({"freq": "MONTHLY", "dtstart": "1997-09-28", "bymonthday": "-3"}, date(1997, 10, 20), ["1997-10-29"]),
        ({"freq": "MONTHLY", "dtstart": "1997-09-02", "byday": "FR", "bymonthday": "13"}, date(1998, 2, 1),
         ["1998-02-13"]),
        # The same two weeks, once counted from Monday and once from Sunday.
        ({"freq": "WEEKLY", "interval": 2, "dtstart": "1997-08-05", "count": 4, "byday": "TU,SU", "wkst": "MO"},
         date(1997, 8, 6), ["1997-08-10", "1997-08-19", "1997-08-24"]),
        ({"freq": "WEEKLY", "interval": 2, "dtstart": "1997-08-05", "count": 4, "byday": "TU,SU", "wkst": "SU"},
         date(1997, 8, 6), ["1997-08-17", "1997-08-19"]),
        # What has no examples there.
        ({"byyearday": "1,-1"}, date(2026, 12, 25), ["2026-12-31", "2027-01-01"]),
        ({"dtstart": "2026-07-04"}, date(2026, 7, 1), ["2026-07-04"]),
        ({"valid_from": "2026-07-04", "valid_to": "2026-07-04"}, date(2026, 7, 1), ["2026-07-04"]),
        ({"byday": "mo, Th ,", "until": "2026-07-09"}, date(2026, 7, 1), ["2026-07-02", "2026-07-06", "2026-07-09"]),
        ({"freq": "weekly", "dtstart": "2020-01-01", "valid_to": "2026-07-08"}, date(2026, 7, 1),
         ["2026-07-01", "2026-07-08"]),
    ],
)  # fmt: skip
def test_known_days(said: Document, first: date, expected: list[str]) -> None:
    found = days(said | {"opens_at": "9:00", "closes_at": "17:00"}, first, first + ONE * 19)
    assert [str(day) for day in found] == expected


NEVER: list[Document] = [
    {"freq": "MONTHLY", "interval": 12, "dtstart": "2020-02-01", "bymonthday": "31"},
    {"freq": "MONTHLY", "byday": "1MO", "bymonthday": "20"},
    {"freq": "YEARLY", "interval": 4, "dtstart": "2021-01-01", "byyearday": "366"},
    {"freq": "WEEKLY", "interval": 1000, "dtstart": "2020-01-01", "byday": "MO", "byweekno": "53"},
    {"freq": "WEEKLY", "dtstart": "9999-12-31", "byday": "SA"},
    {"freq": "MONTHLY", "dtstart": "9999-12-31"},
    {"freq": "YEARLY", "dtstart": "9999-12-31", "byyearday": "1"},
    {"freq": "WEEKLY", "dtstart": "2020-01-01", "until": "0001-01-01"},
]


@pytest.mark.parametrize("said", NEVER)
def test_days_that_never_come_are_not_looked_for_up_to_the_last_year(said: Document) -> None:
    began = time.perf_counter()
    assert days(said | {"opens_at": "9:00", "closes_at": "17:00"}, date(2026, 7, 1), date(2026, 7, 18)) == []
    assert time.perf_counter() - began < 0.5
