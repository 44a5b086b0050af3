"""However the address of a hidden house is written, that house is guarded, and no other one of its street."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from palermo.protection.directory.hsds.addresses import telling
from palermo.protection.directory.hsds.confidential import Pieces, plain

STREETS = some.sampled_from(
    [
        *("Quiet Lane", "Main St. W.", "St. George Street", "Avenue Road", "Court Street", "Jasper Avenue NW", "Oak"),
        *("50 Street", "100 Street NW", "5 Avenue SW", "100A Street", "50th St", "1st Avenue S.W.", "132A Place"),
        *(
            "Range Road 242",
            "Township Rd 534",
            "Highway 16",
            "Hwy 2A",
            "Concession 3",
            "County Road 12",
            "10th Sideroad",
        ),
        *("rue Calme", "rue de l’Église", "avenue du Parc", "boul. René-Lévesque Est", "50e Rue", "1re Avenue Nord"),
        *("chemin du Lac", "route 132 Ouest", "8e rang", "3rd Line", "No. 3 Road", "7 Mile Road", "RR 242"),
    ]
)
WRITTEN = some.sampled_from(
    [
        *(
            "{house}",
            "# {house}",
            "Linden House, {house}",
            "Civic {house}",
            "{house} (rear)",
            "{house}, RR 2",
            "c/o {house}",
        ),
        *("{house}, PO Box 40", "C.P. 40, {house}", "{house}, Unit {unit}", "Unit {unit}, {house}", "#{unit}, {house}"),
        *("{unit}-{house}", "#{unit}-{house}", "{unit} - {house}", "Suite {unit} - {house}", "{house} #{unit}"),
        *("{house}, app. {unit}", "{house}, bureau {unit}, Moncton", "{house}, {unit}e étage", "{house}, Bldg {unit}"),
        *("{house}, Moncton", "{house}, Moncton NB E1C 4Z3", "{house}, across from 77 Elm Drive"),
        *("{house} behind 7-Eleven", "911 address: {house}", "{number}, {street}", "No. {number}, {street}"),
    ]
)
NUMBERS = some.integers(min_value=1001, max_value=99999)
UNITS = some.integers(min_value=1, max_value=499)


@given(WRITTEN, STREETS, NUMBERS, UNITS, NUMBERS)
def test_a_house_is_guarded_and_not_its_neighbours(
    written: str, street: str, number: int, unit: int, other: int
) -> None:
    line = written.format(house=f"{number} {street}", number=number, street=street, unit=unit)
    pieces = Pieces(telling({"address_1": line, "city": "Moncton", "state_province": "NB"}))
    for told in (f"{number} {street}", f"We are at {number} {street}.", f"3-{number} {street}", f"{number}, {street}"):
        assert pieces.tell_in(told), (line, pieces.all)
    for said in (street, "Elm Drive", f"{street}, Moncton", "77 Elm Drive", "7-Eleven", "Unit 4", "RR 2", "Box 40"):
        assert not pieces.tell_in(said), (line, pieces.all)
    for neighbour in {other, number + 1, number + 100_000} - {number}:
        assert not pieces.tell_in(f"{neighbour} {street}"), (line, pieces.all)


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("#12 Quiet Lane", ["12quietlane"]),
        ("#12, Quiet Lane", ["12quietlane"]),
        ("#4, 12 Quiet Lane", ["12quietlane"]),
        ("Civic #1234, Highway 7", ["1234highway7"]),
        ("911 #1234 Highway 7", ["1234highway7"]),
        ("1234 Hwy #16", ["1234hwy16"]),
        ("Maison 12, rue Calme", ["12ruecalme"]),
        ("Immeuble 12, rue Calme", ["12ruecalme"]),
        ("Lot 5, chemin du Lac", ["5chemindulac"]),
        ("Lot 12, Concession 3", ["lot12concession3"]),
        ("12 Quiet Lane, Bldg 3", ["12quietlane"]),
        ("12 Quiet Lane (behind 7-Eleven)", ["12quietlane"]),
        ("12 Quiet Lane, across from 77 Main Street", ["12quietlane"]),
        ("Maison 12", ["maison12reddeer"]),
        ("Lot 5", ["lot5reddeer"]),
        ("Unit 12, Quiet Lane Co-op", ["unit12quietlanecoop"]),
        ("9 Oak", ["9oak"]),
        ("7 Ox", ["7oxreddeer"]),
        ("12½ Quiet Lane", ["1212quietlane"]),
        ("12-1/2 Quiet Lane", ["1212quietlane"]),
        ("12 bis, rue Calme", ["12bisruecalme"]),
        ("12 ter rue Calme", ["12terruecalme"]),
        ("A12 Quiet Lane", ["12quietlane"]),
        ("Quiet Lane, No. 12", ["quietlaneno12", "12quietlane"]),
        ("NW 12-34-5-W4M", ["nw12345w4", "nw12345w4m"]),
        ("Corner of 50 Street and 51 Avenue", ["50streetand51avenue"]),
    ],
)
def test_the_pieces_of_usual_addresses_of_canada(line: str, pieces: list[str]) -> None:
    assert list(map(plain, telling({"address_1": line, "city": "Red Deer", "state_province": "AB"}))) == pieces


@pytest.mark.parametrize(
    "line",
    [
        *("50 Street", "50 Street NW", "5e Avenue", "Range Road 242", "Concession 3", "Hwy #16", "RR#2", "5 Mile Road"),
        *("100 Mile House", "POB 40", "Box 40 Grp 5 RR 2", "Boîte 40", "50 Avenue, Red Deer", "Comp. 5, Site 3, RR 2"),
    ],
)
def test_what_is_that_of_many_tells_no_house(line: str) -> None:
    assert list(map(plain, telling({"address_1": line, "city": "Red Deer", "state_province": "AB"}))) == []


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        ("NB E1C 4Z3", ["e1c4z3"]),
        ("E1C 4Z3 Canada", ["e1c4z3"]),
        ("E1C4Z3 (confidential)", ["e1c4z3"]),
        ("NBE1C4Z3", ["e1c4z3"]),
        ("E1C 4Z3 / E1C 4Z4", ["e1c4z3", "e1c4z4"]),
        ("E0A 1A0 Canada", []),
    ],
)
def test_a_postal_code_tells_whatever_stands_beside_it(said: str, pieces: list[str]) -> None:
    assert list(map(plain, telling({"postal_code": said}))) == pieces
