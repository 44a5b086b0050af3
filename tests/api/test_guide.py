"""The page that describes the API names all that the API has, in both languages."""

from __future__ import annotations

import json

import pytest
from django.test import Client


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_names_every_address_and_parameter(client: Client, db: None, language: str) -> None:
    page = client.get(f"/{language}/api/").content.decode()
    described = [json.loads(client.get(f"/api/{name}/openapi.json").content) for name in ("v1", "hsds")]
    for path, operations in (each for one in described for each in one["paths"].items()):
        assert f"<code>GET {path}</code>" in page
        for parameter in operations["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page


def test_it_lists_the_values_that_can_be_chosen(client: Client, db: None) -> None:
    page = client.get("/en/api/").content.decode()
    assert "not_started, in_progress, ongoing, complete, no_longer_pursued, not_stated, not_reported" in page


def test_it_leads_to_the_description_for_programs(client: Client, db: None) -> None:
    page = client.get("/en/api/").content.decode()
    assert 'href="/api/v1/openapi.json"' in page
    assert 'curl "http://testserver/api/v1/plans"' in page
    assert 'href="/en/api/"' in client.get("/en/downloads/").content.decode()
