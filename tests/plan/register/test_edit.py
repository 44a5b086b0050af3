"""Changing a deliverable and renaming an organisation: who may, what stays, and what a conflict shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from palermo.audit.models import AuditEvent
from palermo.people.models import OrganisationName, User
from palermo.plan.register.actions import edit_deliverable, rename_organisation
from palermo.plan.register.actions.edit_deliverable import (
    ChangedMeanwhileError,
    Due,
    StatusWord,
    Texts,
    correct_status,
    edit_deliverable_text,
    revise_due_date,
)
from palermo.plan.register.actions.rename_organisation import NameTooEarlyError, NewName
from palermo.plan.register.models import Deliverable, DueDate, StatusRecord
from tests import factories as make
from tests.plan.register.conftest import World

pytestmark = pytest.mark.django_db
ADDRESS = "/en/plans/small/deliverables/1.1-002/edit/"


def change_text(world: World, by: User, version: int = 1) -> Deliverable:
    texts = Texts("", "", "Teach nurses", "Enseigner")
    return edit_deliverable_text(deliverable=world.deliverables[1], version=version, texts=texts, by=by)


def change_due(world: World, by: User) -> DueDate:
    return revise_due_date(deliverable=world.deliverables[1], due=Due(date(2015, 1, 1), "Funds"), seen=2, by=by)


def change_status(world: World, by: User) -> StatusRecord:
    seen = max(StatusRecord.objects.values_list("pk", flat=True))
    word = StatusWord(world.later, "claimed", "complete", "Reported late")
    return correct_status(deliverable=world.deliverables[1], word=word, seen=seen, by=by)


def change_name(world: World, by: User) -> OrganisationName:
    name = NewName("New Police", "Nouvelle police", "NP", "NP", date(2014, 1, 1))
    return rename_organisation.rename_organisation(organisation=world.police, name=name, by=by)


CHANGES = [change_text, change_due, change_status, change_name]
ACTS = ["deliverable.edit_text", "deliverable.revise_due_date", "deliverable.correct_status", "organisation.rename"]


def everything() -> list[object]:
    return [
        list(Deliverable.objects.order_by("pk").values_list()),
        list(DueDate.objects.order_by("pk").values_list()),
        list(StatusRecord.objects.order_by("pk").values_list()),
        list(OrganisationName.objects.order_by("pk").values_list()),
    ]


@pytest.mark.parametrize(("change", "act"), list(zip(CHANGES, ACTS, strict=True)))
def test_each_change_is_one_event(
    world: World, coordinator: User, change: Callable[[World, User], object], act: str
) -> None:
    change(world, coordinator)
    event = AuditEvent.objects.get()
    assert (event.act, event.by_id) == (act, coordinator.pk)


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_changed_where_the_trail_cannot_be_written(
    world: World, coordinator: User, change: Callable[[World, User], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_details: object) -> None:
        raise OSError("the disk is full")

    for module in (edit_deliverable, rename_organisation):
        monkeypatch.setattr(module, "record", fail)
    before = everything()
    with pytest.raises(OSError, match="disk"):
        change(world, coordinator)
    assert everything() == before


@pytest.mark.parametrize("change", CHANGES)
def test_strangers_change_nothing(world: World, change: Callable[[World, User], object]) -> None:
    strangers = [make.UserFactory.create(), make.MembershipFactory.create().user]
    before = everything()
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            change(world, stranger)
    assert everything() == before
    assert not AuditEvent.objects.exists()


def test_a_text_can_be_searched_for_at_once(world: World, coordinator: User) -> None:
    changed = change_text(world, coordinator)
    assert (changed.version, changed.search_en) == (2, " 1 002 teach nurs ")


def test_a_text_made_from_an_older_version_is_refused(world: World, coordinator: User) -> None:
    change_text(world, coordinator)
    before = everything()
    with pytest.raises(ChangedMeanwhileError):
        change_text(world, coordinator, version=1)
    assert everything() == before


def test_due_dates_stay_when_one_is_added(world: World, coordinator: User) -> None:
    change_due(world, coordinator)
    kept = DueDate.objects.filter(deliverable=world.deliverables[1]).order_by("revision")
    assert [(due.revision, due.due_on, due.reason_en) for due in kept] == [
        (0, date(2013, 3, 31), ""),
        (1, date(2014, 3, 1), "Late vendor"),
        (2, date(2015, 1, 1), "Funds"),
    ]
    with pytest.raises(ChangedMeanwhileError):
        change_due(world, coordinator)


def test_only_the_first_due_date_needs_no_reason(world: World, coordinator: User) -> None:
    bare = make.DeliverableFactory.create(section=world.task)
    made = revise_due_date(deliverable=bare, due=Due(date(2015, 1, 1)), seen=0, by=coordinator)
    assert made.revision == 0
    with pytest.raises(ValueError, match="reason"):
        revise_due_date(deliverable=bare, due=Due(date(2016, 1, 1)), seen=1, by=coordinator)


def test_a_corrected_status_keeps_the_one_before(world: World, coordinator: User) -> None:
    change_status(world, coordinator)
    kept = StatusRecord.objects.filter(deliverable=world.deliverables[1], period=world.later).order_by("pk")
    assert list(kept.values_list("value", "is_current")) == [("in_progress", False), ("complete", True)]


def test_a_status_corrected_by_somebody_else_first_is_refused(world: World, coordinator: User) -> None:
    word = StatusWord(world.later, "claimed", "complete", "Reported late")
    with pytest.raises(ChangedMeanwhileError):
        correct_status(deliverable=world.deliverables[1], word=word, seen=0, by=coordinator)


def test_a_status_belongs_to_a_period_of_the_plan_and_says_why(world: World, coordinator: User) -> None:
    elsewhere = StatusWord(make.PeriodFactory.create(), "claimed", "complete", "x")
    silent = StatusWord(world.later, "claimed", "complete")
    for word, told in ((elsewhere, "another plan"), (silent, "note")):
        with pytest.raises(ValueError, match=told):
            correct_status(deliverable=world.deliverables[1], word=word, seen=10**6, by=coordinator)


def test_a_name_ends_when_the_next_begins(world: World, coordinator: User) -> None:
    change_name(world, coordinator)
    names = OrganisationName.objects.filter(organisation=world.police).order_by("pk")
    assert [(name.name_en, name.from_date, name.to_date) for name in names] == [
        ("Old Police", None, date(2013, 12, 31)),
        ("New Police", date(2014, 1, 1), None),
    ]
    with pytest.raises(NameTooEarlyError):
        change_name(world, coordinator)


@pytest.mark.parametrize("address", [ADDRESS, "/en/organisations/police/rename/"])
def test_only_coordinators_of_the_plan_come_to_the_forms(
    world: World, clients: dict[str, Client], address: str
) -> None:
    for send in ("get", "post"):
        answers = {who: getattr(client, send)(address).status_code for who, client in clients.items()}
        assert (answers["nobody"], answers["outsider"], answers["other"]) == (302, 403, 403)
    assert clients["coordinator"].get(address).status_code == 200
    assert clients["coordinator"].put(address).status_code == 405


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_saved_form_leads_back_and_shows_the_change(world: World, clients: dict[str, Client], language: str) -> None:
    client, address = clients["coordinator"], ADDRESS.replace("/en/", f"/{language}/")
    sent = {"form": "due", "due-seen": 2, "due-due_on": "2016-05-01", "due-reason_en": "New funds", "due-reason_fr": ""}
    shown = client.post(address, sent, follow=True)
    assert shown.redirect_chain == [(f"/{language}/plans/small/deliverables/1.1-002/", 302)]
    assert "New funds" in shown.content.decode()
    sent = {"form": "text", "text-version": 1, "text-text_en": "Teach nurses", "text-text_fr": "Enseigner"}
    assert ("Teach nurses" if language == "en" else "Enseigner") in client.post(
        address, sent, follow=True
    ).content.decode()
    sent = {
        "form": "status",
        "status-seen": max(StatusRecord.objects.values_list("pk", flat=True)),
        "status-period": "2012-2013",
        "status-kind": "assessed",
        "status-value": "not_started",
        "status-note_fr": "Constaté sur place",
    }
    assert "Constaté sur place" in client.post(address, sent, follow=True).content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"form": "text", "text-version": 1}, "Write the text in one language"),
        ({"form": "due", "due-seen": 2, "due-due_on": "x"}, "There is a problem"),
        ({"form": "due", "due-seen": 2, "due-due_on": "2016-05-01"}, "why the date changes"),
        ({"form": "status", "status-seen": 1, "status-period": "1999-2000"}, "There is a problem"),
        ({"form": "due", "due-seen": "9" * 30, "due-due_on": "\x00"}, "There is a problem"),
    ],
)
def test_a_form_that_cannot_be_saved_says_why(
    world: World, clients: dict[str, Client], sent: dict[str, str], told: str
) -> None:
    before = everything()
    response = clients["coordinator"].post(ADDRESS, sent)
    assert response.status_code == 200
    assert told in response.content.decode()
    assert everything() == before


def test_an_unknown_form_is_not_found(world: World, clients: dict[str, Client]) -> None:
    assert clients["coordinator"].post(ADDRESS, {"form": "x"}).status_code == 404


def test_a_conflict_shows_both_texts_and_can_be_resolved(
    world: World, clients: dict[str, Client], coordinator: User
) -> None:
    change_text(world, coordinator)
    sent = {"form": "text", "text-version": "1", "text-text_en": "Mine", "text-text_fr": "Le mien"}
    shown = clients["coordinator"].post(ADDRESS, sent).content.decode()
    assert "Somebody else saved this text in the meantime" in shown
    for text in ("Teach nurses", "Mine", "Le mien", 'name="text-version" value="2"'):
        assert text in shown
    assert Deliverable.objects.get(pk=world.deliverables[1].pk).text_en == "Teach nurses"
    clients["coordinator"].post(ADDRESS, {**sent, "text-version": "2"})
    assert Deliverable.objects.get(pk=world.deliverables[1].pk).text_en == "Mine"


def test_a_conflict_over_a_date_or_a_status_keeps_what_was_written(
    world: World, clients: dict[str, Client], coordinator: User
) -> None:
    change_due(world, coordinator)
    sent = {"form": "due", "due-seen": "2", "due-due_on": "2017-01-01", "due-reason_en": "My reason"}
    shown = clients["coordinator"].post(ADDRESS, sent).content.decode()
    assert "Somebody else saved a change in the meantime" in shown
    assert "My reason" in shown
    assert 'name="due-seen" value="3"' in shown
    status = {
        "form": "status",
        "status-seen": "0",
        "status-period": "2013-2014",
        "status-kind": "claimed",
        "status-value": "complete",
        "status-note_en": "My note",
    }
    shown = clients["coordinator"].post(ADDRESS, status).content.decode()
    assert "Somebody else saved a change in the meantime" in shown
    assert "My note" in shown
    assert StatusRecord.objects.filter(deliverable=world.deliverables[1]).count() == 2


def test_an_organisation_is_renamed_on_the_site(world: World, clients: dict[str, Client]) -> None:
    address = "/en/organisations/police/rename/"
    client = clients["coordinator"]
    assert "Write the name in one language" in client.post(address, {"from_date": "2014-01-01"}).content.decode()
    shown = client.post(address, {"name_en": "New Police", "from_date": "2014-01-01"}, follow=True).content.decode()
    assert "New Police" in shown
    again = client.post(address, {"name_en": "Newer Police", "from_date": "2013-01-01"}).content.decode()
    assert "already has a name from this day" in again
    assert "/rename/" not in clients["other"].get("/en/organisations/police/").content.decode()
