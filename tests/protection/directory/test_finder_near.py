"""What is near is found, whether a point, an address or an area says where it is, and in a true order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from palermo.protection.directory.actions.finding import refresh_all
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import FinderEntry, Reach
from palermo.protection.directory.queries.shown import FIRST
from tests.protection.directory.helping import ADDRESS, MONCTON, ask, helping
from tests.protection.directory.queries.test_nearest import names
from tests.protection.directory.samples import key, place, taken

pytestmark = pytest.mark.django_db
ORDER = "Nearest first; of those about as far, the confirmed ones first"


def addressed(city: str, province: str, code: str = "", street: str = "1 Main Street") -> Document:
    """A place that says where it is by an address alone."""
    address = {"id": key(f"{street} {city}"), "address_1": street, "city": city, "state_province": province}
    return {"addresses": [{**address, "postal_code": code, "country": "CA", "address_type": "physical"}]}


def hidden(area: str, province: str) -> Document:
    return {"is_confidential": True, "area": area, "province": province, "addresses": []}


def ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()


@pytest.mark.parametrize("where", ["Toronto", "M5V 2T6"])
@pytest.mark.parametrize("code", ["M5V 2T6", ""])
def test_an_address_without_a_point_is_near_those_who_are_there(client: Client, where: str, code: str) -> None:
    for number in range(12):
        helping(f"Kenora {number}", "safe-place", at=addressed("Kenora", "ON", "P9N 1A1"), assured_date=ago(1))
    helping("Here", "safe-place", at=addressed("Toronto", "ON", code), assured_date=ago(30))
    page = ask(client, need="safe-place", place=where)
    assert names(page)[0] == "Here"
    assert page.index(ORDER) < page.index("<h3>Here") < page.index("Further away") < page.index("<h3>Kenora")
    assert "not on the map" not in page


def test_how_far_an_address_is_is_told_as_about_so_far(client: Client) -> None:
    helping("Here", "lawyer", at=addressed("Kelowna", "BC", "V1Y 1A1"))
    helping("There", "lawyer", at=addressed("Kamloops", "BC", "V2C 1A1"))
    helping("Point", "lawyer", at={"latitude": 49.8803, "longitude": -119.5004})
    page = ask(client, need="lawyer", place="V1Y")
    assert "about 5 km</dd>" in page
    assert "about 105 km</dd>" in page
    assert page.count("less than 1 km</dd>") == 1
    assert "environ 5 km</dd>" in ask(client, ADDRESS.replace("/en/", "/fr/"), need="lawyer", place="V1Y")


def test_what_may_serve_all_of_canada_can_be_called_though_its_address_is_far_away(client: Client) -> None:
    everywhere = [{"id": key("area"), "name": "Canada", "extent_type": "text", "extent": "All of Canada"}]
    helping("National", "talk", at=addressed("Toronto", "ON", "M5V 2T6"), service_areas=everywhere)
    for number in range(10):
        helping(f"Local {number}", "talk", at={"latitude": 49.28, "longitude": -123.12})
    page = ask(client, need="talk", place="Vancouver")
    assert page.index("Call first: by") < page.index("<h3>National")
    assert "about 3,3" in page


def test_an_address_that_is_no_place_to_go_to_is_nowhere() -> None:
    helping("Online", "talk", at={**addressed("Toronto", "ON", "M5V 2T6"), "location_type": "virtual"})
    found = FinderEntry.objects.get()
    assert (found.latitude, found.area_latitude) == (None, None)


def test_an_address_tells_nothing_any_more_once_it_is_hidden() -> None:
    address = addressed("Kelowna", "BC", "V1Y 1A1", "7 Hazel Row")
    helping("House", "safe-place", at=address)
    assert FinderEntry.objects.get().latitude == FinderEntry.objects.get().area_latitude is not None
    taken(place("place of House", **address, is_confidential=True, area="Interior"), kind="location")
    for again in (False, True):
        if again:
            refresh_all()
        found = FinderEntry.objects.get()
        assert (found.latitude, found.area_latitude, Reach.objects.get().x) == (None, None, None)


def test_the_clock_of_an_address_is_the_one_that_is_used_there() -> None:
    helping("Kenora", "talk", at=addressed("Kenora", "ON", "P9N 1A1"))
    assert FinderEntry.objects.get().zone == "America/Winnipeg"


def test_the_api_measures_to_the_same_point(client: Client) -> None:
    helping("Here", "talk", at=addressed("Toronto", "ON", "M5V 2T6"))
    helping("There", "talk", at=addressed("Kenora", "ON", "P9N 1A1"))
    near = client.get("/api/hsds/service_at_locations?postcode=M5V2T6&proximity=20000").json()["contents"]
    assert [one["id"] for one in near] == [key("Here at home")]


@pytest.mark.parametrize(
    ("area", "province", "where"),
    [
        ("Gatineau", "QC", {"place": "Ottawa"}),
        ("Lloydminster", "AB", {"place": "Lloydminster", "meant": "Lloydminster (SK)"}),
    ],
)
def test_a_hidden_house_across_a_border_is_shown_like_an_open_one(
    client: Client, area: str, province: str, where: dict[str, str]
) -> None:
    helping("House", "safe-place", at=hidden(area, province))
    elsewhere = [{"id": key("area"), "provinces": ["NB"]}]
    helping("For others", "safe-place", at=hidden(area, province), service_areas=elsewhere)
    helping("Far", "safe-place", at=hidden("Montréal", "QC"))
    page = ask(client, need="safe-place", **where)
    assert names(page) == ["House"]
    assert " km</dd>" not in page


def test_a_near_place_comes_first_whatever_was_confirmed_far_away(client: Client) -> None:
    helping("A", "lawyer", at={"latitude": 46.09, "longitude": -67.7}, assured_date=ago(0))
    helping("B", "lawyer", at=MONCTON)
    page = ask(client, need="lawyer", place="Moncton")
    assert names(page) == ["B", "A"]
    assert ORDER in page


def test_of_places_about_as_far_the_confirmed_come_first_and_those_by_distance(client: Client) -> None:
    for name, kilometres, days in (
        ("Stale 1", 1, 400), ("Fresh 9", 9, 10), ("Fresh 20", 20, 10), ("Stale 30", 30, 400), ("Fresh 40", 40, 10),
        ("Stale 931", 931, 400), ("Fresh 3413", 3413, 10), ("Stale 3000", 3000, 400),
    ):  # fmt: skip
        at: Document = {"latitude": 46.095, "longitude": -64.796 - kilometres / 77.2}
        helping(name, "lawyer", at=at, assured_date=ago(days))
    page = names(ask(client, need="lawyer", place="Moncton", more="1"))
    assert page == [
        "Fresh 9", "Fresh 20", "Stale 1", "Fresh 40", "Stale 30", "Stale 931", "Stale 3000", "Fresh 3413"
    ]  # fmt: skip
    assert names(ask(client, need="lawyer", place="Moncton")) == page[:FIRST]
