"""What stands whole in an entry replaces what was kept of it; all else, and what is hidden, only gains."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from palermo.people.queries import command_line
from palermo.protection.directory.actions.aside import correct
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.models import (
    Intake,
    Location,
    PutAside,
    SealedPlace,
    Service,
    ServiceAtLocation,
    Source,
)
from palermo.protection.directory.sealing import opened
from tests.protection.directory.keeping import somebody
from tests.protection.directory.samples import key, place, service, taken
from tests.protection.directory.together import phone, pulled

pytestmark = pytest.mark.django_db
BARE: Document = {"id": key("home"), "location_type": "physical", "is_confidential": True, "area": "Southeast"}
HOURS: list[Json] = [{"id": key("hours"), "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}]


def sealed() -> str:
    """What is kept of where the confidential place is."""
    kept = SealedPlace.objects.get()
    return str(opened(kept.pk, bytes(kept.sealed)))


def package(folder: Path, addresses: str) -> Path:
    """A package of tables with a confidential place, and some addresses."""
    path = folder / "tables.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("location.csv", f"id,location_type,is_confidential\n{key('home')},physical,true\n")
        heads = "id,location_id,address_1,city,state_province,postal_code,country,address_type\n"
        archive.writestr("address.csv", heads + addresses)
    return path


def within(kind: str, there: Document) -> Document:
    """An entry of a kind that holds a service, given at one place."""
    one = service("One", service_at_locations=[there], phones=phone("506-555-0142"))
    if kind == "service":
        return dict(one)
    house: Document = one.pop("organization")
    return {**house, "services": [one]}


def test_an_entry_of_a_confidential_place_says_its_address_no_more_and_it_stays_sealed(tmp_path: Path) -> None:
    pulled(tmp_path, "Ours", place(is_confidential=True, area="Southeast"), kind="location")
    pulled(tmp_path, "Ours", BARE, kind="location")
    assert "12 Rue de l’Église" in sealed()
    telling = service("Telling", description="Come to 12 Rue de l’Église.", service_at_locations=[])
    pulled(tmp_path, "Theirs", telling)
    assert not Service.objects.exists()


def test_tables_without_its_address_leave_it_sealed(tmp_path: Path) -> None:
    source = Source.objects.create(name="Ours")
    row = f"{key('address')},{key('home')},12 Rue de l’Église,Moncton,NB,E1C 4Z3,CA,physical\n"
    for addresses in (row, ""):
        take_in_file(by=command_line(), path=package(tmp_path, addresses), kind="service", source=source)
    assert "12 Rue de l’Église" in sealed()


def test_a_corrected_entry_without_its_address_leaves_it_sealed(tmp_path: Path) -> None:
    pulled(tmp_path, "Ours", place(is_confidential=True, area="Southeast"), kind="location")
    pulled(tmp_path, "Ours", {**BARE, "location_type": "somewhere"}, kind="location")
    correct(by=somebody(), aside=PutAside.objects.get(), document=BARE)
    assert "12 Rue de l’Église" in sealed()


def test_a_place_that_is_made_confidential_without_its_address_keeps_it_sealed() -> None:
    taken(place(), kind="location")
    taken(BARE, kind="location")
    assert "12 Rue de l’Église" in sealed()


def test_its_own_source_opens_a_place_whole(tmp_path: Path) -> None:
    pulled(tmp_path, "Ours", place(is_confidential=True, area="Southeast"), kind="location")
    bare: Document = {"id": key("home"), "location_type": "physical", "is_confidential": False}
    pulled(tmp_path, "Ours", bare, kind="location")
    assert Location.objects.get().document == bare
    assert not SealedPlace.objects.exists()


@pytest.mark.parametrize("kind", ["service", "organization"])
@pytest.mark.parametrize("lists", [{}, {"phones": phone("506-555-0101")}])
def test_what_a_source_takes_back_of_a_service_at_a_place_is_gone(
    tmp_path: Path, kind: str, lists: dict[str, Any]
) -> None:
    there: Document = {"id": key("there"), "location": place()}
    old = {**there, "schedules": HOURS, "description": "By the back door", **lists}
    pulled(tmp_path, "Ours", within(kind, old), kind=kind)
    pulled(tmp_path, "Ours", within(kind, {**there, **lists}), kind=kind)
    assert ServiceAtLocation.objects.get().document == {"id": key("there"), **lists}


@pytest.mark.parametrize("kind", ["service", "organization"])
def test_a_service_at_a_place_that_is_only_named_loses_nothing(tmp_path: Path, kind: str) -> None:
    there: Document = {"id": key("there"), "location": place()}
    pulled(tmp_path, "Ours", within(kind, {**there, "schedules": HOURS}), kind=kind)
    pulled(tmp_path, "Ours", within(kind, {"id": key("there"), "location_id": key("home")}), kind=kind)
    assert ServiceAtLocation.objects.get().document["schedules"] == HOURS


@pytest.mark.parametrize("kind", ["service", "organization"])
def test_a_place_loses_what_is_taken_back_where_nothing_else_is_given_there(tmp_path: Path, kind: str) -> None:
    old: Document = {"id": key("there"), "location": place(phones=phone("506-555-0100"), description="By the church")}
    pulled(tmp_path, "Ours", within(kind, old), kind=kind)
    now: Document = {"id": key("there"), "location": place()}
    pulled(tmp_path, "Ours", within(kind, now), kind=kind)
    assert Location.objects.get().document == place()
    pulled(tmp_path, "Ours", within(kind, old), kind=kind)
    taken(service("Other"))
    pulled(tmp_path, "Ours", within(kind, now), kind=kind)
    assert Location.objects.get().document["phones"] == phone("506-555-0100")


def test_a_service_first_said_within_another_kind_is_its_source_s(tmp_path: Path) -> None:
    def given(name: str) -> Document:
        said: Document = {"id": key("One"), "name": name, "status": "active"}
        return {"id": key(f"{name} there"), "service": said, "location": place()}

    pulled(tmp_path, "Ours", given("One"), kind="service_at_location")
    found = Service.objects.get()
    assert (str(found.source), found.seen_in) == ("Ours", None)
    pulled(tmp_path, "Theirs", given("Renamed"), kind="service_at_location")
    assert Service.objects.get().document["name"] == "One"
    assert PutAside.objects.get().source.name == "Theirs"


def test_a_service_of_nobody_is_kept_by_whoever_tells_of_it_first(tmp_path: Path) -> None:
    taken(service("One"))
    there: Document = {"id": key("there"), "service_id": key("One"), "location": place("far")}
    pulled(tmp_path, "Theirs", there, kind="service_at_location")
    assert Service.objects.get().source is None
    pulled(tmp_path, "Ours", service("One"))
    found = Service.objects.get()
    assert (str(found.source), found.seen_in) == ("Ours", Intake.objects.latest("pk"))
