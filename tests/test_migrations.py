"""The database of the release before is brought to today's without losing or refusing what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from palermo.people.models import Membership, User
from palermo.protection.directory.models import FinderEntry, Organization, OwnTerm, Service
from palermo.protection.directory.queries.needs import needs
from tests.protection.directory.helping import ask
from tests.protection.directory.samples import key

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

RELEASE_BEFORE = {"people": "0004_analyst", "directory": "0002_finder"}
"""Where each app stood that has changed since. Apps that are new would need to go back to before their first."""


@pytest.fixture
def before() -> Iterator[Apps]:
    """The models of the release before, on a database as it was then."""
    yield MigrationExecutor(connection).migrate(list(RELEASE_BEFORE.items())).apps
    to_today()


def to_today() -> None:
    """Bring the database to the newest migrations, as an update does."""
    call_command("migrate", interactive=False, verbosity=0)


def directory_of(before: Apps) -> Any:  # noqa: ANN401 - a model of another time
    """A service that answers the first need, as the release before kept it; returned is the model of services."""
    kept = {
        name: before.get_model("directory", name) for name in ("Organization", "Service", "Taxonomy", "FinderEntry")
    }
    need = needs()[0]
    taxonomy = need["taxonomy_detail"]
    assert isinstance(taxonomy, dict)
    kept["Taxonomy"].objects.create(pk=UUID(str(taxonomy["id"])), document=taxonomy)
    term = before.get_model("directory", "TaxonomyTerm").objects.create(
        pk=UUID(str(need["id"])), document=need, taxonomy_id=UUID(str(taxonomy["id"]))
    )
    attributes = [{"id": key("described"), "taxonomy_term_id": str(need["id"]).upper()}]
    named = {"id": key("house"), "name": "House", "attributes": attributes}
    house = kept["Organization"].objects.create(pk=UUID(key("house")), document=named)
    said = {"id": key("lindens"), "name": "Under the lindens", "status": "active"}
    one = kept["Service"].objects.create(pk=UUID(key("lindens")), document=said, organization=house, status="active")
    before.get_model("directory", "ServiceTerm").objects.create(term=term, service=one)
    place = before.get_model("directory", "Location").objects.create(
        pk=UUID(key("home")),
        document={"id": key("home"), "location_type": "physical", "latitude": 46, "longitude": -65},
    )
    before.get_model("directory", "ServiceAtLocation").objects.create(
        pk=UUID(key("visit")), document={"id": key("visit")}, service=one, location=place
    )
    kept["FinderEntry"].objects.create(term=term, service=one, provinces="", confirmed_on=date(2026, 11, 1))
    return kept["Service"]


def test_what_the_release_before_held_is_still_there(before: Apps, client: Client) -> None:
    people = {name: before.get_model("people", name) for name in ("User", "Organisation", "Membership")}
    user = people["User"].objects.create(email="someone@example.org", name="Someone", password="!")
    owner = people["Organisation"].objects.create(code="owner")
    people["Membership"].objects.create(user=user, organisation=owner, role="analyst", from_date=date(2020, 1, 1))
    directory_of(before)

    to_today()

    assert Membership.objects.get().role == "analyst"
    assert User.objects.filter(email="someone@example.org").exists()
    service = Service.objects.get()
    assert service.document["name"] == "Under the lindens"
    assert service.organization is not None
    assert service.organization.document["name"] == "House"
    assert "Under the lindens" in ask(client, need=str(needs()[0]["code"]), place="Moncton")
    near = client.get("/api/hsds/service_at_locations?postcode=E1C&proximity=50000").json()["contents"]
    assert [one["id"] for one in near] == [key("visit")]
    own = OwnTerm.objects.values_list("kind", "term")
    assert [(kind, str(term)) for kind, term in own] == [("organization", needs()[0]["id"])]


def test_a_program_of_the_release_before_goes_on_writing_while_the_new_one_starts(before: Apps) -> None:
    """New columns that must not be empty have a default in the database itself."""
    model = directory_of(before)
    to_today()
    late = {"id": key("late"), "name": "Came late", "status": "active"}
    model.objects.create(pk=UUID(key("late")), document=late, organization_id=UUID(key("house")), status="active")
    old_entry = before.get_model("directory", "FinderEntry")
    old_entry.objects.create(term_id=UUID(str(needs()[0]["id"])), service_id=UUID(key("late")), provinces="")
    old_user = before.get_model("people", "User")
    old_user.objects.create(email="late@example.org", name="Late", password="!")
    found = Service.objects.get(pk=key("late"))
    entry = FinderEntry.objects.get(service=found)
    assert (entry.marks, entry.schedules, entry.zone) == ("", [], "")
    assert (found.document["name"], found.source, found.merged_into) == ("Came late", None, None)
    assert User.objects.get(email="late@example.org").name == "Late"
    assert Organization.objects.count() == 1
