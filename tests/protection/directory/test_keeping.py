"""Pages by which coordinators keep the directory, and front-line workers read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from palermo.people.models import Role
from palermo.protection.directory.actions import changes
from palermo.protection.directory.models import Change, ProviderLink, Service, State
from tests.factories import UserFactory
from tests.protection.directory.keeping import BEDS, address, kept, linked, page, queries, signed_in, somebody
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db
READERS = {Role.COORDINATOR, Role.WORKER}


@pytest.fixture
def coordinator() -> Client:
    return signed_in(somebody())


@pytest.fixture
def worker() -> Client:
    return signed_in(somebody(Role.WORKER))


def pages() -> dict[str, set[Role]]:
    """Every page, and who reads it."""
    one = kept()
    return {
        address("directory_services"): READERS,
        address("directory_service", one.pk): READERS,
        address("directory_organization", one.organization_id): READERS,
        address("directory_changes"): {Role.COORDINATOR},
        address("directory_service_change", one.pk): {Role.COORDINATOR},
    }


def proposed(*some: Service) -> None:
    """A change of each, that waits; made at once."""
    link, _token = linked(is_reviewed=True)
    by = somebody()
    Change.objects.bulk_create(
        Change(service=one, number=100, patch={"fees_description": "Free"}, state=State.PROPOSED, by=by, link=link)
        for one in some
    )


# -- Who may ---------------------------------------------------------------------------------------


def test_nobody_signs_in_first_and_an_outsider_sees_nothing() -> None:
    nobody, outsider = Client(), signed_in(UserFactory.create())
    for path in pages():
        assert nobody.get(path).status_code == 302
        assert nobody.post(path).status_code == 302
        assert outsider.get(path).status_code == 403
        assert outsider.post(path).status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_what_is_for_it(role: Role) -> None:
    client = signed_in(somebody(role))
    for path, readers in pages().items():
        assert client.get(path).status_code == (200 if role in readers else 403), path


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_only_coordinators_write_anything(role: Role) -> None:
    client = signed_in(somebody(role))
    one = kept(capacities=[{**BEDS, "updated": "2026-01-01T00:00:00Z"}])
    by_hand = changes.change(by=somebody(), service=one, patch={"description": "By hand."})
    link, _token = linked()
    acts: list[tuple[str, object, dict[str, object]]] = [
        ("directory_service", one.pk, {"do": "confirm"}),
        ("directory_service", one.pk, {"do": "beds", "beds": key("beds"), "available": 1, "valid_hours": 1}),
        ("directory_service", one.pk, {"do": "undo", "change": by_hand.pk, "reason": "No"}),
        ("directory_service_change", one.pk, {"name_en": "Mine", "status": "defunct"}),
        ("directory_organization", one.organization_id, {"do": "make", "label": "Mine"}),
        ("directory_organization", one.organization_id, {"do": "withdraw", "link": link.pk}),
    ]
    for name, part, said in acts:
        assert client.post(address(name, part), said).status_code == 403, said
    assert client.post(address("directory_changes"), {"do": "accept", "change": by_hand.pk}).status_code == 403
    assert list(Change.objects.values_list("pk", "state")) == [(by_hand.pk, State.APPLIED)]
    assert list(ProviderLink.objects.values_list("pk", "withdrawn_at")) == [(link.pk, None)]


def test_workers_see_no_history_no_links_and_nothing_to_press(worker: Client) -> None:
    one = kept(capacities=[{**BEDS, "updated": timezone.now().isoformat()}])
    changes.change(by=somebody(), service=one, patch={"fees_description": "Free"})
    linked()
    shown = page(worker, "directory_service", one.pk)
    assert "3 of 12 free" in shown
    for hidden in ("What people changed", "Everything is right", "Save the number", "Undo"):
        assert hidden not in shown
    shown = page(worker, "directory_organization", one.organization_id)
    assert "Someone to talk to" in shown
    assert "Front desk" not in shown
    assert "Make the link" not in shown


def test_what_is_not_there_is_not_found(coordinator: Client) -> None:
    for name in ("directory_service", "directory_service_change", "directory_organization"):
        assert coordinator.get(address(name, key("nobody"))).status_code == 404
    one = kept()
    for said in ({"do": "undo", "change": "x", "reason": "y"}, {"do": "undo", "change": key("none"), "reason": "y"}):
        assert coordinator.post(address("directory_service", one.pk), said).status_code == 404
    assert coordinator.post(address("directory_changes"), {"do": "accept", "change": key("none")}).status_code == 404
    withdraw = address("directory_organization", one.organization_id)
    for link in ("", "x", "9" * 30, "7"):
        assert coordinator.post(withdraw, {"do": "withdraw", "link": link}).status_code == 404


# -- The list --------------------------------------------------------------------------------------


def test_what_nobody_confirmed_for_longest_comes_first(coordinator: Client) -> None:
    today = timezone.localdate()
    kept("Fresh", assured_date=today.isoformat(), assured_by="provider")
    kept("Stale", assured_date=(today - timedelta(days=181)).isoformat())
    kept("Half a year", assured_date=(today - timedelta(days=180)).isoformat(), assured_by="coordinator")
    kept("Never")
    kept("Closed", status="inactive")
    shown = page(coordinator, "directory_services")
    assert sorted(["Never", "Stale", "Half a year", "Fresh"], key=shown.index) == [
        "Never",
        "Stale",
        "Half a year",
        "Fresh",
    ]
    for said in ("(the provider)", "(the source)", "(a coordinator)", "never", "5 services", "not offered at present"):
        assert said in shown
    due = page(coordinator, "directory_services", query="?show=due")
    assert [name for name in ("Fresh", "Stale", "Half a year", "Never", "Closed") if name in due] == ["Stale", "Never"]
    assert shown.count("Ask whether it is right") == 3


def test_what_says_a_day_that_is_none_or_yet_to_come_is_asked_about_first(coordinator: Client) -> None:
    today = timezone.localdate()
    kept("Long ago", assured_date="2020-01-01T08:00:00Z")
    kept("In words", assured_date="31/12/2025")
    kept("Yet to come", assured_date="2999-01-01")
    kept("No month", assured_date="2025-13-01")
    kept("Further east", assured_date=f"{today + timedelta(days=1)}T00:30:00Z")
    shown, due = (page(coordinator, "directory_services", query=query) for query in ("", "?show=due"))
    for name in ("In words", "Yet to come", "No month"):
        assert shown.index(name) < shown.index("Long ago") < shown.index("Further east")
        assert name in due
    assert "Long ago" in due
    assert "Further east" not in due
    assert shown.count("Ask whether it is right") == 4
    assert shown.count("never") == 3


def test_services_are_found_by_words_also_those_that_nobody_else_finds(coordinator: Client) -> None:
    kept("Harbour Light", name_fr="Phare du port")
    kept("Closed Harbour", status="temporarily closed")
    kept("Elsewhere")
    shown = page(coordinator, "directory_services", query="?q=harbor")
    assert "Harbour Light" in shown
    assert "Elsewhere" not in shown
    shown = page(coordinator, "directory_services", query="?q=harbour")
    assert "Closed Harbour" in shown
    assert "Elsewhere" not in shown
    assert "Closed Harbour" in page(coordinator, "directory_services", query="?q=lindens")
    assert "No service is like that" in page(coordinator, "directory_services", query="?q=xyzzy%00")
    assert "No service stands here yet" not in page(coordinator, "directory_services")


def test_an_empty_directory_says_what_to_do(coordinator: Client) -> None:
    assert "No service stands here yet" in page(coordinator, "directory_services")
    assert "Nothing waits" in page(coordinator, "directory_changes")


def test_what_waits_is_marked_counted_and_can_be_shown_alone(coordinator: Client, worker: Client) -> None:
    one = kept("Waits")
    kept("Waits for nothing")
    link, _token = linked(is_reviewed=True)
    changes.change(by=link, service=one, patch={"fees_description": "Free"})
    changes.change(by=link, service=one, patch={"alert": "Full"})
    shown = page(coordinator, "directory_services")
    assert "2 changes wait for you" in shown
    assert shown.count("A change waits") == 1
    assert "2 changes wait" not in page(worker, "directory_services")
    alone = page(coordinator, "directory_services", query="?show=waits")
    assert "Waits for nothing" not in alone
    assert "1 service" in alone


def test_what_is_gone_from_its_source_and_what_nobody_can_find_can_be_shown_alone(coordinator: Client) -> None:
    today = timezone.localdate()
    gone = [
        kept("Gone for good"),
        kept("Gone since it was confirmed", assured_date=str(today - timedelta(days=9))),
        kept("Gone and confirmed since", assured_date=str(today)),
    ]
    Service.objects.filter(pk__in=[one.pk for one in gone]).update(missing_since=today - timedelta(days=3))
    kept("Told of")
    kept("Closed", status="inactive")
    shown = page(coordinator, "directory_services", query="?show=missing")
    assert "2 services" in shown
    assert ("Gone for good" in shown, "Gone since it was confirmed" in shown) == (True, True)
    # None of these says a need.
    shown = page(coordinator, "directory_services", query="?show=unfound")
    assert "4 services" in shown
    assert ("Told of" in shown, "Closed" in shown) == (True, False)


def test_a_long_list_comes_in_pages_and_costs_as_many_queries(coordinator: Client) -> None:
    path = address("directory_services")
    asked = ("", "?q=lindens", "?show=due", "?show=waits", "?show=missing", "?show=unfound")
    kept("First")
    few = [queries(coordinator, f"{path}{query}") for query in asked]
    taken(*(service(f"House {number:02}") for number in range(55)))
    proposed(*Service.objects.all())
    many = [queries(coordinator, f"{path}{query}") for query in asked]
    # Where nothing was found nothing else is asked for.
    assert many[:3] == few[:3]
    assert max(many) <= 12
    assert page(coordinator, "directory_services").count("A change waits") == 50
    assert page(coordinator, "directory_services", query="?page=2").count("A change waits") == 6
