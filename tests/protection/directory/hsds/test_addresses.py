"""What of an address tells where a house is, and what many houses share."""

from __future__ import annotations

import pytest

from palermo.protection.directory.hsds.addresses import all_codes_in, codes_in, is_shared, telling, told_in
from palermo.protection.directory.hsds.plain import plain


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("12 Rue de l’Église", ["12ruedeleglise"]),
        ("12, rue de l’Église, bureau 4", ["12ruedeleglise"]),
        ("12 Quiet Lane, Unit 4", ["12quietlane"]),
        ("12 Quiet Lane Apt. 4B", ["12quietlane"]),
        ("12 Quiet Lane, 4th floor", ["12quietlane"]),
        ("12 Quiet Lane, 3e étage", ["12quietlane"]),
        ("12 Quiet Lane #4", ["12quietlane"]),
        ("4-12 Quiet Lane", ["12quietlane"]),
        ("Suite 4-12 Quiet Lane", ["12quietlane"]),
        ("Suite 5, 12 Quiet Lane", ["12quietlane"]),
        ("Linden House, 12 Quiet Lane (rear)", ["12quietlane"]),
        ("PO Box 40, 12 Quiet Lane", ["12quietlane"]),
        ("1234 Highway 7", ["1234highway7"]),
        ("12 24th Avenue", ["1224thavenue"]),
        ("12 avenue du Parc", ["12avenueduparc"]),
        ("12 Station Road", ["12stationroad"]),
        ("Lot 5 Concession 3", ["lot5concession3"]),
        ("Quiet Lane 12", ["quietlane12", "12quietlane"]),
        ("12 rue du Sacré-Cœur", ["12ruedusacrecoeur"]),
    ],
)
def test_a_civic_number_and_a_word_tell_a_house_whatever_the_unit_is(line: str, pieces: list[str]) -> None:
    assert list(map(plain, telling({"address_1": line}))) == pieces
    assert list(map(plain, telling({"address_1": "Suite 5", "address_2": line}))) == pieces


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("77, rue Calme, Moncton", ["77ruecalme"]),
        ("Maison du Tilleul, 77, rue Calme, Moncton", ["77ruecalme"]),
        ("77 rue Calme Moncton (N.-B.)", ["77ruecalme"]),
        ("Linden House 77 Quiet Lane", ["77quietlane"]),
        ("Building 4 77 Quiet Lane", ["77quietlane"]),
        ("77 Quiet Lane Rear Door", ["77quietlanereardoor", "77quietlane"]),
        ("77-79 Quiet Lane", ["79quietlane", "77quietlane"]),
        ("77 – 79 Quiet Lane", ["79quietlane", "77quietlane"]),
        ("77 et 79, rue Calme", ["79ruecalme", "77ruecalme"]),
        ("8-10 Quiet Lane", ["10quietlane", "8quietlane"]),
        ("Suite 10-12 Quiet Lane", ["12quietlane"]),
        ("101-1200 Quiet Lane", ["1200quietlane"]),
        ("77 Quiet Lane Moncton NB E1C 9Q9", ["77quietlane", "e1c9q9"]),
        ("77 Quiet Lane, Moncton NB E1C 9Q9", ["77quietlane", "e1c9q9"]),
        ("77 Quiet Lane Moncton, New Brunswick, Canada E0A 1A0", ["77quietlane"]),
        ("Quiet Lane, 12, Moncton", ["quietlane12", "12quietlane"]),
        ("12 Old Moncton Road", ["12oldmonctonroad"]),
        ("12, rue de Moncton", ["12ruedemoncton"]),
        ("12 Moncton", ["12moncton"]),
        ("12 Fort St. John Road", ["12fortstjohnroad"]),
        ("12 rue St-Jean", ["12ruestjean"]),
        ("12 Main Street West", ["12mainstreetwest"]),
    ],
)
def test_what_stands_before_a_house_and_behind_its_street_hides_it_not(line: str, pieces: list[str]) -> None:
    assert list(map(plain, telling({"address_1": line, "city": "Moncton", "state_province": "NB"}))) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Door at 77 Quiet Lane, ring twice", ["77quietlane"]),
        ("Go to 77-79 Quiet Lane", ["79quietlane", "77quietlane"]),
        ("Bus 12 Main Street stop, then 77 Quiet Rd. N.", ["77quietrdn"]),
        ("https://maps.example/?q=77%20Quiet+Lane", ["77quietlane"]),
        ("77, rue Calme est un refuge", ["77ruecalme"]),
        ("Au 12 rue de l’Église, derrière", ["12ruedeleglise"]),
        ("12, rue du Vieux Pont", ["12rueduvieuxpont"]),
        ("10, place du Marché", ["10placedumarche"]),
        ("12 3e Avenue", ["123eavenue"]),
        ("At 1234 Route 132", ["1234route132"]),
        ("Behind the mill, E1C 9Q9", ["e1c9q9"]),
    ],
)
def test_a_text_tells_houses_and_postal_codes_in_passing(text: str, pieces: list[str]) -> None:
    assert list(map(plain, told_in(text))) == pieces


@pytest.mark.parametrize(
    "text",
    [
        *(
            "A 24 hour safe place, with a 24/7 crisis drive",
            "12 beds for women. Drive carefully",
            "5 blocks from Main St",
        ),
        *("7 days a week on Main Street", "Call 506-555-0142 way before", "10 private rooms, 3 workers at court"),
        *("Since 1995 our street outreach", "12 lits, 24 h sur 24", "1 place de stationnement", "12 places"),
        *("prendre l’autobus 51 rue Mountain", "PO Box 40, Main Street", "Suite 5, Quiet Lane", "E0A 1A0", "Room 12"),
    ],
)
def test_what_is_counted_is_no_house(text: str) -> None:
    assert list(map(plain, told_in(text))) == []


@pytest.mark.parametrize(
    "line",
    [
        *("PO Box 40", "P.O. Box 40", "C.P. 40", "Case postale 40", "Bag 5000", "General Delivery", "Poste restante"),
        *("RR 2", "R.R. #2", "RR 2 Site 5 Comp 3", "Station A", "General Delivery, Station 2"),
        *("Main Street", "Highway 7", "Route 132 Ouest", "24th Avenue", "5e Avenue", "Suite 5", "3rd floor"),
        *("confidential", "12", "1234567", ""),
    ],
)
def test_a_box_a_rural_route_and_a_street_alone_tell_no_house(line: str) -> None:
    assert list(map(plain, telling({"address_1": line}))) == []


def test_a_number_and_a_street_on_two_lines_tell_a_house() -> None:
    assert list(map(plain, telling({"address_1": "12", "address_2": "Quiet Lane"}))) == ["12quietlane"]


def test_a_postal_code_tells_a_place_in_town_and_none_in_the_country() -> None:
    assert list(map(plain, telling({"postal_code": "E1C 4Z3", "canadian_postal_code": "e1c4z3"}))) == ["e1c4z3"]
    for code in ("E0A 1A0", "90210", "n/a", "unknown", "E1C"):
        assert list(map(plain, telling({"postal_code": code}))) == []
    assert list(map(plain, telling({"postal_code": "SW1A 1AA"}))) == ["sw1a1aa"]
    assert is_shared("E0A 1A0")
    assert not is_shared("E1C 4Z3")


def test_postal_codes_are_counted_also_where_one_runs_into_the_next() -> None:
    assert codes_in("e1c4z3ande1c4z4") == {"e1c4z3", "e1c4z4"}
    assert codes_in("e1c4z3e1c4z3h2") == {"e1c4z3"}
    assert all_codes_in("e1c4z3e1c4z3h2") == {"e1c4z3", "c4z3e1", "z3e1c4", "c4z3h2"}
    assert codes_in("12quietlane") == set()
