"""What waits to be mended and marks a place as confidential hides it everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.people.queries import command_line
from palermo.protection.directory.actions import waiting
from palermo.protection.directory.actions.aside import StillWrongError, correct, discard
from palermo.protection.directory.actions.changes import WrongChangeError, change
from palermo.protection.directory.actions.checking import WrongEntriesError
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.waiting import Waiting, kept_back
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.models import Location, PutAside, Source
from palermo.protection.directory.sealing import opened
from tests.protection.directory.actions.test_intake import names, pulled, rules
from tests.protection.directory.keeping import address, kept, signed_in, somebody
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
TOLD = "We are at 12 Rue de l’Église."
MARK = 'at-["service_at_locations", 0, "location", "is_confidential"]'
STATUS = 'at-["status"]'


def at(location: object, name: str, **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    return service(name, service_at_locations=[{"id": key(f"{name} there"), "location": location}], **said)


def without(name: str, **said: object) -> Document:
    return service(name, service_at_locations=[], **said)  # type: ignore[no-any-return]


def secret() -> Document:
    return place(is_confidential=True, area="Southeast")


def told(client: Client) -> bool:
    """Whether anybody can read the street."""
    pages = ("services", "organizations", "service_at_locations")
    return any("glise" in client.get(f"/api/hsds/{page}?full=true").content.decode() for page in pages)


# -- What comes while it waits ---------------------------------------------------------------------


def test_an_entry_that_is_mended_hides_what_another_one_that_waits_marks(tmp_path: Path, client: Client) -> None:
    pulled(tmp_path, [at(secret(), "One", status="shut"), at(place(), "Two", status="shut")])
    correct(by=somebody(), aside=PutAside.objects.get(key=key("Two")), document=at(place(), "Two"))
    assert names() == ["Two"]
    assert Location.objects.get().is_confidential
    assert not told(client)


@pytest.mark.parametrize("source", ["Feed", "Elsewhere"])
def test_another_file_opens_nothing_that_waits_to_be_hidden(tmp_path: Path, client: Client, source: str) -> None:
    pulled(tmp_path, [at(secret(), "One", status="shut")])
    made, _ = Source.objects.get_or_create(name=source)
    path = tmp_path / "places.ndjson"
    path.write_text(json.dumps(place()) + "\n", encoding="utf-8")
    take_in_file(by=command_line(), path=path, kind="location", source=made)
    assert Location.objects.get().is_confidential
    pulled(tmp_path, [without("Telling", description=TOLD)], source="Third")
    assert rules(PutAside.objects.get(key=key("Telling"))) == ["confidential"]
    with pytest.raises(WrongEntriesError):
        taken(without("By hand", description=TOLD))
    assert not told(client)


def test_no_change_tells_what_waits_to_be_hidden(tmp_path: Path) -> None:
    one = kept("Ours", service_at_locations=[])
    pulled(tmp_path, [at(secret(), "One", status="shut")])
    with pytest.raises(WrongChangeError):
        change(by=somebody(), service=one, patch={"description": TOLD})
    discard(by=somebody(), aside=PutAside.objects.get())
    change(by=somebody(), service=one, patch={"description": TOLD})


def test_what_waits_keeps_no_other_file_out(tmp_path: Path) -> None:
    """Of what another source keeps in the open nothing is hidden, nor is what was kept before looked through for it."""
    pulled(tmp_path, [at(place(), "Open", description=TOLD)], source="Elsewhere")
    pulled(tmp_path, [at(secret(), "One")])
    assert PutAside.objects.get().may_hide
    pulled(tmp_path, [at(place(), "Open", description=TOLD), without("More", description=TOLD)], source="Elsewhere")
    assert names() == ["More", "Open"]
    assert not Location.objects.get().is_confidential


def test_its_source_opens_with_the_next_file_what_waited_to_be_hidden(tmp_path: Path) -> None:
    pulled(tmp_path, [at(secret(), "One", status="shut")])
    for is_hidden in (True, False):
        pulled(tmp_path, [at(place(is_confidential=False), "One")])
        assert Location.objects.get().is_confidential is is_hidden


def test_only_what_marks_something_is_opened_and_that_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pulled(tmp_path, [at(secret(), "One", status="shut"), *(without(f"W{one}", status="shut") for one in range(5))])
    count: list[UUID] = []

    def counted(key: UUID, sealed: bytes) -> Document:
        count.append(key)
        return opened(key, sealed)

    monkeypatch.setattr(waiting, "opened", counted)
    known = Waiting()
    with CaptureQueriesContext(connection) as asked:
        assert {str(one) for one in known.places().keys} == {key("home")}
    assert len(asked) == 2
    known.places()
    assert len(count) == 1


# -- What is mended --------------------------------------------------------------------------------


def send(tmp_path: Path, entry: Document, **said: str) -> str:
    """Put an entry aside, mend it on its page, and say what the page shows before."""
    pulled(tmp_path, [entry])
    desk = signed_in(somebody())
    one = address("directory_aside_one", PutAside.objects.get().pk)
    before = desk.get(one).content.decode()
    desk.post(one, said)
    return before


def test_a_field_that_was_not_wrong_opens_nothing(tmp_path: Path, client: Client) -> None:
    before = send(tmp_path, at(secret(), "One", status="shut"), **{STATUS: "active", MARK: "false"})
    assert "glise" not in before
    assert names() == ["One"]
    assert Location.objects.get().is_confidential
    assert not told(client)


@pytest.mark.parametrize("mark", ["is_confidential", "isConfidential"])
def test_whoever_says_that_a_place_is_open_says_its_address(tmp_path: Path, client: Client, mark: str) -> None:
    unsure = {**place(area="Southeast"), mark: "yes"}
    before = send(tmp_path, at(unsure, "One"), **{MARK.replace("is_confidential", mark): "false"})
    assert "glise" not in before
    assert not told(client)


def test_an_opened_place_is_not_told_elsewhere_in_its_entry(tmp_path: Path, client: Client) -> None:
    pulled(tmp_path, [at(secret(), "One", status="shut", description=TOLD)])
    aside, by = PutAside.objects.get(), somebody()
    bare: Document = {"id": key("home"), "location_type": "physical", "is_confidential": False}
    with pytest.raises(StillWrongError):
        correct(by=by, aside=aside, document=at(bare, "One", description=TOLD))
    assert not told(client)
    named = {**place(is_confidential=False, area="Southeast"), "name": "Lindens"}
    correct(by=by, aside=aside, document=at(named, "One", description="Call first."))
    assert Location.objects.get().document == {name: said for name, said in named.items() if name != "addresses"}
    assert not told(client)


def test_what_is_left_of_a_place_is_what_everybody_may_know_and_what_was_written() -> None:
    before: Document = {"is_confidential": "?", "area": "South", "name": "A", "phones": [{"id": "p", "number": "1"}]}
    left: list[Any] = []
    said: Json = {**before, "is_confidential": False, "phones": [{"id": "p", "number": "2"}, {"number": "3"}]}
    found = kept_back({"places": [before, before]}, {"places": [before, said]}, left)
    rest = {"is_confidential": False, "area": "South", "phones": [{"id": "p", "number": "2"}, {"number": "3"}]}
    assert found == {"places": [before, rest]}
    assert left == [rest]
