"""Entries are taken in whole or not at all, and nothing that was kept is lost by a part."""

from __future__ import annotations

from unittest.mock import patch
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from palermo.audit.models import AuditEvent
from palermo.people.models import Role
from palermo.protection.directory.actions import take_in as module
from palermo.protection.directory.actions.checking import WrongEntriesError
from palermo.protection.directory.actions.take_in import take_in
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.models import (
    BY_KIND,
    FinderEntry,
    Location,
    Organization,
    SealedPlace,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    TaxonomyTerm,
)
from palermo.protection.directory.queries.needs import need
from palermo.protection.directory.sealing import SealedError, opened
from tests.factories import MembershipFactory, UserFactory
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db


def test_each_record_is_kept_with_what_it_belongs_to() -> None:
    found = taken(service())
    assert found.counts == {"organization": 1, "location": 1, "service": 1, "service_at_location": 1}
    kept = Service.objects.select_related("organization").get()
    assert kept.organization is not None
    assert kept.organization.document["name"] == "House of Lindens"
    assert kept.document == {"id": key("Someone to talk to"), "name": "Someone to talk to", "status": "active"}
    visit = ServiceAtLocation.objects.get()
    assert (visit.service_id, str(visit.location_id)) == (kept.pk, key("home"))


def test_one_event_tells_how_many_and_nothing_of_what() -> None:
    taken(service(), service("A lawyer"))
    [event] = AuditEvent.objects.filter(act="directory.take_in")
    assert event.details == {
        "kind": "service",
        "counts": {"organization": 1, "location": 1, "service": 2, "service_at_location": 2},
    }


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_one_wrong_entry_keeps_all_out_and_each_is_named(batch: int) -> None:
    wrong = service("b", status="open", email=3)
    with patch.object(module, "BATCH", batch), pytest.raises(WrongEntriesError) as caught:
        taken(service("a"), wrong, service("c"), service("d", id="d"))
    told = [(one.number, {problem.path for problem in one.problems}) for one in caught.value.wrong]
    assert told == [(2, {("status",), ("email",)}), (4, {("id",)})]
    assert not any(model._default_manager.exists() for model in BY_KIND.values())
    assert not AuditEvent.objects.filter(act="directory.take_in").exists()


def test_nothing_is_kept_where_the_trail_cannot_be_written() -> None:
    with patch.object(module, "record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        taken(service())
    assert not Service.objects.exists()


def test_what_belongs_to_nothing_that_is_here_is_refused() -> None:
    lost: Document = {"id": key("x"), "name": "x", "status": "active", "organization_id": key("nowhere")}
    with pytest.raises(WrongEntriesError) as caught:
        taken(lost)
    [wrong] = caught.value.wrong
    assert [(one.path, one.rule, one.wanted) for one in wrong.problems] == [
        (("organization_id",), "missing", key("nowhere"))
    ]
    taken({"id": key("nowhere"), "name": "y", "description": ""}, kind="organization")
    taken(lost)
    assert Service.objects.get().organization == Organization.objects.get()


def test_what_stands_in_another_entry_only_gains() -> None:
    whole: Document = {"id": key("house"), "name": "House of Lindens", "description": "A house.", "phones": [
        {"id": key("phone"), "number": "+1 506 555 0100"},
    ]}  # fmt: skip
    taken(whole, kind="organization")
    taken(service())
    assert Organization.objects.get().document == whole
    taken({"id": key("house"), "name": "House", "description": ""}, kind="organization")
    assert Organization.objects.get().document == {"id": key("house"), "name": "House", "description": ""}


def test_what_says_the_same_is_not_changed() -> None:
    taken(service())
    before = Service.objects.get().changed_at
    taken(service())
    assert Service.objects.get().changed_at == before
    taken(service(name="Someone to talk to", description="By day."))
    assert Service.objects.get().changed_at > before


def test_terms_are_kept_beside_the_services_that_they_describe() -> None:
    term = {"id": key("term"), "name": "A doctor", "description": ""}
    described = service(attributes=[{"id": key("1"), "taxonomy_term": term}, {"id": key("2"), "taxonomy_term": term}])
    taken(described)
    assert ServiceTerm.objects.get().term == TaxonomyTerm.objects.get()
    taken(service())
    assert not ServiceTerm.objects.exists()
    with pytest.raises(WrongEntriesError):
        taken(service(attributes=[{"id": key("1"), "taxonomy_term_id": key("no term")}]))


def test_only_coordinators_and_commands_take_in() -> None:
    coordinator, reader = (MembershipFactory.create(role=role).user for role in (Role.COORDINATOR, Role.READER))
    for nobody in (UserFactory.create(), reader):
        with pytest.raises(PermissionDenied):
            take_in(by=nobody, kind="service", documents=[service()])
    take_in(by=coordinator, kind="service", documents=[service()])


def test_a_confidential_place_is_kept_sealed() -> None:
    hidden = place(is_confidential=True, area="Southeast New Brunswick", latitude=46.09, phones=[], languages=[])
    taken(service(service_at_locations=[{"id": key("visit"), "location": hidden}]))
    kept = Location.objects.get()
    assert kept.is_confidential
    assert kept.document == {
        "id": key("home"), "location_type": "physical", "is_confidential": True, "area": "Southeast New Brunswick",
        "languages": [], "province": "NB",
    }  # fmt: skip
    sealed = bytes(SealedPlace.objects.get().sealed)
    assert b"glise" not in sealed
    assert opened(kept.pk, sealed)["latitude"] == 46.09
    with pytest.raises(SealedError):
        opened(Service.objects.get().pk, sealed)


def test_a_place_stays_confidential_until_somebody_says_that_it_is_not() -> None:
    taken(place(is_confidential=True), kind="location")
    taken(place(latitude=46.09), kind="location")
    assert Location.objects.get().is_confidential
    assert "latitude" not in Location.objects.get().document
    taken(service())
    assert "addresses" not in Location.objects.get().document
    assert opened(Location.objects.get().pk, bytes(SealedPlace.objects.get().sealed))["latitude"] == 46.09
    taken(place(is_confidential=False), kind="location")
    assert Location.objects.get().document["addresses"]
    assert not SealedPlace.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"description": "We are at 12 RUE DE L'EGLISE."},
        {"contacts": [{"id": key("contact"), "name": "Ann", "department": "e1c4z3"}]},
        {"organization": {"id": key("house"), "name": "House", "description": "12, rue de l’église"}},
    ],
)
def test_an_entry_that_tells_where_a_confidential_place_is_is_refused(said: Document) -> None:
    hidden: Document = {"service_at_locations": [{"id": key("visit"), "location": place(is_confidential=True)}]}
    with pytest.raises(WrongEntriesError) as caught:
        taken({**service(), **hidden, **said})
    assert {problem.rule for one in caught.value.wrong for problem in one.problems} == {"confidential"}
    assert "glise" not in str([one.problems for one in caught.value.wrong]).casefold()
    taken({**service(), **hidden})


def secret(**said: Json) -> Document:
    """The place of the samples, with an address that nobody may find."""
    return {**place(is_confidential=True), **said}


@pytest.mark.parametrize(
    "said",
    [
        {"area": "Rue de l'Eglise 12, or 12 rue de l'église"},
        {"accessibility": [{"id": key("ramp"), "details": "Ring at 12 Rue de l’Église."}]},
    ],
)
def test_not_even_the_open_half_of_a_confidential_place_tells_where_it_is(said: Document) -> None:
    with pytest.raises(WrongEntriesError):
        taken(secret(**said), kind="location")
    assert not Location.objects.exists()


def test_what_comes_later_may_not_tell_either() -> None:
    taken(secret(), kind="location")
    for kind, later in (
        ("service", {"id": key("x"), "name": "x", "status": "active", "description": "12, rue de l’eglise"}),
        ("organization", {"id": key("y"), "name": "y", "description": "Moncton E1C 4Z3"}),
        ("location", place("another name for it")),
    ):
        with pytest.raises(WrongEntriesError) as caught:
            taken(later, kind=kind)  # type: ignore[arg-type]
        assert {problem.rule for one in caught.value.wrong for problem in one.problems} == {"confidential"}
    taken(secret(), kind="location")


def test_what_was_kept_before_tells_no_place_any_more_that_becomes_confidential() -> None:
    taken(place(), kind="location")
    taken({"id": key("x"), "name": "x", "status": "active", "description": "12, rue de l’eglise"})
    assert taken(secret(), kind="location").withheld == {"service": 1}
    assert Location.objects.get().is_confidential
    assert Service.objects.get().document == {"id": key("x"), "name": "x", "status": "active"}


@pytest.mark.parametrize("batch", [1, 500])
def test_the_same_place_twice_in_a_file_stays_confidential(batch: int) -> None:
    with patch.object(module, "BATCH", batch):
        taken(secret(), place(latitude=46.09), kind="location")
    assert Location.objects.get().is_confidential
    assert "latitude" not in Location.objects.get().document


@pytest.mark.parametrize("text", ["Au 12, rue de\nl’Église.", "E1C\t4Z3", "e1c\r\n4z3"])
def test_a_line_break_within_an_address_hides_nothing(text: str) -> None:
    taken(secret(), kind="location")
    with pytest.raises(WrongEntriesError):
        taken(service(description=text, service_at_locations=[]))


def test_no_other_place_stands_openly_at_the_point_of_a_confidential_one() -> None:
    taken(secret(latitude=46.09121, longitude=-64.77001), kind="location")
    there: Document = {"id": key("x"), "location_type": "physical", "latitude": 46.09122, "longitude": -64.77}
    with pytest.raises(WrongEntriesError):
        taken(there, kind="location")
    taken({**there, "latitude": 46.20131}, kind="location")
    fine = {"latitude": 46.20131, "longitude": -64.77}
    taken({"id": key("y"), "location_type": "physical", "is_confidential": True, **fine}, kind="location")
    assert not Location.objects.filter(is_confidential=False).exists()


POINT: Document = {"latitude": 46.2, "longitude": -64.77}


def test_a_file_that_opens_a_place_tells_where_it_is_and_closes_it_leaves_it_hidden() -> None:
    taken(secret(), kind="location")
    found = taken({**place(), "is_confidential": False}, place("next door"), secret(), kind="location")
    assert found.withheld == {"places": 1}
    assert not Location.objects.filter(is_confidential=False).exists()


@pytest.mark.parametrize("name", ["locations", "service_at_location", "place"])
def test_what_is_marked_confidential_under_a_name_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(WrongEntriesError):
        taken({**service(), name: [secret()]})
    assert not Service.objects.exists()


def test_a_visit_that_moves_to_another_service_leaves_no_point_behind() -> None:
    attributes = [{"id": key("said"), "taxonomy_term": need("lawyer")}]
    visit = {"id": key("visit"), "location": place(latitude=46.09, longitude=-64.77)}
    taken(service("a", attributes=attributes, service_at_locations=[visit]), service("b", attributes=attributes))
    taken({"id": key("visit"), "service_id": key("b"), "location_id": key("home")}, kind="service_at_location")
    assert {str(one.service_id) for one in FinderEntry.objects.filter(visit__pk=UUID(key("visit")))} == {key("b")}
    # The other service of the samples stands at the same address.
    ServiceAtLocation.objects.exclude(pk=key("visit")).delete()
    taken(secret(), kind="location")
    assert not FinderEntry.objects.filter(latitude__isnull=False).exists()


def test_a_number_of_a_flat_is_no_address() -> None:
    address = {**place()["addresses"][0], "address_2": "1204"}  # type: ignore[index, dict-item]
    taken(secret(addresses=[address]), kind="location")
    found = taken(service(phones=[{"id": key("p"), "number": "506-555-1204"}], service_at_locations=[]))
    assert found.counts["service"] == 1


def test_a_feed_that_hides_nothing_new_reads_nothing_that_is_kept() -> None:
    taken(secret(latitude=46.09213, longitude=-64.77), kind="location")
    with CaptureQueriesContext(connection) as again:
        taken(secret(latitude=46.09213, longitude=-64.77), kind="location")
    with CaptureQueriesContext(connection) as moved:
        taken(secret(latitude=46.19213, longitude=-64.77), kind="location")
    assert len(moved) > len(again) + len(BY_KIND)


def test_a_number_without_end_is_refused() -> None:
    with pytest.raises(WrongEntriesError):
        taken(service(anything=float("inf")))


def test_a_word_in_place_of_an_address_is_no_address() -> None:
    address = {**place()["addresses"][0], "address_1": "Confidential", "postal_code": "n/a"}  # type: ignore[index, dict-item]
    hidden = secret(addresses=[address])
    taken(
        service(description="We offer confidential help.", service_at_locations=[{"id": key("v"), "location": hidden}])
    )
    assert Location.objects.get().is_confidential


def test_what_only_the_api_hands_out_is_held_to_its_schema_too() -> None:
    visit = {"id": key("v"), "location": {**place(), "is_confidential": "true"}}
    inside = {"id": key("s"), "name": "s", "status": "active", "service_at_locations": [visit]}
    wrong: list[Json] = [[inside], "x", [{}], [{"id": "1", "name": "s", "status": "open"}]]  # type: ignore[list-item]
    for services in wrong:
        with pytest.raises(WrongEntriesError):
            taken({"id": key("o"), "name": "o", "description": "", "services": services}, kind="organization")
    with pytest.raises(WrongEntriesError):
        taken({"id": key("v"), "service": {}}, kind="service_at_location")
    assert not Location.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d", "\udc00"])
def test_characters_that_cannot_be_written_are_refused(text: str) -> None:
    with pytest.raises(WrongEntriesError) as caught:
        taken(service(phones=[{"id": key("p"), "number": "1", "description": text}]))
    [problem] = caught.value.wrong[0].problems
    assert (problem.path, problem.rule) == (("phones", 0, "description"), "unwritable")


def test_a_service_at_a_location_needs_both() -> None:
    with pytest.raises(WrongEntriesError) as caught:
        taken(service(service_at_locations=[{"id": key("v")}]))
    assert [problem.wanted for problem in caught.value.wrong[0].problems] == ["location_id"]


def test_the_database_itself_holds_what_confidential_means() -> None:
    telling: list[Document] = [{"addresses": []}, {"latitude": 1}, {"name": "12 Church Street"}]
    for said in telling:
        with pytest.raises(IntegrityError), transaction.atomic():
            Location.objects.create(is_confidential=True, document=said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.create(status="open", document={})
