"""What people change of services: it stands over what the source says, survives the next pull, and can be undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.people.queries import command_line
from palermo.protection.directory.actions import changes
from palermo.protection.directory.actions.changes import DecidedError, WrongChangeError
from palermo.protection.directory.actions.links import make_link, withdraw_link
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Change, Given, Organization, ProviderLink, Service, State
from tests.factories import MembershipFactory
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
PHONE = [{"id": key("new phone"), "number": "506-555-0199"}]


@pytest.fixture
def listed() -> Service:
    """A service as its source has it."""
    taken(service(description="We listen."))
    return Service.objects.get()


@pytest.fixture
def coordinator() -> User:
    found: User = MembershipFactory.create(role=Role.COORDINATOR).user
    return found


def link(*, is_reviewed: bool = False) -> ProviderLink:
    made, _token = make_link(
        by=command_line(), organization=Organization.objects.get(), label="Front desk", is_reviewed=is_reviewed
    )
    return made


def acts() -> list[str]:
    return list(AuditEvent.objects.order_by("number").values_list("act", flat=True))


def test_a_change_stands_over_the_source_and_survives_the_next_pull(listed: Service, coordinator: User) -> None:
    changes.change(by=coordinator, service=listed, patch={"phones": PHONE, "description": None})
    assert listed.document["phones"] == PHONE
    assert "description" not in listed.document
    taken(service(description="We listen at night.", name_fr="Parler"))
    listed.refresh_from_db()
    assert listed.document["phones"] == PHONE
    assert "description" not in listed.document
    assert listed.document["name_fr"] == "Parler"
    assert Given.objects.get().document["description"] == "We listen at night."


def test_it_survives_when_the_service_is_given_in_part_inside_another_entry(listed: Service, coordinator: User) -> None:
    change = changes.change(by=coordinator, service=listed, patch={"description": "By day."})
    part: Document = {"id": str(listed.pk), "name": "Someone to talk to", "status": "active", "alternate_name": "Ears"}
    visit: Document = {"id": key("another visit"), "service": part, "location": place("elsewhere")}
    taken(visit, kind="service_at_location")
    listed.refresh_from_db()
    assert listed.document["description"] == "By day."
    assert listed.document["alternate_name"] == "Ears"
    changes.undo(by=coordinator, applied=change, reason="Wrong")
    listed.refresh_from_db()
    assert listed.document["description"] == "We listen."


def test_undoing_leaves_what_the_source_and_the_other_changes_say(listed: Service, coordinator: User) -> None:
    first = changes.change(by=coordinator, service=listed, patch={"description": "One"})
    changes.change(by=coordinator, service=listed, patch={"phones": PHONE})
    changes.undo(by=coordinator, applied=first, reason="It was another house.")
    listed.refresh_from_db()
    assert listed.document["description"] == "We listen."
    assert listed.document["phones"] == PHONE
    with pytest.raises(DecidedError):
        changes.undo(by=coordinator, applied=first, reason="Again")
    assert acts()[-3:] == ["directory.change", "directory.change", "directory.undo"]


def test_whoever_confirms_later_is_believed(listed: Service, coordinator: User) -> None:
    changes.confirm(by=coordinator, service=listed)
    today = timezone.localdate()
    assert listed.document["assured_date"] == today.isoformat()
    assert listed.document["assured_by"] == "coordinator"
    taken(service(assured_date="2020-01-01"))
    listed.refresh_from_db()
    assert listed.document["assured_date"] == today.isoformat()
    tomorrow = (today + timedelta(days=1)).isoformat()
    taken(service(assured_date=tomorrow))
    listed.refresh_from_db()
    assert listed.document["assured_date"] == tomorrow
    assert "assured_by" not in listed.document


@pytest.mark.parametrize("said", ["31/12/2025", "2999-01-01"])
def test_a_person_is_believed_over_a_source_that_says_no_day_that_has_come(said: str, coordinator: User) -> None:
    taken(service(assured_date=said))
    found, today = Service.objects.get(), timezone.localdate().isoformat()
    changes.confirm(by=coordinator, service=found)
    assert (found.document["assured_date"], found.document["assured_by"]) == (today, "coordinator")
    taken(service(assured_date=said))
    found.refresh_from_db()
    assert found.document["assured_date"] == today


def test_a_provider_confirms_and_changes_its_own_by_a_link(listed: Service) -> None:
    desk = link()
    changes.confirm(by=desk, service=listed)
    assert listed.document["assured_by"] == "provider"
    changes.change(by=desk, service=listed, patch={"phones": PHONE})
    assert listed.document["phones"] == PHONE
    desk.refresh_from_db()
    assert desk.used_at is not None
    event = AuditEvent.objects.get(act="directory.change")
    assert (event.by_name, event.details["link"]) == ("By a link", desk.pk)


def test_by_a_link_that_is_reviewed_changes_wait_and_confirming_does_not(listed: Service, coordinator: User) -> None:
    desk = link(is_reviewed=True)
    proposed = changes.change(by=desk, service=listed, patch={"phones": PHONE})
    changes.confirm(by=desk, service=listed)
    assert proposed.state == State.PROPOSED
    assert "phones" not in listed.document
    assert listed.document["assured_by"] == "provider"
    changes.accept(by=coordinator, proposed=proposed)
    listed.refresh_from_db()
    assert listed.document["phones"] == PHONE
    other = changes.change(by=desk, service=listed, patch={"phones": []})
    changes.decline(by=coordinator, proposed=other, reason="They answer.")
    listed.refresh_from_db()
    assert listed.document["phones"] == PHONE
    with pytest.raises(DecidedError):
        changes.accept(by=coordinator, proposed=other)
    assert Change.objects.get(pk=other.pk).reason == "They answer."


def beds(**said: object) -> Any:  # noqa: ANN401 - to be changed at will
    unit = {"id": key("unit"), "name": "bed"}
    return {"id": key("beds"), "unit": unit, "available": 3, "updated": "2026-11-06T18:30:00Z", **said}


def test_a_new_count_never_waits(coordinator: User) -> None:
    taken(service(capacities=[beds(), beds(id=key("cots"))]))
    found, desk = Service.objects.get(), link(is_reviewed=True)
    counted = [beds(available=0, maximum=12, valid_hours=8, updated="2026-11-07T18:30:00Z"), beds(id=key("cots"))]
    made = changes.change(by=desk, service=found, patch={"capacities": counted})
    assert (made.state, made.link) == (State.APPLIED, desk)
    assert found.document["capacities"] == counted
    event = AuditEvent.objects.get(act="directory.change")
    assert (event.by_name, event.details["link"], event.details["fields"]) == ("By a link", desk.pk, ["capacities"])
    changes.undo(by=coordinator, applied=made, reason="Nobody counted")
    found.refresh_from_db()
    assert found.document["capacities"] == [beds(), beds(id=key("cots"))]


def test_what_is_more_than_a_new_count_waits_where_the_link_says_so(coordinator: User) -> None:
    taken(service(capacities=[beds()]))
    found, desk = Service.objects.get(), link(is_reviewed=True)
    before = found.document
    more: list[Document] = [
        {"capacities": [beds(), beds(id=key("cots"))]}, {"capacities": []}, {"capacities": None},
        {"capacities": [beds(description="Ask for Ann")]}, {"capacities": [beds(id=key("others"))]},
        {"capacities": [beds(available=0)], "fees_description": "Free"},
    ]  # fmt: skip
    for patched in more:
        assert changes.change(by=desk, service=found, patch=patched).state == State.PROPOSED
    found.refresh_from_db()
    assert found.document == before


def test_what_is_a_new_count_is_judged_by_what_stands_now(coordinator: User) -> None:
    taken(service(capacities=[beds()]))
    old, desk = Service.objects.get(), link(is_reviewed=True)
    changes.change(by=coordinator, service=Service.objects.get(), patch={"capacities": [beds(description="Cots")]})
    assert changes.change(by=desk, service=old, patch={"capacities": [beds(available=1)]}).state == State.PROPOSED


def test_what_is_accepted_is_seen_and_keeps_what_was_counted_meanwhile(coordinator: User) -> None:
    taken(service(capacities=[beds()]))
    found, desk = Service.objects.get(), link(is_reviewed=True)
    cots = beds(id=key("cots"))
    more = changes.change(by=desk, service=found, patch={"capacities": [beds(), cots], "fees_description": "Free"})
    later = beds(available=1, updated="2026-11-06T20:30:00Z")
    changes.change(by=desk, service=found, patch={"capacities": [later]})
    changes.change(by=coordinator, service=found, patch={"fees_description": "Five dollars"})
    changes.accept(by=coordinator, proposed=more)
    found.refresh_from_db()
    assert found.document["capacities"] == [later, cots]
    assert found.document["fees_description"] == "Free"


def test_a_new_count_is_checked_as_everything_else(coordinator: User) -> None:
    taken(service(capacities=[beds()]))
    found, desk = Service.objects.get(), link(is_reviewed=True)
    for wrong in ({"available": "many"}, {"available": None}, {"updated": "noon"}, {"valid_hours": 0}):
        with pytest.raises(WrongChangeError):
            changes.change(by=desk, service=found, patch={"capacities": [beds(**wrong)]})
    assert not Change.objects.exists()


def test_nobody_changes_what_is_not_theirs(listed: Service, coordinator: User) -> None:
    elsewhere = {"id": key("other house"), "name": "Other", "description": "Another house."}
    taken(service("Elsewhere", organization=elsewhere))
    other = Service.objects.get(document__name="Elsewhere")
    theirs, ours = Organization.objects.get(pk=elsewhere["id"]), Organization.objects.get(pk=key("house"))
    desk = make_link(by=command_line(), organization=theirs, label="x", is_reviewed=False)[0]
    with pytest.raises(PermissionDenied):
        changes.confirm(by=desk, service=listed)
    withdraw_link(by=coordinator, link=desk)
    desk.refresh_from_db()
    with pytest.raises(PermissionDenied):
        changes.confirm(by=desk, service=other)
    for role in set(Role) - {Role.COORDINATOR}:
        user = MembershipFactory.create(role=role).user
        with pytest.raises(PermissionDenied):
            changes.change(by=user, service=listed, patch={"description": "x"})
        with pytest.raises(PermissionDenied):
            make_link(by=user, organization=ours, label="x", is_reviewed=False)
    for never in changes.NEVER:
        with pytest.raises(PermissionDenied):
            changes.change(by=coordinator, service=listed, patch={never: "x"})
    assert not Change.objects.exists()


def test_a_link_ends_by_itself(listed: Service) -> None:
    desk = link()
    ProviderLink.objects.update(made_at=timezone.now() - timedelta(days=400), expires_at=timezone.now())
    desk.refresh_from_db()
    with pytest.raises(PermissionDenied):
        changes.confirm(by=desk, service=listed)


def test_what_the_standard_does_not_allow_is_refused_and_nothing_is_lost(listed: Service, coordinator: User) -> None:
    wrongs: list[Document] = [{"status": "closed"}, {"name": None}, {"email": 7}, {"phones": [{"id": key("p")}]}]
    for wrong in wrongs:
        with pytest.raises(WrongChangeError):
            changes.change(by=coordinator, service=listed, patch=wrong)
    assert not Change.objects.exists()
    listed.refresh_from_db()
    assert listed.document["status"] == "active"


def test_no_change_tells_where_a_hidden_place_is(coordinator: User) -> None:
    taken(service(service_at_locations=[{"id": key("v"), "location": place(is_confidential=True)}]))
    found = Service.objects.get()
    with pytest.raises(WrongChangeError):
        changes.change(by=coordinator, service=found, patch={"description": "Come to 12, rue de l'Eglise"})
    assert not Change.objects.exists()


def test_what_a_source_said_before_it_was_changed_tells_no_place_that_is_hidden_later(coordinator: User) -> None:
    taken(service(description="At 12 Rue de l’Église."))
    found = Service.objects.get()
    changes.change(by=coordinator, service=found, patch={"description": "In town."})
    taken(place(is_confidential=True), kind="location")
    assert "description" not in Given.objects.get().document
    found.refresh_from_db()
    assert found.document["description"] == "In town."


def test_a_change_without_its_trace_is_not_made(listed: Service, coordinator: User) -> None:
    broken = patch("palermo.protection.directory.actions.changes.record", side_effect=OSError("full"))
    with broken, pytest.raises(OSError, match="full"):
        changes.change(by=coordinator, service=listed, patch={"description": "x"})
    assert not Change.objects.exists()
    assert not Given.objects.exists()
    listed.refresh_from_db()
    assert listed.document["description"] == "We listen."


def test_the_finder_knows_of_it_at_once(listed: Service, coordinator: User) -> None:
    from palermo.protection.directory.queries.names import named

    changes.change(by=coordinator, service=listed, patch={"name": "Nightingale"})
    assert list(named(coordinator, "nightingale")) == [listed]
