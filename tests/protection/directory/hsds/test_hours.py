"""When services are open, by examples of which the answer is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from palermo.protection.directory.hsds.hours import Hours, Note, hours_of, notes_of
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.profile import PROVINCES

TORONTO = ZoneInfo("America/Toronto")
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
FAMILY_DAY = ("AB", "BC", "MB", "NB", "NS", "ON", "PE", "SK")
AUGUST_MONDAY = ("BC", "NB", "NT", "NU", "SK")


def known(*schedules: Document, zone: ZoneInfo = TORONTO, province: str = "ON", now: str) -> Hours:
    """What is known at a moment, written by the clock of the place."""
    found = hours_of(schedules, zone=zone, province=province, now=datetime.fromisoformat(now).replace(tzinfo=zone))
    assert found
    return found


OFFICE: Document = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}
NIGHTS: Document = {"freq": "WEEKLY", "byday": EVERY_DAY, "opens_at": "22:00", "closes_at": "06:00"}
ALWAYS: Document = {"freq": "WEEKLY", "byday": EVERY_DAY, "opens_at": "00:00", "closes_at": "24:00"}


def test_an_office_on_a_wednesday() -> None:
    hours = known(OFFICE, now="2026-07-15T10:00")
    assert (hours.is_open, str(hours.until)) == (True, "2026-07-15 17:00:00-04:00")
    assert str(hours.next) == "2026-07-16 09:00:00-04:00"
    assert (hours.today_is_holiday, hours.is_uncertain, hours.is_complete) == (False, False, True)
    assert [len(openings) for _day, openings, _doubt in hours.week] == [1, 1, 1, 0, 0, 1, 1]
    assert not known(OFFICE, now="2026-07-15T17:00").is_open
    assert known(OFFICE, now="2026-07-15T09:00").is_open
    assert str(known(OFFICE, now="2026-07-17T17:00").next) == "2026-07-20 09:00:00-04:00"


def test_a_friday_night_is_on_until_saturday_morning() -> None:
    friday = OFFICE | {"byday": "FR", "opens_at": "20:00", "closes_at": "04:00"}
    hours = known(friday, now="2026-07-18T03:00")
    assert (hours.is_open, str(hours.until)) == (True, "2026-07-18 04:00:00-04:00")
    assert [len(openings) for _day, openings, _doubt in hours.week] == [0, 0, 0, 0, 0, 0, 1]
    assert not known(friday, now="2026-07-18T04:00").is_open


def test_day_and_night() -> None:
    hours = known(ALWAYS, now="2026-03-01T12:00")
    assert (hours.is_open, hours.is_round_the_clock, hours.until, hours.next) == (True, True, None, None)
    assert [len(openings) for _day, openings, _doubt in hours.week] == [1] * 7
    assert not known(OFFICE, now="2026-03-02T12:00").is_round_the_clock
    ends = known(ALWAYS | {"valid_to": "2026-03-05"}, now="2026-03-01T12:00")
    assert (ends.is_round_the_clock, str(ends.until)) == (False, "2026-03-06 00:00:00-05:00")


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "evening", "expected"),
    [
        # Toronto sets its clocks forward on 8 March 2026 from 2:00 to 3:00, and back on 2 November 2025 at 2:00.
        ("22:00", "06:00", "2026-03-07", ("2026-03-08T03:00", "2026-03-08T10:00")),
        ("22:00", "06:00", "2025-11-01", ("2025-11-02T02:00", "2025-11-02T11:00")),
        ("22:00", "06:00", "2026-07-01", ("2026-07-02T02:00", "2026-07-02T10:00")),
        ("02:30", "05:00", "2026-03-08", ("2026-03-08T07:00", "2026-03-08T09:00")),
        ("22:00", "02:30", "2026-03-07", ("2026-03-08T03:00", "2026-03-08T07:00")),
        ("02:10", "02:50", "2026-03-08", None),
        ("01:30", "05:00", "2025-11-02", ("2025-11-02T05:30", "2025-11-02T10:00")),
        ("22:00", "01:30", "2025-11-01", ("2025-11-02T02:00", "2025-11-02T06:30")),
        ("01:10", "01:50", "2025-11-02", ("2025-11-02T05:10", "2025-11-02T06:50")),
    ],
)
def test_nights_on_which_clocks_are_set(
    opens_at: str, closes_at: str, evening: str, expected: tuple[str, str] | None
) -> None:
    """Hours that are expected are in UTC."""
    hours = known({"dtstart": evening, "opens_at": opens_at, "closes_at": closes_at}, now=f"{evening}T00:00")
    found = [(one.start.isoformat()[:16], one.end.isoformat()[:16]) for one in hours.openings]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("zone", "said", "day", "expected"),
    [
        # An offset that the place has means its clock, in summer and winter.
        ("Toronto", {"opens_at": "09:00-05:00"}, "2026-07-15", "13:00"),
        ("Toronto", {"opens_at": "09:00-05:00"}, "2026-01-14", "14:00"),
        ("Toronto", {"opens_at": "09:00-04:00"}, "2026-01-14", "14:00"),
        ("St_Johns", {"opens_at": "09:00-03:30"}, "2026-07-15", "11:30"),
        ("Toronto", {"timezone": -5}, "2026-07-15", "13:00"),
        # The Yukon has had no winter time since 2020; who still writes its offset means the clock.
        ("Whitehorse", {"opens_at": "09:00-08:00"}, "2026-07-15", "16:00"),
        # Any other is meant as it is written.
        ("Regina", {"opens_at": "09:00-05:00"}, "2026-07-15", "14:00"),
        ("Toronto", {"opens_at": "13:00Z", "closes_at": "21:00Z"}, "2026-07-15", "13:00"),
        ("Toronto", {"opens_at": "13:00Z", "closes_at": "21:00Z"}, "2026-01-14", "13:00"),
        ("Vancouver", {"timezone": -5}, "2026-07-15", "14:00"),
        # The name wins.
        ("Vancouver", {"timezone_name": "America/Toronto"}, "2026-07-15", "13:00"),
        ("Vancouver", {"timezone_name": "America/Toronto", "opens_at": "09:00Z", "timezone": 3}, "2026-07-15", "13:00"),
    ],
)
def test_clocks(zone: str, said: Document, day: str, expected: str) -> None:
    """When it opens on a Wednesday, in UTC."""
    hours = known(OFFICE | said, zone=ZoneInfo(f"America/{zone}"), now=f"{day}T12:00")
    assert f"{day}T{expected}" in {one.start.isoformat()[:16] for one in hours.openings}


@pytest.mark.parametrize(
    ("province", "day", "is_holiday"),
    [
        *((province, "2026-07-01", True) for province in (*PROVINCES, "")),
        *((province, "2026-12-25", True) for province in (*PROVINCES, "", "XX")),
        *((province, "2026-06-24", province == "QC") for province in (*PROVINCES, "")),
        # Family Day, by its several names, is a holiday in eight provinces.
        *((province, "2026-02-16", province in FAMILY_DAY) for province in PROVINCES),
        # The first Monday in August; by law in some provinces only.
        *((province, "2026-08-03", province in AUGUST_MONDAY) for province in PROVINCES),
        ("ON", "2026-12-26", True),
        ("AB", "2026-12-26", False),
        ("YT", "2026-08-17", True),
        ("NU", "2026-07-09", True),
        ("ON", "2026-11-11", False),
        ("BC", "2026-11-11", True),
        ("ON", "2026-05-18", True),
        ("QC", "2026-05-18", True),
        ("NS", "2026-05-18", False),
        # New Year's Day of 2028 is a Saturday.
        ("ON", "2028-01-03", True),
        ("ON", "2026-07-02", False),
    ],
)
def test_public_holidays_of_the_provinces(province: str, day: str, is_holiday: bool) -> None:
    schedule = ALWAYS | {"closed_on_holidays": True}
    hours = known(schedule, province=province, now=f"{day}T12:00")
    assert hours.today_is_holiday == is_holiday
    assert hours.is_open == (not is_holiday)
    assert not (is_holiday and hours.is_uncertain)


@pytest.mark.parametrize(
    ("day", "provinces"),
    [
        ("2026-04-06", "AB ON QC"),
        ("2026-05-18", "NB NL NS PE"),
        ("2026-06-22", "NL"),
        ("2026-08-03", "AB MB NS ON"),
        ("2026-09-30", "AB NB NL NS ON QC SK"),
        ("2026-10-12", "NB NL NS PE"),
        ("2026-11-11", "MB ON QC"),
        ("2026-12-26", "AB BC MB NB NL NS NT NU PE QC SK YT"),
    ],
)
def test_a_day_that_some_employers_give_is_uncertain_unless_it_is_said_to_be_open(day: str, provinces: str) -> None:
    for province, said in product(provinces.split(), (True, None)):
        hours = known(ALWAYS | {"closed_on_holidays": said}, province=province, now=f"{day}T12:00")
        assert (hours.is_open, hours.is_uncertain, hours.today_is_holiday) == (True, True, False), (province, said)
        sure = known(ALWAYS | {"closed_on_holidays": False}, province=province, now=f"{day}T12:00")
        assert (sure.is_open, sure.is_uncertain) == (True, False), province
    ordinary = known(ALWAYS | {"closed_on_holidays": True}, province="ON", now="2026-08-04T12:00")
    assert (ordinary.is_open, ordinary.is_uncertain) == (True, False)


def test_what_is_not_said_of_a_holiday_is_uncertain() -> None:
    canada_day = "2026-07-01T10:00"
    assert (known(OFFICE, now=canada_day).is_open, known(OFFICE, now=canada_day).is_uncertain) == (True, True)
    sure = known(OFFICE | {"closed_on_holidays": False}, now=canada_day)
    assert (sure.is_open, sure.is_uncertain, sure.today_is_holiday) == (True, False, True)
    assert not known(OFFICE, now="2026-07-02T10:00").is_uncertain
    # A holiday on which it would be closed anyway.
    assert not known(OFFICE, province="NT", now="2026-06-21T10:00").is_uncertain
    # Open for certain by another schedule.
    assert not known(OFFICE, ALWAYS | {"closed_on_holidays": False}, now=canada_day).is_uncertain
    assert known(OFFICE, ALWAYS | {"closed_on_holidays": True}, now=canada_day).is_uncertain


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    nights = NIGHTS | {"closed_on_holidays": True}
    assert known(nights, now="2026-07-01T05:00").is_open
    assert not known(nights, now="2026-07-01T23:00").is_open
    assert not known(nights, now="2026-07-02T05:00").is_open
    assert not known(NIGHTS | {"byday": "TU"}, now="2026-07-01T05:00").is_uncertain
    assert known(NIGHTS, now="2026-07-02T05:00").is_uncertain
    assert not known(NIGHTS, now="2026-07-02T07:00").is_uncertain


def test_openings_that_touch_are_one_but_stand_apart_in_the_week() -> None:
    morning, afternoon = OFFICE | {"closes_at": "12:00"}, OFFICE | {"opens_at": "12:00"}
    night = NIGHTS | {"opens_at": "17:00", "closes_at": "09:00", "byday": "WE"}
    hours = known(afternoon, night, morning, now="2026-07-15T10:00")
    assert str(hours.until) == "2026-07-16 17:00:00-04:00"
    assert [str(one.end.time()) for _day, openings, _doubt in hours.week[:2] for one in openings] == [
        "09:00:00",
        "17:00:00",
    ]


def test_words_alone_are_notes_and_leave_nothing_out() -> None:
    words: Document = {"description": "By appointment", "description_fr": "Sur rendez-vous", "notes": 3}
    noted = OFFICE | {"notes": " Closed over lunch. "}
    hours = known(noted, words, noted, now="2026-07-15T10:00")
    assert hours.is_complete
    assert hours.notes == (Note("Closed over lunch.", ""), Note("By appointment", "Sur rendez-vous"))
    now = datetime(2026, 7, 15, tzinfo=UTC)
    assert hours_of([words], zone=TORONTO, province="ON", now=now) is None
    assert hours_of([], zone=TORONTO, province="ON", now=now) is None
    assert notes_of([words]) == (Note("By appointment", "Sur rendez-vous"),)


@pytest.mark.parametrize(
    "unread",
    [
        {"byday": "SA", "opens_at": "10 a.m.", "closes_at": "14:00"},
        {"freq": "WEEKLY", "byday": "SA"},
        {"freq": "DAILY", "opens_at": "10:00", "closes_at": "14:00", "description": "All days"},
        {"opens_at": "10:00"},
    ],
)
def test_days_or_times_that_cannot_be_read_are_said_to_be_missing(unread: Document) -> None:
    assert not known(OFFICE, unread, now="2026-07-15T10:00").is_complete
    assert not known(OFFICE, unread, now="2026-07-15T10:00").is_weekly


def test_a_holiday_ahead_is_doubtful_too() -> None:
    eve = known(OFFICE, now="2026-12-24T18:00")
    # Boxing Day is a Saturday; its day off is the Monday after.
    assert [day.is_doubtful for day in eve.week] == [False, True, False, False, True, False, False]
    assert (str(eve.next), str(eve.doubtful_day), eve.is_uncertain) == (
        "2026-12-25 09:00:00-05:00", "2026-12-25", False)  # fmt: skip
    before = known(OFFICE, now="2026-12-23T18:00")
    assert before.doubtful_day is None
    assert [str(day.date) for day in before.week if day.is_doubtful] == ["2026-12-25", "2026-12-28"]
    for said in (True, False):
        sure = known(OFFICE | {"closed_on_holidays": said}, now="2026-12-24T18:00")
        assert (sure.doubtful_day, any(day.is_doubtful for day in sure.week)) == (None, False)
    # A holiday on which it would be closed anyway.
    assert not any(day.is_doubtful for day in known(OFFICE | {"byday": "SU"}, now="2026-12-24T18:00").week)


def test_until_when_it_is_open_may_depend_on_a_holiday() -> None:
    week = ALWAYS | {"byday": "MO,TU,WE,TH,FR"}
    assert str(known(week, now="2026-12-23T10:00").doubtful_day) == "2026-12-25"
    assert known(week | {"closed_on_holidays": False}, now="2026-12-23T10:00").doubtful_day is None
    assert known(week, now="2026-12-29T10:00", province="AB").doubtful_day == date(2027, 1, 1)
    assert known(week, now="2027-01-02T10:00").doubtful_day is None


@pytest.mark.parametrize(
    ("schedule", "is_weekly"),
    [
        (OFFICE, True),
        (ALWAYS, True),
        (OFFICE | {"dtstart": "2026-07-06", "valid_from": "2020-01-01", "wkst": "SU"}, True),
        (OFFICE | {"dtstart": "2026-07-20"}, False),
        (OFFICE | {"valid_from": "2026-07-20"}, False),
        (OFFICE | {"valid_to": "2026-12-31"}, False),
        (OFFICE | {"dtstart": "2026-07-06", "interval": 2}, False),
        (OFFICE | {"dtstart": "2026-07-06", "count": 50}, False),
        (OFFICE | {"byweekno": "28,29,30"}, False),
        (OFFICE | {"freq": "MONTHLY", "byday": "3MO"}, False),
        ({"dtstart": "2026-07-16", "opens_at": "09:00", "closes_at": "17:00"}, False),
    ],
)
def test_only_what_recurs_every_week_without_an_end_is_weekly(schedule: Document, is_weekly: bool) -> None:
    assert known(schedule, now="2026-07-15T10:00").is_weekly == is_weekly
    assert known(OFFICE, schedule, now="2026-07-15T10:00").is_weekly == is_weekly


def test_a_week_with_a_holiday_is_not_every_week_unless_it_is_day_and_night() -> None:
    assert not known(OFFICE | {"closed_on_holidays": True}, now="2026-12-24T10:00").is_weekly
    assert not known(OFFICE | {"byday": "MO"}, now="2026-12-19T10:00").is_weekly
    assert known(OFFICE, now="2026-12-18T10:00").is_weekly
    assert known(ALWAYS, now="2026-12-24T10:00").is_weekly


def test_schedules_are_for_their_dates_only() -> None:
    winter = OFFICE | {"valid_from": "2026-11-01", "valid_to": "2027-03-31"}
    assert not known(winter, now="2026-10-28T10:00").is_open
    assert str(known(winter, now="2026-10-28T10:00").next) == "2026-11-02 09:00:00-05:00"
    assert known(winter, now="2027-03-31T10:00").is_open
    over = known(winter, now="2027-04-01T10:00")
    assert (over.is_open, over.next, over.openings[-1].end.day) == (False, None, 31)


@pytest.mark.parametrize(
    "day",
    [
        {"valid_from": "2026-12-24", "valid_to": "2026-12-24"},
        {"dtstart": "2026-12-24", "until": "2026-12-24"},
        {"freq": "WEEKLY", "byday": "TH", "valid_from": "2026-12-24", "valid_to": "2026-12-24"},
    ],
)
def test_a_schedule_for_one_day_alone_stands_for_all_others_of_that_day(day: Document) -> None:
    morning: Document = {**day, "opens_at": "09:00", "closes_at": "12:00"}
    evening: Document = {**day, "opens_at": "18:00", "closes_at": "20:00"}
    hours = known(OFFICE, morning, now="2026-12-24T14:00")
    assert (hours.is_open, hours.is_known, str(hours.next)) == (False, True, "2026-12-25 09:00:00-05:00")
    assert str(known(OFFICE, morning, now="2026-12-24T10:00").until) == "2026-12-24 12:00:00-05:00"
    assert str(known(OFFICE, morning, now="2026-12-23T10:00").until) == "2026-12-23 17:00:00-05:00"
    assert str(known(OFFICE, morning, evening, now="2026-12-24T14:00").next) == "2026-12-24 18:00:00-05:00"
    assert known(OFFICE, evening, now="2026-12-24T19:00").is_open


def test_a_night_that_began_before_such_a_day_goes_on_into_it() -> None:
    late: Document = {"dtstart": "2026-12-24", "opens_at": "23:00", "closes_at": "24:00"}
    assert str(known(NIGHTS, late, now="2026-12-24T03:00").until) == "2026-12-24 06:00:00-05:00"
    assert not known(NIGHTS, late, now="2026-12-24T22:30").is_open
    assert not known(NIGHTS, late, now="2026-12-25T03:00").is_open


def test_hours_for_a_holiday_alone_are_certain() -> None:
    christmas: Document = {"dtstart": "2026-12-25", "opens_at": "10:00", "closes_at": "14:00"}
    hours = known(OFFICE, christmas, now="2026-12-25T11:00")
    assert (hours.is_open, hours.is_uncertain, hours.today_is_holiday) == (True, False, True)
    closed = known(OFFICE, christmas | {"closed_on_holidays": True}, now="2026-12-25T11:00")
    assert (closed.is_open, closed.week[0].openings) == (False, ())
