"""What counts as changed: whatever an answer shows, under whichever entry; and nothing that is said again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from palermo.people.models import User
from palermo.protection.directory.actions.changes import change
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import BY_KIND, OwnTerm, Service
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
ELSE: Document = {"id": key("other house"), "name": "Other house", "description": "Another house."}
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


# -- Terms -----------------------------------------------------------------------------------------

TERMS: Document = {"id": key("list"), "name": "Kinds", "description": "Kinds of help."}
TERM: Document = {"id": key("term"), "name": "Old name", "description": "A kind.", "taxonomy_detail": TERMS}
HOLDERS = ("service", "visit", "organization", "location", "program", "location of the organization")


def described(holder: str, attribute: Document) -> Any:  # noqa: ANN401 - a whole entry
    """A service whose term stands in one of what is shown with it."""
    found: Any = service("One")
    house = found["organization"]
    house["locations"], found["program"] = [place("office", addresses=[ELSEWHERE])], {
        "id": key("program"), "name": "Program", "description": "A program.", "organization_id": house["id"],
    }  # fmt: skip
    at = found["service_at_locations"][0]
    known = {"service": found, "visit": at, "organization": house, "location": at["location"]}
    known |= {"program": found["program"], "location of the organization": house["locations"][0]}
    known[holder]["attributes"] = [{"id": key("attribute"), **attribute}]
    return found


def told(words: str, since: datetime | None = None) -> list[int]:
    """How many entries of each list tell these words, of all or of those that changed since."""
    wanted = {"full": "true"} | ({"modified_after": since.isoformat()} if since else {})
    lists = (listed(Client(), path, **wanted) for path in ("services", "service_at_locations"))
    return [sum(words in str(each) for each in found) for found in lists]


@pytest.mark.parametrize("holder", HOLDERS)
def test_what_shows_a_term_changes_when_it_is_called_otherwise(holder: str) -> None:
    taken(described(holder, {"taxonomy_term": TERM}), service("Two", organization=ELSE, service_at_locations=[]))
    since = timezone.now()
    taken({**TERM, "name": "New name"}, kind="taxonomy_term")
    assert told("New name", since) == told("New name")
    assert told("New name")[0] == 1
    assert changed_since(since) == {"One"}
    taken({**TERM, "name": "New name"}, kind="taxonomy_term")
    assert changed_since(since) == set()
    taken({**TERMS, "name": "New list"}, kind="taxonomy")
    assert told("New list", since) == told("New list")
    assert changed_since(since) == {"One"}


def test_what_is_described_by_a_term_changes_when_that_is_told_at_last() -> None:
    taken(described("visit", {"taxonomy_term_id": TERM["id"]}))
    since = timezone.now()
    taken(TERM, kind="taxonomy_term")
    assert told("Old name", since) == told("Old name") == [1, 1]


def test_other_places_of_a_service_stay_as_they_are_when_one_is_described_otherwise() -> None:
    found = described("visit", {"taxonomy_term": TERM})
    found["service_at_locations"].append(BRANCH)
    taken(found)
    since = timezone.now()
    taken({**TERM, "name": "New name"}, kind="taxonomy_term")
    visits = listed(Client(), "service_at_locations", modified_after=since.isoformat())
    assert [each["id"] for each in visits] == [key("One at home")]


def test_terms_of_what_is_hidden_are_kept_nowhere_in_the_clear() -> None:
    taken(described("location", {"taxonomy_term": TERM}))
    assert set(OwnTerm.objects.values_list("kind", flat=True)) == {"location"}
    hidden = described("location", {"taxonomy_term": TERM})
    hidden["service_at_locations"][0]["location"] |= {"is_confidential": True, "area": "Southeast"}
    taken(hidden)
    assert not OwnTerm.objects.exists()
