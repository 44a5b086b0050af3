"""How many beds are free, and until when what was told of it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from palermo.protection.directory.hsds.capacity import capacities_of, is_recount, laid_over, recounted, retold
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.schema import problems
from tests.protection.directory.samples import key

NOW = datetime(2026, 11, 6, 20, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def beds(**said: Json) -> Document:
    return {
        "id": key("beds"), "unit": {"id": key("unit"), "name": "bed"}, "available": 3, "maximum": 12,
        "updated": "2026-11-06T18:30:00Z", **said,
    }  # fmt: skip


def is_known(now: datetime, **said: Json) -> bool:
    (found,) = capacities_of({"capacities": [beds(**said)]})
    return found.is_known(now)


@pytest.mark.parametrize(("hours", "age"), [(None, 24), (1, 1), (0.5, 0.5), (72, 72), (0, 24), (-3, 24)])
def test_a_number_stands_to_the_end_of_its_hours_and_not_a_second_longer(hours: float | None, age: float) -> None:
    told = datetime(2026, 11, 6, 18, 30, tzinfo=UTC)
    said: Document = {} if hours is None else {"valid_hours": hours}
    assert is_known(told, **said)
    assert is_known(told + timedelta(hours=age), **said)
    assert not is_known(told + timedelta(hours=age) + SECOND, **said)


@pytest.mark.parametrize("wrong", [{"available": -3, "maximum": 1}, {"available": 13}])
def test_so_many_as_cannot_be_free_are_not_known(wrong: Document) -> None:
    told = datetime(2026, 11, 6, 18, 30, tzinfo=UTC)
    assert is_known(told)
    assert not is_known(told, **wrong)
    (found,) = capacities_of({"capacities": [beds(**wrong)]})
    assert found.age(told) is None


def free(said: Document) -> dict[str, Json]:
    return {one.key: one.available for one in capacities_of(said)}


def test_a_count_stands_until_its_source_counts_anew() -> None:
    count: Document = {"capacities": [beds(available=5, updated="2026-11-06T18:00:00Z")]}
    for since, told in [("2026-11-06T17:59:59Z", 5), ("2026-11-06T18:00:00Z", 5), ("2026-11-06T18:00:01Z", 0)]:
        given: Document = {"capacities": [beds(available=0, updated=since)]}
        assert free(laid_over(given, count)) == {key("beds"): told}


@pytest.mark.parametrize("wrong", [{"updated": "2999-01-01T00:00:00Z"}, {"available": -1}, {"updated": None}])
def test_what_its_source_cannot_have_counted_takes_nothing_away(wrong: Document) -> None:
    count: Document = {"capacities": [beds(available=5, updated="2026-11-06T17:00:00Z")]}
    assert free(laid_over({"capacities": [beds(**{"available": 0, **wrong})]}, count)) == {key("beds"): 5}


def test_beds_stay_that_only_one_of_the_two_knows() -> None:
    count: Document = {"capacities": [beds(available=5), beds(id=key("cots"), available=1)]}
    given: Document = {"capacities": [beds(id=key("rooms"), available=2), beds()]}
    assert free(laid_over(given, count)) == {key("beds"): 5, key("cots"): 1, key("rooms"): 2}
    assert free(laid_over({}, count)) == {key("beds"): 5, key("cots"): 1}


def test_the_clock_of_the_moment_is_the_one_that_it_names() -> None:
    assert is_known(NOW, updated="2026-11-06T16:30:00-04:00", valid_hours=0.1)
    assert not is_known(NOW, updated="2026-11-06T16:30:00Z", valid_hours=0.1)
    assert is_known(NOW, updated="2026-11-06T20:30:00", valid_hours=0.1)


def test_what_is_told_from_tomorrow_is_not_believed_but_a_clock_may_be_a_little_ahead() -> None:
    assert is_known(NOW, updated="2026-11-06T20:35:00Z")
    assert not is_known(NOW, updated="2026-11-06T20:35:01Z")
    (ahead,) = capacities_of({"capacities": [beds(updated="2026-11-06T20:34:00Z")]})
    assert ahead.age(NOW) == timedelta(0)


@pytest.mark.parametrize("updated", ["yesterday", "", None, 7])
def test_nobody_knows_where_nobody_said_when(updated: Json) -> None:
    assert not is_known(NOW, updated=updated)


@pytest.mark.parametrize("name", ["available", "maximum", "valid_hours"])
@pytest.mark.parametrize("number", [10**400, -(10**400)], ids=["above", "below"])
def test_a_number_that_nobody_can_reckon_with_is_refused(name: str, number: int) -> None:
    said: Document = {"id": key("a"), "name": "A", "status": "active", "capacities": [beds(**{name: number})]}
    found = problems("service", said)
    assert [(one.path, one.rule) for one in found] == [(("capacities", 0, name), "unwritable")]
    assert problems("location", {"id": key("p"), "location_type": "physical", "latitude": number})
    said["capacities"] = [beds(**{name: 10**300})]
    assert not [one for one in problems("service", said) if one.rule == "unwritable"]
    assert capacities_of(said)


def test_endless_hours_end() -> None:
    assert is_known(NOW, valid_hours=1e300)
    assert not is_known(NOW + timedelta(days=366), valid_hours=1e300)


def test_what_is_no_list_of_beds_is_none() -> None:
    nothing: list[Json] = [None, "3", {}, ["3"], []]
    for said in nothing:
        whole: Document = {"capacities": said}
        assert capacities_of(whole) == []


def test_told_anew_only_the_numbers_change() -> None:
    other = beds(id=key("cots"), available=1)
    said: Document = {"capacities": [beds(description="Two of them are large."), other]}
    found = retold(said, key("beds"), available=5, maximum=None, valid_hours=8, now=NOW)
    first = {**beds(description="Two of them are large."), "available": 5, "valid_hours": 8}
    del first["maximum"]
    assert found == [{**first, "updated": "2026-11-06T20:30:00Z"}, other]
    assert said["capacities"] == [beds(description="Two of them are large."), other]


def test_told_for_the_first_time_they_are_as_the_standard_has_them() -> None:
    found = retold({}, "", available=0, maximum=4, valid_hours=24, now=NOW)
    (one,) = found
    assert UUID(str(one["id"])).version == 4
    assert (one["available"], one["maximum"]) == (0, 4)
    whole: Document = {"id": key("s"), "name": "Shelter", "status": "active", "capacities": found}
    assert problems("service", whole) == []
    (read,) = capacities_of(whole)
    assert read.is_known(NOW)


def test_a_recount_says_nothing_new_but_numbers_and_when() -> None:
    two: Document = {"capacities": [beds(), beds(id=key("cots"), description="Cots")]}
    counted = retold(two, key("cots"), available=0, maximum=None, valid_hours=8, now=NOW)
    assert is_recount(two, {"capacities": counted}, NOW)
    unit: Document = {"id": key("unit"), "name": "room"}
    wrongs: list[Json] = [
        [*counted, beds(id=key("new"))], counted[:1], [], None, {"available": 1}, [counted[1], counted[0]], ["x", "y"],
        [beds(description="Call 506-555-0100"), counted[1]], [beds(unit=unit), counted[1]],
    ]  # fmt: skip
    for wrong in wrongs:
        assert not is_recount(two, {"capacities": wrong}, NOW)
    assert not is_recount({}, {"capacities": [beds()]}, NOW)
    assert not is_recount(two, {}, NOW)


@pytest.mark.parametrize(
    "said", [{"available": 10**9}, {"available": -3}, {"maximum": -5}, {"updated": "2126-01-01T00:00:00Z"}]
)
def test_a_count_that_cannot_be_is_looked_at(said: Document) -> None:
    assert is_recount({"capacities": [beds()]}, {"capacities": [beds()]}, NOW)
    assert not is_recount({"capacities": [beds()]}, {"capacities": [beds(**said)]}, NOW)


def test_what_was_counted_since_a_patch_was_made_stands() -> None:
    early, late = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
    patch: Document = {"name": "New", "capacities": [beds(available=1, updated=early), beds(id=key("cots"))]}
    now: Document = {"capacities": [beds(available=4, updated=late)]}
    assert recounted(now, patch) == {
        "name": "New", "capacities": [beds(available=4, updated=late), beds(id=key("cots"))]
    }  # fmt: skip
    assert recounted({"capacities": [beds(available=4, updated=early)]}, patch) == patch
    assert recounted(now, {"name": "New"}) == {"name": "New"}
