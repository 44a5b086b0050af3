"""How many of the entries that name the same service are found, and how many of those proposed do, where it is known.

The directory here is made up in another way than the one that the weights were counted in: a handful of towns, two
feeds that each have a habit of their own, an organization's own names, and hardly a word in common.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from palermo.protection.directory.hsds.likeness import likely
from palermo.protection.directory.hsds.likeness_entries import Entry
from palermo.protection.directory.hsds.places import Point

TOWNS = (
    ("Moncton (NB)", "NB", "E1", 46.09, -64.77), ("Sudbury (ON)", "ON", "P3", 46.49, -81.0),
    ("Gatineau (QC)", "QC", "J8", 45.48, -75.7), ("Winnipeg (MB)", "MB", "R3", 49.9, -97.14),
    ("Toronto (ON)", "ON", "M5", 43.65, -79.38), ("Montréal (QC)", "QC", "H2", 45.52, -73.57),
)  # fmt: skip
OWN = (
    *("Saint Agnes", "Bethany", "Ndinawe", "Evangeline", "Marguerite", "Fireweed", "Oak Bridge", "Tamarack", "Kateri"),
    *("Blue Heron", "Notre-Dame", "Pauktuutit", "Elsie", "Rosalie", "Wabano", "Juniper", "Cedar", "Sunrise", "Phoenix"),
)
FORMS = (
    ("{} Women's Centre", "Centre des femmes {}"), ("{} House", "Maison {}"), ("YWCA {}", "YWCA {}"),
    ("{} Legal Aid", "Aide juridique {}"), ("{} Newcomer Services", "Accueil des immigrants {}"),
    ("The {} Foundation", "Fondation {}"), ("{} Youth Network", "Réseau jeunesse {}"),
)  # fmt: skip
OFFERS = (
    ("Transition House", "Second Stage Housing Intake", "Maison de transition", {"bed"}, True),
    ("Crisis Line", "24-Hour Support Line", "Ligne d'écoute", {"listening"}, False),
    ("Individual Counselling", "Counselling", "Consultation individuelle", {"listening", "healing"}, False),
    ("Legal Information Session", "Legal Advice", "Séance d'information juridique", {"law"}, False),
    ("Work Permit Help", "Immigration Papers", "Permis de travail", {"papers", "law"}, False),
    ("Nurse on Duty", "Sexual Health Clinic", "Clinique de santé sexuelle", {"care"}, False),
    ("Groceries", "Food Bank", "Banque alimentaire", {"food"}, False),
    ("Parents and Tots", "Family Drop-in", "Halte-garderie pour les familles", {"children"}, False),
)
"""A service's name in the first feed, in the second, in French, what it helps with, and whether its place is hidden."""


def directory(seed: int, organizations: int) -> tuple[list[Entry], set[frozenset[str]]]:
    """The entries of both feeds, shuffled, and which of them name the same service."""
    chance = random.Random(seed)  # noqa: S311 - made up, nothing to guess
    entries: list[Entry] = []
    same: set[frozenset[str]] = set()
    for number in range(organizations):
        for first in _organization(chance, number):
            entries.append(first)
            if chance.random() < 0.35:
                entries.append(_in_second_feed(chance, first))
                same.add(frozenset({first.id, entries[-1].id}))
    chance.shuffle(entries)
    return entries, same


def _organization(chance: random.Random, number: int) -> Iterator[Entry]:
    """What the first feed lists: in English, in Quebec in French, everywhere the main telephone and the front door."""
    town, province, area, latitude, longitude = chance.choice(TOWNS)
    language = 1 if province == "QC" else 0
    name = chance.choice(FORMS)[language].format(chance.choice(OWN))
    door = Point(latitude + chance.uniform(-0.08, 0.08), longitude + chance.uniform(-0.08, 0.08))
    code = f"{area}{chance.choice('ABCEG')}{chance.randint(1, 9)}{chance.choice('ABCEG')}{chance.randint(1, 9)}"
    for offer in chance.sample(range(len(OFFERS)), chance.randint(1, 5)):
        english, _second, french, needs, is_hidden = OFFERS[offer]
        entry = Entry(
            id=f"{number}-{offer}",
            names=frozenset({french if language else english}),
            organizations=frozenset({name}),
            phones=frozenset({f"+1{506 + number % 7}{2_000_000 + number}"}),
            sites=frozenset({f"organization{number}.example"}),
            provinces=frozenset({province}),
            needs=frozenset(needs),
        )
        if not is_hidden:
            entry = replace(entry, points=frozenset({door}), towns=frozenset({town}), postal_codes=frozenset({code}))
        yield entry
        if not is_hidden and chance.random() < 0.05:
            away = Point(door.latitude + 0.06, door.longitude + 0.06)
            yield replace(entry, id=f"{entry.id}-branch", points=frozenset({away}), postal_codes=frozenset())


def _in_second_feed(chance: random.Random, first: Entry) -> Entry:
    """What the second feed makes of it: both languages or its own name, no website, often an e-mail address instead."""
    offer = OFFERS[int(first.id.split("-")[1])]
    names = chance.choice(((offer[2],), (offer[0], offer[2]), (offer[0],), (offer[1],), tuple(first.names)))
    moved = [
        Point(round(point.latitude + chance.gauss(0, 0.0004), 3), round(point.longitude, 3)) for point in first.points
    ]
    return replace(
        first,
        id=f"{first.id}-second",
        names=frozenset(names),
        organizations=frozenset(_keyed(chance, name) for name in sorted(first.organizations)),
        phones=first.phones if chance.random() < 0.85 else frozenset({f"+1613{chance.randint(2_000_000, 9_999_999)}"}),
        emails=frozenset({"info@" + next(iter(first.sites))}),
        sites=frozenset(),
        points=frozenset(moved),
        postal_codes=frozenset(),
        needs=first.needs if chance.random() < 0.6 else frozenset(),
    )


def _keyed(chance: random.Random, name: str) -> str:
    """A name as somebody keyed it in: every fourth with a wrong letter."""
    at = chance.randrange(len(name))
    return name if chance.random() < 0.75 else name[:at] + chance.choice("aeinrst") + name[at + 1 :]


@pytest.mark.parametrize("seed", [11, 12])
def test_most_are_found_and_most_that_are_proposed_are_right(seed: int) -> None:
    entries, same = directory(seed, 300)
    found = {frozenset({pair.one, pair.other}) for pair in likely(entries)}
    assert len(found & same) / len(found) > 0.95, "precision"
    assert len(found & same) / len(same) > 0.7, "recall"


def test_a_directory_of_a_few_dozen_services_works() -> None:
    entries, same = directory(14, 8)
    assert 20 < len(entries) < 60
    found = {frozenset({pair.one, pair.other}) for pair in likely(entries)}
    assert len(found & same) / len(same) > 0.6
    assert len(found - same) <= 2


def test_the_order_of_entries_does_not_matter_and_nothing_is_like_itself() -> None:
    entries, _same = directory(15, 60)
    found = likely(entries)
    assert found == likely(reversed(entries))
    assert all(pair.one < pair.other for pair in found)
    assert len({(pair.one, pair.other) for pair in found}) == len(found) > 20
    assert [pair.probability for pair in found] == sorted((pair.probability for pair in found), reverse=True)
