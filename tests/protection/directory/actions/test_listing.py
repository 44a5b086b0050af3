"""Lists by terms hold what a plain look through all documents finds, whatever happens to the entries."""

from __future__ import annotations

from typing import Any, TypeAlias
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as some

from palermo.people.models import Role, User
from palermo.protection.directory.actions.listing import list_all
from palermo.protection.directory.actions.merging import merge, part
from palermo.protection.directory.apps import _remake
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import key_of, terms_of
from palermo.protection.directory.models import (
    Likeness,
    Organization,
    OrganizationTerm,
    Service,
    ServiceAtLocation,
    VisitTerm,
)
from tests.factories import MembershipFactory
from tests.protection.directory.samples import key, place, service, taken
from tests.protection.directory.test_api import described
from tests.protection.directory.together import one

pytestmark = pytest.mark.django_db
TERMS = ("A doctor", "A lawyer", "Police")


def looked_through() -> tuple[set[tuple[UUID, UUID]], set[tuple[UUID, UUID]]]:
    """What describes organizations, and services at locations, read from every document anew."""
    services = {each.pk: each for each in Service.objects.all()}
    owners = {(each.pk, key_of(term)) for each in Organization.objects.all() for term in terms_of(each.document)}
    owners |= {
        (each.organization_id, key_of(term))
        for each in services.values()
        if each.organization_id
        for term in terms_of(each.document)
    }
    visits = {
        (each.pk, key_of(term))
        for each in ServiceAtLocation.objects.all()
        for said in (each.document, services[each.entry_id].document)
        for term in terms_of(said)
    }
    return owners, visits


def listed() -> tuple[set[tuple[UUID, UUID]], set[tuple[UUID, UUID]]]:
    owners = set(OrganizationTerm.objects.values_list("organization", "term"))
    return owners, set(VisitTerm.objects.values_list("visit", "term"))


def attributes(*terms: str) -> dict[str, Any]:
    return {"attributes": [described(term) for term in terms]}


def organization(name: str, *terms: str) -> Document:
    return {"id": key(name), "name": name, "description": "", **attributes(*terms)}


def given_at(name: str, *terms: str) -> Document:
    return {"id": key(f"visit {name}"), "location": place(name), **attributes(*terms)}


DESCRIBED = some.lists(some.sampled_from(TERMS), unique=True, max_size=2)
PLACES = some.dictionaries(some.sampled_from(["here", "there"]), DESCRIBED)
Said: TypeAlias = tuple[str, list[str], str, list[str], dict[str, list[str]], str]
SERVICES: some.SearchStrategy[Said] = some.tuples(
    some.sampled_from(["a", "b", "c"]),
    DESCRIBED,
    some.sampled_from(["one", "two"]),
    DESCRIBED,
    PLACES,
    some.sampled_from(["active", "inactive"]),
)


@settings(max_examples=25)
@given(some.lists(SERVICES, min_size=1, max_size=5))
def test_whatever_is_said_one_after_the_other(said: list[Said]) -> None:
    for name, terms, owner, own, places, status in said:
        at = [given_at(f"{name} {where}", *each) for where, each in places.items()]
        of = {"organization": organization(owner, *own), "service_at_locations": at}
        taken(service(name, status=status, **of, **attributes(*terms)))
        assert listed() == looked_through()


def test_an_organization_without_services_is_listed_by_its_own_terms_and_no_more_when_it_says_none() -> None:
    taken(organization("alone", "A doctor"), kind="organization")
    assert {owner for owner, _term in listed()[0]} == {UUID(key("alone"))}
    taken(organization("alone"), kind="organization")
    assert listed() == looked_through() == (set(), set())


def test_an_organization_loses_the_terms_of_a_service_that_goes_over_to_another() -> None:
    for owner in ("one", "two"):
        taken(service("a", organization=organization(owner), **attributes("A doctor")))
    assert listed()[0] == looked_through()[0] == {(UUID(key("two")), UUID(key("A doctor")))}


def test_what_stands_for_another_has_its_places_and_gives_them_back() -> None:
    coordinator: User = MembershipFactory.create(role=Role.COORDINATOR).user
    ours = service("Ours", organization=organization("one"), service_at_locations=[], **attributes("Police"))
    at = [given_at("there", "A lawyer")]
    taken(ours, service("Theirs", organization=organization("two"), service_at_locations=at, **attributes("A doctor")))
    before = listed()
    first, second = sorted((one("Ours"), one("Theirs")), key=lambda each: each.pk)
    pair = Likeness.objects.create(first=first, second=second, probability=0.9, reasons=[])
    merge(by=coordinator, pair=pair, kept=one("Ours"))
    assert listed() == looked_through() != before
    pair.refresh_from_db()
    part(by=coordinator, pair=pair)
    assert listed() == looked_through() == before


def test_what_was_there_before_is_listed_once_and_by_as_many_queries_for_many() -> None:
    counts = []
    for number in range(3):
        at = [given_at(f"{number} there", "A lawyer")]
        owner = organization(f"{number}", "Police")
        taken(service(f"{number}", organization=owner, service_at_locations=at, **attributes("A doctor")))
        OrganizationTerm.objects.all().delete()
        VisitTerm.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            _remake()
        counts.append(len(queries))
        assert listed() == looked_through()
    assert counts[0] == counts[2]
    with CaptureQueriesContext(connection) as queries:
        list_all()
    assert not [each for each in queries if each["sql"].startswith(("INSERT", "DELETE", "COPY"))]
