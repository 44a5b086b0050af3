"""What a file marks is hidden from its first entry on, also where the entry that marks it is malformed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from palermo.protection.directory.actions import intake as intakes
from palermo.protection.directory.actions.aside import discard
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Location, PutAside, Service
from tests.protection.directory.actions.test_intake import names, pulled
from tests.protection.directory.actions.test_waiting import TOLD, at, secret, told, without
from tests.protection.directory.keeping import somebody
from tests.protection.directory.samples import key, place

pytestmark = pytest.mark.django_db
HOME: Any = {name: said for name, said in place().items() if name != "id"}
MALFORMED: dict[str, Document] = {
    "without an id": {**HOME, "is_confidential": True},
    "with an id that is none": {**HOME, "id": "L-17", "is_confidential": True},
    "by another name": {**place(), "confidential": True},
    "by a word": {**place(), "isConfidential": "yes"},
    "on its address": {**HOME, "id": "L-17", "addresses": [{**HOME["addresses"][0], "confidential": True}]},
}
each_malformed = pytest.mark.parametrize("malformed", [*MALFORMED.values()], ids=[*MALFORMED])


@each_malformed
@pytest.mark.parametrize("batch", [1, 500])
@pytest.mark.parametrize("is_first", [True, False])
def test_no_other_entry_tells_what_a_malformed_one_marks(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch, malformed: Document, is_first: bool, batch: int
) -> None:
    monkeypatch.setattr(intakes, "BATCH", batch)
    both = [at(malformed, "One"), without("Telling", description=TOLD)]
    pulled(tmp_path, [*(both if is_first else reversed(both)), without("Other")])
    assert names() == ["Other"]
    assert PutAside.objects.count() == 2
    assert not told(client)


@each_malformed
def test_no_other_entry_says_the_place_openly_that_a_malformed_one_marks(
    tmp_path: Path, client: Client, malformed: Document
) -> None:
    pulled(tmp_path, [at(malformed, "One"), at(place(), "Two")])
    assert "One" not in names()
    assert not told(client)


def test_a_point_that_a_malformed_entry_marks_is_hidden_too(tmp_path: Path) -> None:
    marked: Document = {
        "location_type": "physical",
        "is_confidential": True,
        "latitude": "46.0912",
        "longitude": "-64.7699",
    }
    pulled(tmp_path, [without("Telling", description="@46.0912,-64.7699"), at(marked, "One")])
    assert names() == []


def test_a_malformed_entry_hides_what_its_source_kept_in_the_open(tmp_path: Path, client: Client) -> None:
    pulled(tmp_path, [at(place(), "One")])
    assert told(client)
    pulled(tmp_path, [at({**place(), "confidential": True}, "One")])
    assert Location.objects.get().is_confidential
    assert not told(client)


def test_a_malformed_entry_changes_nothing_of_another_source_until_a_person_decides(tmp_path: Path) -> None:
    """What stands openly at an address that it marks stays as it is, and what tells it anew waits with the mark."""
    pulled(tmp_path, [at(place(), "Open")], source="A")
    pulled(tmp_path, [at(MALFORMED["with an id that is none"], "Theirs"), without("More")], source="B")
    assert names() == ["More", "Open"]
    assert not Location.objects.get().is_confidential
    assert pulled(tmp_path, [at(place(), "Open", description="New words")], source="A").aside == 1
    discard(by=somebody(), aside=PutAside.objects.get(source__name="B"))
    assert pulled(tmp_path, [at(place(), "Open", description="New words")], source="A").aside == 0
    assert Service.objects.get(document__name="Open").document["description"] == "New words"
    assert not Location.objects.get().is_confidential


def test_an_id_is_the_same_however_a_malformed_entry_writes_it(tmp_path: Path, client: Client) -> None:
    nameless: Document = {name: said for name, said in secret().items() if name != "addresses"}
    pulled(tmp_path, [at({**nameless, "id": f"urn:uuid:{key('home')}", "name": "Canarymoss"}, "One")])
    assert names() == []
    bare = {name: said for name, said in place().items() if name != "addresses"}
    pulled(tmp_path, [at({**bare, "name": "Canarymoss"}, "Two")], source="Other")
    assert Location.objects.get().is_confidential
    assert "Canarymoss" not in client.get("/api/hsds/service_at_locations?full=true").content.decode()
