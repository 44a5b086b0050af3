"""Services changed by several people at once: all is judged by what stands once an act has its turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.protection.directory.actions import changes
from palermo.protection.directory.actions.changes import DecidedError, OtherBedsError
from palermo.protection.directory.actions.links import make_link, withdraw_link
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Change, Given, Organization, ProviderLink, Service, State
from tests.protection.directory.keeping import kept, somebody
from tests.protection.directory.meanwhile import meanwhile
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db
ELSEWHERE: Document = {"id": key("other house"), "name": "Other", "description": "Another house."}
PHONE = [{"id": key("new phone"), "number": "506-555-0199"}]


@pytest.fixture
def listed() -> Service:
    """A service as its source has it."""
    return kept(description="We listen.")


@pytest.fixture
def coordinator() -> User:
    return somebody()


def link(*, is_reviewed: bool = False) -> ProviderLink:
    house = Organization.objects.get(pk=key("house"))
    return make_link(by=command_line(), organization=house, label="Front desk", is_reviewed=is_reviewed)[0]


def beds(name: str = "beds", **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    unit = {"id": key("unit"), "name": "bed"}
    return {"id": key(name), "unit": unit, "available": 3, "updated": "2026-11-06T18:30:00Z", **said}


def moved() -> None:
    """The next pull: other words, and another house."""
    taken(service(description="We listen at night.", organization=ELSEWHERE))


def test_what_comes_in_while_somebody_waits_for_a_first_change_is_not_lost(listed: Service, coordinator: User) -> None:
    with meanwhile(changes, moved):
        changes.confirm(by=coordinator, service=listed)
    assert Given.objects.get().document["description"] == "We listen at night."
    assert listed.document["description"] == "We listen at night."
    assert listed.document["assured_by"] == "coordinator"
    assert listed.organization_id == Organization.objects.get(document__name="Other").pk


def test_what_comes_in_while_somebody_decides_is_not_lost(listed: Service, coordinator: User) -> None:
    desk = link(is_reviewed=True)
    proposed = changes.change(by=desk, service=listed, patch={"phones": PHONE})
    with meanwhile(changes, moved):
        changes.accept(by=coordinator, proposed=proposed)
    other = Organization.objects.get(document__name="Other").pk
    listed.refresh_from_db()
    assert (listed.organization_id, listed.document["phones"]) == (other, PHONE)
    with meanwhile(changes, lambda: taken(service(description="By day."))):
        changes.undo(by=coordinator, applied=proposed, reason="Wrong")
    listed.refresh_from_db()
    assert (str(listed.organization_id), listed.document["description"]) == (key("house"), "By day.")
    assert "phones" not in listed.document


def test_a_link_changes_nothing_of_what_went_to_another_house_meanwhile(listed: Service) -> None:
    desk = link()
    acts: list[Callable[[], object]] = [
        lambda: changes.confirm(by=desk, service=listed),
        lambda: changes.change(by=desk, service=listed, patch={"phones": PHONE}),
        lambda: changes.count(by=desk, service=listed, key="", available=1, maximum=None, valid_hours=1),
    ]
    for act in acts:
        taken(service())
        listed.refresh_from_db()
        with meanwhile(changes, moved), pytest.raises(PermissionDenied):
            act()
    assert not Change.objects.exists()


def test_a_link_that_is_withdrawn_meanwhile_changes_nothing(listed: Service, coordinator: User) -> None:
    desk = link()

    def withdraw() -> None:
        withdraw_link(by=coordinator, link=ProviderLink.objects.get(pk=desk.pk))

    with meanwhile(changes, withdraw), pytest.raises(PermissionDenied):
        changes.confirm(by=desk, service=listed)
    assert not Change.objects.exists()


def test_what_is_gone_meanwhile_is_not_changed_and_not_decided_on(listed: Service, coordinator: User) -> None:
    proposed = changes.change(by=link(is_reviewed=True), service=listed, patch={"phones": PHONE})
    acts: list[Callable[[], object]] = [
        lambda: changes.accept(by=coordinator, proposed=proposed),
        lambda: changes.decline(by=coordinator, proposed=proposed, reason="No"),
        lambda: changes.undo(by=coordinator, applied=proposed, reason="No"),
    ]
    for act in acts:
        with meanwhile(changes, lambda: Service.objects.all().delete()), pytest.raises(DecidedError):
            act()
    with meanwhile(changes, lambda: Service.objects.all().delete()), pytest.raises(PermissionDenied):
        changes.confirm(by=coordinator, service=listed)


def test_two_who_decide_at_once_decide_once(listed: Service, coordinator: User) -> None:
    proposed = changes.change(by=link(is_reviewed=True), service=listed, patch={"phones": PHONE})

    def declined() -> None:
        changes.decline(by=coordinator, proposed=proposed, reason="They answer.")

    with meanwhile(changes, declined), pytest.raises(DecidedError):
        changes.accept(by=coordinator, proposed=proposed)


def counted(by: User | ProviderLink, name: str, available: int) -> Change:
    """Beds counted by somebody who has just opened the page."""
    one = Service.objects.get()
    return changes.count(by=by, service=one, key=name and key(name), available=available, maximum=9, valid_hours=8)


def test_two_who_count_different_beds_at_once_keep_both(coordinator: User) -> None:
    taken(service(capacities=[beds(), beds("cots")]))
    with meanwhile(changes, lambda: counted(coordinator, "beds", 5)):
        made = counted(link(is_reviewed=True), "cots", 1)
    said: Any = Service.objects.get().document["capacities"]
    assert [(one["id"], one["available"]) for one in said] == [(key("beds"), 5), (key("cots"), 1)]
    assert made.state == State.APPLIED


def test_beds_that_are_told_anew_meanwhile_stay_as_they_are_told(coordinator: User) -> None:
    taken(service(capacities=[beds()]))
    with meanwhile(changes, lambda: taken(service(capacities=[beds(description="Cots"), beds("more")]))):
        counted(coordinator, "beds", 1)
    said: Any = Service.objects.get().document["capacities"]
    assert [(one["id"], one["available"]) for one in said] == [(key("beds"), 1), (key("more"), 3)]
    assert said[0]["description"] == "Cots"


def test_other_beds_than_were_meant_are_not_counted(coordinator: User) -> None:
    taken(service())
    with meanwhile(changes, lambda: counted(coordinator, "", 5)), pytest.raises(OtherBedsError):
        counted(coordinator, "", 1)
    taken(service(capacities=[beds()]))
    with meanwhile(changes, lambda: taken(service(capacities=[]))), pytest.raises(OtherBedsError):
        counted(coordinator, "beds", 1)
