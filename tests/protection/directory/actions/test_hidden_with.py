"""What is hidden with a confidential place, and what is not: its own house and point count, and no words beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from palermo.people.queries import command_line
from palermo.protection.directory.actions.changes import change
from palermo.protection.directory.actions.hiding import hide_address
from palermo.protection.directory.actions.take_in import take_in
from palermo.protection.directory.models import Location, PutAside, Service, Withheld
from palermo.protection.directory.telling import taken_out_in_words
from tests.protection.directory.actions.test_intake import pulled
from tests.protection.directory.samples import key, place, service

pytestmark = pytest.mark.django_db
POINT: dict[str, Any] = {"latitude": 46.07713, "longitude": -64.77713}


def at(name: str, street: str, code: str = "", **said: Any) -> Any:  # noqa: ANN401 - to be changed at will
    """A service at a place of its own."""
    where: Any = place(f"{name} place", **said)
    where["addresses"][0] |= {"address_1": street, "postal_code": code}
    return service(name, service_at_locations=[{"id": key(f"{name} there"), "location": where}])


def hidden() -> set[str]:
    """The names of the services whose places are hidden."""
    found = Location.objects.filter(is_confidential=True)
    return {name for name in ("Shelter", "Clinic", "Library", "Mall") if found.filter(pk=key(f"{name} place")).exists()}


def address(name: str) -> Any:  # noqa: ANN401 - to be looked into at will
    """What everybody reads of where a place is."""
    return Location.objects.get(pk=key(f"{name} place")).document.get("addresses")


def described(name: str) -> object:
    """What everybody reads of a service."""
    return Service.objects.get(pk=key(name)).document.get("description")


def marked(one: Any, mark: bool | None = True) -> Any:  # noqa: ANN401 - to be changed at will
    """The same service, whose source says whether its place is confidential."""
    return {
        **one,
        "service_at_locations": [
            {**visit, "location": {**visit["location"], "is_confidential": mark}}
            for visit in one["service_at_locations"]
        ],
    }


def test_a_wrong_mark_that_is_taken_back_opens_what_was_hidden_with_it(tmp_path: Path) -> None:
    ours, theirs = at("Shelter", "45 Maple Street"), at("Clinic", "45 Maple St.")
    pulled(tmp_path, [theirs], source="Other")
    pulled(tmp_path, [ours])
    before = address("Clinic")
    pulled(tmp_path, [marked(ours)])
    assert hidden() == {"Shelter", "Clinic"}
    assert list(Withheld.objects.values_list("kind", "record", "field")) == [
        ("location", Location.objects.get(pk=key("Clinic place")).pk, "addresses")
    ]
    for _night in range(2):
        assert pulled(tmp_path, [theirs], source="Other").aside == 0
        assert pulled(tmp_path, [marked(ours)]).aside == 0
    assert hidden() == {"Shelter", "Clinic"}
    [said] = taken_out_in_words(Withheld.objects.all())
    assert said.startswith("Place: the address, since a confidential place stands there.")
    assert pulled(tmp_path, [marked(ours, mark=False)]).aside == 0
    assert hidden() == set()
    assert address("Clinic") == before
    assert not Withheld.objects.exists()
    assert pulled(tmp_path, [theirs], source="Other").aside == 0
    assert not Location.objects.exclude(hidden_with=None).exists()


@pytest.mark.parametrize("together", [False, True])
def test_whoever_runs_the_site_opens_them_again(tmp_path: Path, together: bool) -> None:
    ours, theirs = at("Shelter", "45 Maple Street"), at("Clinic", "45 Maple Street")
    pulled(tmp_path, [ours, theirs])
    hide_address(by=command_line(), place=Location.objects.get(pk=key("Shelter place")).pk)
    assert hidden() == {"Shelter", "Clinic"}
    places = [one["service_at_locations"][0]["location"] for one in ([theirs, ours] if together else [ours])]
    take_in(by=command_line(), kind="location", documents=[{**one, "is_confidential": False} for one in places])
    assert hidden() == set()
    assert address("Clinic")[0]["address_1"] == "45 Maple Street"


def test_what_is_kept_hidden_by_itself_does_not_open_with_the_other(tmp_path: Path) -> None:
    ours, theirs = at("Shelter", "45 Maple Street"), at("Clinic", "45 Maple Street")
    library = at("Library", "45 Maple Street")
    pulled(tmp_path, [theirs, library], source="Other")
    pulled(tmp_path, [marked(ours)])
    assert hide_address(by=command_line(), place=Location.objects.get(pk=key("Clinic place")).pk)
    pulled(tmp_path, [theirs, marked(library)], source="Other")
    # Each of the two is a secret of its own by now, and so is the house in which all three are.
    assert pulled(tmp_path, [marked(ours, mark=False)]).aside == 1
    assert hidden() == {"Shelter", "Clinic", "Library"}


def test_houses_that_its_words_mention_stay_open_and_hide_nobody(tmp_path: Path) -> None:
    library, mall = at("Library", "20 Mall Road"), at("Mall", "10 Mall Road", description="Next to 20 Mall Road.")
    pulled(tmp_path, [library, mall], source="Other")
    pulled(
        tmp_path, [marked(at("Shelter", "45 Maple Street", description="Parking at 10 Mall Road, or 20 Mall Road."))]
    )
    assert hidden() == {"Shelter"}
    assert address("Library")[0]["address_1"] == "20 Mall Road"
    assert Location.objects.get(pk=key("Mall place")).document["description"] == "Next to 20 Mall Road."


def test_a_point_that_a_town_shares_hides_nobody_who_says_another_address(tmp_path: Path) -> None:
    clinic, mall = at("Clinic", "7 Oak Street", **POINT), at("Mall", "9 Elm Street", **POINT)
    library = service("Library", service_at_locations=[])
    library["service_at_locations"] = [
        {"id": key("Library there"), "location": {"id": key("Library place"), "location_type": "physical", **POINT}}
    ]
    pulled(tmp_path, [clinic, mall, library], source="Other")
    pulled(tmp_path, [marked(at("Shelter", "45 Maple Street", **POINT))])
    assert hidden() == {"Shelter", "Library"}
    assert Location.objects.get(pk=key("Clinic place")).document["latitude"] == POINT["latitude"]


def test_words_in_place_of_an_address_take_nothing_out(tmp_path: Path) -> None:
    line = service("24 Hours Crisis Line", description="Call 24 hours a day.", service_at_locations=[])
    pulled(tmp_path, [line], source="Other")
    change(by=command_line(), service=Service.objects.get(), patch={"description": "Call 24 hours a day, in Cree too."})
    pulled(tmp_path, [marked(at("Shelter", "Confidential, call 24 hours"))])
    kept = Service.objects.get(pk=key("24 Hours Crisis Line")).document
    assert (kept["name"], kept["description"]) == ("24 Hours Crisis Line", "Call 24 hours a day, in Cree too.")
    assert not Withheld.objects.exists()


@pytest.mark.parametrize("mark", ["confidential", "is_confidential"])
def test_a_mark_of_a_service_that_waits_takes_nothing_out_and_hides_nobody_elses(tmp_path: Path, mark: str) -> None:
    ours, theirs = at("Shelter", "45 Maple Street"), at("Clinic", "45 Maple Street")
    theirs["description"] = "The clinic is at 45 Maple Street."
    pulled(tmp_path, [theirs], source="Other")
    pulled(tmp_path, [ours])
    assert pulled(tmp_path, [{**ours, mark: True}]).aside == 1
    assert "Clinic" not in hidden()
    assert described("Clinic") == "The clinic is at 45 Maple Street."
    assert not Withheld.objects.exists()


def test_only_the_sentence_that_tells_is_taken_out(tmp_path: Path) -> None:
    said = "We help women. Our house is at 45 Maple St. in Moncton. Call first!\nAsk for Anne."
    pulled(tmp_path, [service("Clinic", description=said, service_at_locations=[])], source="Other")
    pulled(tmp_path, [marked(at("Shelter", "45 Maple Street"))])
    assert described("Clinic") == "We help women. in Moncton. Call first! Ask for Anne."
    assert not PutAside.objects.exists()
