"""Where a service is given is shown under the entry that stands for others, each place once, and no secret of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from palermo.people.models import User
from palermo.protection.directory.actions.merging import part
from palermo.protection.directory.models import ServiceAtLocation
from tests.protection.directory.helping import MONCTON, ask
from tests.protection.directory.keeping import page, signed_in, somebody
from tests.protection.directory.samples import key, place, service, taken
from tests.protection.directory.together import (
    ELSEWHERE,
    NEEDS,
    SOCIETY,
    listed,
    merged,
    one,
    ours,
    phone,
    places,
    pulled,
    theirs,
    visit,
    whole,
)

pytestmark = pytest.mark.django_db
NEED = str(NEEDS["safe-place"]["id"])


@pytest.fixture
def coordinator() -> User:
    return somebody()


def test_the_places_and_needs_of_the_entry_that_goes_stand_under_the_one_that_stays(
    coordinator: User, client: Client
) -> None:
    merged(coordinator, their=theirs(at=[visit("theirs", **MONCTON)]))
    shown = whole(client, "Ours")
    assert places(client) == ["theirs"]
    assert [each["taxonomy_term"]["code"] for each in shown["attributes"]] == ["safe-place"]  # type: ignore[union-attr,index,call-overload]
    assert shown["attributes"][0]["link_id"] == key("Ours")  # type: ignore[index,call-overload]
    assert [each["name"] for each in listed(client, "services", taxonomy_term_id=NEED)] == ["Ours"]
    (held,) = listed(client, "service_at_locations", taxonomy_term_id=NEED)
    assert held["service"]["name"] == "Ours"  # type: ignore[index,call-overload]
    assert client.get(f"/api/hsds/service_at_locations/{held['id']}").json()["service"]["name"] == "Ours"
    assert "<h3>Ours" in ask(client, need="safe-place", place="Moncton")
    assert "12 Rue de l’Église" in page(signed_in(coordinator), "directory_service", key("Ours"))


def test_places_are_asked_for_by_the_organization_that_shows_them(coordinator: User, client: Client) -> None:
    merged(coordinator)
    assert len(listed(client, "service_at_locations", organization_id=key("house"))) == 1
    assert listed(client, "service_at_locations", organization_id=key("society")) == []
    assert len(listed(client, "service_at_locations", search="Ours")) == 1
    house = client.get(f"/api/hsds/organizations/{key('house')}?full_service=true").json()
    assert len(house["services"][0]["service_at_locations"]) == 1


def test_needs_of_both_are_answered(coordinator: User, client: Client) -> None:
    talk = [{"id": key("talk"), "taxonomy_term": NEEDS["talk"]}]
    merged(coordinator, our=ours(attributes=talk))
    codes = [each["taxonomy_term"]["code"] for each in whole(client, "Ours")["attributes"]]  # type: ignore[union-attr,index,call-overload]
    assert codes == ["talk", "safe-place"]


def test_two_branches_are_shown_and_one_is_shown_once(coordinator: User, client: Client) -> None:
    elsewhere = visit("branch", addresses=[ELSEWHERE])
    merged(
        coordinator,
        our=ours(service_at_locations=[visit("ours")]),
        their=theirs(at=[visit("theirs"), elsewhere]),
    )
    assert places(client) == ["branch", "ours"]
    assert len(listed(client, "service_at_locations")) == 2
    hidden = client.get(f"/api/hsds/service_at_locations/{key('visit to theirs')}")
    assert hidden.status_code == 404


def test_of_two_entries_of_one_place_the_one_on_the_map_is_shown(coordinator: User, client: Client) -> None:
    pair = merged(
        coordinator,
        our=ours(service_at_locations=[visit("ours")]),
        their=theirs(at=[visit("theirs", **MONCTON)]),
    )
    assert places(client) == ["theirs"]
    assert len(listed(client, "service_at_locations")) == 1
    taken(ours(service_at_locations=[visit("ours", **MONCTON)]))
    assert places(client) == ["ours"]
    part(by=coordinator, pair=pair)
    assert (places(client), places(client, "Theirs")) == (["ours"], ["theirs"])


def test_a_place_that_comes_later_is_shown_too(coordinator: User, client: Client) -> None:
    merged(coordinator)
    taken(theirs(at=[visit("theirs"), visit("branch", addresses=[ELSEWHERE])]))
    assert places(client) == ["branch", "theirs"]
    taken(ours(service_at_locations=[visit("our branch", addresses=[ELSEWHERE])]))
    assert places(client) == ["our branch", "theirs"]


def test_what_is_not_offered_any_more_adds_nothing(coordinator: User, client: Client) -> None:
    merged(coordinator, their=theirs(phones=phone("506-555-0100")))
    taken(theirs(phones=phone("506-555-0100"), status="inactive"))
    assert places(client) == []
    assert listed(client, "service_at_locations") == []
    assert not {"phones", "attributes"} & one("Ours").document.keys()
    taken(theirs(phones=phone("506-555-0100")))
    assert places(client) == ["theirs"]


def test_its_own_feed_does_not_forget_the_places_of_the_other_one(
    coordinator: User, client: Client, tmp_path: Path
) -> None:
    pulled(tmp_path, "A", ours(service_at_locations=[visit("branch", addresses=[ELSEWHERE])]))
    pulled(tmp_path, "B", theirs())
    merged(coordinator, our=ours(service_at_locations=[visit("branch", addresses=[ELSEWHERE])]))
    for _night in range(2):
        pulled(
            tmp_path, "A", ours(service_at_locations=[visit("branch", addresses=[ELSEWHERE])], url="https://a.example")
        )
        pulled(tmp_path, "B", theirs(email="b@b.example"))
    assert places(client) == ["branch", "theirs"]
    assert one("Ours").document["email"] == "b@b.example"


@pytest.mark.parametrize("is_parted", [False, True])
def test_a_place_that_goes_over_to_another_service_is_shown_there(
    coordinator: User, client: Client, tmp_path: Path, is_parted: bool
) -> None:
    pulled(tmp_path, "B", theirs(attributes=[]), service("Z", organization=SOCIETY, service_at_locations=[]))
    pair = merged(coordinator, their=theirs(attributes=[]))
    assert (places(client), places(client, "Z")) == (["theirs"], [])
    since = timezone.now()
    terms = [{"id": key("need of Z"), "link_id": key("Z"), "taxonomy_term": NEEDS["safe-place"]}]
    there = visit("theirs", **MONCTON)
    other = service("Z", organization=SOCIETY, service_at_locations=[there], attributes=terms)
    pulled(tmp_path, "B", other, theirs(at=[], attributes=[]))
    if is_parted:
        part(by=coordinator, pair=pair)
    assert (places(client), places(client, "Z")) == ([], ["theirs"])
    assert "Ours" in {str(each["name"]) for each in listed(client, "services", modified_after=since.isoformat())}
    assert "<h3>Z" in ask(client, need="safe-place", place="Moncton")


def test_a_place_that_was_left_under_another_entry_comes_back(
    coordinator: User, client: Client, tmp_path: Path
) -> None:
    pair = merged(coordinator)
    other = service("Z", organization=SOCIETY, service_at_locations=[visit("far")])
    pulled(tmp_path, "B", other)
    ServiceAtLocation.objects.filter(pk=key("visit to far")).update(shown_for=one("Ours"))
    part(by=coordinator, pair=pair)
    assert (places(client), places(client, "Theirs"), places(client, "Z")) == ([], ["theirs"], ["far"])


def secret(**said: object) -> list[object]:
    where = place("theirs", area="Southeast", latitude=46.0912, longitude=-64.7699, phones=phone("506-555-0911"))
    return [{"id": key("visit to theirs"), "location": {**where, "is_confidential": True, **said}}]


def test_a_confidential_place_stays_one(coordinator: User, client: Client, tmp_path: Path) -> None:
    pulled(tmp_path, "A", ours())
    pulled(tmp_path, "B", theirs(at=secret()))  # type: ignore[arg-type]
    pair = merged(coordinator, their=theirs(at=secret()))  # type: ignore[arg-type]
    for again in (False, True):
        answers = [
            client.get("/api/hsds/services?full=true").content.decode(),
            client.get(f"/api/hsds/services/{key('Ours')}").content.decode(),
            client.get("/api/hsds/service_at_locations?full=true").content.decode(),
            client.get(f"/api/hsds/service_at_locations/{key('visit to theirs')}").content.decode(),
            ask(client, need="safe-place", place="Moncton"),
            page(signed_in(coordinator), "directory_service", key("Ours")),
        ]
        for told in ("glise", "4Z3", "46.09", "0911"):
            assert not any(told in answer for answer in answers)
        assert all("Southeast" in answer for answer in answers)
        if not again:
            pulled(tmp_path, "A", ours(service_at_locations=secret(is_confidential=False)))
            assert ServiceAtLocation.objects.get().location.is_confidential
    part(by=coordinator, pair=pair)
    assert places(client, "Theirs") == ["confidential"]
