"""A hidden house is found in whatever way its street is written, and what only begins like it is not."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from palermo.protection.directory.hsds.addresses import buildings, telling
from palermo.protection.directory.hsds.confidential import Pieces, given_away
from palermo.protection.directory.hsds.json_values import Document

WAYS = (
    # Written down once more, as people write them and not as the code has them.
    (("Street", "St", "St.", "Str.", "STREET"), ("rue", "Rue")),
    (("Avenue", "Ave", "Ave.", "Av."), ("avenue", "av.", "Ave")),
    (("Road", "Rd", "Rd."), ("chemin", "ch.", "Chem.")),
    (("Lane", "Ln", "Ln."), ("ruelle",)),
    (("Drive", "Dr", "Dr."), ("promenade", "prom.")),
    (("Boulevard", "Blvd", "Blvd."), ("boulevard", "boul.", "Blvd", "bd")),
    (("Court", "Crt", "Ct."), ("cour",)),
    (("Crescent", "Cres", "Cres.", "Cr."), ("croissant", "crois.")),
    (("Place", "Pl", "Pl."), ("place", "pl.")),
    (("Square", "Sq."), ("square", "carré", "car.")),
    (("Terrace", "Terr.", "Ter"), ("terrasse", "tsse")),
    (("Parkway", "Pky", "Pkwy."), ("promenade",)),
    (("Trail", "Trl", "Tr."), ("sentier",)),
    (("Way", "Wy"), ("voie",)),
    (("Circle", "Cir."), ("cercle",)),
    (("Gardens", "Gdns."), ("jardins",)),
    (("Grove", "Grv"), ()),
    (("Heights", "Hts."), ()),
    (("Esplanade", "Espl."), ("esplanade", "espl.")),
    ((), ("rang", "rg")),
    ((), ("montée", "mtée")),
    ((), ("côte", "cte")),
    ((), ("allée",)),
    ((), ("impasse", "imp.")),
)
"""What each kind of street is called behind a name, and before it."""
BY_NUMBER = (
    ("Highway 7", "Hwy 7", "Hwy. #7", "Route 7", "rte 7", "Rte. 7"),
    ("Range Road 242", "Rge Rd 242", "RR 242"),
    ("Township Road 534", "Twp Rd. 534"),
    ("County Road 12", "County Rd 12", "Cty Rd. 12"),
    ("Concession 3", "Conc. 3"),
    ("5th Avenue", "Fifth Avenue", "5th Ave.", "Fifth Ave", "5e Avenue", "5e av.", "5 Avenue", "Cinquième Avenue"),
    ("1st Street", "First St.", "1re Rue", "1 Street", "1 St"),
    ("100 Street", "100th Street", "100 St.", "100e rue"),
    ("8e rang", "8e rg"),
    ("St. George Street", "Saint George St.", "rue Saint-George", "St George Str", "Saint-George"),
    ("rue Sainte-Anne", "rue Ste-Anne", "Ste. Anne St", "Ste-Anne"),
    ("rue de l’Église", "rue Église", "rue Eglise", "Église", "rue l’Église", "RUE DE L'EGLISE"),
    ("chemin du Lac", "ch. du Lac", "chemin Lac", "du Lac"),
    ("boul. de la Côte-Vertu", "boulevard Côte-Vertu", "de la Côte-Vertu", "Cote Vertu Blvd."),
    ("Mount Royal Avenue", "Mt. Royal Ave", "av. Mount Royal"),
    ("King Street West", "King St W", "King St. W.", "King West", "rue King Ouest", "rue King O", "King W."),
    ("West King Street", "W King St", "W. King St."),
    ("23rd Avenue", "Twenty-Third Ave.", "23 Ave", "23e Avenue", "Vingt-troisième Avenue", "Twenty Third Avenue"),
    ("91st Street", "Ninety-First St.", "91e rue", "Quatre-vingt-onzième Rue"),
    ("1er rang", "premier rang", "1er rg"),
    ("Martin Luther King Junior Boulevard", "Martin Luther King Jr. Blvd", "boul. Martin-Luther-King-Jr"),
    ("Captain Dr. Roy Street", "Capt. Doctor Roy St", "rue Captain Docteur Roy"),
    ("50 Street NW", "50 St. N.W.", "50th Street Northwest", "50th St North West", "50e Rue Nord-Ouest", "50e rue NO"),
)  # fmt: skip
"""Streets that are called by a number, or written otherwise in more than their kind."""
NAMES = some.sampled_from(["Quiet", "Maple", "René-Lévesque", "Old Mill", "Saint-Denis", "Notre-Dame", "King"])
NUMBERS = some.integers(min_value=11, max_value=99_999)
TOLD = some.sampled_from(
    ["{house}", "Come to {house}, ring twice.", "Au {house}\nSonnez", "<b>{house}</b>", "x/?q={house}", "At {house}"]
)


def seals(line: str) -> Pieces:
    return Pieces(telling({"address_1": line, "city": "Moncton", "state_province": "NB"}))


def streets(name: str, ways: tuple[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    """A street of a name in each way in which it may be written."""
    behind, before = ways
    return [*(f"{name} {one}" for one in behind), *(f"{one} {name}" for one in before)]


@given(some.sampled_from(WAYS), NAMES, NUMBERS, TOLD, some.sampled_from(["", " West", " W.", " Ouest", " O"]))
def test_however_one_is_sealed_every_other_way_is_found(
    ways: tuple[tuple[str, ...], tuple[str, ...]], name: str, number: int, told: str, wind: str
) -> None:
    written = [f"{number} {one}{wind}" for one in streets(name, ways)]
    for sealed, other in product(written, written):
        assert seals(sealed).tell_in(told.format(house=other)), (sealed, other)
        assert not seals(sealed).tell_in(told.format(house=other.replace(str(number), str(number + 1)))), (
            sealed,
            other,
        )


@pytest.mark.parametrize("ways", BY_NUMBER)
def test_a_number_a_saint_an_article_and_a_direction_may_be_written_otherwise(ways: tuple[str, ...]) -> None:
    for sealed, other in product(ways, ways):
        assert seals(f"1234 {sealed}").tell_in(f"Come to 1234 {other}, ring twice."), (sealed, other)
        assert not seals(f"1234 {sealed}").tell_in(f"Come to 1235 {other}, ring twice."), (sealed, other)


@pytest.mark.parametrize("wind", ["North", "N", "N.", "Nord", "South", "Sud", "East", "E.", "Est", "NE", "Southwest"])
def test_another_direction_is_another_house(wind: str) -> None:
    for sealed in ("100 King Street West", "100 King St. W", "100, rue King O", "100 rue King Ouest"):
        for other in ("King Street {}", "King St. {}", "King {}", "rue King {}"):
            assert not seals(sealed).tell_in(f"At 100 {other.format(wind)}"), (sealed, other)


def test_a_direction_may_be_left_out() -> None:
    assert seals("100 King Street West").tell_in("Come to 100 King St., ring twice")
    assert seals("100 King Street").tell_in("Come to 100 King St. West")


@pytest.mark.parametrize(
    ("sealed", "text"),
    [
        *(("45 Maple Street", f"45 Maple {more}") for more in ("Leaf Gardens", "Road", "Ave", "Station", "Creek Road")),
        ("45 Maple Crescent", "45 Maple Creek Road"),
        ("45 Maple Place", "45 Maple Plaza"),
        ("45 rue Maple", "45 Maplewood"),
        ("45 Maple Street", "45 rue Mapleton"),
        ("45 Maple Street", "145 Maple St"),
        ("12 1st Street", "10020 121 Street"),
        ("12 1st Street", "12 1st Avenue"),
        ("12 1st Street", "At 12 1 Avenue"),
        ("12 5th Avenue", "125 Avenue Road"),
        ("12 5th Avenue", "At 12, fifth floor"),
        ("12 Court Street", "12 Court of Justice"),
        ("12 Court Street", "10020 12 Street"),
        ("12 Avenue Road", "12 Avenue"),
        ("24 Park Lane", "24 parking spaces"),
        ("12 rue de l’Église", "12 églises de la région"),
        ("12 rue Saint-Jean", "12 Saint-Jean-Baptiste"),
        ("10 Women's Way", "10 women and 3 children"),
    ],
)
def test_what_only_begins_like_a_house_is_another_one(sealed: str, text: str) -> None:
    assert not seals(sealed).tell_in(text)
    assert not seals(sealed).tell_in(text.lower())


LINE = ("addresses", 0, "address_1")


def place(line: str, code: str = "E1C 4Z3", name: str = "postal_code") -> Document:
    return {"addresses": [{"address_1": line, "city": "Moncton", "state_province": "NB", name: code}]}


def hidden(line: str, code: str = "E1C 4Z3") -> Pieces:
    address: Document = {"address_1": line, "city": "Moncton", "state_province": "NB", "postal_code": code}
    return Pieces([*telling(address), *buildings(address)])


@pytest.mark.parametrize(
    "line", ["45 Elm Street", "Unit 3, 45 Elm", "3-45 Elm Rd", "45", "45A Elm Street", "Elm Road 45"]
)
def test_a_place_of_the_same_number_and_postal_code_is_the_same_building(line: str) -> None:
    assert given_away(place(line), hidden("45 Maple Street"), is_place=True) == [LINE]
    assert given_away(place(line), Pieces(), hidden("45 Maple Street"), is_place=True) == [LINE]
    assert given_away(place(line, name="canadian_postal_code"), hidden("Apt 2, 45 Maple St"), is_place=True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("47 Elm Street", "E1C 4Z3"),
        ("Unit 45, 12 Elm Street", "E1C 4Z3"),
        ("45 Elm Street", "E1C 4Z4"),
        ("Elm Street", "E1C 4Z3"),
        ("", "E1C 4Z3"),
    ],
)
def test_a_neighbour_and_a_house_elsewhere_are_other_buildings(line: str, code: str) -> None:
    assert given_away(place(line, code), hidden("45 Maple Street"), is_place=True) == []


def test_a_postal_code_of_the_country_tells_no_building() -> None:
    assert given_away(place("45 Elm Street", "E0A 1A0"), hidden("45 Maple Street", "E0A 1A0"), is_place=True) == []


def test_the_building_is_looked_for_also_where_its_postal_code_was_known_before() -> None:
    """Its neighbour was hidden before, so that the code itself is nothing new."""
    new = Pieces(buildings({"address_1": "45 Maple Street", "postal_code": "E1C 4Z3"}))
    assert given_away(place("45 Elm Street"), new, is_place=True) == [LINE]
    assert given_away(place("47 Elm Street"), new, is_place=True) == []
    assert given_away({"description": "Near E1C 4Z3"}, new) == []
