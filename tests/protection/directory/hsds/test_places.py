"""Places by name and postal code, and how far apart they are."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.protection.directory.hsds.places import (
    Point,
    _areas,
    _by_hand,
    _names,
    _read,
    _rows,
    found,
    is_province,
    kilometres,
    kilometres_from,
    nearly,
)


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
        ("PEI", "Prince Edward Island (PE)"),
        ("Î.-P.-É.", "Prince Edward Island (PE)"),
        ("Nunavut", "Nunavut (NU)"),
        ("Yukon, Canada", "Yukon (YT)"),
        ("NWT", "Northwest Territories (NT)"),
        ("Arctic Bay", "Arctic Bay (NU)"),
        ("Hall Beach", "Sanirajak (NU)"),
        ("Whapmagoostui", "Kuujjuarapik (QC)"),
        ("Kangiqsujuaq", "Kangiqsujuaq (QC)"),
        ("Listuguj", "Listuguj (QC)"),
        ("Natuashish", "Natuashish (NL)"),
        ("Nain, Labrador", "Nain (NL)"),
        ("Kitchenuhmaykoosib Inninuwug", "Big Trout Lake (ON)"),
        ("Sandy Lake", "Sandy Lake (ON)"),
        ("Shamattawa", "Shamattawa (MB)"),
        ("Montreal Lake", "Montreal Lake (SK)"),
        ("Stoney Nakoda", "Morley (AB)"),
        ("Lytton", "Lytton (BC)"),
        ("Old Crow", "Old Crow (YT)"),
        ("Délı̨nę", "Déline (NT)"),
        ("Łutselk'e", "Łutselk’e (NT)"),
        ("la Beauce", "Beauce (QC)"),
        ("Côte-Nord", "Côte-Nord (QC)"),
        ("Mtl", "Montréal (QC)"),
        ("Vancouver Island", "Vancouver Island (BC)"),
        ("Thompson", "Thompson (MB)"),
        ("Deer Lake", "Deer Lake (NL)"),
        ("Niagara", "Niagara Region (ON)"),
        ("Niagara ON", "Niagara Region (ON)"),
        ("Trenton", "Trenton (ON)"),
        ("Trenton, Ontario", "Trenton (ON)"),
        ("Grand Falls NL", "Grand Falls-Windsor (NL)"),
        ("Millbrook NS", "Millbrook (NS)"),
        ("the Sault", "Sault Ste. Marie (ON)"),
        ("Soo", "Sault Ste. Marie (ON)"),
        ("Rouyn", "Rouyn-Noranda (QC)"),
        ("Ste-Agathe", "Sainte-Agathe-des-Monts (QC)"),
        ("Portage", "Portage la Prairie (MB)"),
        ("New West", "New Westminster (BC)"),
        ("north van", "North Vancouver (BC)"),
        ("Fort Mac", "Fort McMurray (AB)"),
        ("wpg", "Winnipeg (MB)"),
        ("NDG", "Notre-Dame-de-Grâce (QC)"),
        ("Rama", "Rama (ON)"),
        ("Whitefish River", "Whitefish River (ON)"),
        ("Tsuut’ina", "Tsuut'ina (AB)"),
        ("Indian Brook", "Sipekne'katik (NS)"),
        ("Conne River", "Miawpukek (NL)"),
        ("New Aiyansh", "Gitlaxt'aamiks (BC)"),
    ],
)
def test_people_write_places_in_many_ways(said: str, label: str) -> None:
    assert found(said)[0].label == label


@pytest.mark.parametrize(
    "said",
    ["", "  ", "zzzz", "D1A", "12345", "'; DROP TABLE", "x" * 500, "\x00", "a", "help", "B.C.", "Alberta"],
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
        ("Ottawa-Gatineau", ["Gatineau (QC)", "Ottawa (ON)"]),
        ("Ottawa/Gatineau", ["Gatineau (QC)", "Ottawa (ON)"]),
        ("Halifax–Dartmouth", ["Dartmouth (NS)", "Halifax (NS)"]),
        ("Kelowna/Vernon", ["Vernon (BC)", "Kelowna (BC)"]),
        ("Sackville, Tantramar", ["Tantramar (NB)", "Sackville (NB)"]),
        ("Moncton, Ontario", ["Moncton (NB)"]),
        ("Scarborogh", ["Scarborough (ON)"]),
        ("Rankin", ["Rankin Inlet (NU)", "Franklin (QC)"]),
        ("Sioux, Ontario", ["Sioux Lookout (ON)"]),
        ("KOA", ["K0A (ON)"]),
    ],
)
def test_a_name_that_no_place_bears_is_only_asked_about(said: str, labels: list[str]) -> None:
    assert found(said) == []
    assert [place.label for place in nearly(said)][: len(labels)] == labels


def test_no_more_than_a_few_places_are_asked_about() -> None:
    assert len(nearly("Saint-Jeann")) == len(nearly("Windsor Kingston Moncton Halifax Victoria")) == 4


def test_a_name_that_is_listed_by_hand_is_where_its_province_is() -> None:
    """Within its furthest points, from an atlas, and not too far from what is nearest there in the gazetteer."""
    for place in {place for _name, place in _by_hand()}:
        south, north, west, east = FURTHEST[place.province]
        assert south <= place.point.latitude <= north, place
        assert west <= place.point.longitude <= east, place
        points = [
            Point(float(row["latitude"]), float(row["longitude"]))
            for row in _rows()
            if row["province"] == place.province
        ]
        assert min(kilometres(point, place.point) for point in points) < 700, place


FURTHEST = {
    "AB": (48.9, 60, -120, -109.9), "BC": (48.2, 60, -139.1, -114), "MB": (48.9, 60, -102.1, -88.9),
    "NB": (44.5, 48.1, -69.1, -63.7), "NL": (46.5, 60.5, -67.9, -52.5), "NS": (43.3, 47.1, -66.4, -59.6),
    "NT": (60, 78.8, -136.5, -101.9), "NU": (51.6, 83.2, -121, -61), "ON": (41.6, 56.9, -95.2, -74.3),
    "PE": (45.9, 47.1, -64.5, -61.9), "QC": (44.9, 62.7, -79.8, -57), "SK": (48.9, 60, -110.1, -101.3),
    "YT": (60, 69.7, -141.1, -123.8),
}  # fmt: skip
"""How far each province reaches to the south, north, west and east, in degrees."""


def test_the_seventeen_regions_of_quebec_are_known_by_name() -> None:
    """As the Institut de la statistique du Québec lists them."""
    regions = (
        "Bas-Saint-Laurent, Saguenay–Lac-Saint-Jean, Capitale-Nationale, Mauricie, Estrie, Montréal, Outaouais,"
        " Abitibi-Témiscamingue, Côte-Nord, Nord-du-Québec, Gaspésie–Îles-de-la-Madeleine, Chaudière-Appalaches, Laval,"
        " Lanaudière, Laurentides, Montérégie, Centre-du-Québec"
    )
    for region in regions.split(", "):
        assert found(region)[0].label == f"{region} (QC)"


def test_a_region_and_a_quarter_of_one_name_are_both_offered() -> None:
    assert [place.label for place in found("James Bay")] == ["Baie-James (QC)", "James Bay (ON)", "James Bay (BC)"]
    assert kilometres(found("James Bay")[0].point, found("Chisasibi")[0].point) == 0


@pytest.mark.parametrize(
    "said", ["New Brunswick", "B.C.", "Terre-Neuve", "Newfoundland & Labrador", "Ontario, Canada", "sask.", "N.-B."]
)
def test_a_large_province_is_known_as_one_and_leads_nowhere(said: str) -> None:
    assert is_province(said)
    assert found(said) == nearly(said) == []


@pytest.mark.parametrize("said", ["", "Québec", "PEI", "Yukon", "Labrador", "Windsor, Ontario", "Canada", "Moncton"])
def test_what_is_more_or_less_than_a_large_province_is_none(said: str) -> None:
    assert not is_province(said)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("E1C1", "E1C (NB)"),
        ("v6b1", "V6B (BC)"),
        ("K1A 0B", "K1A (ON)"),
        ("K1A OB1", "K1A (ON)"),
        ("K1A 0BI", "K1A (ON)"),
        ("k1aobl", "K1A (ON)"),
        ("KIA 0B1", "K1A (ON)"),
        ("kla 0b1", "K1A (ON)"),
        ("XOA OHO", "X0A (NU)"),
        ("XOA 0H0", "X0A (NU)"),
        ("Ottawa KIA 0B1", "K1A (ON)"),
        ("Moncton E1C 1", "E1C (NB)"),
        ("K1A\N{NO-BREAK SPACE}0B1", "K1A (ON)"),
        ("D1A E1C", "E1C (NB)"),
    ],
)
def test_a_postal_code_that_is_begun_or_mistyped_says_its_area(said: str, label: str) -> None:
    assert [place.label for place in found(said)] == [label]


@pytest.mark.parametrize(
    "said", ["Mill River", "Box 5", "Hill 1", "Kim", "Mom", "Till", "Tom 0", "Bob Lil", "K1A0B12", "Sol 5 A"]
)
def test_words_are_no_postal_codes(said: str) -> None:
    assert not {place.name for place in [*found(said), *nearly(said)]} & {area.upper() for area in _areas()}


def test_no_name_of_a_place_is_taken_for_a_postal_code() -> None:
    areas = {area.upper() for area in _areas()}
    names = [row["name"] for row in [*_rows(), *_read("places_by_hand.csv")]]
    for name in [*names, *(f"{name}, Canada" for name in names), *_names()]:
        assert name.upper() in areas or not {place.name for place in found(name)} & areas, name


def test_names_are_listed_by_hand_once_with_a_place_or_a_point() -> None:
    rows = _read("places_by_hand.csv")
    said = [(name, row["province"]) for row in rows for name in (row["name"], *row["others"].split("|")) if name]
    assert len(said) == len(set(said))
    assert all(bool(row["place"]) != bool(row["latitude"] and row["longitude"]) for row in rows)


def test_a_name_that_several_provinces_have_is_told_for_each() -> None:
    assert {place.province for place in found("Windsor")} >= {"ON", "QC", "NS"}
    assert found("Windsor")[0].province == "ON"
    assert [place.province for place in found("Trenton")] == ["ON", "NS"]
    assert [place.province for place in found("Grand Falls")] == ["NB", "NL"]
    assert {place.province for place in found("Millbrook")} == {"NS", "ON"}


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


@given(
    st.floats(-90, 90), st.floats(-180, 180), st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=5)
)
def test_many_distances_are_those_of_each(north: float, east: float, others: list[tuple[float, float]]) -> None:
    one = Point(north, east)
    assert kilometres_from(one, others) == pytest.approx([kilometres(one, Point(*other)) for other in others], abs=1e-3)


def test_ottawa_and_toronto_are_as_far_apart_as_atlases_say() -> None:
    assert kilometres(Point(45.4215, -75.6972), Point(43.6532, -79.3832)) == pytest.approx(353, abs=3)


def _direction(point: Point) -> tuple[float, float, float]:
    up, along = math.radians(point.latitude), math.radians(point.longitude)
    return math.cos(up) * math.cos(along), math.cos(up) * math.sin(along), math.sin(up)
