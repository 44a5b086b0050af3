"""Whoever mends entries learns no address, also not of a place that only one which waits would hide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client, override_settings
from openpyxl import Workbook

from palermo.people.queries import command_line
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import PutAside, Service, Source
from tests.protection.directory.actions.test_intake import broken, pulled
from tests.protection.directory.keeping import address, signed_in, somebody, whole, words
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
TOLD = "We are at 12 Rue de l’Église, E1C 4Z3; @46.0912,-64.7699"
POINT = {"latitude": 46.0912, "longitude": -64.7699}


@pytest.fixture
def desk() -> Client:
    return signed_in(somebody())


def hiding() -> Document:
    """A wrong entry that hides its own place."""
    location = {**place(is_confidential=True, area="Southeast"), **POINT}
    found: Document = broken("One", service_at_locations=[{"id": key("One there"), "location": location}])
    return found


def pages(desk: Client) -> list[str]:
    """The list, and the page of each entry that waits."""
    found = [desk.get(address("directory_aside"))]
    found += [desk.get(address("directory_aside_one", one.pk)) for one in PutAside.objects.all()]
    assert all(one.status_code == 200 for one in found)
    return [whole(one) for one in found]


@pytest.mark.parametrize(
    "telling",
    [
        {"description": TOLD},
        {"alternate_name": "12 rue de l’Eglise", "hints": [{"deep": TOLD}]},
        {TOLD: "x"},
        {"directions": {TOLD: "x"}},
        {"name": TOLD},
        {"phones": [{TOLD: {"number": 5}}]},
        {"minimum_age": TOLD},
        {"map": {"lat": 46.0912, "lng": -64.7699}},
        {"lat": "46.0912", "more": {"lng": -64.7699}},
    ],
)
def test_a_place_is_hidden_that_an_entry_which_waits_would_hide(
    desk: Client, tmp_path: Path, telling: Document
) -> None:
    """By itself, and by another one that knows of no secret."""
    other = {**broken("Two", service_at_locations=[]), **telling}
    bare = {**place(), **POINT}
    third = broken("Three", service_at_locations=[{"id": key("three there"), "location": bare}])
    pulled(tmp_path, [{**hiding(), **telling}, other, third])
    assert PutAside.objects.count() == 3
    for page in pages(desk):
        for piece in ("glise", "E1C", "46.0912", "64.7699"):
            assert piece not in page


@pytest.mark.parametrize("is_marked_itself", [True, False])
def test_a_point_that_is_written_as_text_is_hidden_and_that_of_a_place_of_which_the_address_is(
    desk: Client, tmp_path: Path, is_marked_itself: bool
) -> None:
    where: Any = {**place(), **(POINT if not is_marked_itself else {name: str(said) for name, said in POINT.items()})}
    (where if is_marked_itself else where["addresses"][0])["is_confidential"] = True
    one = broken("One", service_at_locations=[{"id": key("One there"), "location": where}])
    pulled(tmp_path, [one, broken("Two", service_at_locations=[], description=TOLD)])
    assert PutAside.objects.count() == 2
    for page in pages(desk):
        for piece in ("glise", "46.0912", "64.7699"):
            assert piece not in page


def test_what_waits_of_a_place_that_waits_to_be_hidden_is_hidden_wherever_it_is_told(
    desk: Client, tmp_path: Path
) -> None:
    new: Any = place()
    new["addresses"][0]["address_1"] = "9 Newplace Court"
    unmarked = broken("Two", service_at_locations=[{"id": key("Two there"), "location": new}])
    told = broken("Three", service_at_locations=[], description="At 9 Newplace Court")
    pulled(tmp_path, [hiding(), unmarked, told])
    assert PutAside.objects.count() == 3
    for page in pages(desk):
        assert "Newplace" not in page


def test_what_a_formula_says_is_not_told(desk: Client, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Organization", "Service", "Street", "City", "Phone", "Confidential"])
    sheet.append(["House", "A bed", '="12 Quiet "&"Lane"', "Moncton", "506-555-0100", "yes"])
    book.save(tmp_path / "ours.xlsx")
    source = Source.objects.create(name="Ours")
    take_in_file(by=command_line(), path=tmp_path / "ours.xlsx", kind="service", source=source)
    assert PutAside.objects.count() == 1
    for page in pages(desk):
        assert "Quiet" not in page
        assert "A formula stands here" in page


def test_an_entry_with_a_name_that_tells_is_mended_in_something_else(desk: Client, tmp_path: Path) -> None:
    hidden: Any = place("far", is_confidential=True)
    hidden["addresses"][0] |= {"address_1": "9 Distant Road", "postal_code": "E1C 9Z9"}
    taken(hidden, kind="location")
    pulled(tmp_path, [broken(service_at_locations=[], hints={"9 Distant Road": "x"})])
    one = address("directory_aside_one", PutAside.objects.get().pk)
    shown = desk.post(one, {'at-["status"]': "active"}).content.decode()
    assert "This tells where a confidential place is." in shown
    assert "Distant" not in shown
    assert not Service.objects.exists()


def test_under_another_secret_nothing_is_shown_and_the_page_says_why(tmp_path: Path) -> None:
    pulled(tmp_path, [broken()])
    user = somebody()
    with override_settings(SECRET_KEY="y" * 60):
        _nothing_is_shown(signed_in(user))


def _nothing_is_shown(desk: Client) -> None:
    for way in (address("directory_aside"), address("directory_aside_one", PutAside.objects.get().pk)):
        assert "site’s secret is another one" in words(desk.get(way, follow=True))
    sent = desk.post(
        address("directory_aside_one", PutAside.objects.get().pk), {'at-["status"]': "active"}, follow=True
    )
    assert "site’s secret is another one" in words(sent)
    assert not Service.objects.filter(document__name="Broken").exists()


def test_an_entry_without_a_name_is_called_by_its_place_in_the_file(desk: Client, tmp_path: Path) -> None:
    nameless = service()
    del nameless["name"], nameless["id"]
    pulled(tmp_path, [service("One"), nameless])
    assert ">#2</a>" in pages(desk)[0]


@pytest.mark.parametrize("written", [str.upper, lambda one: UUID(one).hex])
def test_a_hidden_place_is_hidden_however_its_id_is_written(
    desk: Client, tmp_path: Path, written: Callable[[str], str]
) -> None:
    taken(place(is_confidential=True, area="Southeast"), kind="location")
    new: Any = {**place(transportation="Behind the plover mill"), "id": written(key("home"))}
    new["addresses"][0]["address_1"] = "9 Newplace Court"
    pulled(tmp_path, [broken(service_at_locations=[{"id": key("v"), "location": new}])])
    for page in pages(desk):
        assert "Newplace" not in page
        assert "plover" not in page
