"""How many beds are free is for workers: no public answer of the API gives a number that is live, or was."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from palermo.people.models import Role
from palermo.protection.directory.actions import changes
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Service
from tests.factories import MembershipFactory
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db
ROOT = "/api/hsds"
NAME = "Harbour House"
ONE = (
    f"/services/{key(NAME)}",
    f"/organizations/{key('house')}?full_service=true",
    f"/service_at_locations/{key(f'{NAME} at home')}",
)
LISTS = ("/services?full=true", "/organizations?full_service=true", "/service_at_locations?full=true")
FLAT = ("/services", "/services?minimal=true", "/organizations", "/organizations?full=true", "/service_at_locations")


def beds(name: str, hours_ago: float, **said: object) -> Document:
    updated = datetime.now(UTC) - timedelta(hours=hours_ago)
    unit = {"id": key(f"unit of {name}"), "name": name}
    return {"id": key(name), "unit": unit, "available": 3, "updated": updated.isoformat(), **said}  # type: ignore[dict-item]


LIVE, STALE, PLAIN = beds("cot", 1, valid_hours=6), beds("bunk", 24 * 365, valid_hours=6), beds("bed", 24 * 365)


def answered(client: Client, path: str) -> list[str]:
    """What an address answers, and where it is a list also by POST and line by line."""
    found = [client.get(f"{ROOT}{path}")]
    if path not in ONE:
        mark = "&" if "?" in path else "?"
        found += [client.post(f"{ROOT}{path}"), client.get(f"{ROOT}{path}{mark}format=ndjson")]
    assert {one.status_code for one in found} == {200}
    return [(one.getvalue() if isinstance(one, StreamingHttpResponse) else one.content).decode() for one in found]


def capacities(said: Any) -> list[Any]:  # noqa: ANN401 - whatever an answer holds
    """All capacities of an answer, wherever they stand in it."""
    if isinstance(said, list):
        return [found for one in said for found in capacities(one)]
    if not isinstance(said, dict):
        return []
    return [*said.get("capacities", []), *(found for one in said.values() for found in capacities(one))]


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("path", [*ONE, *LISTS])
def test_what_says_for_how_long_it_is_good_is_left_out(client: Client, path: str, signed_in: bool) -> None:
    """The answers are the same for everybody, so that whoever keeps a copy of one keeps no secret."""
    if signed_in:
        client.force_login(MembershipFactory.create(role=Role.WORKER).user)
    taken(service(NAME, capacities=[LIVE, PLAIN, STALE]))
    for text in answered(client, path):
        found = [found for line in text.splitlines() for found in capacities(json.loads(line))]
        assert [one for at, one in enumerate(found) if one not in found[:at]] == [PLAIN]
    taken(service(NAME, capacities=[LIVE, STALE]))
    assert not any("capacities" in text for text in answered(client, path))


@pytest.mark.parametrize("path", FLAT)
def test_what_says_little_of_services_says_nothing_of_beds(client: Client, path: str) -> None:
    taken(service(NAME, capacities=[LIVE, PLAIN, STALE]))
    assert not any("available" in text for text in answered(client, path))


def test_what_somebody_counts_here_is_not_public_any_more(client: Client) -> None:
    taken(service(NAME, capacities=[PLAIN]))
    by = MembershipFactory.create(role=Role.COORDINATOR).user
    [found] = Service.objects.all()
    changes.count(by=by, service=found, key=key("bed"), available=7, maximum=9, valid_hours=8)
    for path in (*ONE, *LISTS):
        assert not any("capacities" in text for text in answered(client, path))
    [counted] = capacities(Service.objects.get().document)
    assert counted["available"] == 7


def test_the_profile_says_so(client: Client) -> None:
    patch = json.loads(client.get(f"{ROOT}/profile/service_capacity.json").content)
    assert "leave them out" in patch["properties"]["valid_hours"]["description"]
