"""Two points are the same house to about ten metres, wherever a grid would part them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.points import Points, decimals_in, halves_in, point_of, unchecked_point_of

LATITUDES, LONGITUDES = st.floats(42, 83), st.floats(-141, -52)


@given(LATITUDES, LONGITUDES, st.floats(-1, 1), st.floats(-1, 1))
def test_what_is_near_is_found_and_what_is_far_is_not(north: float, east: float, up: float, right: float) -> None:
    points = Points([(north, east)])
    assert points.near((north + up * 0.000099, east + right * 0.000099))
    assert not points.near((north + 0.00011, east))
    assert not points.near((north, east - 0.00011))


@pytest.mark.parametrize("latitude", [46.09504, 46.09505, 46.09506, 46.09514])
def test_no_edge_lies_between_two_points_of_one_house(latitude: float) -> None:
    assert Points([(46.09505, -64.796)]).near((latitude, -64.796))


@pytest.mark.parametrize(
    "text",
    [
        "https://maps.example/@46.09505,-64.796,17z",
        "https://maps.example/?ll=46.09505%2C-64.79600",
        "https://maps.example/data=!3d46.09505!4d-64.796",
        "46.0951° N, 64.7960° W",
        '{"coordinates": [-64.796, 46.09505]}',
        "46,09505 ; -64,7960",
        "46.09505 (zoom 12.5) -64.796",
        "was 46.09505, is 46.1; was -64.796, is -64.8",
    ],
)
def test_a_point_is_found_in_words_and_in_links(text: str) -> None:
    assert Points([(46.09505, -64.796)]).stand_in(text)


@pytest.mark.parametrize(
    "text", ["46.09505", "46.09505 and 12.50", "46.1, -64.8", "46.19505,-64.796", "46,095 of 64,796 people", ""]
)
def test_half_a_point_and_another_one_are_none(text: str) -> None:
    assert not Points([(46.09505, -64.796)]).stand_in(text)


def test_the_corners_of_an_outline_make_no_points_with_far_ones() -> None:
    corners = [number for step in range(40) for number in (46.09 + step * 0.0005, 64.8 + step * 0.0005)]
    assert Points([(corners[20], -corners[21])]).are_among(corners)
    far = Points([(corners[0], -corners[21])])
    assert far.are_among(corners[:22])
    assert not far.are_among(corners)
    assert far.may_stand_in(" ".join(map(str, corners)))


@given(st.lists(st.tuples(LATITUDES, LONGITUDES), min_size=1, max_size=4), st.integers(0, 3))
def test_the_quick_look_finds_whatever_the_long_one_does(some: list[tuple[float, float]], which: int) -> None:
    points = Points([some[which % len(some)]])
    text = " ".join(f"{number:.8f}" for point in some for number in point)
    assert points.stand_in(text) <= points.may_stand_in(text)
    assert points.may_stand_in(text)


def test_each_number_that_may_be_half_of_a_point_is_counted() -> None:
    assert halves_in("46.09505 z1.5 -64.796, 46,0951 and 12.50, 1200.555, 2026-01-01") == {46.09505, 64.796, 46.0951}


@pytest.mark.parametrize("said", [None, "46.1", 10**400, 1e300, 91, True])
def test_what_is_no_latitude_is_no_point(said: Json) -> None:
    point = point_of({"latitude": said, "longitude": -64.796})
    assert point is None or said is True
    assert not Points([point, None]).near((46.09505, -64.796))


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (46.0912, 46.0912), ("46.0912", 46.0912), (" -46.0912 ", -46.0912), ("46.0912° N", 46.0912),
        ("46,0912", 46.0912), ("4.60912e1", 46.0912), ("nan", None), ("1e999", None), ("north", None), (None, None),
        ([46.0912], None),
    ],
)  # fmt: skip
def test_a_point_of_an_unchecked_entry_may_be_written_as_texts(said: Json, number: float | None) -> None:
    found = unchecked_point_of({"latitude": said, "longitude": "-64.7699"})
    assert found == (None if number is None else (number, -64.7699))


@given(text=st.text("0123456789٣.,- a", max_size=30))
def test_numbers_are_found_by_their_signs_as_they_are_from_the_left(text: str) -> None:
    plainly = re.findall(r"\d{1,3}(?:\.\d+|,\d{4,})", text)
    assert decimals_in(text) == [float(one.replace(",", ".")) for one in plainly]
