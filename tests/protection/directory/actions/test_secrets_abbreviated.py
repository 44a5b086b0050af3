"""A hidden house stays hidden where another source or a person writes its street otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from palermo.people.models import Role
from palermo.people.queries import command_line
from palermo.protection.directory.actions.changes import WrongChangeError, change
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.sources import source_called
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import PutAside, Service
from palermo.protection.directory.queries.needs import needs
from tests.factories import MembershipFactory
from tests.protection.directory.actions.test_intake import names, rules
from tests.protection.directory.helping import ask
from tests.protection.directory.samples import key, place, service

pytestmark = pytest.mark.django_db


def at(line: str, name: str, **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    """A safe place at an address of its own."""
    there: Any = place(f"place of {name}", **said)
    there["addresses"][0]["address_1"] = line
    term = next(one for one in needs() if one["code"] == "safe-place")
    return service(
        name,
        organization={"id": key(f"house of {name}"), "name": f"House of {name}", "description": "A house."},
        attributes=[{"id": key(f"{name} need"), "taxonomy_term": term}],
        service_at_locations=[{"id": key(f"{name} there"), "location": there}],
    )


def pulled(folder: Path, source: str, *documents: Document) -> None:
    path = folder / f"{source}.ndjson"
    path.write_text("\n".join(json.dumps(one) for one in documents))
    kept = source_called(by=command_line(), name=source)
    take_in_file(by=command_line(), path=path, kind="service", source=kept)


@pytest.fixture
def hidden(tmp_path: Path) -> None:
    pulled(tmp_path, "First", at("45 Maple Street", "Shelter", is_confidential=True, area="Greater Moncton"))


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize(
    "line", ["45 Maple St", "45 Maple St.", "45, rue Maple", "Unit 2, 45 Maple", "45 Mapel Street"]
)
def test_a_second_feed_that_abbreviates_the_street_opens_nothing(tmp_path: Path, client: Client, line: str) -> None:
    """The last one is spelled wrong: its number and its postal code are those of the building all the same."""
    pulled(tmp_path, "Second", at(line, "Same shelter"), at("47 Maple St", "Neighbour"))
    assert names() == ["Neighbour", "Shelter"]
    assert set(rules(PutAside.objects.get())) == {"confidential"}
    shown = ask(client, need="safe-place", place="Moncton")
    assert "47 Maple St" in shown
    assert line not in shown
    listed = client.get("/api/hsds/services?full=true").content.decode()
    assert "47 Maple St" in listed
    assert line not in listed


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("house", ["45 Maple St.", "45 Maple", "45, rue Maple", "45 MAPLE STR"])
def test_nobody_writes_the_house_into_a_text_by_a_short_form(house: str) -> None:
    coordinator = MembershipFactory.create(role=Role.COORDINATOR).user
    with pytest.raises(WrongChangeError):
        change(by=coordinator, service=Service.objects.get(), patch={"description": f"Come to {house}, ring twice."})
    assert "Maple" not in json.dumps(Service.objects.get().document)
