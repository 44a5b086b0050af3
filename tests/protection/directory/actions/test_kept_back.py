"""Whoever mends an entry opens no place of which they did not write where it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from palermo.people.queries import command_line
from palermo.protection.directory.actions.aside import StillWrongError, correct
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.kept_back import KeptBack
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.models import Fate, Location, PutAside, Source
from tests.protection.directory.actions.test_intake import names, pulled
from tests.protection.directory.actions.test_waiting import MARK, STATUS, at, moved, secret, told, without
from tests.protection.directory.keeping import address, signed_in, somebody
from tests.protection.directory.samples import key, place, service

BOTH = ("glise", "77 Hidden")


def in_the_open() -> str:
    return json.dumps([one.document for one in Location.objects.all()], ensure_ascii=False)


def mended(**said: str) -> str:
    """Mend the only entry that waits on its page, and say what the page shows before."""
    desk = signed_in(somebody())
    one = address("directory_aside_one", PutAside.objects.get(fate=Fate.OPEN).pk)
    before = desk.get(one).content.decode()
    desk.post(one, said)
    return before


@pytest.mark.django_db
@pytest.mark.parametrize("where", [place, moved])
def test_whoever_opens_a_hidden_place_says_its_address(tmp_path: Path, client: Client, where: Any) -> None:  # noqa: ANN401 - either
    pulled(tmp_path, [at(secret(), "One")])
    pulled(tmp_path, [at(where(is_confidential=None), "One")])
    before = mended(**{MARK: "false"})
    assert not any(piece in before for piece in BOTH)
    assert not Location.objects.get().is_confidential
    assert "addresses" not in Location.objects.get().document
    assert not told(client)
    pulled(tmp_path, [at(where(is_confidential=None), "One", description="New")])
    assert not any(piece in in_the_open() for piece in BOTH)


@pytest.mark.django_db
def test_a_hidden_place_is_not_opened_as_another_one(tmp_path: Path) -> None:
    pulled(tmp_path, [at(secret(), "One")])
    path = tmp_path / "places.ndjson"
    path.write_text(json.dumps(place()) + "\n" + json.dumps(moved()) + "\n", encoding="utf-8")
    take_in_file(by=command_line(), path=path, kind="location", source=Source.objects.get())
    before = mended(**{'at-["id"]': key("fresh")})
    assert "77 Hidden" not in before
    assert not Location.objects.get(pk=key("fresh")).is_confidential
    assert not any(piece in in_the_open() for piece in BOTH)


@pytest.mark.django_db
def test_no_other_mention_of_a_place_says_where_it_is_that_is_opened(tmp_path: Path) -> None:
    visits = [{"id": key("a"), "location": place(is_confidential="yes")}, {"id": key("b"), "location": moved()}]
    pulled(tmp_path, [service("One", service_at_locations=visits)])
    mended(**{MARK: "false"})
    assert not Location.objects.get().is_confidential
    assert not any(piece in in_the_open() for piece in BOTH)


@pytest.mark.django_db
def test_a_new_address_of_an_opened_place_is_not_told_elsewhere_in_its_entry(tmp_path: Path) -> None:
    pulled(tmp_path, [at(secret(), "One")])
    pulled(tmp_path, [at(moved(is_confidential=None), "One", description="At 77 Hidden Lane")])
    opened = at(moved(is_confidential=False), "One", description="At 77 Hidden Lane")
    with pytest.raises(StillWrongError):
        correct(by=somebody(), aside=PutAside.objects.get(), document=opened)
    assert Location.objects.get().is_confidential


@pytest.mark.django_db
def test_what_its_own_source_opens_is_open_once_the_rest_is_mended(tmp_path: Path) -> None:
    pulled(tmp_path, [at(secret(), "One")])
    pulled(tmp_path, [at(moved(is_confidential=False), "One", status="shut")])
    mended(**{STATUS: "active"})
    assert not Location.objects.get().is_confidential
    assert "77 Hidden" in in_the_open()


@pytest.mark.django_db
@pytest.mark.parametrize("mark", [("is_confidential", "yes"), ("confidential", True)])
def test_a_place_that_somebody_opened_stays_open_while_its_source_says_the_same(
    tmp_path: Path, mark: tuple[str, Json]
) -> None:
    name, said = mark
    entry = at({**place(area="Southeast"), name: said}, "One")
    pulled(tmp_path, [entry])
    opened = at({**place(area="Southeast"), name: False}, "One")
    correct(by=somebody(), aside=PutAside.objects.get(), document=opened)
    pulled(tmp_path, [entry, without("Two")])
    assert names() == ["One", "Two"]
    assert not Location.objects.get().is_confidential
    assert "glise" not in in_the_open()


@pytest.mark.django_db
def test_whoever_takes_the_mark_from_an_address_writes_all_of_it_and_opens_no_point(tmp_path: Path) -> None:
    where: Any = {**place(), "latitude": 46.0912, "longitude": -64.7699}
    where["addresses"][0]["is_confidential"] = True
    pulled(tmp_path, [at(where, "One")])
    assert "46.0912" not in mended()
    aside, by, opened = PutAside.objects.get(), somebody(), json.loads(json.dumps(where))
    opened["addresses"][0]["is_confidential"] = False
    with pytest.raises(StillWrongError) as raised:
        correct(by=by, aside=aside, document=at(opened, "One"))
    assert {one.rule for one in raised.value.problems} == {"required"}
    opened["addresses"] = []
    correct(by=by, aside=aside, document=at(opened, "One"))
    assert Location.objects.get().document == {"id": key("home"), "location_type": "physical", "addresses": []}


def test_what_is_left_of_a_place_is_what_everybody_may_know_and_what_was_written() -> None:
    before: Document = {"is_confidential": "?", "area": "South", "name": "A", "phones": [{"id": "p", "number": "1"}]}
    said: Json = {**before, "is_confidential": False, "phones": [{"id": "p", "number": "2"}, {"number": "3"}]}
    found = KeptBack({"places": [before, before]}, {"places": [before, said]}, lambda _identifier: False)
    rest = {"is_confidential": False, "area": "South", "phones": [{"id": "p", "number": "2"}, {"number": "3"}]}
    assert found.document == {"places": [before, rest]}
    assert found.left == [rest]
