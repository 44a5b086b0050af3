"""Organizations and services at places are found by what describes them, and by what describes their services."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from palermo.protection.directory.models import OwnTerm
from tests.protection.directory.samples import key, place, service, taken
from tests.protection.directory.test_api import described, read

pytestmark = pytest.mark.django_db


def organization(name: str, *terms: str) -> dict[str, Any]:
    attributes = {"attributes": [described(term) for term in terms]} if terms else {}
    return {"id": key(name), "name": name, "description": "", **attributes}


def visit(name: str, *terms: str) -> dict[str, Any]:
    attributes = {"attributes": [described(term) for term in terms]} if terms else {}
    return {"id": key(name), "location": place(name), **attributes}


def found(client: Client, path: str, query: str) -> list[str]:
    page = read(client, f"/{path}?{query}")
    assert page["total_items"] == len(page["contents"])
    return [one["id"] for one in page["contents"]]


def keys(*names: str) -> list[str]:
    return sorted(key(name) for name in names)


@pytest.fixture
def _known() -> None:
    taken(
        service("a", organization=organization("one", "A doctor"), service_at_locations=[visit("a here")]),
        service("b", organization=organization("two"), service_at_locations=[visit("b here", "A doctor"), visit("b")]),
        service(
            "c",
            organization=organization("three"),
            attributes=[described("A doctor")],
            service_at_locations=[visit("c")],
        ),
    )


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize("query", [f"taxonomy_term_id={key('A doctor')}", f"taxonomy_id={key('needs')}"])
def test_each_kind_is_found_by_its_own_terms_too(client: Client, query: str) -> None:
    assert found(client, "services", query) == keys("c")
    assert found(client, "organizations", query) == keys("one", "three")
    assert found(client, "service_at_locations", query) == keys("b here", "c")
    assert found(client, "service_at_locations", f"{query}&organization_id={key('two')}") == keys("b here")
    assert found(client, "service_at_locations", f"{query}&organization_id={key('one')}") == []
    assert (
        found(client, "organizations", f"taxonomy_id={key('none')}&{query}" if "term" in query else "search=nobody")
        == []
    )


@pytest.mark.usefixtures("_known")
def test_terms_that_are_not_said_any_more_find_nothing(client: Client) -> None:
    taken(organization("one"), kind="organization")
    taken({"id": key("b here"), "service_id": key("b"), "location_id": key("b here")}, kind="service_at_location")
    assert found(client, "organizations", f"taxonomy_term_id={key('A doctor')}") == keys("three")
    assert found(client, "service_at_locations", f"taxonomy_term_id={key('A doctor')}") == keys("c")
    assert not OwnTerm.objects.exists()


def test_terms_of_places_and_programs_find_nothing_also_where_all_have_the_same_id(client: Client) -> None:
    same = {"id": key("same")}
    told: dict[str, Any] = {"attributes": [described("A doctor")]}
    house = {**organization("one"), **same, "programs": [{**same, "name": "P", "description": "", **told}]}
    at = [{**same, "location": {**place("home"), **same, **told}}]
    taken(service("a", organization=house, service_at_locations=at))
    assert sorted(OwnTerm.objects.values_list("kind", flat=True)) == ["location", "program"]
    query = f"taxonomy_term_id={key('A doctor')}"
    for path in ("services", "organizations", "service_at_locations"):
        assert found(client, path, query) == []
    taken(service("a", organization={**house, **told}, service_at_locations=[{**at[0], **told}]))
    assert OwnTerm.objects.count() == 4
    assert found(client, "organizations", query) == found(client, "service_at_locations", query) == keys("same")
