"""What counts as changed: whatever an answer shows, under whichever entry; and nothing that is said again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from palermo.people.models import User
from palermo.protection.directory.actions.changes import change
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import BY_KIND, Service
from tests.protection.directory.keeping import somebody
from tests.protection.directory.samples import key, place, service, taken
from tests.protection.directory.together import (
    ELSEWHERE,
    listed,
    merged,
    one,
    ours,
    places,
    pulled,
    theirs,
    visit,
)

pytestmark = pytest.mark.django_db
BRANCH = visit("branch", addresses=[ELSEWHERE])
BY_THE_BACK: Document = {**visit("theirs"), "description": "By the back door."}


@pytest.fixture
def coordinator() -> User:
    return somebody()


def changed_since(since: datetime) -> set[str]:
    """The services that count as changed since, from now on as if long ago."""
    found = {str(each["name"]) for each in listed(Client(), "services", modified_after=since.isoformat())}
    Service.objects.update(changed_at=since - timedelta(days=1))
    return found


def test_an_entry_changes_with_the_places_of_the_one_that_it_stands_for(coordinator: User, tmp_path: Path) -> None:
    def pull(*at: Document) -> set[str]:
        pulled(tmp_path, "B", theirs(at=list(at)))
        return changed_since(since)

    since = timezone.now()
    pulled(tmp_path, "A", ours())
    pulled(tmp_path, "B", theirs(at=[visit("theirs"), BRANCH]))
    merged(coordinator, their=theirs(at=[visit("theirs"), BRANCH]))
    changed_since(since)
    assert pull(visit("theirs"), BRANCH) == set()
    assert pull(BY_THE_BACK, BRANCH) == {"Ours"}
    assert pull(BY_THE_BACK) == {"Ours"}
    assert pull(BY_THE_BACK) == set()
    assert pull(BY_THE_BACK, BRANCH) == {"Ours"}
    assert places(Client()) == ["branch", "theirs"]


def test_an_entry_changes_where_a_place_comes_to_be_shown_no_more(coordinator: User) -> None:
    since = timezone.now()
    merged(coordinator, our=ours(service_at_locations=[visit("ours")]), their=theirs(at=[BRANCH]))
    changed_since(since)
    taken(place("branch"), kind="location")
    assert places(Client()) == ["ours"]
    assert changed_since(since) == {"Ours"}


def test_an_entry_changes_where_the_one_that_it_stands_for_is_offered_no_more(coordinator: User) -> None:
    since = timezone.now()
    merged(coordinator, their=theirs(attributes=[]))
    changed_since(since)
    taken(theirs(attributes=[], status="inactive"))
    assert places(Client()) == []
    assert changed_since(since) == {"Ours"}


@pytest.mark.parametrize("number", [1e23, 1.5e300, -1e308, 5e-324, 10**300, 1.0, 2.0**53, 123456789012345678.0])
def test_numbers_of_any_size_that_are_said_again_change_nothing(coordinator: User, number: float) -> None:
    def changes() -> list[dict[object, datetime]]:
        return [dict(model._default_manager.values_list("pk", "changed_at")) for model in BY_KIND.values()]

    far = place(measured={"by_hand": [number]})
    again = service(far=number, service_at_locations=[{"id": key("visit"), "location": far, "far": number}])
    taken(again, service("Kept", far=number))
    change(by=coordinator, service=one("Kept"), patch={"near": number})
    before = changes()
    taken(again, service("Kept", far=number))
    assert changes() == before
    taken(service("Kept", far=number / 2))
    assert changes() != before
