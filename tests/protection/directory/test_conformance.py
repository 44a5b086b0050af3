"""Every answer of the API against the standard's own schemas, and against the API's own description."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
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


def test_every_answer_fulfils_the_schemas_of_the_standard(client: Client, shared: Path, tmp_path: Path) -> None:
    """Judged by check-jsonschema over the published files; the standard's own entries are among what is answered."""
    for name, kind in (("service_full", "service"), ("organization_full", "organization")):
        taken(example(shared, name), kind=kind)
    standard = shared / "standards" / "hsds-3.1"
    for name, kind in KINDS.items():
        entries = []
        for query in ("", "full=true"):
            entries += json.loads(client.get(f"{ROOT}/{name}?{query}").content)["contents"]
        lines = client.get(f"{ROOT}/{name}?format=ndjson&full=true")
        assert isinstance(lines, StreamingHttpResponse)
        entries += [json.loads(line) for line in lines.getvalue().splitlines()]
        entries += [json.loads(client.get(f"{ROOT}/{name}/{one['id']}").content) for one in entries[:2]]
        assert len(entries) >= 5
        assert _judged(entries, standard / f"{kind}.json", tmp_path) == 0
        broken = {label: said for label, said in entries[0].items() if label != "id"}
        assert _judged([*entries, broken], standard / f"{kind}.json", tmp_path) == 1


def _judged(entries: list[Any], rules: Path, folder: Path) -> int:
    """What check-jsonschema ends with for a list of entries."""
    (folder / "entries.json").write_text(json.dumps(entries), encoding="utf-8")
    whole = {"type": "array", "items": {"$ref": rules.as_uri()}}
    (folder / "rules.json").write_text(json.dumps(whole), encoding="utf-8")
    files = [str(folder / "rules.json"), str(folder / "entries.json")]
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", *files]
    return subprocess.run(command, check=False, capture_output=True).returncode


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
