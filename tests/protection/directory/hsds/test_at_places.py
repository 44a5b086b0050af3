"""What people corrected of what places say of their own."""

from __future__ import annotations

import pytest

from palermo.protection.directory.hsds.at_places import CORRECTED, alike, said_at, together, unsaid
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.parting import Record, Shelf

OWN: Document = {"id": "V", "phones": [{"id": "a"}], "schedules": [{"id": "b"}], "description": "By the door."}


def test_only_what_was_corrected_of_a_place_is_not_said_any_more() -> None:
    service = unsaid({"phones": ["v"]})
    assert said_at(service, "V", OWN) == {name: said for name, said in OWN.items() if name != "phones"}
    assert said_at(service, "w", OWN) == said_at({}, "v", OWN) == OWN
    both = unsaid({"phones": ["v", "w"], "schedules": ["w"]})
    assert both == {CORRECTED: {"v": {"phones": []}, "w": {"phones": [], "schedules": []}}}
    assert unsaid({}) == unsaid({"phones": []}) == {}


@pytest.mark.parametrize("said", [None, [], "v", {"v": []}, {"v": None}, {"v": {"description": []}}])
def test_whatever_a_source_says_there_changes_nothing(said: Json) -> None:
    assert said_at({CORRECTED: said}, "v", OWN) == OWN


def test_of_two_entries_both_say_what_was_corrected() -> None:
    first: Document = {"v": {"phones": []}}
    second: Document = {"v": {"schedules": []}, "w": {"phones": []}}
    assert together(first, second) == {**second, **first}
    assert together(None, second) == together(second, None) == second


def test_lists_are_alike_whatever_their_ids() -> None:
    one: Json = [{"id": "a", "number": "1", "languages": [{"id": "b", "code": "fr"}]}]
    other: Json = [{"id": "c", "number": "1", "languages": [{"id": "d", "code": "fr"}]}]
    assert alike([one, other])
    assert not alike([one, other, [{"id": "a", "number": "2"}]])


def test_a_whole_entry_says_what_was_corrected_only_by_what_its_places_say() -> None:
    service: Document = {"id": "S", "name": "Line", **unsaid({"phones": ["v"]})}
    visits = [Record("service_at_location", {**OWN, "id": key}, {"service_id": "s"}) for key in ("V", "W")]
    shelf = Shelf([Record("service", service), *visits])
    whole = shelf.whole("service", "s")
    assert CORRECTED not in whole
    assert whole["service_at_locations"] == [{**said_at(service, "v", OWN), "id": "V"}, {**OWN, "id": "W"}]
    assert "phones" not in shelf.whole("service_at_location", "v")
    assert shelf.flat("service", "s") == {"id": "S", "name": "Line"}
