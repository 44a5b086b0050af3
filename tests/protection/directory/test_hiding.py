"""The page by which a coordinator hides where a place is, though a feed keeps it open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.protection.directory.actions.hiding import TellingAreaError, hide_address
from palermo.protection.directory.models import Location, PutAside, Service
from tests.factories import UserFactory
from tests.protection.directory.actions.test_intake import pulled
from tests.protection.directory.actions.test_withholding import TELLS, in_the_clear, shelter, told_by_the_api
from tests.protection.directory.actions.test_withholding import without_place as without
from tests.protection.directory.keeping import signed_in, somebody
from tests.protection.directory.samples import key, place, taken

pytestmark = pytest.mark.django_db
PLACE: Any = key("home")


@pytest.fixture
def by() -> User:
    return somebody()


def address(service: str = "Shelter", where: str = "home", language: str = "en") -> str:
    with translation.override(language):
        return reverse("directory_hide_address", args=[key(service), key(where)])


def is_hidden() -> bool:
    return Location.objects.get(document__id=key("home")).is_confidential


def test_the_page_of_a_service_leads_there_and_says_what_happens(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [shelter("A bed.")])
    desk = signed_in(by)
    service = f"/en/work/services/{key('Shelter')}/"
    assert address() in desk.get(service).content.decode()
    page = desk.get(address())
    assert "12 Rue de l’Église" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert "point on the map" in page.content.decode()
    assert not is_hidden()
    assert address() not in signed_in(somebody(Role.WORKER)).get(service).content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_hidden_at_once_with_all_that_tells_it(tmp_path: Path, by: User, language: str) -> None:
    pulled(tmp_path, [without("Theirs", description=TELLS)], source="Other")
    pulled(tmp_path, [shelter("A bed.")])
    desk = signed_in(by)
    said = {"area": "Greater Moncton", "area_fr": "Grand Moncton"}
    after = desk.post(address(language=language), said, follow=True)
    assert after.redirect_chain == [(f"/{language}/work/services/{key('Shelter')}/", 302)]
    assert is_hidden()
    assert in_the_clear() == told_by_the_api() == []
    assert Location.objects.get().document["area_fr"] == "Grand Moncton"
    assert "description" not in Service.objects.get(pk=key("Theirs")).document
    [event] = AuditEvent.objects.filter(act="directory.hide_place")
    assert (event.by_id, event.about_id, event.details) == (by.pk, key("home"), {"withheld": {"service": 1}})
    again = desk.post(address(language=language), said, follow=True)
    assert again.status_code == 200
    assert AuditEvent.objects.filter(act="directory.hide_place").count() == 1


@pytest.mark.parametrize("mark", [None, False])
def test_the_next_pull_of_its_feed_shows_it_no_more_whatever_that_says(
    tmp_path: Path, by: User, mark: bool | None
) -> None:
    pulled(tmp_path, [shelter("A bed.")])
    hide_address(by=by, place=PLACE)
    for night in range(2):
        assert pulled(tmp_path, [shelter(f"Night {night}.", is_hidden=mark)]).aside == 0
        assert is_hidden()
        assert in_the_clear() == told_by_the_api() == []
        assert Service.objects.get().document["description"] == f"Night {night}."
    pulled(tmp_path, [shelter(TELLS, is_hidden=mark)])
    assert PutAside.objects.count() == 1
    assert in_the_clear() == []


def test_a_place_that_its_source_hides_is_kept_hidden_whatever_it_says_later(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    desk, service = signed_in(by), f"/en/work/services/{key('Shelter')}/"
    keeps = "Keep hidden whatever its source says"
    assert keeps in desk.get(service).content.decode()
    page = desk.get(address()).content.decode()
    assert keeps in page
    assert 'name="area"' not in page
    assert desk.post(address(), {"area": "Elsewhere"}, follow=True).status_code == 200
    [event] = AuditEvent.objects.filter(act="directory.hide_place")
    assert (event.by_id, event.about_id, event.details) == (by.pk, key("home"), {})
    pulled(tmp_path, [shelter("A bed.", is_hidden=False)])
    assert is_hidden()
    assert in_the_clear() == []
    assert keeps not in desk.get(service).content.decode()
    assert not hide_address(by=by, place=PLACE)
    assert AuditEvent.objects.filter(act="directory.hide_place").count() == 1


def test_an_area_is_told_no_more_where_its_box_is_emptied(tmp_path: Path, by: User) -> None:
    entry = shelter("A bed.")
    entry["service_at_locations"][0]["location"] |= {"area": "Greater Moncton", "area_fr": "Grand Moncton"}
    pulled(tmp_path, [entry])
    desk = signed_in(by)
    assert 'value="Greater Moncton"' in desk.get(address()).content.decode()
    desk.post(address(), {"area": "", "area_fr": "Sud-Est"})
    kept = Location.objects.get().document
    assert ("area" in kept, kept["area_fr"]) == (False, "Sud-Est")


def test_an_area_of_which_nothing_is_said_stays(tmp_path: Path, by: User) -> None:
    entry = shelter("A bed.")
    entry["service_at_locations"][0]["location"] |= {"area": "Greater Moncton"}
    pulled(tmp_path, [entry])
    assert hide_address(by=by, place=PLACE)
    assert Location.objects.get().document["area"] == "Greater Moncton"


def test_another_feed_opens_it_neither(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [shelter("A bed.")])
    hide_address(by=by, place=PLACE)
    theirs = {**shelter("Ours too.", is_hidden=False), "id": key("Second")}
    theirs["service_at_locations"][0]["id"] = key("second there")
    pulled(tmp_path, [theirs], source="Other")
    assert is_hidden()
    assert in_the_clear() == []


def test_what_its_feed_says_of_a_new_address_is_kept_and_hidden_too(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [shelter("A bed."), without("Telling", description="Meals at 77 Hidden Lane.")])
    hide_address(by=by, place=PLACE)
    moved = shelter("A bed.", is_hidden=False)
    moved["service_at_locations"][0]["location"]["addresses"][0]["address_1"] = "77 Hidden Lane"
    pulled(tmp_path, [moved])
    records = [*Service.objects.all(), *Location.objects.all()]
    assert "77 Hidden Lane" not in json.dumps([one.document for one in records])


def test_whoever_runs_the_site_opens_it_again(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [shelter("A bed.")])
    hide_address(by=by, place=PLACE)
    taken(place(is_confidential=False), kind="location")
    assert not is_hidden()
    pulled(tmp_path, [shelter("A bed.")])
    assert not is_hidden()
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    pulled(tmp_path, [shelter("A bed.", is_hidden=False)])
    assert not is_hidden()


@pytest.mark.parametrize("area", ["Moncton, 12, rue de l'Eglise", "E1C 4Z3"])
def test_an_area_that_tells_the_address_is_refused(tmp_path: Path, by: User, area: str) -> None:
    pulled(tmp_path, [shelter("A bed.")])
    page = signed_in(by).post(address(), {"area": area}).content.decode()
    assert "Say it more widely." in page
    with pytest.raises(TellingAreaError):
        hide_address(by=by, place=PLACE, area_fr=area)
    assert not is_hidden()
    assert not AuditEvent.objects.filter(act="directory.hide_place").exists()


@pytest.mark.parametrize("role", [None, *(one for one in Role if one != Role.COORDINATOR)])
def test_nobody_else_hides_anything(tmp_path: Path, role: Role | None) -> None:
    pulled(tmp_path, [shelter("A bed.")])
    user: User = somebody(role) if role else UserFactory.create()
    client = signed_in(user)
    assert client.get(address()).status_code == client.post(address()).status_code == 403
    assert Client().post(address()).status_code == 302
    with pytest.raises(PermissionDenied):
        hide_address(by=user, place=PLACE)
    assert not is_hidden()


def test_a_place_of_another_service_is_not_found_there(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [shelter("A bed."), without("Other")])
    desk = signed_in(by)
    for wrong in (address("Other"), address("Nobody"), address(where="nowhere")):
        assert desk.post(wrong).status_code == 404
    with pytest.raises(PermissionDenied):
        hide_address(by=by, place=key("nowhere"))  # type: ignore[arg-type]
    assert not is_hidden()
