"""Places by name and postal code, and how far apart they are."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.protection.directory.hsds.places import Point, _by_hand, _read, _rows, found, kilometres, nearly


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Moncton", "Moncton (NB)"),
        ("montréal", "Montréal (QC)"),
        ("MONTREAL ", "Montréal (QC)"),
        ("trois rivieres", "Trois-Rivières (QC)"),
        ("Iqaluit", "Iqaluit (NU)"),
        ("Québec City", "Québec (QC)"),
        ("k1a 0b1", "K1A (ON)"),
        ("H2X", "H2X (QC)"),
        ("X0A-0H0", "X0A (NU)"),
        ("Saint John", "Saint John (NB)"),
        ("Fort Saskatchewan", "Fort Saskatchewan (AB)"),
        ("St. John's", "St. John's (NL)"),
        ("Charlottetown PEI", "Charlottetown (PE)"),
        ("Windsor, Québec", "Windsor (QC)"),
        ("Windsor N.S.", "Windsor (NS)"),
        ("Kingston, Nova Scotia", "Kingston (NS)"),
        ("Moncton, Nouveau-Brunswick", "Moncton (NB)"),
        ("Québec", "Québec (QC)"),
        ("Toronto, Canada", "Toronto (ON)"),
        ("Windsor Quebec Canada", "Windsor (QC)"),
        ("Ottawa K1A 0B1", "K1A (ON)"),
        ("Ottawa, ON, k1a0b1, Canada", "K1A (ON)"),
        ("Moncton (E1C)", "E1C (NB)"),
        ("Moncton E9Z 9Z9", "Moncton (NB)"),
        ("St-Jérôme", "Saint-Jérôme (QC)"),
        ("Sault Sainte Marie", "Sault Ste. Marie (ON)"),
        ("Ft. McMurray", "Fort McMurray (AB)"),
        ("St. John's, Newfoundland & Labrador", "St. John's (NL)"),
        ("Scarborough", "Scarborough (ON)"),
        ("north york", "North York (ON)"),
        ("Etobicoke, Ontario", "Etobicoke (ON)"),
        ("Sudbury", "Sudbury (ON)"),
        ("Cap-Breton", "Cape Breton (NS)"),
        ("Chatham Kent", "Chatham-Kent (ON)"),
        ("Kawartha Lakes", "Kawartha Lakes (ON)"),
        ("Goose Bay", "Happy Valley-Goose Bay (NL)"),
        ("Kitchener/Waterloo", "Kitchener-Waterloo (ON)"),
        ("Grand-Sault", "Grand Falls (NB)"),
    ],
)
def test_people_write_places_in_many_ways(said: str, label: str) -> None:
    assert found(said)[0].label == label


@pytest.mark.parametrize(
    "said",
    ["", "  ", "zzzz", "D1A", "12345", "K1A 0B", "'; DROP TABLE", "x" * 500, "\x00", "a", "help", "B.C.", "Alberta"],
)
def test_what_is_no_place_is_none(said: str) -> None:
    assert found(said) == []
    assert nearly(said) == []


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("Torotno", ["Toronto (ON)"]),
        ("Brantfrod, Ontario", ["Brantford (ON)"]),
        ("Downtown Toronto", ["Toronto (ON)"]),
        ("centre-ville de Montréal", ["Montréal (QC)"]),
        ("near Kelowna BC", ["Kelowna (BC)"]),
        ("Sackville, Tantramar", ["Tantramar (NB)", "Sackville (NB)"]),
        ("Moncton, Ontario", ["Moncton (NB)"]),
        ("Scarborogh", ["Scarborough (ON)"]),
    ],
)
def test_a_name_that_no_place_bears_is_only_asked_about(said: str, labels: list[str]) -> None:
    assert found(said) == []
    assert [place.label for place in nearly(said)][: len(labels)] == labels


def test_no_more_than_a_few_places_are_asked_about() -> None:
    assert len(nearly("Saint-Jeann")) == len(nearly("Windsor Kingston Moncton Halifax Victoria")) == 4


def test_a_name_that_is_listed_by_hand_is_where_its_province_is() -> None:
    """What is nearest in the gazetteer lies in the same province, except for some far in the north."""
    beyond = {"Churchill", "Fort Chipewyan", "Lynn Lake", "Stony Rapids"}
    points = [(Point(float(row["latitude"]), float(row["longitude"])), row["province"]) for row in _rows()]
    for place in {place for _name, place in _by_hand()}:
        point, province = min(points, key=lambda one: kilometres(one[0], place.point))
        assert province == place.province or place.name in beyond, place
        assert kilometres(point, place.point) < 600, place


def test_names_are_listed_by_hand_once_with_a_place_or_a_point() -> None:
    rows = _read("places_by_hand.csv")
    said = [(name, row["province"]) for row in rows for name in (row["name"], *row["others"].split("|")) if name]
    assert len(said) == len(set(said))
    assert all(bool(row["place"]) != bool(row["latitude"] and row["longitude"]) for row in rows)


def test_a_name_that_several_provinces_have_is_told_for_each() -> None:
    assert {place.province for place in found("Windsor")} >= {"ON", "QC", "NS"}
    assert found("Windsor")[0].province == "ON"


def test_the_capital_of_every_province_and_territory_is_known_where_it_is() -> None:
    """Against coordinates from an atlas, in degrees."""
    capitals = {
        "Victoria": ("BC", 48.43, -123.37), "Edmonton": ("AB", 53.55, -113.49), "Regina": ("SK", 50.45, -104.62),
        "Winnipeg": ("MB", 49.90, -97.14), "Toronto": ("ON", 43.65, -79.38), "Québec": ("QC", 46.81, -71.21),
        "Fredericton": ("NB", 45.96, -66.64), "Halifax": ("NS", 44.65, -63.58), "Charlottetown": ("PE", 46.24, -63.13),
        "St. John’s": ("NL", 47.56, -52.71), "Whitehorse": ("YT", 60.72, -135.06),
        "Yellowknife": ("NT", 62.45, -114.37), "Iqaluit": ("NU", 63.75, -68.52),
    }  # fmt: skip
    for name, (province, latitude, longitude) in capitals.items():
        place = next(one for one in found(name) if one.province == province)
        assert kilometres(place.point, Point(latitude, longitude)) < 15, name


ON_EARTH = st.builds(Point, st.floats(-89, 89), st.floats(-180, 180))


@given(ON_EARTH, ON_EARTH)
def test_distances_are_those_along_a_sphere(one: Point, other: Point) -> None:
    """By the angle between the two directions from the middle of the earth."""
    first, second = _direction(one), _direction(other)
    across = math.dist(first, second)
    expected = 6371.0 * 2 * math.asin(min(across / 2, 1.0))
    assert kilometres(one, other) == pytest.approx(expected, rel=1e-6, abs=1e-3)


def test_ottawa_and_toronto_are_as_far_apart_as_atlases_say() -> None:
    assert kilometres(Point(45.4215, -75.6972), Point(43.6532, -79.3832)) == pytest.approx(353, abs=3)


def _direction(point: Point) -> tuple[float, float, float]:
    up, along = math.radians(point.latitude), math.radians(point.longitude)
    return math.cos(up) * math.cos(along), math.cos(up) * math.sin(along), math.sin(up)
