"""What waits to be mended and marks a place as confidential hides it everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.people.queries import command_line
from palermo.protection.directory.actions import intake as intakes
from palermo.protection.directory.actions import waiting
from palermo.protection.directory.actions.aside import StillWrongError, correct, discard
from palermo.protection.directory.actions.changes import WrongChangeError, change
from palermo.protection.directory.actions.checking import WrongEntriesError
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.waiting import Waiting
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Fate, Intake, Location, PutAside, Source
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


# -- What it says of places that are hidden --------------------------------------------------------


def moved(**said: object) -> Document:
    """The same place with another address."""
    found: Any = {**place(), **said}
    found["addresses"][0] |= {"address_1": "77 Hidden Lane", "postal_code": "E1C 9Q9"}
    return found  # type: ignore[no-any-return]


AT_ITS_NEW_ADDRESS = without("Telling", description="We are at 77 Hidden Lane")


def waiting_rules() -> dict[str, list[str]]:
    return {one.key: rules(one) for one in PutAside.objects.filter(fate=Fate.OPEN)}


@pytest.mark.parametrize("said", [{}, {"is_confidential": True}, {"id": f"urn:uuid:{key('home')}"}])
def test_a_new_address_of_a_hidden_place_is_hidden_while_its_entry_waits(tmp_path: Path, said: Document) -> None:
    pulled(tmp_path, [at(secret(), "One")])
    pulled(tmp_path, [at({**moved(), **said}, "One", status="shut")])
    pulled(tmp_path, [AT_ITS_NEW_ADDRESS], source="Other")
    assert names() == ["One"]
    assert waiting_rules()[key("Telling")] == ["confidential"]


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_place_that_is_hidden_later_is_so_in_what_waits_already(tmp_path: Path, by_hand: bool) -> None:
    pulled(tmp_path, [at(moved(), "One", status="shut"), without("Two", status="shut")])
    assert not PutAside.objects.filter(may_hide=True).exists()
    if by_hand:
        taken(secret(), kind="location")
    else:
        pulled(tmp_path, [at(secret(), "Three", status="shut")], source="Second")
    assert PutAside.objects.get(key=key("One")).may_hide
    assert not PutAside.objects.get(key=key("Two")).may_hide
    pulled(tmp_path, [AT_ITS_NEW_ADDRESS], source="Third")
    assert names() == []


def test_a_place_that_is_hidden_by_mending_is_so_in_what_waits_already(tmp_path: Path) -> None:
    pulled(tmp_path, [at(moved(), "One", status="shut")])
    pulled(tmp_path, [at(place(), "Two", status="shut")], source="Second")
    correct(by=somebody(), aside=PutAside.objects.get(key=key("Two")), document=at(secret(), "Two"))
    pulled(tmp_path, [AT_ITS_NEW_ADDRESS], source="Third")
    assert names() == ["Two"]


def test_what_its_source_says_of_a_place_that_it_opens_keeps_nothing_out(tmp_path: Path) -> None:
    pulled(tmp_path, [at(secret(), "One")])
    pulled(tmp_path, [at(moved(is_confidential=False), "One", status="shut")])
    pulled(tmp_path, [AT_ITS_NEW_ADDRESS], source="Other")
    assert names() == ["One", "Telling"]


def test_its_source_opens_a_hidden_place_of_which_another_one_speaks_in_what_waits(tmp_path: Path) -> None:
    pulled(tmp_path, [at(secret(), "One")])
    pulled(tmp_path, [at(place(), "Two", status="shut"), at(moved(), "Three", status="shut")], source="Other")
    pulled(tmp_path, [at(place(is_confidential=False), "One")])
    assert not Location.objects.get().is_confidential
    assert Location.objects.get().document["addresses"] == place()["addresses"]


@pytest.mark.parametrize("batch", [1, 500])
def test_another_address_of_a_place_that_waits_to_be_hidden_is_looked_for_from_the_first_entry_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(intakes, "BATCH", batch)
    pulled(tmp_path, [at(secret(), "One", status="shut")])
    pulled(tmp_path, [AT_ITS_NEW_ADDRESS, at(moved(), "Two")], source="Other")
    assert names() == ["Two"]
    assert waiting_rules()[key("Telling")] == ["confidential"]
    assert Location.objects.get().is_confidential


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_file_that_was_interrupted_ends_as_one_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(intakes, "BATCH", 1)
    pulled(tmp_path, [at(secret(), "One", status="shut")])
    path = tmp_path / "feed.ndjson"
    entries = [at(place(is_confidential=False), "One"), AT_ITS_NEW_ADDRESS, at(moved(), "Two")]
    path.write_text("".join(json.dumps(one) + "\n" for one in entries), encoding="utf-8")

    def stop(intake: Intake) -> None:
        if intake.done == after:
            raise KeyboardInterrupt

    said: Any = {"by": command_line(), "path": path, "kind": "service", "source": Source.objects.get()}
    if after:
        with pytest.raises(KeyboardInterrupt):
            take_in_file(**said, told=stop)
    made = take_in_file(**said)
    assert (made.done, made.aside, names()) == (3, 1, ["One", "Two"])
    assert list(waiting_rules()) == [key("Telling")]
    assert Location.objects.get().is_confidential


@pytest.mark.parametrize("written", [float, str, "{:.4f} N".format, lambda one: str(one).replace(".", ",")])
def test_a_point_is_hidden_while_its_entry_waits_however_it_is_written(
    tmp_path: Path, written: Callable[[float], object]
) -> None:
    point: Document = {"latitude": 46.0912, "longitude": -64.7699}
    wrong = {**secret(), "latitude": written(46.0912), "longitude": written(-64.7699)}
    pulled(tmp_path, [at(wrong, "One", status="shut")])
    elsewhere = place("spot", addresses=[], **point)
    told_in_words = without("Three", description="@46.0912,-64.7699")
    pulled(tmp_path, [at(elsewhere, "Two"), told_in_words, without("Four")], source="Other")
    assert names() == ["Four"]
