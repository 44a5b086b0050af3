"""Services at places asked for from a postal code: which serve its province, and which are near."""

from __future__ import annotations

import random
from math import asin, cos, radians, sin, sqrt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from palermo.protection.directory.actions.reaching import reach_all
from palermo.protection.directory.hsds.globe import chord
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.places import found
from palermo.protection.directory.models import Reach
from tests.protection.directory.samples import key, place, service, taken
from tests.protection.directory.test_api import read

pytestmark = pytest.mark.django_db
TORONTO, MONCTON = "M5V 2T6", "E1C 4Z3"


def given(name: str, *provinces: str, at: Document | None = None, **said: object) -> Document:
    """A service at one place, which serves some provinces or says none."""
    areas = {"service_areas": [{"id": key(f"area of {name}"), "provinces": list(provinces)}]} if provinces else {}
    where = place(f"place of {name}", **(at or {}))
    visit = {"id": key(f"{name} there"), "location": where}
    return service(name, service_at_locations=[visit], **areas, **said)  # type: ignore[no-any-return]


def names(client: Client, query: str) -> list[str]:
    page = read(client, f"/service_at_locations?per_page=200&{query}")
    assert page["total_items"] == len(page["contents"])
    return sorted(one["service"]["name"] for one in page["contents"])


def metres(latitude: float, longitude: float, other: tuple[float, float]) -> float:
    """The distance along the surface by the haversine formula, written down a second time."""
    a, b, c, d = map(radians, (latitude, longitude, *other))
    return 2 * 6_371_000 * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


@pytest.mark.parametrize("code", ["M5V 2T6", "M5V2T6", "m5v-2t6", "M5V", "m5v"])
def test_what_serves_another_province_is_left_out_and_what_says_none_is_not(client: Client, code: str) -> None:
    taken(given("here", "ON"), given("near", "NB", "ON", "QC"), given("there", "NB"), given("anywhere"))
    assert names(client, f"postcode={code}") == ["anywhere", "here", "near"]
    assert names(client, f"postcode={MONCTON}") == ["anywhere", "near", "there"]


def test_an_area_at_a_place_stands_before_that_of_its_service(client: Client) -> None:
    said = given("both", "NB")
    said["service_at_locations"][0]["service_areas"] = [{"id": key("here"), "provinces": ["ON"]}]  # type: ignore[index]
    taken(said)
    assert names(client, f"postcode={TORONTO}") == ["both"]
    assert names(client, f"postcode={MONCTON}") == []


def test_an_area_that_says_no_province_may_be_anywhere(client: Client) -> None:
    areas = [{"id": key("one"), "provinces": ["NB"]}, {"id": key("other"), "name": "Wherever the river goes"}]
    taken(given("river", service_areas=areas))
    assert names(client, f"postcode={TORONTO}") == ["river"]


def test_inactive_services_reach_as_far_as_others(client: Client) -> None:
    taken(given("closed", "ON", status="inactive"))
    assert names(client, f"postcode={TORONTO}") == ["closed"]


def test_what_is_within_some_metres_is_what_a_second_measure_finds(client: Client) -> None:
    chance = random.Random(7)  # noqa: S311 - made-up points
    middle = found("M5V")[0].point
    points = {
        f"point {number}": (middle.latitude + chance.gauss(0, 4), middle.longitude + chance.gauss(0, 9))
        for number in range(60)
    }
    points |= {"pole": (89.9, 12.0), "other side": (-43.6, 100.6), "very near": (middle.latitude, middle.longitude)}
    taken(*(given(name, at={"latitude": at[0], "longitude": at[1]}) for name, at in points.items()))
    away = {name: metres(middle.latitude, middle.longitude, at) for name, at in points.items()}
    edges = [away["point 3"] - 0.01, away["point 3"] + 0.01]
    for reach in [0, 1, 20_000, 150_000.5, 1_000_000, 5_000_000, 19_000_000, 30_000_000, *edges]:
        near = sorted(name for name, distance in away.items() if distance <= reach)
        assert names(client, f"postcode=M5V&proximity={reach}") == near
    assert len(names(client, f"postcode=M5V&proximity={edges[0]}")) + 1 == len(
        names(client, f"postcode=M5V&proximity={edges[1]}")
    )


def test_no_distance_is_longer_than_half_the_way_around() -> None:
    assert chord(6_371_000 * 3.2) == chord(1e12) == pytest.approx(2)


def test_places_that_are_confidential_or_need_no_way_are_near_nothing(client: Client) -> None:
    point: Document = {"latitude": 43.64, "longitude": -79.39}
    address = {**place()["addresses"][0], "address_1": "7 Hazel Row", "postal_code": "M4X 1A1"}  # type: ignore[index, dict-item]
    hidden: Document = {"is_confidential": True, "area": "Toronto", "addresses": [address], "latitude": 43.9}
    taken(
        given("open", at=point),
        given("hidden", at={**hidden, "longitude": -79.39}),
        given("online", at={**point, "location_type": "virtual"}),
    )
    assert names(client, f"postcode={TORONTO}") == ["hidden", "online", "open"]
    assert names(client, f"postcode={TORONTO}&proximity=30000000") == ["open"]


def test_a_place_and_an_area_that_change_are_found_where_they_are_now(client: Client) -> None:
    here: Document = {"latitude": 43.64, "longitude": -79.39}
    taken(given("moves", "ON", at=here))
    moved = {**place("place of moves"), "latitude": 46.09, "longitude": -64.78}
    taken(moved, kind="location")
    assert names(client, f"postcode={TORONTO}&proximity=20000") == []
    assert names(client, f"postcode={TORONTO}&proximity=2000000") == ["moves"]
    taken(given("moves", "NB", at=here))
    assert names(client, f"postcode={TORONTO}") == []
    assert names(client, f"postcode={MONCTON}&proximity=2000000") == ["moves"]
    before = list(Reach.objects.values())
    reach_all()
    assert list(Reach.objects.values()) == before


def test_it_can_be_asked_together_with_everything_else(client: Client) -> None:
    other = {"id": key("other"), "name": "Other", "description": ""}
    here: Document = {"latitude": 43.64, "longitude": -79.39}
    taken(given("a", at=here), given("b", at=here, organization=other), given("c", "NB", organization=other))
    for query, found_too in {
        f"organization_id={key('other')}": ["b"],
        "search=Lindens": ["a"],
        "modified_after=2999-01-01T00:00:00Z": [],
        "full=true": ["a", "b"],
    }.items():
        for near in ("", "&proximity=20000"):
            assert names(client, f"postcode={TORONTO}{near}&{query}") == found_too


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ("postcode=A9Z 9Z9", "postcode"), ("postcode=90210", "postcode"), ("postcode=Toronto", "postcode"),
        ("postcode=M5V 2T", "postcode"), ("postcode=D5V 2T6", "postcode"), ("proximity=100", "proximity"),
        ("postcode=M5V&proximity=-1", "proximity"), ("postcode=M5V&proximity=inf", "proximity"),
        ("postcode=M5V&proximity=nan", "proximity"), ("postcode=M5V&proximity=near", "proximity"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_a_sentence(client: Client, query: str, about: str) -> None:
    [told] = read(client, f"/service_at_locations?{query}", 422)["detail"]
    assert told["loc"][-1] == about
    assert told["msg"]


def test_as_many_queries_for_one_as_for_many(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here: Document = {"latitude": 43.64, "longitude": -79.39}
    taken(given("first", at=here))
    for query in ("", "&proximity=5000"):
        with django_assert_num_queries(8):
            names(client, f"postcode={TORONTO}{query}")
    taken(*(given(f"more {number}", at=here) for number in range(30)))
    for query in ("", "&proximity=5000"):
        with django_assert_num_queries(8):
            names(client, f"postcode={TORONTO}{query}")
