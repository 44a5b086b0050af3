"""Every answer of the API against the standard's own schemas, and against the API's own description."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import StreamingHttpResponse
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from palermo.config.wsgi import application
from palermo.protection.directory.urls import api
from tests.protection.directory.described import Described, judged, with_profile
from tests.protection.directory.samples import example, key, service, taken

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROOT = "/api/hsds"
KINDS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
SERVICE = "Someone to talk to"
KEYS = {
    "services": key(SERVICE),
    "organizations": key("house"),
    "service_at_locations": key(f"{SERVICE} at home"),
    "taxonomies": key("needs"),
    "taxonomy_terms": key("A doctor"),
}
BLANK: tuple[object, ...] = ("", {}, [], [""], None)
"""What is written as nothing in an address."""
HEADERS = {"Host": "localhost", "Accept-Encoding": "identity"}
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
schema.app = application


@pytest.fixture(autouse=True)
def _known(db: None) -> None:
    terms = {"id": key("needs"), "name": "Needs", "description": ""}
    term = {"id": key("A doctor"), "name": "A doctor", "description": "", "taxonomy_detail": terms}
    phone = {"id": key("phone"), "number": "911"}
    taken(service(SERVICE, attributes=[{"id": key("said"), "taxonomy_term": term}], phones=[phone]))


@pytest.fixture(autouse=True)
def _one_transaction() -> Iterator[None]:
    """Requests keep the connection of the test, as those of Django's own test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _answers(client: Client) -> dict[str, list[Any]]:
    """Whole answers, by the path and method in the standard's own description, or by the kind of a line of NDJSON."""
    found: dict[str, list[Any]] = {"get /": [_read(client, "/")]}
    found["minimal"] = [_read(client, f"/services?minimal=true{more}") for more in ("", "&per_page=1&page=2")]
    for name, kind in KINDS.items():
        queries = ("", "?per_page=1", "?full=true", *(["?full_service=true"] if name == "organizations" else []))
        pages = [_read(client, f"/{name}{query}") for query in queries]
        assert all(len(page["contents"]) == page["size"] > 0 for page in pages)
        found[f"get /{name}"] = [*pages, _read(client, f"/{name}?page=1000")]
        found[f"post /{name}"] = [json.loads(client.post(f"{ROOT}/{name}{query}").content) for query in queries]
        ids = {one["id"] for page in pages for one in page["contents"]}
        found[f"get /{name}/{{id}}"] = [_read(client, f"/{name}/{one}") for one in ids]
        found[kind] = [line for query in ("", "&full=true") for line in _lines(client, f"/{name}?format=ndjson{query}")]
    found["minimal line"] = _lines(client, "/services?format=ndjson&minimal=true")
    return found


def _read(client: Client, path: str) -> Any:  # noqa: ANN401 - whatever is answered
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == 200
    return json.loads(answer.content)


def _lines(client: Client, path: str) -> list[Any]:
    lines = client.get(f"{ROOT}{path}")
    assert isinstance(lines, StreamingHttpResponse)
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def _rules(described: Described) -> dict[str, dict[str, Any]]:
    """The rules for each of these answers."""
    minimal = described.minimal()
    found = {"get /": described.answer("/"), "minimal": minimal}
    found["minimal line"] = minimal["properties"]["contents"]["items"]
    for name, kind in KINDS.items():
        found |= {f"{method} /{name}": described.answer(f"/{name}", method) for method in ("get", "post")}
        found |= {f"get /{name}/{{id}}": described.answer(f"/{name}/{{id}}"), kind: {"$ref": described.file(kind)}}
    return found


def test_every_whole_answer_is_as_the_standard_and_the_profile_have_it(
    client: Client, shared: Path, tmp_path: Path
) -> None:
    """Judged by check-jsonschema over the published files; the standard's own entries are among what is answered."""
    for name, kind in (("service_full", "service"), ("organization_full", "organization")):
        taken(example(shared, name), kind=kind)
    taken(service("Warm", name_fr="Au chaud", genders=["women"], takes_children=True))
    standard = shared / "standards" / "hsds-3.1"
    answers = _answers(client)
    described = Described(standard, standard)
    paths = described.api["paths"]
    every = {f"{method} {path}" for path in paths for method in paths[path] if method != "parameters"}
    assert answers.keys() - {"minimal", "minimal line", *KINDS.values()} == every
    by_profile = Described(standard, with_profile(standard, _patches(client), tmp_path / "profile"))
    for one in (described, by_profile):
        assert judged(answers, _rules(one), tmp_path) == 0
    for name, break_it in BROKEN.items():
        broken = copy.deepcopy(answers)
        break_it(broken)
        assert judged(broken, _rules(described), tmp_path) == int(name not in BY_THE_PROFILE), name
        assert judged(broken, _rules(by_profile), tmp_path) == 1, name


def _patches(client: Client) -> dict[str, Any]:
    """The profile, as the first answer leads to it."""
    profile = json.loads(client.get(_read(client, "/")["profile"]).content)
    assert profile.keys() == {"patches"}
    return {kind: json.loads(client.get(address).content) for kind, address in profile["patches"].items()}


BROKEN: dict[str, Callable[[dict[str, list[Any]]], object]] = {
    "no version": lambda said: said["get /"][0].pop("version"),
    "no number of pages": lambda said: said["get /services"][0].pop("total_pages"),
    "a number in words": lambda said: said["post /taxonomies"][0].update(total_items="one"),
    "an entry without an id": lambda said: said["get /taxonomy_terms"][0]["contents"][0].pop("id"),
    "one entry without a name": lambda said: said["get /organizations/{id}"][0].pop("name"),
    "more than minimal": lambda said: said["minimal"][0]["contents"][0].update(name="x"),
    "a day for a moment": lambda said: said["minimal line"][0].update(modified_date="2026-01-01"),
    "a line without a status": lambda said: said["service"][0].pop("status"),
    "a name in French that is none": lambda said: said["get /services"][0]["contents"][0].update(name_fr=1),
}
"""Faults that the judging finds, so that it can be relied on."""
BY_THE_PROFILE = {"a name in French that is none"}
"""Those that only the profile knows of."""


@pytest.mark.parametrize(
    ("name", "kind", "path"),
    [
        ("service_full", "service", "services"),
        ("organization_full", "organization", "organizations"),
        ("service_at_location_full", "service_at_location", "service_at_locations"),
        ("taxonomy", "taxonomy", "taxonomies"),
        ("taxonomy_term", "taxonomy_term", "taxonomy_terms"),
    ],
)
def test_the_standards_own_entries_come_out_as_they_came_in(
    client: Client, shared: Path, name: str, kind: str, path: str
) -> None:
    given = example(shared, name)
    taken(given, kind=kind)
    in_full = "?full_service=true" if kind == "organization" else ""
    assert json.loads(client.get(f"{ROOT}/{path}/{given['id']}{in_full}").content) == given


def _beyond_description(case: Case[Any]) -> Iterator[CheckFunction]:
    """What cannot be judged of a request by a description of each parameter by itself.

    None says that a parameter may be left blank, what another one needs beside it, or which postal codes there are.
    """
    said = dict(case.query or {})
    if any(value in BLANK for value in said.values()):
        yield negative_data_rejection
    if {"postcode", "proximity", "per_page"} & said.keys():
        yield positive_data_acceptance


@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Case[Any]) -> None:
    case.call_and_validate(headers=HEADERS, excluded_checks=list(_beyond_description(case)))


@schema.include(path_regex="{").parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_so_is_every_answer_about_what_is_there(case: Case[Any]) -> None:
    case.path_parameters = {"id": next(one for name, one in KEYS.items() if f"/{name}/" in case.path)}
    # The path was put right, so that a request made to be refused may now be a good one.
    answer = case.call_and_validate(headers=HEADERS, excluded_checks=[negative_data_rejection])
    assert answer.status_code in ({200, 405, 422} if case.query else {200, 405})
