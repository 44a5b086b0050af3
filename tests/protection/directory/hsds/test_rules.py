"""What one schedule says, and that nothing is made of one that cannot be read for certain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.protection.directory.hsds.hours import hours_of
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.rules import rule_of

NINE_TO_FIVE: Document = {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "opens", "closes"),
    [
        ("09:00", "17:00", 9, 17),
        ("9:00", "17:30", 9, 17.5),
        (" 09:00:00 ", "17:00:00", 9, 17),
        ("20:00", "04:00", 20, 28),
        ("18:00", "00:00", 18, 24),
        ("18:00", "24:00", 18, 24),
        ("18:00", "24:00:00", 18, 24),
        ("00:00", "24:00", 0, 24),
        ("00:00", "00:00", 0, 24),
        ("00:00", "23:59", 0, 24),
        ("00:00", "23:59:59", 0, 24),
        ("12:00", "23:59", 12, 24),
        ("08:30", "08:30", 8.5, 32.5),
        ("23:59", "23:59", 24 - 1 / 60, 48 - 1 / 60),
    ],
)
def test_times_of_the_day(opens_at: str, closes_at: str, opens: float, closes: float) -> None:
    rule = rule_of(NINE_TO_FIVE | {"opens_at": opens_at, "closes_at": closes_at})
    assert rule
    assert (rule.opens, rule.closes, rule.offset) == (hours(opens), hours(closes), None)


@pytest.mark.parametrize(
    ("said", "offset"),
    [
        ({"opens_at": "09:00Z", "closes_at": "17:00Z"}, 0),
        ({"opens_at": "09:00:00z", "closes_at": "17:00"}, 0),
        ({"opens_at": "09:00-05:00", "closes_at": "17:00-05:00"}, -5),
        ({"opens_at": "09:00", "closes_at": "17:00 -0330"}, -3.5),
        ({"opens_at": "09:00+02", "closes_at": "17:00+02:00"}, 2),
        ({"timezone": -3.5}, -3.5),
        ({"timezone": 0}, 0),
        ({"timezone": -8, "opens_at": "09:00-05:00"}, -5),
    ],
)
def test_offsets_from_utc(said: Document, offset: float) -> None:
    rule = rule_of(NINE_TO_FIVE | said)
    assert rule
    assert rule.offset == hours(offset)


UNREADABLE: list[Document] = [
    # Nobody can know which week or day.
    {"interval": 2},
    {"count": 3},
    {"byday": ""},
    {"freq": None, "byday": None},
    {"freq": "MONTHLY", "byday": ""},
    {"freq": "", "byday": "", "valid_from": "2026-01-01", "valid_to": "2026-03-01"},
    {"freq": "", "byday": "", "dtstart": "2026-01-01", "count": 3},
    {"freq": "", "byday": "", "dtstart": "2026-01-01", "interval": 2},
    {"freq": "", "byday": "", "dtstart": "2026-01-01", "bymonthday": "1"},
    {"freq": "", "byday": "2MO"},
    # RFC 5545 does not have these together.
    {"byday": "2MO"},
    {"bymonthday": "1"},
    {"byyearday": "1"},
    {"freq": "MONTHLY", "byweekno": "1"},
    {"freq": "MONTHLY", "byyearday": "1"},
    {"freq": "", "byyearday": "1"},
    {"freq": "YEARLY"},
    # No times, or none that there are.
    {"opens_at": None, "closes_at": None},
    {"opens_at": ""},
    {"closes_at": ""},
    {"opens_at": "24:00"},
    {"opens_at": "25:00"},
    {"closes_at": "24:01"},
    {"closes_at": "9 pm"},
    {"closes_at": "17:60"},
    {"closes_at": "17"},
    {"opens_at": "09:00-05:00", "closes_at": "17:00-04:00"},
    {"opens_at": "09:00-19:00"},
    {"opens_at": 9, "closes_at": 17},
    # No values of their kind.
    {"freq": "DAILY"},
    {"freq": 1},
    {"byday": "MO,XX"},
    {"byday": "MONDAY"},
    {"byday": ["MO", "TU"]},
    {"freq": "MONTHLY", "byday": "0MO"},
    {"freq": "MONTHLY", "byday": "6MO"},
    {"freq": "MONTHLY", "byday": "", "bymonthday": "32"},
    {"freq": "MONTHLY", "byday": "", "bymonthday": "0"},
    {"byweekno": "54"},
    {"byweekno": "first"},
    {"wkst": "XX"},
    {"dtstart": "2026-02-30"},
    {"dtstart": "0026-02-03"},
    {"dtstart": "soon"},
    {"until": "2026-13-01"},
    {"valid_from": 2026},
    {"interval": 0},
    {"interval": 1.5},
    {"interval": "1"},
    {"interval": True},
    {"interval": float("nan")},
    {"interval": float("inf")},
    {"dtstart": "2026-01-01", "count": 10**30},
    {"dtstart": "2026-01-01", "interval": 10**9},
    {"timezone": "-5"},
    {"timezone": -300},
    {"timezone": float("nan")},
    {"timezone": True},
    {"timezone_name": "Toronto"},
    {"timezone_name": "America"},
    {"timezone_name": "../etc/passwd"},
    {"timezone_name": "America/\x00"},
    {"timezone_name": "\ud800"},
    {"timezone_name": "x" * 5000},
    {"closed_on_holidays": "yes"},
    {"closed_on_holidays": 1},
]


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_cannot_be_read_for_certain_is_not_read(said: Document) -> None:
    assert rule_of(NINE_TO_FIVE | said) is None


@pytest.mark.parametrize(
    "said",
    [
        {"interval": 1},
        {"interval": 1.0, "wkst": "su"},
        {"interval": 2, "dtstart": "2026-01-05"},
        {"freq": "", "byday": "MO, TU ,we"},
        {"freq": "", "byday": "MO TU"},
        {"freq": "", "byday": "", "dtstart": "2026-01-05", "interval": 1, "count": 1},
        {"freq": "YEARLY", "byday": "", "byyearday": "1"},
        {"timezone_name": " America/Toronto "},
        {"until": "9999-12-31", "valid_from": "0001-01-01", "valid_to": "9999-12-31"},
    ],
)
def test_what_is_unusual_but_clear_is_read(said: Document) -> None:
    assert rule_of(NINE_TO_FIVE | said)


def test_true_and_one_are_told_apart_whichever_comes_first() -> None:
    for said in ({"interval": 1}, {"interval": True}, {"interval": 1}):
        assert (rule_of(NINE_TO_FIVE | said) is None) == (said["interval"] is True)


ANY_JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
NEARLY = st.text(alphabet="0123456789:-+Z,. MOTUWEFRSA/", max_size=12)
LIKELY: dict[str, list[Json]] = {
    "freq": ["WEEKLY", "MONTHLY", "YEARLY", ""],
    "interval": [1, 2, 999, 1000.0],
    "count": [1, 40, 99_999],
    "dtstart": ["2026-01-01", "1900-01-01", "9999-12-31"],
    "until": ["2026-07-01", "0001-01-01", "9999-12-31"],
    "valid_from": ["2026-07-01", "0001-01-01"],
    "valid_to": ["2026-07-01", "9999-12-31"],
    "wkst": ["SU", "WE"],
    "byday": ["MO,TU,WE,TH,FR", "SA", "2MO", "-1FR,SU"],
    "byweekno": ["1", "-53", "20,21,22,53"],
    "bymonthday": ["1", "31", "-31"],
    "byyearday": ["1", "366", "-366"],
    "opens_at": ["09:00", "00:00", "23:59", "02:30-05:00", "22:00Z"],
    "closes_at": ["17:00", "24:00", "00:00", "02:30"],
    "timezone": [-5, 14, -14, 0],
    "timezone_name": ["America/Toronto", "Pacific/Kiritimati", "Africa/Casablanca"],
    "closed_on_holidays": [True, False],
    "description": ["By appointment"],
    "description_fr": ["Sur rendez-vous"],
    "notes": [],
}
CLEAR: list[Document] = [
    NINE_TO_FIVE,
    NINE_TO_FIVE | {"interval": 2, "dtstart": "2026-01-05", "count": 60, "byweekno": "1,2,53,-53"},
    NINE_TO_FIVE | {"freq": "MONTHLY", "byday": "1MO,-1FR"},
    NINE_TO_FIVE | {"freq": "MONTHLY", "byday": "", "bymonthday": "31", "dtstart": "2026-02-01", "interval": 12},
    NINE_TO_FIVE | {"freq": "YEARLY", "byday": "", "byyearday": "366", "dtstart": "1900-01-01", "count": 50},
    NINE_TO_FIVE | {"freq": "", "byday": "", "dtstart": "2026-07-01"},
]
SAID = {name: st.sampled_from(likely) if likely else ANY_JSON for name, likely in LIKELY.items()}
OTHERWISE: st.SearchStrategy[Document] = st.lists(st.sampled_from(list(LIKELY)), max_size=3, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: SAID[name] | SAID[name] | NEARLY | ANY_JSON for name in names})
)
SCHEDULES = st.builds(lambda clear, otherwise: clear | otherwise, st.sampled_from(CLEAR), OTHERWISE)
NOW = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))


@given(st.lists(SCHEDULES, max_size=3), NOW, st.sampled_from(["ON", "", "XX", "QC NB"]))
def test_junk_is_no_error(schedules: list[Document], now: datetime, province: str) -> None:
    found = hours_of(schedules, zone=ZoneInfo("America/Toronto"), province=province, now=now)
    assert (found is None) == (not any(rule_of(one) for one in schedules))
    if found:
        assert found.is_open == any(one.start <= now < one.end for one in found.openings)
        assert all(isinstance(one, str) for note in found.notes for one in note)
        assert len(found.week) == 7
        assert found.is_uncertain in (True, False)
