"""No source changes what another keeps: its services, places and organizations, and what is hidden."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from palermo.people.queries import command_line
from palermo.protection.directory.actions.aside import problems_of
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Location, Organization, PutAside, SealedPlace, Service, Source
from palermo.protection.directory.sealing import opened
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
THEIRS = {"id": key("their house"), "name": "Their house", "description": "Another house."}
PUBLIC = ("services?full=true", "organizations?full=true", "service_at_locations?full=true")


@pytest.fixture(params=["Theirs", "Ours"])
def asking(request: pytest.FixtureRequest) -> str:
    """A source that is not the one that keeps what is changed, and the one that is."""
    return str(request.param)


def file(folder: Path, *documents: Document, source: str = "Ours", kind: str = "service") -> None:
    path = folder / f"{source} {kind}.ndjson"
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    keeper, _ = Source.objects.get_or_create(name=source)
    take_in_file(by=command_line(), path=path, kind=kind, source=keeper)


def at(where: Document, name: str, **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    return service(name, service_at_locations=[{"id": key(f"{name} there"), "location": where}], **said)


def secret() -> Document:
    return place(is_confidential=True, area="Southeast")


def moved(street: str = "66 Other Street") -> Any:  # noqa: ANN401 - to be changed at will
    found: Any = place()
    found["addresses"][0]["address_1"] = street
    return found


def published(client: Client) -> str:
    return "".join(client.get(f"/api/hsds/{path}").content.decode() for path in PUBLIC)


def reasons() -> list[tuple[str, str]]:
    """Why entries wait: the rule, and who keeps what they change."""
    found = [problem for one in PutAside.objects.all() for problem in problems_of(opened(one.pk, bytes(one.sealed)))]
    return [(one.rule, one.wanted) for one in found]


def test_a_place_or_organization_that_another_source_names_stays_as_its_own_says(
    tmp_path: Path, client: Client, asking: str
) -> None:
    file(tmp_path, service("One"))
    other = {"id": key("house"), "name": "Renamed", "description": "A house."}
    file(tmp_path, at(moved(), "One", organization=other), source="Ours")
    other = {**other, "name": "Renamed again"}
    file(tmp_path, at(moved("77 Last Street"), "Two", organization=other), source=asking)
    assert not PutAside.objects.exists()
    assert set(Service.objects.values_list("document__name", flat=True)) == {"One", "Two"}
    assert ("77 Last Street" in published(client)) is (asking == "Ours")
    assert ("66 Other Street" in published(client)) is (asking == "Theirs")
    assert Organization.objects.get().document["name"] == ("Renamed again" if asking == "Ours" else "Renamed")


@pytest.mark.parametrize("kind", ["location", "organization"])
def test_an_entry_of_what_another_source_keeps_waits(tmp_path: Path, kind: str, asking: str) -> None:
    file(tmp_path, service("One"))
    document = {"location": moved(), "organization": {**THEIRS, "id": key("house")}}[kind]
    file(tmp_path, document, source=asking, kind=kind)
    model = {"location": Location, "organization": Organization}[kind]
    kept = json.dumps(model.objects.get().document)  # type: ignore[attr-defined]
    assert ("66 Other Street" in kept or "Their house" in kept) is (asking == "Ours")
    assert reasons() == ([] if asking == "Ours" else [("source", "Ours")])


def test_a_service_of_another_source_is_given_nowhere_else(tmp_path: Path, asking: str) -> None:
    file(tmp_path, service("One"))
    visit: Document = {"id": key("elsewhere"), "service_id": key("One"), "location": place("elsewhere")}
    file(tmp_path, visit, source=asking, kind="service_at_location")
    assert Service.objects.get().service_at_locations.count() == (2 if asking == "Ours" else 1)
    assert reasons() == ([] if asking == "Ours" else [("source", "Ours")])


def test_a_service_within_a_visit_is_its_source_s_too(tmp_path: Path, asking: str) -> None:
    file(tmp_path, service("One"))
    changed: Document = {"id": key("One"), "name": "Changed", "status": "defunct"}
    visit: Document = {"id": key("One at home"), "service": changed, "location": place()}
    file(tmp_path, visit, source=asking, kind="service_at_location")
    assert (Service.objects.get().document["name"] == "Changed") is (asking == "Ours")


def test_no_source_takes_another_one_s_service_away_from_its_place(tmp_path: Path) -> None:
    file(tmp_path, service("One"))
    taking = service("Two", service_at_locations=[{"id": key("One at home"), "location": place("far")}])
    file(tmp_path, taking, source="Theirs")
    assert reasons() == [("source", "Ours")]
    assert [str(one.service) for one in Location.objects.get().service_at_locations.all()] == ["One"]


@pytest.mark.parametrize("how", ["of an organization", "of a service", "by hand"])
def test_a_hidden_place_is_opened_by_its_own_source_alone(tmp_path: Path, client: Client, how: str) -> None:
    if how == "of an organization":
        file(tmp_path, {**THEIRS, "id": key("house"), "locations": [secret()]}, kind="organization")
    elif how == "of a service":
        file(tmp_path, at(secret(), "One"))
    else:
        taken(at(secret(), "One"))
    bare: Document = {"id": key("home"), "location_type": "physical", "is_confidential": False}
    file(tmp_path, at(bare, "Two", organization=THEIRS), source="Theirs")
    assert reasons() == [("kept_here", "") if how == "by hand" else ("source", "Ours")]
    assert Location.objects.get().is_confidential
    assert "glise" not in published(client)


def test_who_opens_a_place_says_its_address_themselves(tmp_path: Path, client: Client) -> None:
    file(tmp_path, at(secret(), "One"))
    bare: Document = {"id": key("home"), "location_type": "physical", "is_confidential": False}
    file(tmp_path, at(bare, "One"))
    assert not Location.objects.get().is_confidential
    assert "glise" not in published(client)
    assert not SealedPlace.objects.exists()
    file(tmp_path, at(place(is_confidential=False), "One"))
    assert "glise" in published(client)


def test_nobody_plants_another_address_for_a_hidden_place(tmp_path: Path) -> None:
    file(tmp_path, at(secret(), "One"))
    file(tmp_path, at(moved("66 Trap Street"), "Two", organization=THEIRS), source="Theirs")
    kept = SealedPlace.objects.get()
    sealed = json.dumps(opened(kept.pk, bytes(kept.sealed)), ensure_ascii=False)
    assert "Trap" not in sealed
    assert "12 Rue de l’Église" in sealed


@pytest.mark.parametrize("kind", ["location", "program"])
def test_nobody_plants_a_place_or_programme_in_another_one_s_organization(
    tmp_path: Path, client: Client, asking: str, kind: str
) -> None:
    file(tmp_path, service("One"))
    said: Document = {
        "id": key("planted"),
        "name": "Planted",
        "description": "A programme.",
        "location_type": "physical",
    }
    if kind == "program":
        del said["location_type"]
    file(tmp_path, {**said, "organization_id": key("house")}, source=asking, kind=kind)
    assert not PutAside.objects.exists()
    house = client.get(f"/api/hsds/organizations/{key('house')}").content.decode()
    assert ("Planted" in house) is (asking == "Ours")


def test_nor_within_a_service(tmp_path: Path, client: Client, asking: str) -> None:
    file(tmp_path, service("One"))
    house = {"id": key("house"), "name": "House of Lindens", "description": "A house.", "locations": [place("planted")]}
    program = {"id": key("program"), "name": "Planted", "description": "A programme.", "organization_id": key("house")}
    file(tmp_path, service("One" if asking == "Ours" else "Two", organization=house, program=program), source=asking)
    assert not PutAside.objects.exists()
    shown = client.get(f"/api/hsds/organizations/{key('house')}").json()
    held = [one["name"] for name in ("locations", "programs") for one in shown.get(name, [])]
    assert held == (["planted", "Planted"] if asking == "Ours" else [])
    assert Location.objects.filter(pk=key("planted")).exists()


def test_what_is_said_to_be_secret_waits_where_another_source_keeps_it_in_the_open(
    tmp_path: Path, client: Client
) -> None:
    file(tmp_path, service("One"))
    telling = service("Three", organization=THEIRS, description="At 12 Rue de l’Église.", service_at_locations=[])
    openly = at(place(), "Four", organization=THEIRS)
    file(tmp_path, at(secret(), "Two", organization=THEIRS), openly, telling, source="Theirs")
    assert reasons() == [("open_elsewhere", "Ours")]
    assert set(Service.objects.values_list("document__name", flat=True)) == {"One", "Three", "Four"}
    assert not Location.objects.get().is_confidential
    assert "12 Rue" in published(client)


def test_what_both_say_to_be_secret_waits_for_nobody(tmp_path: Path) -> None:
    file(tmp_path, at(secret(), "One"))
    file(tmp_path, at(secret(), "Two", organization=THEIRS), source="Theirs")
    assert not PutAside.objects.exists()
