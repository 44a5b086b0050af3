"""When a service is open, in the words of the reader."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.translation import override

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import FinderEntry
from palermo.protection.directory.opening import Opened, hours_at, opened
from tests.protection.directory.helping import MONCTON, ask, helping
from tests.protection.directory.samples import key

TORONTO = ZoneInfo("America/Toronto")
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
OFFICE: Document = {
    "id": key("office"), "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00",
}  # fmt: skip
ALWAYS = OFFICE | {"byday": EVERY_DAY, "opens_at": "00:00", "closes_at": "24:00"}
UNREAD = OFFICE | {"byday": "SA", "opens_at": "10 a.m."}
WORDS: Document = {"id": key("words"), "description": "By appointment"}
NAMED = OFFICE | {"timezone_name": "America/Toronto"}


def told(
    *schedules: Document, now: str, zone: str = "America/Toronto", provinces: str = "ON", stands_in: str = ""
) -> Opened:
    """What a reader in Toronto is told at a moment."""
    entry = FinderEntry(schedules=list(schedules), zone=zone, provinces=provinces, stands_in=stands_in)
    with override("en"):
        return opened(entry, datetime.fromisoformat(now).replace(tzinfo=TORONTO))


def sentence(*schedules: Document, now: str) -> str:
    """The sentence, with plain blanks."""
    return plain(told(*schedules, now=now).now)


def rows(*schedules: Document, now: str) -> dict[str, str]:
    """The rows of the table."""
    with override("en"):
        return {day: plain(said) for day, said in told(*schedules, now=now).days}


def plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_a_holiday_tomorrow_of_which_nothing_is_said_is_warned_of() -> None:
    eve = "2026-12-24T18:00"
    assert sentence(OFFICE, now=eve) == (
        "Closed now, opens tomorrow at 9:00 a.m. Friday is a public holiday: call first"
    )
    assert rows(OFFICE, now=eve)["Friday"] == "9:00 a.m. to 5:00 p.m., public holiday: call first"
    assert rows(OFFICE, now=eve)["Tuesday"] == "9:00 a.m. to 5:00 p.m."
    closed = OFFICE | {"closed_on_holidays": True}
    # Boxing Day is a Saturday; its day off is the Monday after.
    assert sentence(closed, now=eve) == "Closed now, opens on Tuesday at 9:00 a.m."
    assert rows(closed, now=eve)["Friday"] == "closed"
    assert sentence(OFFICE, now="2026-12-25T10:00") == (
        "Open now, until 5:00 p.m. Today is a public holiday: call first"
    )


def test_a_day_that_only_some_employers_give_is_warned_of_also_where_it_is_closed_on_holidays() -> None:
    closed = OFFICE | {"closed_on_holidays": True}
    for office in (OFFICE, closed):
        assert sentence(office, now="2026-09-30T10:00") == (
            "Open now, until 5:00 p.m. Today is a public holiday: call first"
        )
        assert rows(office, now="2026-08-01T10:00")["Monday"] == "9:00 a.m. to 5:00 p.m., public holiday: call first"
    assert sentence(OFFICE | {"closed_on_holidays": False}, now="2026-09-30T10:00") == "Open now, until 5:00 p.m."


FAMILY_DAY, FEAST_OF_QUEBEC, CANADA_DAY = "2027-02-15T10:00", "2027-06-24T10:00", "2027-07-01T10:00"


@pytest.mark.parametrize("provinces", ["ON", "ON QC", "QC", ""])
def test_the_holidays_are_those_of_the_place_whatever_it_serves(provinces: str) -> None:
    closed = OFFICE | {"closed_on_holidays": True}
    office, other = ({"provinces": provinces, "stands_in": place} for place in ("ON", "QC"))
    assert not told(closed, now=FAMILY_DAY, **office).is_open
    assert told(closed, now=FEAST_OF_QUEBEC, **office).now == told(OFFICE, now="2027-06-25T10:00").now
    assert told(closed, now=FAMILY_DAY, **other).is_open
    assert not told(closed, now=FEAST_OF_QUEBEC, **other).is_open


@pytest.mark.parametrize("day", [FAMILY_DAY, FEAST_OF_QUEBEC])
def test_without_a_place_a_holiday_of_one_of_its_provinces_is_doubtful(day: str) -> None:
    closed, given = (OFFICE | {"closed_on_holidays": is_closed} for is_closed in (True, False))
    for one in (closed, OFFICE):
        said = plain(told(one, now=day, provinces="ON QC").now)
        assert said == "Open now, until 5:00 p.m. Today is a public holiday: call first"
    assert plain(told(given, now=day, provinces="ON QC").now) == "Open now, until 5:00 p.m."
    assert not told(closed, now=CANADA_DAY, provinces="ON QC").is_open


@pytest.mark.parametrize("said", [{}, {"freq": "WEEKLY", "byday": "WE"}, {"opens_at": None, "closes_at": ""}])
def test_days_of_which_only_words_tell_what_is_different_cannot_be_counted_on(said: Document) -> None:
    closing: Document = {
        "id": key("closing"), "valid_from": "2026-07-15", "valid_to": "2026-07-16",
        "description": "Closed for stocktaking", **said,
    }  # fmt: skip
    wednesday, thursday = "2026-07-15T10:00", "2026-07-16T20:00"
    assert sentence(OFFICE, closing, now="2026-07-14T10:00") == "Open now, until 5:00 p.m."
    assert sentence(OFFICE, closing, now=wednesday) == "Not known: call first"
    assert not told(ALWAYS, closing, now=wednesday).is_open
    assert sentence(OFFICE, closing, now=thursday) == "Not known: call first"
    assert sentence(OFFICE, closing, now="2026-07-17T10:00") == "Open now, until 5:00 p.m."
    week = rows(OFFICE, closing, now=wednesday)
    assert week["Wednesday"] == week["Thursday"] == "call first"
    assert (week["Friday"], week["Saturday"]) == ("9:00 a.m. to 5:00 p.m.", "closed")
    assert not told(OFFICE, closing, now="2026-07-10T10:00").is_weekly
    assert told(OFFICE, closing, now="2026-07-17T10:00").is_weekly


def test_a_night_that_began_before_such_a_day_goes_on_into_it() -> None:
    night = OFFICE | {"opens_at": "20:00", "closes_at": "04:00"}
    closing: Document = {"valid_from": "2026-07-15", "valid_to": "2026-07-15", "description": "Closed"}
    assert sentence(night, closing, now="2026-07-15T02:00") == "Open now, until 4:00 a.m."
    assert sentence(night, closing, now="2026-07-15T21:00") == "Not known: call first"


def test_reduced_hours_of_one_day_are_told_in_place_of_the_usual_ones() -> None:
    reduced = OFFICE | {"freq": "", "byday": "", "dtstart": "2026-07-15", "until": "2026-07-15", "closes_at": "12:00"}
    assert sentence(OFFICE, reduced, now="2026-07-15T10:00") == "Open now, until noon"
    assert sentence(OFFICE, reduced, now="2026-07-15T14:00") == "Closed now, opens tomorrow at 9:00 a.m."
    week = rows(OFFICE, reduced, now="2026-07-15T14:00")
    assert (week["Wednesday"], week["Thursday"]) == ("9:00 a.m. to noon", "9:00 a.m. to 5:00 p.m.")


@pytest.mark.parametrize(
    "season",
    [
        {"valid_from": "2026-07-01", "valid_to": "2026-07-31"},
        {"valid_from": "2026-07-15"},
        {"valid_to": "2026-07-15"},
        {"valid_from": "2026-07-15", "valid_to": "2026-07-14"},
        {"valid_from": "today", "valid_to": "today"},
        {"valid_from": "2026-07-15", "valid_to": "2026-07-15", "opens_at": "10:00", "closes_at": "12:00"},
    ],
)
def test_words_for_a_season_or_for_no_certain_days_change_no_hours(season: Document) -> None:
    words = {"id": key("season"), "description": "Ask for the programme of the summer", **season}
    assert told(OFFICE, words, now="2026-07-15T10:00").is_open


def test_where_a_schedule_cannot_be_read_nothing_is_called_closed() -> None:
    saturday = "2026-07-18T11:00"
    assert sentence(OFFICE, UNREAD, now=saturday) == "Not known: call first"
    assert rows(OFFICE, UNREAD, now=saturday)["Saturday"] == "call first"
    assert rows(OFFICE, UNREAD, now=saturday)["Monday"] == "9:00 a.m. to 5:00 p.m."
    assert sentence(OFFICE, UNREAD, now="2026-07-17T11:00") == "Open now, until 5:00 p.m."
    assert sentence(OFFICE, WORDS, now=saturday) == "Closed now, opens on Monday at 9:00 a.m."
    assert rows(OFFICE, WORDS, now=saturday)["Saturday"] == "closed"


@pytest.mark.parametrize(
    ("schedules", "is_known"),
    [
        ([OFFICE], False),
        ([NAMED], True),
        ([NAMED, NAMED | {"timezone_name": "America/Vancouver"}], True),
        ([NAMED, WORDS], True),
        ([NAMED, OFFICE | {"byday": "SA"}], False),
        ([NAMED | {"byday": "SA"}, OFFICE], False),
        ([NAMED, UNREAD], False),
        ([ALWAYS], True),
        ([ALWAYS, NAMED], True),
        ([ALWAYS | {"closes_at": "00:00"}], True),
        ([ALWAYS | {"byday": "SA,SU"}], False),
        ([ALWAYS | {"byday": "SA,SU"}, OFFICE], False),
        ([ALWAYS | {"byday": "SA,SU"}, ALWAYS | {"byday": "MO,TU,WE,TH,FR"}], True),
        ([ALWAYS | {"byday": "SA,SU"}, ALWAYS | {"byday": "MO,TU,WE,TH,FR", "opens_at": "9:00", "closes_at": "9:00"}],
         False),
        ([ALWAYS | {"valid_to": "2026-07-20"}], False),
        ([ALWAYS | {"closed_on_holidays": True}], False),
        ([WORDS], False),
        ([], False),
    ],
)  # fmt: skip
def test_without_a_zone_hours_are_known_only_if_all_schedules_need_none(
    schedules: list[Document], is_known: bool
) -> None:
    now = datetime(2026, 7, 18, 11, 0, tzinfo=TORONTO)
    entry = FinderEntry(schedules=schedules, zone="", provinces="")
    assert (hours_at(entry, now) is not None) == is_known
    assert (told(*schedules, now="2026-07-18T11:00", zone="").now == "Not known: call first") == (not is_known)


def test_a_whole_day_is_day_and_night_and_what_ends_later_names_its_day() -> None:
    weekend = ALWAYS | {"byday": "SA,SU"}
    noon = OFFICE | {"byday": "MO", "opens_at": "09:00", "closes_at": "09:00"}
    found = rows(weekend, noon, now="2026-07-16T10:00")
    assert found["Saturday"] == "day and night"
    assert found["Monday"] == "9:00 a.m. to 9:00 a.m. on Tuesday"
    assert rows(OFFICE | {"closes_at": "24:00"}, now="2026-07-16T10:00")["Friday"] == "9:00 a.m. to midnight"
    night = OFFICE | {"opens_at": "20:00", "closes_at": "08:00"}
    assert rows(night, now="2026-07-16T10:00")["Friday"] == "8:00 p.m. to 8:00 a.m."


@pytest.mark.parametrize(
    ("schedule", "now", "said"),
    [
        ({"byday": "TH,FR,SA"}, "2026-07-16T10:00", "Open now, until the end of Saturday"),
        ({"byday": "SA"}, "2026-07-18T10:00", "Open now, until midnight"),
        ({"opens_at": "09:00", "closes_at": "12:00"}, "2026-07-16T10:00", "Open now, until noon"),
        ({"byday": "SA,SU"}, "2026-07-17T10:00", "Closed now, opens tonight at midnight"),
        ({"byday": "SA,SU"}, "2026-07-16T10:00", "Closed now, opens at midnight as Saturday begins"),
        ({"opens_at": "20:00", "closes_at": "08:00"}, "2026-07-16T21:00", "Open now, until 8:00 a.m."),
        ({"byday": "TH", "opens_at": "09:00", "closes_at": "09:00"}, "2026-07-16T10:00",
         "Open now, until Friday at 9:00 a.m."),
        ({"byday": "TH", "opens_at": "15:00", "closes_at": "14:00"}, "2026-07-16T16:00",
         "Open now, until Friday at 2:00 p.m."),
        ({"valid_to": "2026-07-25"}, "2026-07-16T10:00", "Open now, and for the next seven days"),
        ({"valid_from": "2026-07-16"}, "2026-07-16T10:00", "Open now"),
    ],
)  # fmt: skip
def test_it_says_on_which_day_it_closes(schedule: Document, now: str, said: str) -> None:
    assert sentence(ALWAYS | schedule, now=now) == said


def test_noon_and_midnight_stand_in_french_sentences() -> None:
    entry = FinderEntry(
        schedules=[
            OFFICE | {"closes_at": "12:00"},
            OFFICE | {"id": key("evening"), "opens_at": "18:00", "closes_at": "24:00"},
        ],
        zone="America/Toronto",
        provinces="ON",
    )
    with override("fr"):
        found = opened(entry, datetime(2026, 7, 15, 10, 0, tzinfo=TORONTO))
        assert plain(found.now) == "Ouvert maintenant, jusqu’à midi"
        assert plain(found.days[0][1]) == "de 9 h à midi, de 18 h à minuit"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("schedule", "now", "stands"),
    [
        (OFFICE, "2026-07-15T10:00", "Monday:"),
        (ALWAYS, "2026-07-15T10:00", "Open day and night"),
        (OFFICE | {"freq": "MONTHLY", "byday": "3FR"}, "2026-07-15T10:00", ""),
        (OFFICE | {"valid_to": "2026-07-31"}, "2026-07-15T10:00", ""),
        (ALWAYS | {"valid_to": "2026-08-31"}, "2026-07-15T10:00", ""),
        (OFFICE | {"closed_on_holidays": True}, "2026-12-24T10:00", ""),
    ],
)
def test_the_small_card_has_hours_only_if_they_are_those_of_every_week(
    client: Client, monkeypatch: pytest.MonkeyPatch, schedule: Document, now: str, stands: str
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=TORONTO)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    helping("Law house", "lawyer", at=MONCTON, schedules=[schedule])
    shown = ask(client, need="lawyer", place="Moncton").split('name="card" value="')[1].split('"')[0]
    small = ask(client, card=shown).split('<div class="card">')[1].split("</section>")[0]
    assert "506-555-0100" in small
    assert stands in small
    assert ("day" in small) == bool(stands)
