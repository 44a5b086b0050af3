"""When services are open, held against a second reading that looks at the clock on the wall every five minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays
from hypothesis import example, given
from hypothesis import strategies as st

from palermo.protection.directory.hsds.hours import Hours, Opening, hours_of
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.profile import PROVINCES

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STEP = timedelta(minutes=5)
ONE = timedelta(days=1)
OFFSETS = {
    "St_Johns": "-03:30 -02:30", "Halifax": "-04:00 -03:00", "Moncton": "-04:00 -03:00", "Blanc-Sablon": "-04:00",
    "Toronto": "-05:00 -04:00", "Iqaluit": "-05:00 -04:00", "Atikokan": "-05:00", "Winnipeg": "-06:00 -05:00",
    "Rankin_Inlet": "-06:00 -05:00", "Regina": "-06:00", "Edmonton": "-07:00 -06:00", "Yellowknife": "-07:00 -06:00",
    "Vancouver": "-08:00 -07:00", "Dawson_Creek": "-07:00", "Whitehorse": "-08:00 -07:00",
}  # fmt: skip
"""The zones of Canada, and the offsets that their clocks have, in summer and winter or until lately."""
CHANGES = [date(2024, 3, 10), date(2024, 11, 3), date(2025, 3, 9), date(2025, 11, 2), date(2026, 3, 8),
           date(2027, 3, 14), date(2028, 3, 12)]  # fmt: skip
HOLIDAYS = [date(2024, 7, 1), date(2025, 12, 25), date(2026, 1, 1), date(2026, 8, 3), date(2026, 9, 7),
            date(2026, 11, 11), date(2027, 12, 26)]  # fmt: skip
EVERY = ("public", "government", "optional")
"""The categories of days that anybody gives."""


def there(name: str) -> ZoneInfo:
    return ZoneInfo(f"America/{name}")


@dataclass(frozen=True)
class Plain:
    """A schedule of the week, or of one day alone, as the tests write it.

    `opens` and `closes` are minutes after midnight, `way` is one of those to write a single day.
    """

    days: tuple[str, ...]
    opens: int
    closes: int
    offset: str = ""
    zone: str = ""
    closed_on_holidays: bool | None = None
    alone: date | None = None
    way: int = 0

    @property
    def schedule(self) -> Document:
        """As the standard has it."""
        opens, closes = (f"{minutes // 60:02}:{minutes % 60:02}{self.offset}" for minutes in (self.opens, self.closes))
        days: Document = one_day(self.alone, self.way) if self.alone else {"byday": ",".join(self.days)}
        return days | {
            "opens_at": opens, "closes_at": closes, "timezone_name": self.zone,
            "closed_on_holidays": self.closed_on_holidays,
        }  # fmt: skip


def one_day(day: date, way: int) -> Document:
    """One of the ways in which the standard can say a single day."""
    said, name = day.isoformat(), WEEKDAYS[day.weekday()]
    ways: list[Document] = [
        {"valid_from": said, "valid_to": said},
        {"dtstart": said, "until": said},
        {"dtstart": said},
        {"freq": "WEEKLY", "dtstart": said, "count": 1},
        {"freq": "WEEKLY", "byday": name, "valid_from": said, "valid_to": said},
    ]
    return ways[way]


@dataclass(frozen=True)
class Seen:
    """One opening by the second reading: every fifth minute of it, where it begins, and if it is doubtful."""

    moments: frozenset[datetime]
    day: date
    is_doubtful: bool


@lru_cache(maxsize=64)
def shown_by(clock: tzinfo, first: date) -> dict[datetime, list[datetime]]:
    """The moments of 26 days at which a clock shows each time, every five minutes."""
    found: dict[datetime, list[datetime]] = {}
    begin = datetime.combine(first, time(), UTC)
    for number in range(26 * ONE // STEP):
        moment = begin + STEP * number
        found.setdefault(moment.astimezone(clock).replace(tzinfo=None), []).append(moment)
    return found


def seen(rule: Plain, zone: str, province: str, today: date) -> Iterator[Seen]:
    """The openings of a schedule."""
    shown = shown_by(clock_of(rule, zone), today - ONE * 6)
    for day in (today + ONE * number for number in range(-4, 18)):
        if (day != rule.alone) if rule.alone else (WEEKDAYS[day.weekday()] not in rule.days):
            continue
        opens, closes = datetime.combine(day, time()), datetime.combine(day, time())
        opens += timedelta(minutes=rule.opens)
        closes += timedelta(minutes=rule.closes + (24 * 60 if rule.closes <= rule.opens else 0))
        while opens not in shown:
            opens += STEP
        while closes not in shown:
            closes += STEP
        start, end = shown[opens][0], shown[closes][-1]
        begins_on = start.astimezone(there(zone)).date()
        free = [begins_on in holidays(one, begins_on.year) for one in province.split() or [""]]
        is_said = rule.alone and rule.closed_on_holidays is None
        may_be_off = any(begins_on in holidays(one, begins_on.year, EVERY) for one in province.split() or [""])
        is_doubtful = may_be_off and not is_said and rule.closed_on_holidays is not False
        if not (all(free) and rule.closed_on_holidays):
            moments = frozenset(start + STEP * number for number in range((end - start) // STEP))
            yield Seen(moments, begins_on, is_doubtful)


def all_seen(rules: Sequence[Plain], zone: str, province: str, today: date) -> list[Seen]:
    """The openings of several schedules. One for a day alone, given or not, stands for all others of that day."""
    given = [replace(rule, closed_on_holidays=False) for rule in rules if rule.alone]
    named = {one.day for rule in given for one in seen(rule, zone, province, today)}
    return [one for rule in rules for one in seen(rule, zone, province, today) if rule.alone or one.day not in named]


@lru_cache
def holidays(province: str, year: int, given: tuple[str, ...] = ("public",)) -> frozenset[date]:
    return frozenset(country_holidays("CA", subdiv=province or None, years=year, categories=given))


def clock_of(rule: Plain, zone: str) -> tzinfo:
    if rule.zone:
        return ZoneInfo(rule.zone)
    if not rule.offset or rule.offset in OFFSETS[zone]:
        return there(zone)
    return timezone(datetime.fromisoformat(f"2026-01-01T00:00{rule.offset}").utcoffset() or timedelta(0))


def moments_of(openings: Sequence[Opening]) -> set[datetime]:
    found = {
        one.start.astimezone(UTC) + STEP * number
        for one in openings
        for number in range((one.end.astimezone(UTC) - one.start.astimezone(UTC)) // STEP)
    }
    return {moment.astimezone(UTC) for moment in found}


MINUTES = st.integers(0, 287).map(lambda number: number * 5)
AT_NIGHT = st.integers(0, 42).map(lambda number: number * 5)
ENDS = MINUTES | AT_NIGHT | st.sampled_from([0, 24 * 60])


@st.composite
def schedules(draw: st.DrawFn, zone: str, today: date) -> Plain:
    days = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True).map(tuple)
    return Plain(
        draw(st.just(WEEKDAYS) | days),
        draw(MINUTES | AT_NIGHT),
        draw(ENDS),
        draw(st.sampled_from(["", "", "", "Z", "+05:30", "-10:00", *OFFSETS[zone].split()])),
        draw(st.sampled_from(["", "", "", "America/Toronto", "America/St_Johns", "Pacific/Kiritimati"])),
        draw(st.sampled_from([None, True, False])),
        draw(st.none() | st.integers(-5, 17).map(lambda away: today + ONE * away)),
        draw(st.integers(0, 4)),
    )


@st.composite
def asked(draw: st.DrawFn) -> tuple[str, str, datetime, list[Plain]]:
    zone = draw(st.sampled_from(sorted(OFFSETS)))
    near = st.sampled_from(CHANGES + HOLIDAYS).flatmap(
        lambda day: st.integers(-13, 2).map(lambda away: day + ONE * away)
    )
    today = draw(near | st.dates(date(2024, 1, 1), date(2028, 12, 31)))
    now = datetime.combine(today, time(), there(zone)).astimezone(UTC) + timedelta(minutes=draw(MINUTES))
    province = draw(st.sampled_from(["", *PROVINCES]) | st.lists(st.sampled_from(PROVINCES), min_size=2).map(" ".join))
    return zone, province, now, draw(st.lists(schedules(zone, today), min_size=1, max_size=4))


@given(asked())
@example(("Toronto", "ON", datetime(2026, 3, 8, 4, 0, tzinfo=UTC), [Plain(WEEKDAYS, 150, 180)]))
@example(("Edmonton", "AB", datetime(2024, 11, 3, 6, 0, tzinfo=UTC), [Plain(WEEKDAYS, 0, 60)]))
@example(("Toronto", "ON", datetime(2025, 11, 2, 4, 0, tzinfo=UTC), [Plain(WEEKDAYS, 90, 75)]))
@example(("Toronto", "ON", datetime(2026, 7, 2, 5, 0, tzinfo=UTC), [Plain(WEEKDAYS, 1200, 240)]))
@example(
    ("Toronto", "ON QC", datetime(2027, 2, 15, 5, 0, tzinfo=UTC), [Plain(WEEKDAYS, 540, 1020, closed_on_holidays=True)])
)
@example(
    ("Toronto", "ON QC", datetime(2026, 7, 1, 5, 0, tzinfo=UTC), [Plain(WEEKDAYS, 540, 1020, closed_on_holidays=True)])
)
@example(
    (
        "Toronto", "ON", datetime(2026, 12, 24, 19, 0, tzinfo=UTC),
        [
            Plain(WEEKDAYS, 540, 1020), Plain((), 540, 720, alone=date(2026, 12, 24)),
            Plain((), 900, 960, alone=date(2026, 12, 24)),
        ],
    )
)  # fmt: skip
@example(("Regina", "SK", datetime(2026, 7, 2, 5, 0, tzinfo=UTC), [Plain(WEEKDAYS, 0, 1440, closed_on_holidays=False)]))
def test_it_is_open_when_the_clock_on_the_wall_says_so(case: tuple[str, str, datetime, list[Plain]]) -> None:
    zone, province, now, rules = case
    today = now.astimezone(there(zone)).date()
    hours = hours_of([rule.schedule for rule in rules], zone=there(zone), province=province, now=now)
    assert hours
    each = all_seen(rules, zone, province, today)
    first, last = (shown_by(there(zone), today - ONE * 6)[datetime.combine(day, time())][0]
                   for day in (today - ONE, today + ONE * 15))  # fmt: skip
    expected = {moment for one in each for moment in one.moments if first <= moment < last}

    assert moments_of(hours.openings) == expected
    assert all(one.end < other.start for one, other in zip(hours.openings, hours.openings[1:], strict=False))
    assert hours.is_round_the_clock == (len(expected) == (last - first) // STEP)
    check_now(hours, expected, last)
    check_week(hours, each, today)
    certain = {moment for one in each if not one.is_doubtful for moment in one.moments}
    doubtful = [one for one in each if one.is_doubtful and not one.moments <= certain]
    assert hours.is_uncertain == any(one.day == today or now in one.moments for one in doubtful)
    assert [day.date for day in hours.week if day.is_doubtful] == sorted(
        {one.day for one in doubtful if one.day - today in {ONE * number for number in range(7)}}
    )


def check_now(hours: Hours, expected: set[datetime], last: datetime) -> None:
    ahead = [hours.now + STEP * number for number in range((last - hours.now) // STEP)]
    assert hours.is_open == (hours.now in expected)
    closing = next((moment for moment in ahead if moment not in expected), None)
    assert in_utc(hours.until) == (closing if hours.is_open else None)
    starting = (moment for moment in ahead[1:] if moment in expected and moment - STEP not in expected)
    assert in_utc(hours.next) == next(starting, None)
    assert all(moment is None or moment.tzinfo is hours.zone for moment in (hours.until, hours.next))


def in_utc(moment: datetime | None) -> datetime | None:
    """A time that a clock shows twice equals none of another zone, also where it is the same moment (PEP 495)."""
    return moment.astimezone(UTC) if moment else None


def check_week(hours: Hours, each: list[Seen], today: date) -> None:
    assert [day.date for day in hours.week] == [today + ONE * number for number in range(7)]
    for day, openings, _doubt in hours.week:
        assert moments_of(openings) == {moment for one in each if one.day == day for moment in one.moments}
        assert all(one.start.date() == day and one.start.tzinfo is hours.zone for one in openings)
