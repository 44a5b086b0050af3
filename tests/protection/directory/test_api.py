"""The directory's API: what lists and single entries answer, and at what cost."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from palermo.protection.directory.models import Service
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
ROOT = "/api/hsds"
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


def read(client: Client, path: str, status: int = 200) -> Any:  # noqa: ANN401 - to look into it without asking
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == status
    return json.loads(answer.content)


def described(name: str) -> dict[str, object]:
    """An attribute with a term of a list."""
    terms = {"id": key("needs"), "name": "Needs", "description": ""}
    term = {"id": key(name), "name": name, "description": "", "taxonomy_detail": terms}
    return {"id": key(f"described {name}"), "taxonomy_term": term}


def test_the_root_says_what_this_is_and_where_the_rest_is(client: Client) -> None:
    found = read(client, "/")
    assert found["version"] == "3.1"
    for address in (found["profile"], found["openapi_url"]):
        assert client.get(address).status_code == 200


def test_each_merge_patch_of_the_profile_can_be_fetched(client: Client) -> None:
    patches = read(client, "/profile/")["patches"]
    assert {"service", "location", "phone"} <= set(patches)
    for address in patches.values():
        answer = client.get(address)
        assert answer["Content-Type"] == "application/merge-patch+json"
        assert json.loads(answer.content)["properties"]
    assert client.get(f"{ROOT}/profile/nothing.json").status_code == 404


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_empty_lists_say_so(client: Client, name: str, method: str) -> None:
    answer: HttpResponse = getattr(client, method)(f"{ROOT}/{name}")
    assert json.loads(answer.content) == {
        "total_items": 0, "total_pages": 1, "page_number": 1, "size": 0, "first_page": True, "last_page": True,
        "empty": True, "contents": [],
    }  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_what_is_not_there_or_cannot_be_meant_is_told(client: Client, name: str) -> None:
    assert read(client, f"/{name}/{uuid4()}", 404) == {"detail": "There is no entry with this id."}
    assert read(client, f"/{name}/12", 422)["detail"][0]["loc"]
    assert read(client, f"/{name}?per_page=201", 422)["detail"][0]["loc"][-1] == "per_page"
    assert read(client, f"/{name}?page=2")["empty"]


def test_pages_hold_every_service_once(client: Client) -> None:
    taken(*(service(f"service {number}") for number in range(7)))
    pages = [read(client, f"/services?per_page=3&page={number}") for number in (1, 2, 3)]
    assert [page["size"] for page in pages] == [3, 3, 1]
    assert [(page["first_page"], page["last_page"]) for page in pages] == [(True, False), (False, False), (False, True)]
    assert {page["total_items"] for page in pages} == {7}
    assert {one["name"] for page in pages for one in page["contents"]} == {f"service {number}" for number in range(7)}


def test_all_services_come_line_by_line(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palermo.protection.directory.api.BATCH", 3)
    taken(*(service(f"service {number}") for number in range(7)))
    answer = client.get(f"{ROOT}/services?format=ndjson&full=true&per_page=2")
    assert isinstance(answer, StreamingHttpResponse)
    lines = [json.loads(line) for line in answer.getvalue().splitlines()]
    assert sorted(line["name"] for line in lines) == [f"service {number}" for number in range(7)]
    assert all(line["service_at_locations"][0]["location"]["addresses"] for line in lines)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00", "0.5", "2026-01-01"])
def test_a_time_that_no_calendar_holds_is_refused(client: Client, moment: str) -> None:
    assert client.get(f"{ROOT}/services", {"modified_after": moment}).status_code == 422


def test_services_are_found_by_what_describes_them_and_who_runs_them(client: Client) -> None:
    other = {"id": key("other"), "name": "Other", "description": ""}
    taken(service("a", attributes=[described("A doctor")]), service("b", organization=other))
    for query, names in {
        f"taxonomy_term_id={key('A doctor')}": ["a"],
        f"taxonomy_id={key('needs')}": ["a"],
        f"organization_id={key('other')}": ["b"],
        "modified_after=2999-01-01T00:00:00Z": [],
        "modified_after=2000-01-01T00:00:00Z&minimal=true": ["a", "b"],
    }.items():
        found = read(client, f"/services?{query}")["contents"]
        assert sorted(one["id"] for one in found) == sorted(key(name) for name in names)
    assert set(read(client, "/services?minimal=true")["contents"][0]) == {"id", "modified_date"}
    [house] = read(client, f"/organizations?taxonomy_id={key('needs')}")["contents"]
    assert house["id"] == key("house")
    [visit] = read(client, f"/service_at_locations?organization_id={key('other')}")["contents"]
    assert visit["service"]["name"] == "b"


@pytest.mark.parametrize(
    "query",
    [
        "", f"taxonomy_term_id={key('A doctor')}", f"taxonomy_id={key('needs')}", "search=common",
        f"taxonomy_term_id={key('A doctor')}&search=common",
        f"taxonomy_term_id={key('A doctor')}&taxonomy_id={key('none')}",
        f"taxonomy_term_id={key('A doctor')}&organization_id={key('house')}&modified_after=2000-01-01T00:00:00Z",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["services", "service_at_locations", "organizations"])
def test_as_many_are_counted_as_there_are_on_all_pages(client: Client, name: str, query: str) -> None:
    terms: list[list[object]] = [[described("A doctor")], [described("A doctor"), described("A lawyer")], []]
    taken(*(service(f"common {number}", attributes=terms[number % 3]) for number in range(9)))
    stays, *hidden = Service.objects.filter(serviceterm__term=UUID(key("A doctor"))).order_by("pk").distinct()[:3]
    Service.objects.filter(pk__in=[one.pk for one in hidden]).update(merged_into=stays)
    # Organizations are found by no time and by no other one.
    said = query.partition("&organization_id")[0] if name == "organizations" else query
    lines = client.get(f"{ROOT}/{name}?format=ndjson&{said}")
    assert isinstance(lines, StreamingHttpResponse)
    ids = [json.loads(line)["id"] for line in lines.getvalue().splitlines()]
    pages = [read(client, f"/{name}?per_page=2&page={page}&{said}") for page in range(1, 6)]
    assert [one["id"] for page in pages for one in page["contents"]] == ids == sorted(set(ids))
    assert {page["total_items"] for page in pages} == {len(ids)}
    assert not {str(one.pk) for one in hidden} & set(ids)
    assert bool(ids) == (key("none") not in said)


def test_terms_are_found_by_their_list_and_place_in_it(client: Client) -> None:
    top = described("A doctor")["taxonomy_term"]
    under = {"id": key("A dentist"), "name": "A dentist", "description": "", "parent_id": key("A doctor")}
    taken(top, under, kind="taxonomy_term")  # type: ignore[arg-type]
    assert [one["name"] for one in read(client, "/taxonomy_terms?top_only=true")["contents"]] == ["A doctor"]
    assert [one["name"] for one in read(client, f"/taxonomy_terms?parent_id={key('A doctor')}")["contents"]] == [
        "A dentist"
    ]
    [listed] = read(client, f"/taxonomy_terms?taxonomy_id={key('needs')}")["contents"]
    assert listed["taxonomy_detail"]["name"] == "Needs"
    assert [one["name"] for one in read(client, "/taxonomies")["contents"]] == ["Needs"]


def test_errors_in_typing_are_forgiven_where_the_description_says_so(client: Client) -> None:
    taken(service("Harbour", attributes=[described("A doctor")]))
    told = read(client, "/openapi.json")["paths"]
    for name, words in {
        **dict.fromkeys(LISTS[:3], "Harbuor"),
        "taxonomies": "Nedes",
        "taxonomy_terms": "doctro",
    }.items():
        [search] = [one for one in told[f"{ROOT}/{name}"]["get"]["parameters"] if one["name"] == "search"]
        assert ("forgiven" in search["description"]) == bool(read(client, f"/{name}?search={words}")["contents"])


def test_nowhere_does_a_confidential_place_say_where_it_is(client: Client) -> None:
    hidden = place(is_confidential=True, area="Southeast", latitude=46.0912, phones=[{"id": key("p"), "number": "911"}])
    taken(service(service_at_locations=[{"id": key("visit"), "location": hidden}]))
    paths = [f"/services/{key('Someone to talk to')}", f"/organizations/{key('house')}"]
    paths += [f"/service_at_locations/{key('visit')}", "/service_at_locations?full=true&format=ndjson"]
    paths += [f"/{name}?{query}" for name in LISTS for query in ("", "full=true", "format=ndjson")]
    for path in paths:
        answer = client.get(f"{ROOT}{path}")
        text = (answer.getvalue() if isinstance(answer, StreamingHttpResponse) else answer.content).decode()
        assert answer.status_code == 200
        for piece in ("glise", "E1C", "46.09", "911"):
            assert piece not in text
    assert "Southeast" in client.get(f"{ROOT}/service_at_locations/{key('visit')}").content.decode()


@pytest.mark.parametrize("query", ["", "full=true", "minimal=true"])
@pytest.mark.parametrize("name", LISTS)
def test_a_page_asks_the_database_as_often_for_many_as_for_one(
    client: Client, name: str, query: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    taken(service("first", attributes=[described("A doctor")]))
    with django_assert_max_num_queries(12) as one:
        client.get(f"{ROOT}/{name}?{query}")
    taken(*(service(f"service {number}", attributes=[described(f"term {number}")]) for number in range(20)))
    with django_assert_max_num_queries(len(one)):
        client.get(f"{ROOT}/{name}?{query}")
