"""Spans have the names that SDMX gives them, and are read back as the days that they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.figures.exchange.spans import Span, read_sdmx_period, sdmx_period

NAMED = [
    ("2013", date(2013, 1, 1), date(2013, 12, 31)),
    ("2013-S2", date(2013, 7, 1), date(2013, 12, 31)),
    ("2013-Q1", date(2013, 1, 1), date(2013, 3, 31)),
    ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
    ("2013-04-01", date(2013, 4, 1), date(2013, 4, 1)),
    ("2013-04-01/P1Y", date(2013, 4, 1), date(2014, 3, 31)),
    ("2013-04-15/P2M", date(2013, 4, 15), date(2013, 6, 14)),
    ("2007-04-01/P6Y", date(2007, 4, 1), date(2013, 3, 31)),
    ("2013-02-01/P3M", date(2013, 2, 1), date(2013, 4, 30)),
    ("2013-01-31/P59D", date(2013, 1, 31), date(2013, 3, 30)),
    ("9999", date(9999, 1, 1), date(9999, 12, 31)),
]


@pytest.mark.parametrize(("text", "starts_on", "ends_on"), NAMED)
def test_a_span_has_its_name(text: str, starts_on: date, ends_on: date) -> None:
    assert sdmx_period(Span(starts_on, ends_on)) == text
    assert read_sdmx_period(text) == Span(starts_on, ends_on)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(1800, 1, 1)), st.integers(0, 4000))
def test_any_span_comes_back(starts_on: date, days: int) -> None:
    span = Span(starts_on, min(date.max, starts_on + timedelta(days=min(days, (date.max - starts_on).days))))
    assert read_sdmx_period(sdmx_period(span)) == span


@pytest.mark.parametrize(
    ("text", "starts_on", "ends_on"),
    [
        ("2013-A1", date(2013, 1, 1), date(2013, 12, 31)),
        ("2013-M02", date(2013, 2, 1), date(2013, 2, 28)),
        ("2013-T3", date(2013, 9, 1), date(2013, 12, 31)),
        ("2013-04-01T00:00:00/P12M", date(2013, 4, 1), date(2014, 3, 31)),
    ],
)
def test_other_names_are_understood(text: str, starts_on: date, ends_on: date) -> None:
    assert read_sdmx_period(text) == Span(starts_on, ends_on)


@pytest.mark.parametrize(
    "text",
    [
        *("", "13", "2013-13", "2013-Q5", "2013-Q0", "2013-02-30", "2013-04-01/P0D", "2013-04-01/P", "2013-2014"),
        *("2013-04-01/2014-03-31", "2013-01-31/P1M", "2013-04-01/P1Y1D", "9999-01-01/P9D9", "9999-12-01/P2Y", "0000"),
    ],
)
def test_what_is_no_span_is_none(text: str) -> None:
    assert read_sdmx_period(text) is None
