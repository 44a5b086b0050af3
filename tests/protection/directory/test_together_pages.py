"""What coordinators and organizations see and do where one entry stands for another."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.protection.directory.actions.changes import change
from palermo.protection.directory.actions.links import make_link
from palermo.protection.directory.actions.merging import part
from palermo.protection.directory.models import Organization, ProviderLink
from tests.protection.directory.keeping import address, page, signed_in, somebody, words
from tests.protection.directory.samples import key, taken
from tests.protection.directory.together import SOCIETY, beds, merged, one, ours, phone, theirs, visit

pytestmark = pytest.mark.django_db
IN_PLACE = "Another entry of this service is shown in place of yours"


@pytest.fixture
def coordinator() -> User:
    return somebody()


def link_of(organization: str, *, is_reviewed: bool = False) -> tuple[ProviderLink, str]:
    found = Organization.objects.get(pk=key(organization))
    return make_link(by=command_line(), organization=found, label="Desk", is_reviewed=is_reviewed)


def test_a_coordinator_sees_for_what_an_entry_stands(coordinator: User) -> None:
    pair = merged(coordinator)
    shown = page(signed_in(coordinator), "directory_service", key("Ours"))
    assert "This entry stands for others too They name the same service." in shown
    assert "some of the places: Theirs" in shown
    assert "12 Rue de l’Église" in shown
    assert "12 Rue de l’Église" in page(signed_in(coordinator), "directory_service", key("Theirs"))
    part(by=coordinator, pair=pair)
    shown = page(signed_in(coordinator), "directory_service", key("Ours"))
    assert "stands for others" not in shown
    assert "12 Rue de l’Église" not in shown


def test_where_a_place_stands_under_the_other_entry_each_page_says_what_its_own_source_says(coordinator: User) -> None:
    on_the_map = visit("theirs", latitude=46.095, longitude=-64.796)
    merged(coordinator, our=ours(service_at_locations=[visit("ours")]), their=theirs(at=[on_the_map]))
    for name, place, other in (("Ours", "theirs", "ours"), ("Theirs", "theirs", "ours")):
        shown = page(signed_in(coordinator), "directory_service", key(name)).split("Places")[1]
        assert f"{place} 12 Rue" in shown
        assert f"{other} 12 Rue" not in shown


def test_an_organization_keeps_its_entry_in_whose_place_another_one_is_shown(coordinator: User, client: Client) -> None:
    merged(coordinator, our=ours(description="Our own."), their=theirs(description="Theirs."))
    _link, token = link_of("society")
    shown = words(client.get(address("provider_services", token)))
    for told in ("Theirs", IN_PLACE, "12 Rue de l’Église"):
        assert told in shown
    sent = {"do": "confirm", "service": key("Theirs")}
    assert "Thank you." in words(client.post(address("provider_services", token), sent, follow=True))
    assert one("Theirs").document["assured_by"] == "provider"
    assert client.get(address("provider_service_change", token, key("Theirs"))).status_code == 200
    assert client.get(address("provider_service_change", token, key("Ours"))).status_code == 404


def test_what_it_says_completes_the_entry_of_the_others_and_changes_nothing_that_they_say(coordinator: User) -> None:
    merged(coordinator, our=ours(description="Our own."), their=theirs(description="Theirs."))
    link, _token = link_of("society")
    change(by=link, service=one("Theirs"), patch={"description": "New.", "phones": phone("506-555-0122")})
    said = one("Ours").document
    assert (said["description"], said["phones"]) == ("Our own.", phone("506-555-0122"))
    with pytest.raises(PermissionDenied):
        change(by=link, service=one("Ours"), patch={"description": "Mine."})
    other, _token = link_of("house")
    with pytest.raises(PermissionDenied):
        change(by=other, service=one("Theirs"), patch={"description": "Mine."})


def test_what_waits_of_it_completes_nothing_yet(coordinator: User) -> None:
    merged(coordinator)
    link, _token = link_of("society", is_reviewed=True)
    change(by=link, service=one("Theirs"), patch={"phones": phone("506-555-0122")})
    assert "phones" not in one("Ours").document


def test_beds_that_it_counts_are_told_of_at_once(coordinator: User, client: Client) -> None:
    merged(coordinator, their=theirs(capacities=beds(3)))
    _link, token = link_of("society")
    sent = {
        "do": "beds", "service": key("Theirs"), "beds": key("beds"), "available": "1", "maximum": "4",
        "valid_hours": "24",
    }  # fmt: skip
    assert "Thank you." in words(client.post(address("provider_services", token), sent, follow=True))
    assert one("Ours").document["capacities"][0]["available"] == 1  # type: ignore[index,call-overload]


def test_two_entries_of_one_organization_stand_on_its_page_as_one(coordinator: User, client: Client) -> None:
    taken(theirs())
    merged(coordinator, our=ours(organization=SOCIETY))
    _link, token = link_of("society")
    shown = words(client.get(address("provider_services", token)))
    assert "Ours" in shown
    assert "Theirs" not in shown
    assert IN_PLACE not in shown
