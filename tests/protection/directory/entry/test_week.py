"""The hours of a week: written by people, kept as schedules of the standard, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.entry.week import schedules_of, spans_said, week_of, written
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.schema import problems
from palermo.protection.directory.hsds.written_hours import DAYS
from tests.protection.directory.forms import EVENING, MONTHLY, WEEKDAYS, changed, document, is_new, patch
from tests.protection.directory.samples import key


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("09:00-17:00", [("09:00", "17:00")]),
        ("9:00 – 12:00; 13:00-17:30", [("09:00", "12:00"), ("13:00", "17:30")]),
        ("18:00-20:00,09:00-17:00", [("09:00", "17:00"), ("18:00", "20:00")]),
        ("00:00-08:00", [("00:00", "08:00")]),
        ("20:00-04:00", [("20:00", "04:00")]),
        ("17:00-24:00", [("17:00", "00:00")]),
        ("9:00-24:00", [("09:00", "00:00")]),
        ("9:00-12:00, 01:00-05:00", [("01:00", "05:00"), ("09:00", "12:00")]),
        ("0:00-08:00", [("00:00", "08:00")]),
        ("13:00-03:00", [("13:00", "03:00")]),
        ("00:00-24:00", [("00:00", "00:00")]),
        ("24h", [("00:00", "00:00")]),
        ("24 h", [("00:00", "00:00")]),
        ("jour et nuit", [("00:00", "00:00")]),
        ("9am-5pm", [("09:00", "17:00")]),
        ("9 h à 17 h 30", [("09:00", "17:30")]),
        ("9-17", [("09:00", "17:00")]),
        ("midnight to 8:00 a.m.", [("00:00", "08:00")]),
        ("de minuit à 8 h 00", [("00:00", "08:00")]),
        ("de minuit à 8 h", [("00:00", "08:00")]),
        ("0 h à 6 h 30", [("00:00", "06:30")]),
        ("Minuit à midi, 18:00-24:00", [("00:00", "12:00"), ("18:00", "00:00")]),
        ("midnight to 12:30 pm", [("00:00", "12:30")]),
        ("", []),
        ("closed", []),
        ("Fermé", []),
        ("Fermé.", []),
        ("–", []),
    ],
)
def test_hours_are_understood_as_people_write_them(text: str, spans: list[tuple[str, str]]) -> None:
    assert spans_said(text) == spans
    assert spans_said(written(text)) == spans


@pytest.mark.parametrize(
    "text",
    [
        "1-5", "9-5", "09:00-09:00", "25:00-26:00", "09:00", "tuesday 9-17", "mon-fri 9-17", "soon", "9:60-10:00",
        "9:00-5:00", "09:00-05:00", "8:30-4:30", "12:00-04:00", "12:59-01:00", "9:00-12:00, 1:00-5:00", "1:00-17:00",
        "20:00-4:00", "noon-5", "9am-5am", "9:00-12:00, 12:30-4:30", "midnight to 8", "midnight to 13 am",
        "midnight to 12 a.m.", "minuit à 25 h", "0 h à 0 h",
    ],
)  # fmt: skip
def test_hours_of_which_nobody_is_sure_are_asked_about(text: str) -> None:
    assert spans_said(text) is None
    assert written(f" {text} ") == text


def test_a_week_of_schedules_and_back() -> None:
    week = week_of([WEEKDAYS, EVENING])
    assert week is not None
    assert [week[day] for day in DAYS] == [*["09:00-17:00"] * 4, "09:00-17:00, 18:00-02:00", "", ""]
    assert schedules_of(week, [WEEKDAYS, EVENING]) == [WEEKDAYS, EVENING]


@pytest.mark.parametrize(
    "schedules",
    [
        [MONTHLY],
        [WEEKDAYS, {**EVENING, "valid_to": "2027-01-01"}],
        [{**WEEKDAYS, "interval": 2, "dtstart": "2026-01-05"}],
        [{**WEEKDAYS, "timezone_name": "America/Vancouver"}],
        [{**WEEKDAYS, "timezone": -5}],
        [{**WEEKDAYS, "opens_at": "09:00Z", "closes_at": "17:00Z"}],
        [{**WEEKDAYS, "byday": "1MO"}],
        [{**WEEKDAYS, "opens_at": "09:00:30"}],
        [{**WEEKDAYS, "closes_at": "09:00"}],
        [{**WEEKDAYS, "closes_at": "05:00"}],
        [{**WEEKDAYS, "schedule_link": "https://example.org"}],
        [{**WEEKDAYS, "notes": "Ring twice."}],
        [{**WEEKDAYS, "closed_on_holidays": True}, EVENING],
        [{**WEEKDAYS, "description": "One"}, {**EVENING, "description": "Two"}],
        [{"id": key("x"), "freq": "WEEKLY", "byday": "MO"}],
        [WEEKDAYS, {**WEEKDAYS, "id": key("again")}],
    ],
)
def test_what_a_week_cannot_say_is_no_week(schedules: list[Document]) -> None:
    assert week_of(schedules) is None


def test_one_day_changes_and_the_schedules_stay_themselves() -> None:
    found = patch(document(), hours_FR="10:00-17:00, 18:00-02:00")["schedules"]
    assert found[:2] == [{**WEEKDAYS, "byday": "MO,TU,WE,TH"}, EVENING]
    assert is_new(found[2].pop("id"))
    assert found[2:] == [{"freq": "WEEKLY", "byday": "FR", "opens_at": "10:00", "closes_at": "17:00"}]


def test_a_day_joins_the_hours_that_there_are() -> None:
    found = patch(document(), hours_SA="09:00-17:00", hours_FR="09:00-17:00")["schedules"]
    assert found == [{**WEEKDAYS, "byday": "MO,TU,WE,TH,FR,SA"}]


def test_hours_that_move_on_the_same_days_are_the_same_schedule() -> None:
    moved = {f"hours_{day}": "10:00-16:00" for day in DAYS[:4]} | {"hours_FR": "10:00-16:00, 18:00-02:00"}
    assert patch(document(), **moved) == {
        "schedules": [{**WEEKDAYS, "opens_at": "10:00", "closes_at": "16:00"}, EVENING]
    }


def test_holidays_and_words_stand_in_the_schedules() -> None:
    found = patch(document(), hours_holidays="yes", hours_note_en="Ring twice.", hours_note_fr="Sonnez deux fois.")
    first, second = found["schedules"]
    words = {"description": "Ring twice.", "description_fr": "Sonnez deux fois."}
    assert first == {**WEEKDAYS, "closed_on_holidays": True, **words}
    assert second == {**EVENING, "closed_on_holidays": True}
    after = document(schedules=[first, second])
    assert patch(after, hours_holidays="") == {"schedules": [{**WEEKDAYS, **words}, EVENING]}


def test_words_alone_are_hours_too() -> None:
    alone = {"id": key("alone"), "description": "By appointment"}
    before = document(schedules=[alone])
    assert patch(before, hours_note_en="Call first") == {"schedules": [{**alone, "description": "Call first"}]}
    rule, note = patch(before, hours_MO="9-17")["schedules"]
    assert (rule["byday"], note) == ("MO", alone)
    assert patch(before, hours_note_en="") == {"schedules": None}
    (new,) = patch(document(schedules=[]), hours_note_fr="Sur rendez-vous")["schedules"]
    assert is_new(new.pop("id"))
    assert new == {"description": "Sur rendez-vous", "description_fr": "Sur rendez-vous"}


def test_hours_that_the_form_cannot_show_stay_until_somebody_replaces_them() -> None:
    before = document(schedules=[MONTHLY])
    form = EntryForm(before)
    assert form.is_unshown
    assert [one.text for one in form.kept_hours] == ["Hours that follow other rules than those of a week: 1"]
    assert patch(before, email="") == {"email": None}
    assert "replace_hours" in changed(before, hours_MO="9-17").errors
    (new,) = patch(before, hours_MO="9-17", replace_hours=True)["schedules"]
    assert is_new(new.pop("id"))
    assert new == {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}
    assert patch(before, replace_hours=True) == {"schedules": None}


_TIME = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
_SPAN = st.tuples(_TIME, _TIME).filter(lambda span: spans_said("-".join(span)) is not None)
_TEXT = st.lists(_SPAN, max_size=3, unique=True).map(lambda spans: ", ".join(f"{one}-{other}" for one, other in spans))
_WEEKS = st.fixed_dictionaries(
    {
        **dict.fromkeys(DAYS, _TEXT),
        "holidays": st.sampled_from(["", "yes", "no"]),
        "note_en": st.sampled_from(["", "Ring"]),
        "note_fr": st.sampled_from(["", "Sonnez"]),
    }
)


@given(_WEEKS, _WEEKS)
def test_any_week_comes_back_as_it_was_written_whatever_stood_there_before(
    one: dict[str, str], two: dict[str, str]
) -> None:
    first = schedules_of(one, [])
    second = schedules_of(two, first)
    for week, schedules in ((one, first), (two, second)):
        said = week_of(schedules)
        assert said is not None
        assert [said[day] for day in DAYS] == [written(week[day]) for day in DAYS]
        assert (said["note_en"], said["note_fr"]) == (week["note_en"], week["note_fr"])
        if any(week[day] for day in DAYS):
            assert said["holidays"] == week["holidays"]
        assert problems("service", {"id": key("s"), "name": "x", "status": "active", "schedules": schedules}) == []
        identifiers = [one["id"] for one in schedules]
        assert len(set(identifiers)) == len(identifiers)
