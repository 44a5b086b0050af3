"""Days and hours, written as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from palermo.foundation.days import clock_there, clock_time, month_name

THERE = datetime(2026, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "english", "french"),
    [
        (0, 0, "midnight", "minuit"),
        (12, 0, "noon", "midi"),
        (0, 5, "12:05 a.m.", "0 h 05"),
        (12, 30, "12:30 p.m.", "12 h 30"),
        (9, 0, "9:00 a.m.", "9 h"),
        (17, 0, "5:00 p.m.", "17 h"),
    ],
)
def test_the_hours_that_have_a_name_are_called_by_it_in_sentences(
    hour: int, minute: int, english: str, french: str
) -> None:
    for language, said in (("en", english), ("fr", french)):
        with override(language):
            assert _plain(clock_there(THERE.replace(hour=hour, minute=minute))) == said


def test_moments_of_records_keep_their_figures() -> None:
    with override("en"):
        # Noon in Toronto, where this site is.
        assert _plain(clock_time(THERE.replace(hour=16))) == "12:00 p.m."


def _plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_a_month_is_written_as_each_language_writes_it() -> None:
    assert month_name(date(2026, 11, 30), "en-CA") == "November 2026"
    assert month_name(date(2026, 8, 1), "fr-CA") == "août 2026"
