"""Which needs a service answers, as those who keep it see it, and services that nobody can find."""

from __future__ import annotations

import pytest
from django.test import Client

from palermo.people.models import Role
from palermo.protection.directory.models import Service
from palermo.protection.directory.queries.needs import needs
from tests.protection.directory.helping import helping
from tests.protection.directory.keeping import address, kept, linked, page, queries, signed_in, somebody, words
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db
UNFOUND = "Nobody can find this: it answers no need"
TERM = {"id": key("term of a feed"), "name": "Rape Crisis Centre", "description": ""}
"""A term of a feed's own taxonomy, which answers two needs."""


@pytest.fixture
def coordinator() -> Client:
    return signed_in(somebody())


def described(name: str, *terms: object) -> Service:
    """A service that is described by terms."""
    attributes = [{"id": key(f"{name} {place}"), "taxonomy_term": term} for place, term in enumerate(terms)]
    return kept(name, attributes=attributes)


def test_a_service_that_answers_no_need_is_marked_as_one_that_nobody_can_find(coordinator: Client) -> None:
    helping("A bed", "safe-place")
    kept("Lost")
    shown = page(coordinator, "directory_services")
    assert f"Lost {UNFOUND}" in shown
    assert f"A bed {UNFOUND}" not in shown
    assert UNFOUND in page(coordinator, "directory_organization", key("house"))
    assert UNFOUND in page(coordinator, "directory_service", key("Lost"))
    assert UNFOUND not in page(coordinator, "directory_service", key("A bed"))
    assert UNFOUND in page(signed_in(somebody(Role.WORKER)), "directory_service", key("Lost"))
    _link, token = linked()
    assert words(Client().get(address("provider_services", token))).count(UNFOUND) == 1


def test_what_nobody_looks_for_is_not_marked(coordinator: Client) -> None:
    helping("Closed", "safe-place", status="inactive")
    one, other = kept("Shown"), kept("Merged")
    helping("Shown", "talk")
    Service.objects.filter(pk=other.pk).update(merged_into=one)
    assert UNFOUND not in page(coordinator, "directory_services")
    assert UNFOUND not in page(coordinator, "directory_service", other.pk)


def test_a_mark_costs_no_query_of_its_own(coordinator: Client) -> None:
    kept("First")
    path = address("directory_services")
    few = queries(coordinator, path)
    taken(*(service(f"House {number:02}") for number in range(20)))
    assert queries(coordinator, path) == few


def test_the_page_of_a_service_says_which_needs_it_answers(coordinator: Client) -> None:
    terms = {one["code"]: one for one in needs()}
    one = described("Both", terms["lawyer"], TERM)
    taken(terms["talk"], terms["doctor"], kind="taxonomy_term")
    shown = page(coordinator, "directory_service", one.pk)
    assert "Needs that it answers Someone to talk to A lawyer" in shown
    assert str(terms["doctor"]["name"]) in shown
    _link, token = linked()
    assert "Needs that it answers" in words(Client().get(address("provider_services", token)))
    french = words(coordinator.get(f"/fr/work/services/{one.pk}/"))
    assert "Besoins auxquels ce service répond Quelqu’un à qui parler" in french


def test_needs_cost_as_many_queries_for_few_as_for_many(client: Client) -> None:
    described("First", TERM)
    _link, token = linked()
    path = address("provider_services", token)
    few = queries(client, path)
    for number in range(9):
        described(f"House {number}", TERM, {**TERM, "id": key(f"term {number}")})
    assert queries(client, path) == few
