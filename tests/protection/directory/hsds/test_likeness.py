"""Entries that name the same service: who is proposed, with what probability, and who is not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import duckdb
import pytest

from palermo.commands.sample_directory import FILE, _services
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.likeness import LEAST, Likely, Reason, likely
from palermo.protection.directory.hsds.likeness_entries import Entry, entry_of
from palermo.protection.directory.hsds.likeness_keys import MOST, rows
from palermo.protection.directory.hsds.likeness_model import (
    TOGETHER,
    _database,
    is_untold,
    levels_of,
    scored,
    weights,
)
from palermo.protection.directory.hsds.places import Point

HERE, AROUND_THE_CORNER, ACROSS_TOWN = Point(46.0878, -64.7782), Point(46.0885, -64.7790), Point(46.1102, -64.7001)


def some(*said: str) -> frozenset[str]:
    return frozenset(said)


SHELTER = Entry(
    "a",
    names=some("Linden Shelter for Women"),
    organizations=some("Linden House"),
    phones=some("+15065550114"),
    provinces=some("NB"),
    needs=some("safe-place", "talk"),
)
LEGAL = Entry(
    "a",
    names=some("Legal Clinic"),
    organizations=some("Linden House"),
    phones=some("+15065550114"),
    provinces=some("NB"),
    points=frozenset({HERE}),
    needs=some("lawyer"),
)


def probability_of(one: Entry, other: Entry) -> float:
    """What the library makes of two entries, whether or not they have something in common."""
    [pair] = scored([replace(row, keys=("x",)) for row in rows([one, other])], weights(), 0)
    return pair["probability"]


def pairs_of(found: Iterable[Likely]) -> set[tuple[str, str]]:
    return {(pair.one, pair.other) for pair in found}


def how(pair: Likely) -> dict[str, str]:
    return {reason.about: reason.how for reason in pair.reasons}


def test_the_same_shelter_in_two_languages_is_proposed() -> None:
    french = replace(
        SHELTER,
        id="b",
        names=some("Hébergement des Tilleuls"),
        organizations=some("La Maison des Tilleuls"),
        needs=frozenset(),
    )
    [pair] = likely([SHELTER, french])
    assert (pair.one, pair.other) == ("a", "b")
    assert how(pair) == {"name": "other-language", "organization": "other-language", "phone": "same"}


def test_names_of_the_same_kind_of_thing_are_the_same_in_both_languages() -> None:
    french = replace(SHELTER, id="b", names=some("Refuge pour femmes"), organizations=some("Maison Tilleul"))
    [pair] = likely([SHELTER, french])
    assert pair.probability > 0.8
    assert how(pair)["name"] == "part"


def test_other_services_of_an_organization_are_not_proposed() -> None:
    others = (
        ("Someone to Talk To", some("talk", "leaving-sex-trade")),
        ("Someone to Talk To", some("police")),
        ("Someone to Talk To", some()),
        ("Health Clinic", some("doctor")),
        ("Shelter for Men", some("safe-place", "talk")),
    )
    entries = []
    for number, (name, needs) in enumerate(others):
        organization, phone = some(f"House {number}"), some(f"+1506555012{number}")
        shelter = replace(SHELTER, id=f"{number}", organizations=organization, phones=phone)
        entries += [shelter, replace(shelter, id=f"{number} other", names=some(name), needs=needs)]
    assert likely(entries) == []
    again = [replace(entry, id=f"{entry.id} again") for entry in entries if "other" not in entry.id]
    assert len(likely([*entries, *again])) == len(others)


def test_the_invented_services_are_all_different() -> None:
    said = json.loads(FILE.read_text(encoding="utf-8"))
    entries = [entry_of(one) for organization in said["organizations"] for one in _services(said, organization)]
    assert len(entries) > 50
    assert likely(entries) == []


def test_each_invented_service_is_known_again_from_a_feed_in_one_language() -> None:
    said = json.loads(FILE.read_text(encoding="utf-8"))
    documents = [one for organization in said["organizations"] for one in _services(said, organization)]
    french = [
        {**one, "id": f"{one['id']} again", "name": one["name_fr"], "name_fr": "", "attributes": []}
        for one in documents
    ]
    found = pairs_of(likely(map(entry_of, [*documents, *french])))
    assert {(str(one["id"]), f"{one['id']} again") for one in documents} <= found


def test_one_service_at_two_places_is_doubtful_and_not_proposed() -> None:
    branch = replace(LEGAL, id="b", points=frozenset({ACROSS_TOWN}))
    doubtful = probability_of(LEGAL, branch)
    assert 0.1 < doubtful < LEAST
    assert probability_of(LEGAL, replace(branch, phones=some("+15065550199"))) < doubtful / 3


def test_a_point_moved_around_the_corner_is_the_same_place() -> None:
    [pair] = likely([LEGAL, replace(LEGAL, id="b", points=frozenset({AROUND_THE_CORNER}))])
    assert pair.probability > 0.9
    assert Reason("place", "same", 0.1) in pair.reasons


def test_neighbours_in_one_house_are_not_proposed() -> None:
    neighbour = replace(LEGAL, id="b", organizations=some("Harbour Law"), phones=some("+15065550199"))
    assert likely([replace(one, postal_codes=some("E1C1A1")) for one in (LEGAL, neighbour)]) == []


def test_a_number_that_everybody_gives_brings_nobody_together() -> None:
    hotline = some("+18339001010")
    entries = [
        Entry(id=str(number), names=frozenset({f"Place {number}"}), phones=hotline) for number in range(MOST + 1)
    ]
    assert all(row.keys == () and row.phones == () for row in rows(entries))
    assert likely(entries) == []


@pytest.mark.parametrize("entries", [[], [SHELTER], [Entry("a"), Entry("b")]])
def test_where_nothing_can_be_compared_nothing_is_proposed(entries: list[Entry]) -> None:
    assert likely(entries) == []


def test_an_id_names_one_entry() -> None:
    with pytest.raises(ValueError, match="one id"):
        likely([SHELTER, SHELTER])


def test_of_a_place_that_nobody_may_find_only_the_province_is_compared() -> None:
    place: Document = {
        "is_confidential": True,
        "latitude": 46.1,
        "longitude": -64.8,
        "area": "Near Moncton",
        "phones": [{"number": "506-555-0123"}],
        "addresses": [{"city": "Moncton", "state_province": "NB", "postal_code": "E1C 1A1"}],
    }
    visit: Document = {
        "location": place,
        "phones": [{"number": "506-555-0124"}],
        "contacts": [{"email": "door@example.org"}],
    }
    said = entry_of({"id": "a", "name": "Linden", "service_at_locations": [visit]})
    assert said == Entry("a", names=some("Linden"), provinces=some("NB"))


def test_an_entry_says_what_the_standard_has_it_say() -> None:
    said = entry_of(
        {
            "id": "a",
            "name": "Legal Clinic",
            "name_fr": "Clinique juridique",
            "alternate_name": "The Clinic",
            "url": "https://www.Example.org/clinic",
            "phones": [{"number": "(506) 555-0114 ext. 3"}, {"number": "none"}],
            "organization": {"name": "Linden House", "email": "all@example.org", "website": "https://other.example"},
            "attributes": [{"taxonomy_term_id": "T1"}],
            "service_at_locations": [
                {
                    "location": {
                        "latitude": 46.0878,
                        "longitude": -64.7782,
                        "addresses": [{"city": "Moncton", "state_province": "NB", "postal_code": "e1c 1a1"}],
                    },
                    "contacts": [{"phones": [{"number": "506-555-0115"}]}],
                }
            ],
        }
    )
    assert said == Entry(
        "a",
        names=some("Legal Clinic", "Clinique juridique", "The Clinic"),
        organizations=some("Linden House"),
        phones=some("+15065550114", "+15065550115"),
        emails=some("all@example.org"),
        sites=some("example.org"),
        postal_codes=some("E1C1A1"),
        towns=some("Moncton (NB)"),
        provinces=some("NB"),
        points=frozenset({HERE}),
        needs=some("t1"),
    )


def test_what_is_compared_reaches_nothing_outside() -> None:
    with pytest.raises(duckdb.PermissionException):
        _database().execute("select * from read_text('/etc/hostname')").fetchall()


def test_every_level_has_its_weights() -> None:
    for together in TOGETHER:
        told = {" ".join(levels) for levels in levels_of(together) if not is_untold(levels)}
        assert set(weights()["levels"][together]) == told
    shares = [share for levels in weights()["levels"].values() for both in levels.values() for share in both]
    assert all(0 < share < 1 for share in shares)
