"""Who is believed on when a record was last confirmed, whatever its source writes for a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from palermo.protection.directory.hsds.changing import changed
from palermo.protection.directory.hsds.days import day_of, done_on
from palermo.protection.directory.hsds.json_values import Document, Json

TODAY = date(2026, 3, 5)
ASSURED: Document = {"assured_date": "2026-03-01", "assured_by": "provider"}


@pytest.mark.parametrize("said", ["31/12/2025", "2999-01-01", "yesterday", "2025-02-30", "", None, "2026-02-28"])
def test_a_person_is_believed_over_a_day_that_is_none_or_yet_to_come(said: Json) -> None:
    assert changed({"id": "a", "assured_date": said}, [ASSURED]) == {"id": "a", **ASSURED}


@pytest.mark.parametrize("said", ["2026-03-02", "2026-03-02T08:00:00Z", "20260302"])
def test_a_source_that_confirms_later_is_believed(said: str) -> None:
    assert changed({"assured_date": said}, [ASSURED]) == {"assured_date": said}


def test_of_people_the_one_of_the_latest_day_is_believed() -> None:
    earlier: Document = {"assured_date": "2026-02-01", "assured_by": "coordinator"}
    assert changed({"assured_date": "31/12/2025"}, [earlier, ASSURED, earlier]) == ASSURED


def test_what_nobody_confirmed_says_what_its_source_says() -> None:
    assert changed({"assured_date": "31/12/2025"}, [{"name": "Bed"}]) == {"assured_date": "31/12/2025", "name": "Bed"}


def beds(available: int, updated: str, name: str = "beds") -> Document:
    return {"id": name, "unit": {"id": "u", "name": "bed"}, "available": available, "updated": updated}


def test_of_each_kind_of_bed_who_counted_last_is_believed() -> None:
    early, late, latest = (f"2026-03-0{day}T08:00:00Z" for day in (1, 2, 3))
    count: Document = {"capacities": [beds(5, late)]}
    given: Document = {"capacities": [beds(1, early), beds(2, early, "cots")]}
    assert changed(given, [count])["capacities"] == [beds(5, late), beds(2, early, "cots")]
    given = {"capacities": [beds(1, latest), beds(2, early, "cots")]}
    assert changed(given, [count])["capacities"] == [beds(1, latest), beds(2, early, "cots")]


def test_a_list_of_beds_that_is_changed_with_something_else_stands_whole() -> None:
    given: Document = {"capacities": [beds(1, "2026-03-03T08:00:00Z"), beds(2, "2026-03-03T08:00:00Z", "cots")]}
    patch: Document = {"capacities": [beds(5, "2026-03-01T08:00:00Z")], "name": "Bed"}
    assert changed(given, [patch]) == patch
    assert changed(given, [{"capacities": None}]) == {}


def test_days_are_read_with_or_without_an_hour() -> None:
    assert day_of("2026-03-05T10:00:00Z") == day_of("2026-03-05") == TODAY
    assert [day_of(said) for said in ("31/12/2025", "2025-02-30", "", None, 7)] == [None] * 5


def test_nothing_was_done_on_a_day_that_is_yet_to_come_anywhere() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert done_on(str(TODAY), TODAY) == TODAY
    assert done_on(str(tomorrow), TODAY) == tomorrow
    assert done_on(str(tomorrow + timedelta(days=1)), TODAY) is None
    assert done_on("31/12/2025", TODAY) is None
