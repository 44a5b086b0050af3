"""How the API may be asked: HEAD as GET, nothing as nothing, and refusals that programs can read."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from palermo.protection.directory import schemas
from tests.protection.directory.samples import key, service, taken
from tests.protection.directory.test_api import LISTS, ROOT, described, read

pytestmark = pytest.mark.django_db
ADDRESSES = ("/", *(f"/{name}" for name in LISTS), "/openapi.json", "/profile/", "/profile/service.json")


@pytest.mark.parametrize("path", ADDRESSES)
def test_head_is_answered_as_get_is(client: Client, path: str) -> None:
    got, head = client.get(ROOT + path), client.head(ROOT + path)
    assert head.status_code == 200
    assert head["Content-Length"] == got["Content-Length"]
    assert head["Content-Type"] == got["Content-Type"]
    assert not head.content
    assert head.headers.get("ETag") == got.headers.get("ETag")


def test_head_tells_what_has_not_changed_as_get_does(client: Client) -> None:
    taken(service())
    for path, status in {"/services": 200, f"/services/{key('none')}": 404}.items():
        known = {"if-none-match": client.get(ROOT + path)["ETag"]}
        for ask in (client.get, client.head):
            assert ask(ROOT + path, headers=known).status_code == (304 if status == 200 else 404)
            assert ask(ROOT + path, headers={"if-none-match": '"other"'}).status_code == status


def test_head_tells_also_what_is_not_there_or_wrong_and_writes_no_lines(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    taken(service())
    assert client.head(f"{ROOT}/services/{key('none')}").status_code == 404
    assert client.head(f"{ROOT}/services?page=0").status_code == 422
    assert client.head(f"/api/v1/plans/{key('none')}").status_code == 404
    assert client.head("/api/v1/plans").status_code == 200
    with django_assert_num_queries(0):
        lines = client.head(f"{ROOT}/services?format=ndjson")
    assert isinstance(lines, StreamingHttpResponse)
    assert (lines.status_code, lines.getvalue()) == (200, b"")


@pytest.mark.parametrize("root", [ROOT, "/api/v1"])
@pytest.mark.parametrize("method", ["get", "post", "put", "head"])
@pytest.mark.parametrize("path", ["/nothing", "/services/x/y", "/services/", "/plans/x/y/z"])
def test_what_is_not_there_is_told_as_the_description_has_it(root: str, method: str, path: str) -> None:
    answer: HttpResponse = getattr(Client(enforce_csrf_checks=True), method)(root + path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/json"
    if method != "head":
        assert json.loads(answer.content) == {"detail": "There is nothing at this address."}


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/services", "GET, HEAD, POST"), (f"/services/{key('x')}", "GET, HEAD"), ("/profile/", "GET, HEAD")],
)
def test_what_cannot_be_done_is_told_with_what_can(path: str, allowed: str) -> None:
    answer = Client(enforce_csrf_checks=True).delete(ROOT + path)
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, allowed, "application/json")
    assert allowed in json.loads(answer.content)["detail"]


def test_so_is_a_patch_that_is_not_there(client: Client) -> None:
    assert read(client, "/profile/nothing.json", 404) == {"detail": "There is nothing at this address."}


def test_the_profile_is_found_without_its_last_slash_too(client: Client) -> None:
    assert read(client, "/profile") == read(client, "/profile/")


def test_every_operation_has_an_id_of_its_own(client: Client) -> None:
    paths = read(client, "/openapi.json")["paths"]
    ids = Counter(one["operationId"] for each in paths.values() for one in each.values())
    assert {name for name, times in ids.items() if times > 1} == set()
    assert len(ids) == 16
    assert f"{ROOT}/services/{{id}}" in paths
    for path, each in paths.items():
        told = [one for one in each["get"]["parameters"] if one["in"] == "path"]
        assert [one["name"] for one in told] == (["id"] if "{id}" in path else [])
        if "post" in each:
            assert each["post"]["parameters"] == each["get"]["parameters"]


@pytest.mark.parametrize("name", LISTS)
def test_parameters_without_a_value_are_not_given(client: Client, name: str) -> None:
    taken(service(attributes=[described("A doctor")]))
    [operation] = [one for path, one in read(client, "/openapi.json")["paths"].items() if path == f"{ROOT}/{name}"]
    query = "&".join(f"{one['name']}=" for one in operation["get"]["parameters"])
    assert read(client, f"/{name}?{query}") == read(client, f"/{name}")


@pytest.mark.parametrize(
    "moment", ["2000-01-01T00:00:00 00:00", "2000-01-01T00:00:00.5 01:00", "2000-01-01 00:00 00:00"]
)
def test_a_plus_that_came_as_a_space_is_understood(client: Client, moment: str) -> None:
    taken(service())
    assert len(read(client, f"/services?modified_after={moment}")["contents"]) == 1
    assert read(client, f"/services?modified_after={moment.replace('2000', '2999', 1)}")["empty"]


@pytest.mark.parametrize("moment", ["2026-01-31 12:00", "2026-01-31T12:00:00", "2026-01-31T12:00:00 1"])
def test_a_time_without_its_offset_is_still_refused(client: Client, moment: str) -> None:
    assert read(client, f"/services?modified_after={moment}", 422)["detail"][0]["loc"][-1] == "modified_after"


def test_ids_and_times_come_on_one_page(client: Client) -> None:
    taken(*(service(f"service {number}") for number in range(60)))
    page = read(client, "/services?minimal=true")
    assert (page["size"], page["total_pages"], page["last_page"]) == (60, 1, True)
    assert [one["id"] for one in page["contents"]] == sorted(key(f"service {number}") for number in range(60))
    assert read(client, "/services?minimal=true&per_page=100000") == page
    some = read(client, "/services?minimal=true&per_page=50&page=2")
    assert (some["size"], some["total_pages"]) == (10, 2)
    assert some["contents"] == page["contents"][50:]
    lines = client.get(f"{ROOT}/services?minimal=true&format=ndjson")
    assert isinstance(lines, StreamingHttpResponse)
    assert [json.loads(line) for line in lines.getvalue().splitlines()] == page["contents"]
    for query in (f"minimal=true&per_page={schemas.MOST_MINIMAL + 1}", "per_page=201", "minimal=false&per_page=201"):
        assert read(client, f"/services?{query}", 422)["detail"][0]["loc"][-1] == "per_page"


def test_an_organization_tells_little_of_its_services_unless_more_is_asked(client: Client) -> None:
    taken(service(phones=[{"id": key("phone"), "number": "911"}], description="By day."))
    short = {
        "id": key("Someone to talk to"),
        "name": "Someone to talk to",
        "status": "active",
        "description": "By day.",
    }
    house = f"/organizations/{key('house')}"
    for query in ("", "?full_service=false"):
        assert read(client, house + query)["services"] == [short]
    assert read(client, "/organizations?full=true")["contents"] == [read(client, house)]
    [full] = read(client, f"{house}?full_service=true")["services"]
    assert full["phones"]
    assert full["service_at_locations"][0]["location"]["addresses"]
    for query in ("full_service=true", "full=true&full_service=true"):
        assert read(client, f"/organizations?{query}")["contents"] == [read(client, f"{house}?full_service=true")]
    assert "services" not in read(client, "/organizations")["contents"][0]


def test_terms_are_found_under_another_however_its_id_is_written(client: Client) -> None:
    under: Any = {**described("A dentist")["taxonomy_term"], "parent_id": key("A doctor").upper()}  # type: ignore[dict-item]
    taken(described("A doctor")["taxonomy_term"], under, kind="taxonomy_term")  # type: ignore[arg-type]
    for said in (key("A doctor"), key("A doctor").upper()):
        assert [one["name"] for one in read(client, f"/taxonomy_terms?parent_id={said}")["contents"]] == ["A dentist"]


def test_it_says_what_words_are_looked_for_in(client: Client) -> None:
    taken(service("Harbour", description="We help with permits."), service("Quay", status="inactive"))
    for name in LISTS[:3]:
        parameters = read(client, "/openapi.json")["paths"][f"{ROOT}/{name}"]["get"]["parameters"]
        [said] = [one["description"] for one in parameters if one["name"] == "search"]
        assert "active service" in said
        for words, is_found in {"harbour": True, "lindens": True, "permits": False, "quay": False}.items():
            assert bool(read(client, f"/{name}?search={words}")["contents"]) == is_found
