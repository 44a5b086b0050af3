"""The page of one service: what is told of it, its beds, and what people changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from palermo.people.models import Role
from palermo.protection.directory.actions import changes
from palermo.protection.directory.models import Change, Service, State
from tests.protection.directory.helping import MONCTON, helping
from tests.protection.directory.keeping import (
    BEDS,
    address,
    kept,
    linked,
    page,
    queries,
    send,
    signed_in,
    somebody,
    words,
)
from tests.protection.directory.meanwhile import meanwhile
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
BEDS_THEN = {**BEDS, "updated": "2026-01-01T00:00:00Z"}


@pytest.fixture
def coordinator() -> Client:
    return signed_in(somebody())


@pytest.fixture
def worker() -> Client:
    return signed_in(somebody(Role.WORKER))


# -- One service -----------------------------------------------------------------------------------


def test_everything_of_a_service_is_shown_in_both_languages(coordinator: Client) -> None:
    said: dict[str, Any] = {
        "name_fr": "Une oreille", "description": "We listen.", "description_fr": "Nous écoutons.",
        "fees_description": "Gratuit", "fees_description_fr": "Gratuit", "email": "desk@example.org",
        "url": "https://example.org", "genders": ["women", "two-spirit"], "minimum_age": 16, "takes_children": True,
        "any_immigration_status": True, "survivor_led": False, "wait_time": "A week",
        "languages": [{"id": key("cr"), "code": "cr", "name": "Cree", "name_fr": "cri"}],
        "phones": [{"id": key("p"), "number": "506-555-0100", "extension": 7, "description": "Night"}],
        "schedules": [{"id": key("h"), "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}],
        "service_areas": [{"id": key("a"), "name": "New Brunswick"}],
    }  # fmt: skip
    one = kept(**said)
    response = coordinator.get(address("directory_service", one.pk))
    shown = words(response).replace("\N{NARROW NO-BREAK SPACE}", " ")
    for part in (
        "English We listen.", "French Nous écoutons.", "Cost French Gratuit", "House of Lindens", "desk@example.org",
        "For whom Women, Two-Spirit people", "Youngest age 16", "People with children may come yes",
        "Immigration status does not matter yes", "Led by people who were trafficked themselves no", "Languages Cree",
        "506-555-0100, extension 7 (Night)", "Monday 9:00 a.m. to 5:00 p.m.", "Sunday closed", "New Brunswick",
        "Waiting time English A week", "12 Rue de l’Église, Moncton, NB, E1C 4Z3", "Last confirmed: never",
    ):  # fmt: skip
        assert part in shown
    page = response.content.decode()
    assert '<span class="text" lang="fr">Nous écoutons.</span>' in page
    assert 'href="tel:5065550100;ext=7"' in page
    french = coordinator.get(f"/fr/work/services/{one.pk}/").content.decode()
    assert french.index("Nous écoutons.") < french.index("We listen.")


def test_of_a_secret_place_only_the_area_is_shown(coordinator: Client) -> None:
    secret = place(is_confidential=True, area="East of Moncton", area_fr="À l’est de Moncton")
    one = kept(service_at_locations=[{"id": key("v"), "location": secret}])
    response = coordinator.get(address("directory_service", one.pk))
    assert "East of Moncton The address is kept secret; nobody sees it here." in words(response)
    for telling in ("12 Rue", "E1C 4Z3", "home"):
        assert telling not in words(response)


def test_a_place_may_have_hours_and_telephones_of_its_own(coordinator: Client) -> None:
    hours = {"id": key("h"), "freq": "WEEKLY", "byday": "SU", "opens_at": "10:00", "closes_at": "11:00"}
    phone = {"id": key("p"), "number": "506-555-0111"}
    visit = {"id": key("v"), "location": place("home", **MONCTON), "schedules": [hours], "phones": [phone]}
    helping("Law house", "lawyer", schedules=[{**hours, "id": key("o"), "byday": "MO"}])
    taken(service("Law house", service_at_locations=[visit]))
    shown = page(coordinator, "directory_service", key("Law house")).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "Telephones of this place: 506-555-0111 It has hours of its own." in shown
    assert "Sunday 10:00 a.m. to 11:00 a.m." in shown


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(hours=2), "bed 3 of 12 free, told 2 hours ago"),
        (timedelta(seconds=1), "bed 3 of 12 free, told 1 minute ago"),
        (timedelta(hours=7, minutes=59), "bed 3 of 12 free, told 8 hours ago"),
        (timedelta(hours=8, seconds=1), "bed not known any more: it was last told 8 hours ago"),
        (timedelta(days=-1), "bed not known"),
    ],
)
def test_beds_are_told_with_their_age(
    worker: Client, monkeypatch: pytest.MonkeyPatch, ago: timedelta, said: str
) -> None:
    now = datetime(2026, 11, 6, 20, 30, tzinfo=UTC)
    one = kept(capacities=[{**BEDS, "updated": (now - ago).isoformat(), "valid_hours": 8}])
    worker.get("/")
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    shown = page(worker, "directory_service", one.pk)
    assert f"Beds and places {said} What is told" in shown
    if "any more" in said:
        assert "3 of 12" not in shown


def test_confirming_says_so_at_once(coordinator: Client) -> None:
    one = kept()
    response = send(coordinator, "directory_service", one.pk, do="confirm")
    assert "Confirmed: all of it is right today." in words(response)
    one.refresh_from_db()
    assert one.document["assured_by"] == "coordinator"
    assert one.document["assured_date"] == timezone.localdate().isoformat()
    assert "(a coordinator)" in words(response)


def test_what_is_none_of_the_acts_changes_nothing(coordinator: Client) -> None:
    one = kept()
    for do in ("", "explode"):
        response = send(coordinator, "directory_service", one.pk, do=do)
        assert response.status_code == 200
        assert "held something that this site cannot read." in words(response)
    assert not Change.objects.exists()


def test_beds_are_counted_and_the_others_stay(coordinator: Client) -> None:
    other = {**BEDS, "id": key("cots"), "updated": "2026-01-01T00:00:00Z"}
    one = kept(capacities=[{**BEDS, "updated": "2026-01-01T00:00:00Z"}, other])
    response = send(
        coordinator, "directory_service", one.pk, do="beds", beds=key("beds"), available=0, maximum=10, valid_hours=6
    )
    assert "0 of 10 free, told 1 minute ago" in words(response)
    one.refresh_from_db()
    counted: Any = one.document["capacities"]
    first, second = counted
    assert (first["available"], first["maximum"], first["valid_hours"]) == (0, 10, 6)
    assert second == other


def test_beds_that_somebody_else_counts_at_once_stay_counted(coordinator: Client) -> None:
    beds, cots = ({**BEDS, "id": key(name), "updated": "2026-01-01T00:00:00Z"} for name in ("beds", "cots"))
    one, by = kept(capacities=[beds, cots]), somebody()

    def counted() -> None:
        changes.count(by=by, service=one, key=key("cots"), available=7, maximum=12, valid_hours=6)

    said = {"do": "beds", "beds": key("beds"), "available": 0, "maximum": 12, "valid_hours": 6}
    with meanwhile(changes, counted):
        shown = words(send(coordinator, "directory_service", one.pk, **said))
    assert "0 of 12 free" in shown
    assert "7 of 12 free" in shown
    for made in Change.objects.all():
        changes.undo(by=by, applied=made, reason="Wrong")
    with meanwhile(changes, lambda: kept(capacities=[cots])):
        shown = words(send(coordinator, "directory_service", one.pk, **said))
    assert "Somebody else counted other beds in the meantime. Look at them again." in shown


def test_beds_are_counted_for_the_first_time(coordinator: Client) -> None:
    one = kept()
    assert "Say how many beds are free" in page(coordinator, "directory_service", one.pk)
    response = send(
        coordinator, "directory_service", one.pk, do="beds", beds="", available=2, maximum="", valid_hours=24
    )
    assert "bed 2 free, told 1 minute ago" in words(response)
    again = send(coordinator, "directory_service", one.pk, do="beds", beds="", available=1, maximum="", valid_hours=24)
    assert "Somebody else counted other beds in the meantime" in words(again)
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"available": 13}, "More are free than there are."),
        ({"available": ""}, "This field is required."),
        ({"available": "x"}, "Write a whole number, such as 3."),
        ({"available": -1}, "Write 0 or more."),
        ({"valid_hours": 0}, "Write 1 or more."),
        ({"valid_hours": 721}, "Write 720 or less."),
    ],
)
def test_beds_that_cannot_be_are_asked_about(coordinator: Client, wrong: dict[str, object], told: str) -> None:
    one = kept(capacities=[{**BEDS, "updated": "2026-01-01T00:00:00Z"}])
    said = {"do": "beds", "beds": key("beds"), "available": 1, "maximum": 12, "valid_hours": 1, **wrong}
    assert told in words(send(coordinator, "directory_service", one.pk, **said))
    assert not Change.objects.exists()


def test_the_page_of_a_service_costs_as_many_queries_whatever_is_around_it(coordinator: Client) -> None:
    one, path = kept(), address("directory_service", key("Someone to talk to"))
    changes.confirm(by=somebody(), service=one)
    few = queries(coordinator, path)
    visits = [{"id": key(f"v{number}"), "location": place(f"p{number}", **MONCTON)} for number in range(8)]
    kept(service_at_locations=visits, capacities=[{**BEDS, "updated": "2026-01-01T00:00:00Z"}])
    link, _token = linked()
    for number in range(8):
        made = changes.change(by=link, service=one, patch={"fees_description": str(number)})
    changes.undo(by=somebody(), applied=made, reason="Wrong")
    assert queries(coordinator, path) == few <= 14


# -- History ---------------------------------------------------------------------------------------


def test_history_says_who_changed_what_and_undoes_it_with_a_reason(coordinator: Client) -> None:
    one = kept(description="We listen.")
    link, _token = linked()
    changes.confirm(by=link, service=one)
    made = changes.change(by=somebody(), service=one, patch={"description": "We shout.", "email": None})
    shown = page(coordinator, "directory_service", one.pk)
    assert "by the link “Front desk” Confirmed: all of it is right." in shown
    assert "What it offers, in English We shout. E-mail address taken away" in shown
    missing = send(coordinator, "directory_service", one.pk, do="undo", change=made.pk, reason=" ")
    assert "Why: This field is required." in words(missing)
    assert Change.objects.get(pk=made.pk).state == State.APPLIED
    done = words(send(coordinator, "directory_service", one.pk, do="undo", change=made.pk, reason="They whisper."))
    assert "Undone." in done
    assert "“They whisper.”" in done
    one.refresh_from_db()
    assert one.document["description"] == "We listen."
    again = send(coordinator, "directory_service", one.pk, do="undo", change=made.pk, reason="Again")
    assert "This change does not stand any more" in words(again)


def test_a_change_of_another_service_is_not_undone_here(coordinator: Client) -> None:
    one, other = kept(), kept("Another")
    made = changes.change(by=somebody(), service=other, patch={"fees_description": "Free"})
    said = {"do": "undo", "change": made.pk, "reason": "x"}
    assert coordinator.post(address("directory_service", one.pk), said).status_code == 404
    assert Change.objects.get().state == State.APPLIED


def test_what_cannot_be_undone_says_why(coordinator: Client) -> None:
    one = kept(description="At 12 Rue de l’Église.")
    made = changes.change(by=somebody(), service=one, patch={"description": "In town."})
    Service.objects.filter(pk=one.pk).update(document={**one.document, "description": "In town."})
    hidden = place(is_confidential=True)
    one.given.document["description"] = "In town."
    one.given.save()
    taken(hidden, kind="location")
    one.given.document["description"] = "At 12 Rue de l’Église."
    one.given.save()
    done = words(send(coordinator, "directory_service", one.pk, do="undo", change=made.pk, reason="x"))
    assert "Nothing was changed: the service would say what it cannot say." in done
    assert "description: This tells where a confidential place is." in done
    assert Change.objects.get().state == State.APPLIED


def test_a_long_history_comes_in_pages(coordinator: Client) -> None:
    one = kept()
    for number in range(12):
        changes.change(by=somebody(), service=one, patch={"fees_description": f"{number} dollars"})
    newer, older = (
        page(coordinator, "directory_service", one.pk, query=query).split("What people changed")[1]
        for query in ("", "?page=2")
    )
    assert [number for number in range(12) if f" {number} dollars" in newer] == list(range(2, 12))
    assert [number for number in range(12) if f" {number} dollars" in older] == [0, 1]


def test_a_history_of_many_counts_stays_as_short_and_costs_as_little(coordinator: Client) -> None:
    one, path = kept(capacities=[BEDS_THEN]), address("directory_service", key("Someone to talk to"))
    link, _token = linked(is_reviewed=True)
    for available in range(1, 12):
        changes.change(by=link, service=one, patch={"capacities": [{**BEDS_THEN, "available": available}]})
    few, page_of_few = queries(coordinator, path), coordinator.get(path).content.decode()
    for available in range(12):
        changes.change(by=link, service=one, patch={"capacities": [{**BEDS_THEN, "available": available}]})
        changes.confirm(by=link, service=one)
    many = coordinator.get(path).content.decode()
    assert queries(coordinator, path) == few
    assert many.count('<li><p class="when">') == page_of_few.count('<li><p class="when">') == 10
    oldest = page(coordinator, "directory_service", one.pk, query="?page=4").split("What people changed")[1]
    assert oldest.count("Beds and places") == 5


# -- Where it comes from ---------------------------------------------------------------------------


def test_what_another_entry_is_shown_for_leads_there_and_stands_in_no_list(coordinator: Client) -> None:
    one, other = kept("Shown"), kept("Merged")
    Service.objects.filter(pk=other.pk).update(merged_into=one)
    response = coordinator.get(address("directory_service", other.pk))
    assert "Another entry is shown in place of this one" in words(response)
    assert f'<a href="{address("directory_service", one.pk)}">Shown</a>' in response.content.decode()
    for path in (address("directory_services"), address("directory_organization", one.organization_id)):
        shown = words(coordinator.get(path))
        assert "1 service" in shown
        assert "Merged" not in shown


def test_what_its_source_does_not_tell_of_any_more_says_since_when(coordinator: Client) -> None:
    one = kept()
    tag = '<span class="tag">Gone from its source</span>'
    assert tag not in coordinator.get(address("directory_services")).content.decode()
    Service.objects.filter(pk=one.pk).update(missing_since=datetime(2026, 11, 6, tzinfo=UTC).date())
    assert tag in coordinator.get(address("directory_services")).content.decode()
    assert "has not told of it since November 6, 2026" in page(coordinator, "directory_service", one.pk)
