"""Hours as associations write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.protection.directory.hsds.written_hours import DAYS, Span, hours_said

WEEK = DAYS[:5]


@pytest.mark.parametrize(
    "written",
    [
        "Mon-Fri 9:00-17:00", "Monday to Friday, 9:00 to 17:00", "mon. – fri. 9:00 – 17:00", "M-F 9am-5pm",
        "Mon-Fri: 9 a.m. to 5 p.m.", "Weekdays 9 am - 5 pm", "9:00-17:00 Mon-Fri", "Mon, Tue, Wed, Thu, Fri 9-5 pm",
        "lun. au ven. 9 h à 17 h", "Du lundi au vendredi de 9 h 00 à 17 h 00", "Lundi à vendredi : 9h-17h",
        "lun-ven 9h00–17h00", "En semaine, de 9 h à 17 h", "Monday through Friday from 9 am until 5", "L-V 9h à 17h",
        "Mon-Fri 09:00-17:00; Sat-Sun closed", "lundi au vendredi 9 h à 17 h, fermé les fins de semaine",
    ],
)  # fmt: skip
def test_a_plain_week_is_read(written: str) -> None:
    found = hours_said(written)
    assert found is not None
    assert found.spans == (Span(WEEK, "09:00", "17:00"),)


@pytest.mark.parametrize(
    "written",
    [
        "24/7", "24 / 7", "24h/24", "24 h / 7 j", "24 heures sur 24", "24 heures sur 24, 7 jours sur 7", "24 hours",
        "24 hours a day", "24 hours a day, 7 days a week", "24h/7", "24h/7j", "Open 24 hours", "day and night",
        "Jour et nuit", "toujours ouvert", "24/24, 7/7", "24 hours, seven days a week", "24 hrs / 7 days",
    ],
)  # fmt: skip
def test_day_and_night_is_read(written: str) -> None:
    found = hours_said(written)
    assert found is not None
    assert found.spans == (Span(DAYS, "00:00", "00:00"),)


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        ("lun. au ven. 8 h 30 à 16 h 30", [Span(WEEK, "08:30", "16:30")]),
        ("Mon-Thu 8:30am-4:30pm, Fri 8:30am-noon", [Span(DAYS[:4], "08:30", "16:30"), Span(("FR",), "08:30", "12:00")]),
        ("Mon-Fri 9:00-12:00 and 13:00-17:00", [Span(WEEK, "09:00", "12:00"), Span(WEEK, "13:00", "17:00")]),
        ("Tous les jours 8 h à minuit", [Span(DAYS, "08:00", "00:00")]),
        ("Daily 20:00-8:00", [Span(DAYS, "20:00", "08:00")]),
        (
            "9:00-17:00 Mon-Fri, 10:00-14:00 Sat, Sun",
            [Span(WEEK, "09:00", "17:00"), Span(("SA", "SU"), "10:00", "14:00")],
        ),
        ("Sat & Sun 10 am to 2 pm", [Span(("SA", "SU"), "10:00", "14:00")]),
        ("Fri-Mon 13:00-17:00", [Span(("MO", "FR", "SA", "SU"), "13:00", "17:00")]),
        ("Mardi et jeudi 13 h 30 à 16 h", [Span(("TU", "TH"), "13:30", "16:00")]),
        ("Wed 1-5 pm", [Span(("WE",), "13:00", "17:00")]),
        ("Wed 10-12 pm", [Span(("WE",), "10:00", "12:00")]),
        ("Wed 11 pm - 3 am", [Span(("WE",), "23:00", "03:00")]),
        ("Mon-Fri 9-12", [Span(WEEK, "09:00", "12:00")]),
        ("Mon-Fri 7-noon", [Span(WEEK, "07:00", "12:00")]),
        ("Wed 12-4 pm", [Span(("WE",), "12:00", "16:00")]),
        ("Wed noon-4pm", [Span(("WE",), "12:00", "16:00")]),
        ("Wed 9 am - 17:00", [Span(("WE",), "09:00", "17:00")]),
        ("Wed 17:00 - 9 pm", [Span(("WE",), "17:00", "21:00")]),
        ("Wed 7pm-9", [Span(("WE",), "19:00", "21:00")]),
        ("Wed 12:30-16:30", [Span(("WE",), "12:30", "16:30")]),
        ("mercredi 9 h à 11 h 30", [Span(("WE",), "09:00", "11:30")]),
        ("Tue 7:00-9:00, Thu 19:00-21:00", [Span(("TU",), "07:00", "09:00"), Span(("TH",), "19:00", "21:00")]),
        ("Fri 13:00-05:00", [Span(("FR",), "13:00", "05:00")]),
        ("Fri 9:00-21:00", [Span(("FR",), "09:00", "21:00")]),
        ("vendredi de 20 h à 23 h 30", [Span(("FR",), "20:00", "23:30")]),
        ("Fri 20:00 to noon", [Span(("FR",), "20:00", "12:00")]),
        ("week-end 10h-16h", [Span(("SA", "SU"), "10:00", "16:00")]),
        ("Week-ends de 10 h à 16 h", [Span(("SA", "SU"), "10:00", "16:00")]),
        ("lun-ven 9h-17h, fermé le week\N{NON-BREAKING HYPHEN}end", [Span(WEEK, "09:00", "17:00")]),
        ("week end 10h-16h", [Span(("SA", "SU"), "10:00", "16:00")]),
        ("Wed 12am-8am", [Span(("WE",), "00:00", "08:00")]),
        ("Wed 12:30am-6am", [Span(("WE",), "00:30", "06:00")]),
        ("Wed 12am-noon", [Span(("WE",), "00:00", "12:00")]),
        ("Wed 8pm-12am", [Span(("WE",), "20:00", "00:00")]),
        ("Wed 12pm-12am", [Span(("WE",), "12:00", "00:00")]),
        ("Wed 9am-12pm", [Span(("WE",), "09:00", "12:00")]),
        ("Wed. 9 am - 12 pm. Sat. closed.", [Span(("WE",), "09:00", "12:00")]),
    ],
)
def test_other_hours_are_read(written: str, spans: list[Span]) -> None:
    found = hours_said(written)
    assert found is not None
    assert list(found.spans) == spans


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        ("Mon-Fri 9:00-17:00, closed Wednesday", [Span(("MO", "TU", "TH", "FR"), "09:00", "17:00")]),
        ("Mon-Fri 9:00-17:00, Wednesday closed", [Span(("MO", "TU", "TH", "FR"), "09:00", "17:00")]),
        ("Tous les jours de 9 h à 17 h, fermé le dimanche", [Span(DAYS[:6], "09:00", "17:00")]),
        ("Daily 9:00-12:00, 13:00-17:00, closed weekends",
         [Span(WEEK, "09:00", "12:00"), Span(WEEK, "13:00", "17:00")]),
        ("Daily 9:00-17:00, Sat 10:00-14:00",
         [Span((*WEEK, "SU"), "09:00", "17:00"), Span(("SA",), "10:00", "14:00")]),
        ("9:00-17:00 daily, 10:00-14:00 Sat, closed Sun",
         [Span(WEEK, "09:00", "17:00"), Span(("SA",), "10:00", "14:00")]),
        ("Daily 9:00-17:00, Sat 9:00-17:00", [Span((*WEEK, "SU"), "09:00", "17:00"), Span(("SA",), "09:00", "17:00")]),
        ("Daily 20:00-04:00, Sat 22:00-02:00",
         [Span((*WEEK, "SU"), "20:00", "04:00"), Span(("SA",), "22:00", "02:00")]),
    ],
)  # fmt: skip
def test_a_later_word_about_single_days_wins(written: str, spans: list[Span]) -> None:
    found = hours_said(written)
    assert found is not None
    assert list(found.spans) == spans


@pytest.mark.parametrize(
    "written",
    [
        "Sat 10:00-14:00, daily 9:00-17:00", "Mon, Tue 9:00-17:00, Tue 10:00-14:00", "Mon 9:00-17:00, Mon closed",
        "Mon-Wed 9:00-17:00, Wed-Fri 10:00-14:00", "Mon-Fri 9:00-17:00, closed Mon-Fri",
        "Wednesday closed, Mon-Fri 9:00-17:00",
        # In the evening instead, or as well?
        "Mon-Fri 9:00-17:00, Wed 18:00-20:00",
    ],
)  # fmt: skip
def test_statements_that_contradict_each_other_are_left_alone(written: str) -> None:
    assert hours_said(written) is None


@pytest.mark.parametrize("written", ["Mon-Fri 9:00-17:00, closed on holidays", "lun-ven 9h-17h sauf jours fériés"])
def test_holidays_are_read(written: str) -> None:
    found = hours_said(written)
    assert found is not None
    assert found.closed_on_holidays


@pytest.mark.parametrize(
    "written",
    [
        "", "by appointment", "sur rendez-vous", "Mon-Fri", "9:00-17:00", "Mon-Fri 9-5", "Mon-Fri 1-5", "closed",
        "Mon-Fri 9:00-5:00", "Mon-Fri 9:00-17:00, winter by appointment", "first Monday 9:00-17:00", "Mon 9 am - 10",
        "8 h 30 à 4 h 30 lundi", "Mon-Fri 25:00-26:00", "Mon-Fri 9:00-9:00", "Mon-Fri 9:00", "Mon 9:00-17:00 or Tue",
        "Mon-Fri closed 9:00-17:00", "Mon-Fri 9:75-17:00", "marathon 9:00-17:00", "closed Mon; Tue 9:00-17:00",
        "Mon-Fri 24:30-25:00", "7", "24", "Mon 2-4h", "2-4h", "2:4h", "2, 4h", "2 4 h", "2/4h",
        "Mon-Fri 12-4", "Mon-Fri 12:30-4:30", "Mon-Fri noon-5", "lundi, midi à 5 h", "Fri 9pm-5", "Fri 10-2am",
        "Tues 7-9", "Tues 8-10", "mardi 7 h à 9 h", "Mon 13:00-5:00", "Mon 14-9 am", "Mon 2-14 am", "Fri 8-midnight",
        "Fri midnight to 4 am", "Mon-Fri 9:00-17:00, Wed 12-4", "Fri 20:00-12:00", "Fri noon-noon",
        # Whoever writes 12 am may mean noon, and who writes 12 pm, midnight.
        "Mon-Fri 12am-5pm", "Mon-Fri 12:30 a.m. to 4 p.m.", "Mon 9am-12am", "Mon 12pm-8am", "Mon 8pm-12pm",
        "Mon 12am-15:00", "Mon 12am-12pm", "Mon 12am-midnight", "lundi, 12 am à 17 h",
    ],
)  # fmt: skip
def test_what_may_mean_several_things_is_left_alone(written: str) -> None:
    assert hours_said(written) is None


PIECES = [
    "mon",
    "lun.",
    "fri",
    "dim",
    "-",
    " to ",
    " à ",
    "9",
    "17 h",
    "9:00",
    "5 pm",
    "noon",
    ", ",
    "closed",
    "24/7",
    " ",
]


@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_is_written_is_read_or_left_alone(written: str) -> None:
    found = hours_said(written)
    for span in found.spans if found else ():
        assert span.days
        assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", span.opens)
        assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", span.closes)
