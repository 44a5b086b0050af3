"""Who keeps a copy asks for what changed: each answer that says something else than before is among it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from palermo.protection.directory.models import BY_KIND, Service, ServiceAtLocation
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
PROGRAM = {"id": key("program"), "name": "Nights", "description": ""}
HOUSE = {"id": key("house"), "name": "House of Lindens", "description": "A house."}


def term(name: str) -> dict[str, Any]:
    needs = {"id": key("needs"), "name": "Needs", "description": ""}
    return {"id": key("term"), "name": name, "description": "", "taxonomy_detail": needs}


def known(*, area: str = "", **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    """A service at a place, with a program and a term."""
    attributes = [{"id": key("described"), "link_entity": "service", "taxonomy_term": term("A doctor")}]
    visit = {"id": key("visit"), "location": place(), **({"description": area} if area else {})}
    whole = {"service_at_locations": [visit], "program": PROGRAM, "attributes": attributes, **said}
    return service("one", **whole)


def answers(client: Client, name: str, since: datetime | None = None) -> dict[str, str]:
    query = {"full": "true", **({"modified_after": since.isoformat()} if since else {})}
    contents = json.loads(client.get(f"/api/hsds/{name}", query).content)["contents"]
    return {one["id"]: json.dumps(one) for one in contents}


CHANGES: dict[str, Callable[[], object]] = {
    "service": lambda: taken(known(description="By night.")),
    "address": lambda: taken(known(service_at_locations=[{"id": key("visit"), "location": place(latitude=46.1)}])),
    "location alone": lambda: taken(place(latitude=46.2), kind="location"),
    "visit": lambda: taken(known(area="At the back door.")),
    "organization": lambda: taken({**HOUSE, "name": "House of Maples"}, kind="organization"),
    "place of the organization": lambda: taken(
        {"id": key("office"), "location_type": "virtual", "organization_id": key("house")}, kind="location"
    ),
    "program": lambda: taken(known(program={**PROGRAM, "name": "Days"})),
    "term": lambda: taken(term("A physician"), kind="taxonomy_term"),
    "list of terms": lambda: taken({**term("")["taxonomy_detail"], "name": "What people need"}, kind="taxonomy"),
    "another visit": lambda: taken(
        {"id": key("more"), "service_id": key("one"), "location_id": key("home")}, kind="service_at_location"
    ),
    "visit of another service": lambda: taken(
        {"id": key("visit"), "service_id": key("two"), "location_id": key("home")}, kind="service_at_location"
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_answer_that_says_something_else_counts_as_changed(client: Client, what: str) -> None:
    elsewhere = {"id": key("elsewhere"), "name": "Elsewhere", "description": ""}
    far = [{"id": key("far visit"), "location": place("far")}]
    taken(known(), service("two", organization=elsewhere, service_at_locations=far))
    before = {name: answers(client, name) for name in ("services", "service_at_locations")}
    since = timezone.now()
    CHANGES[what]()
    something = False
    for name, said in before.items():
        now = answers(client, name)
        different = {one for one, words in now.items() if words != said.get(one)}
        changed = answers(client, name, since).keys()
        assert different <= changed
        # The services and places that have nothing to do with it are not told again.
        assert key("two") not in changed - different
        assert key("far visit") not in changed
        something |= bool(different)
    assert something, "this changes nothing"


def test_what_says_the_same_again_counts_as_changed_nowhere() -> None:
    taken(known())
    before = {kind: dict(model._default_manager.values_list("pk", "changed_at")) for kind, model in BY_KIND.items()}
    taken(known())
    taken(HOUSE, kind="organization")  # type: ignore[arg-type]
    assert before == {
        kind: dict(model._default_manager.values_list("pk", "changed_at")) for kind, model in BY_KIND.items()
    }


def test_the_day_of_a_change_is_the_same_where_only_it_is_asked_for(client: Client) -> None:
    taken(known())
    taken(place(latitude=46.1), kind="location")
    one, visit = Service.objects.get(), ServiceAtLocation.objects.get(pk=UUID(key("visit")))
    [told] = json.loads(client.get("/api/hsds/services?minimal=true").content)["contents"]
    assert told == {"id": str(one.pk), "modified_date": one.changed_at.isoformat()}
    assert one.changed_at == visit.changed_at
