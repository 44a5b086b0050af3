"""Entries that wait or were corrected: what they hide is hidden, and a correction holds whatever was wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from palermo.people.models import Role, User
from palermo.protection.directory.actions.aside import correct, discard
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Fate, Location, PutAside, SealedPlace, Service, ServiceAtLocation
from palermo.protection.directory.sealing import opened
from tests.factories import MembershipFactory
from tests.protection.directory.actions.test_aside import organization, pulled_organization
from tests.protection.directory.actions.test_intake import broken, names, pulled
from tests.protection.directory.samples import key, place, service

pytestmark = pytest.mark.django_db
WRONG_MARKS = [(True, "shut"), ("yes", "active")]
"""Entries that mean to hide their place, with something wrong in them."""


@pytest.fixture
def coordinator() -> User:
    found: User = MembershipFactory.create(role=Role.COORDINATOR).user
    return found


def at(where: Document, name: str, **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    return service(name, service_at_locations=[{"id": key(f"{name} there"), "location": where}], **said)


def in_the_open() -> str:
    records = [*Service.objects.all(), *Location.objects.all()]
    return json.dumps([one.document for one in records], ensure_ascii=False)


@pytest.mark.parametrize(("mark", "status"), WRONG_MARKS)
def test_a_place_is_hidden_by_an_entry_that_waits(tmp_path: Path, mark: object, status: str) -> None:
    pulled(tmp_path, [at(place(is_confidential=mark, area="Southeast"), "One", status=status), at(place(), "Second")])
    assert names() == ["Second"]
    assert Location.objects.get().is_confidential
    assert "Église" not in in_the_open()


@pytest.mark.parametrize(("mark", "status"), WRONG_MARKS)
def test_a_place_that_was_open_is_hidden_by_an_entry_that_waits(tmp_path: Path, mark: object, status: str) -> None:
    pulled(tmp_path, [at(place(), "One")])
    assert "Église" in in_the_open()
    pulled(tmp_path, [at(place(is_confidential=mark, area="Southeast"), "One", status=status)])
    assert "Église" not in in_the_open()
    kept = SealedPlace.objects.get()
    assert "12 Rue de l’Église" in json.dumps(opened(kept.pk, bytes(kept.sealed)), ensure_ascii=False)


def test_a_place_that_was_open_is_hidden_by_its_own_source(tmp_path: Path) -> None:
    pulled(tmp_path, [at(place(), "One")])
    pulled(tmp_path, [at(place(is_confidential=True, area="Southeast"), "One")])
    assert Location.objects.get().document["area"] == "Southeast"
    assert "Église" not in in_the_open()


def test_what_something_else_tells_is_taken_out_also_where_the_entry_that_hides_it_waits(tmp_path: Path) -> None:
    pulled(tmp_path, [at(place(), "One")])
    pulled(
        tmp_path, [service("Telling", description="At 12 Rue de l’Église", service_at_locations=[])], source="Theirs"
    )
    pulled(tmp_path, [at(place(is_confidential=True), "One", status="shut")])
    assert Location.objects.get().is_confidential
    assert "Église" not in in_the_open()


def test_a_mark_under_another_name_holds_its_entry_back(tmp_path: Path) -> None:
    pulled(tmp_path, [at({**place(), "confidential": True}, "One"), at(place("other", addresses=[]), "Two")])
    assert names() == ["Two"]
    assert "home" not in in_the_open()


@pytest.mark.parametrize("status", ["active", "shut"])
def test_another_source_hides_nothing(tmp_path: Path, status: str) -> None:
    pulled(tmp_path, [at(place(), "One")])
    pulled(tmp_path, [at(place(is_confidential=True), "Two", status=status)], source="Theirs")
    assert names() == ["One"]
    assert PutAside.objects.get().fate == Fate.OPEN
    assert not Location.objects.get().is_confidential


def test_what_a_corrected_entry_said_at_first_opens_nothing(tmp_path: Path, coordinator: User) -> None:
    moon: Any = place("moon", is_confidential=True)
    moon["addresses"][0] |= {"address_1": "5 Moon Road", "postal_code": "E1C 9Z9"}
    hidden = place(is_confidential=True, area="Southeast")
    pulled(tmp_path, [at(moon, "Moon"), at(hidden, "Hidden")])
    opening = at(place(is_confidential=False), "Hidden", description="Also at 5 Moon Road")
    pulled(tmp_path, [at(moon, "Moon"), opening])
    right = at(hidden, "Hidden", description="Also elsewhere")
    correct(by=coordinator, aside=PutAside.objects.get(), document=right)
    telling = service("Telling", description="We are at 12 Rue de l’Église.", service_at_locations=[])
    pulled(tmp_path, [at(moon, "Moon"), opening, telling])
    assert names() == ["Hidden", "Moon"]
    assert Location.objects.get(pk=key("home")).is_confidential


def test_a_correction_of_what_belonged_nowhere_holds(tmp_path: Path, coordinator: User) -> None:
    lost = service("Lost", organization_id=key("nobody"))
    del lost["organization"]
    pulled(tmp_path, [service("One"), lost])
    correct(by=coordinator, aside=PutAside.objects.get(), document={**lost, "organization_id": key("house")})
    pulled(tmp_path, [service("One", description="New"), lost])
    assert names() == ["Lost", "One"]
    assert PutAside.objects.get().fate == Fate.CORRECTED


def test_an_id_in_capitals_is_the_same(tmp_path: Path) -> None:
    wrong = broken()
    pulled(tmp_path, [wrong])
    pulled(tmp_path, [{**wrong, "id": wrong["id"].upper()}])
    assert PutAside.objects.count() == 1


def places() -> set[str]:
    return {str(one) for one in ServiceAtLocation.objects.values_list("pk", flat=True)}


def with_visits(name: str, *ids: str | None) -> Any:  # noqa: ANN401 - to be changed at will
    """A service at one place for each of these, with an id for each service at a place that has one."""
    visits = [{"location": place(f"{name} {each}")} | ({"id": key(each)} if each else {}) for each in ids]
    return service(name, service_at_locations=visits)


def test_a_place_that_was_corrected_stays_when_its_source_says_it_again(tmp_path: Path, coordinator: User) -> None:
    wrong = with_visits("A", None)
    pulled(tmp_path, [wrong, service("B")])
    correct(by=coordinator, aside=PutAside.objects.get(), document=with_visits("A", "mended"))
    for _ in range(2):
        pulled(tmp_path, [wrong, service("B")])
        assert places() == {key("mended"), key("B at home")}
    right = with_visits("A", "theirs")
    pulled(tmp_path, [right, service("B")])
    assert places() == {key("theirs"), key("B at home")}
    assert PutAside.objects.get().fate == Fate.ARRIVED


def test_so_does_one_within_an_organization(tmp_path: Path, coordinator: User) -> None:
    wrong = organization(with_visits("A", None), with_visits("B", "B at home"))
    pulled_organization(tmp_path, wrong)
    right = organization(with_visits("A", "mended"), with_visits("B", "B at home"))
    correct(by=coordinator, aside=PutAside.objects.get(), document=right)
    pulled_organization(tmp_path, wrong)
    assert places() == {key("mended"), key("B at home")}


def test_a_correction_outlives_another_fault(tmp_path: Path, coordinator: User) -> None:
    pulled(tmp_path, [broken()])
    correct(by=coordinator, aside=PutAside.objects.get(), document=broken(status="active"))
    for _ in range(2):
        pulled(tmp_path, [broken(name_fr=7)])
        assert PutAside.objects.get().fate == Fate.OPEN
    pulled(tmp_path, [broken(description="New")])
    assert PutAside.objects.get().fate == Fate.CORRECTED
    assert Service.objects.get().document["description"] == "New"
    pulled(tmp_path, [broken()])
    assert PutAside.objects.get().fate == Fate.CORRECTED


def test_a_correction_outlives_that_its_source_was_right_once(tmp_path: Path, coordinator: User) -> None:
    pulled(tmp_path, [broken()])
    correct(by=coordinator, aside=PutAside.objects.get(), document=broken(status="active"))
    pulled(tmp_path, [broken(status="inactive")])
    assert PutAside.objects.get().fate == Fate.ARRIVED
    pulled(tmp_path, [broken()])
    assert PutAside.objects.get().fate == Fate.CORRECTED
    assert Service.objects.get().document["status"] == "active"


def test_what_was_left_out_since_stays_out_while_it_is_the_same(tmp_path: Path, coordinator: User) -> None:
    pulled(tmp_path, [broken()])
    correct(by=coordinator, aside=PutAside.objects.get(), document=broken(status="active"))
    pulled(tmp_path, [broken(name_fr=7)])
    discard(by=coordinator, aside=PutAside.objects.get())
    pulled(tmp_path, [broken(name_fr=7)])
    assert PutAside.objects.get().fate == Fate.DISCARDED
    pulled(tmp_path, [broken()])
    assert PutAside.objects.get().fate == Fate.CORRECTED
