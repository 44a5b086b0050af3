"""Two points are the same house to about ten metres, wherever a grid would part them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.points import Points, point_of

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
    ],
)
def test_a_point_is_found_in_words_and_in_links(text: str) -> None:
    assert Points([(46.09505, -64.796)]).stand_in(text)


@pytest.mark.parametrize("text", ["46.09505", "46.09505 and 12.50", "46.1, -64.8", "46.19505,-64.796", ""])
def test_half_a_point_and_another_one_are_none(text: str) -> None:
    assert not Points([(46.09505, -64.796)]).stand_in(text)


@pytest.mark.parametrize("said", [None, "46.1", 10**400, 1e300, 91, True])
def test_what_is_no_latitude_is_no_point(said: Json) -> None:
    point = point_of({"latitude": said, "longitude": -64.796})
    assert point is None or said is True
    assert not Points([point, None]).near((46.09505, -64.796))
