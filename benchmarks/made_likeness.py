"""Made-up services of the directory as they are compared, some of them listed twice: whole towns of organizations.

Nobody counted how often feeds of Canadian services differ, and in what; the shares here are what seemed likely.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from palermo.protection.directory.hsds.confidential import plain
from palermo.protection.directory.hsds.likeness_entries import Entry
from palermo.protection.directory.hsds.places import Place, Point, _names

TWICE = 0.1
"""The share of services that another feed lists too: an assumption, as all shares in this file are."""
AT_TWO_PLACES = 0.1
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "shelter": (
        ("Women's Shelter", "Emergency Shelter for Women", "A Safe Bed"),
        ("Refuge pour femmes", "Hébergement d'urgence pour femmes", "Un lit en sécurité"),
        ("safe-place", "talk"),
    ),
    "men": (
        ("Men's Shelter", "Shelter for Men", "Safe Beds for Men"),
        ("Refuge pour hommes", "Hébergement pour hommes", "Lits pour hommes"),
        ("safe-place",),
    ),
    "talk": (
        ("Counselling", "Someone to Talk To", "Support and Counselling"),
        ("Consultation", "Quelqu'un à qui parler", "Écoute et soutien"),
        ("talk",),
    ),
    "legal": (
        ("Legal Clinic", "Free Legal Advice", "Lawyers for Newcomers"),
        ("Clinique juridique", "Conseils juridiques gratuits", "Avocats pour immigrants"),
        ("lawyer", "immigration"),
    ),
    "work": (
        ("Workers' Rights", "Help for Workers", "Migrant Worker Support"),
        ("Droits des travailleurs", "Aide aux travailleuses", "Soutien aux travailleurs migrants"),
        ("wages", "immigration"),
    ),
    "clinic": (
        ("Health Clinic", "Community Health Centre", "Nurse and Doctor"),
        ("Clinique de santé", "Centre de santé communautaire", "Infirmière et médecin"),
        ("doctor",),
    ),
    "child": (
        ("Child and Youth Program", "Safety for Children", "Family Services"),
        ("Programme jeunesse", "Sécurité des enfants", "Services aux familles"),
        ("child", "talk"),
    ),
    "court": (
        ("Victim Services", "Court Support", "Police and Court Accompaniment"),
        ("Services aux victimes", "Soutien au tribunal", "Accompagnement à la police"),
        ("police", "lawyer"),
    ),
}
"""Kinds of services: names in English and French, and what they help with."""
ANY = (
    ("Outreach", "Intervention de proximité"), ("Intake", "Accueil"), ("Drop-in", "Centre de jour"),
    ("Community Program", "Programme communautaire"), ("Main Office", "Bureau principal"),
)  # fmt: skip
"""Names that say little of what a service helps with."""
HOUSES = (
    ("{} House", "Maison {}"), ("{} Centre", "Centre {}"), ("{} Society", "Société {}"), ("{} Network", "Réseau {}"),
    ("{} Community Services", "Services communautaires {}"), ("Friends of {}", "Les amis de {}"),
)  # fmt: skip
NEEDS = sorted({need for _english, _french, needs in KINDS.values() for need in needs})
LETTERS = "ABCEGHJKLM"
SOUNDS = ("ka", "lo", "mi", "ren", "sta", "vel", "dor", "nie", "bra", "sol", "tam", "ul", "wen", "cha", "pri", "gou")


def made(size: int, seed: int) -> tuple[list[Entry], set[tuple[str, str]]]:
    """So many entries, and the pairs of their ids that name the same service; the same every time."""
    chance = random.Random(seed)  # noqa: S311 - made-up services, nothing to guess
    places = sorted({places[0] for places in _names().values()}, key=lambda place: place.label)
    entries: list[Entry] = []
    pairs: set[tuple[str, str]] = set()
    while len(entries) < size:
        for kind, both, service in _organization(chance, chance.choice(places)):
            entries.append(replace(service, id=f"{len(entries):06}"))
            if chance.random() < TWICE:
                again = _listed_again(chance, kind, both, service)
                entries.append(replace(again, id=f"{len(entries):06}"))
                pairs.add((entries[-2].id, entries[-1].id))
    return entries, pairs


def _organization(chance: random.Random, place: Place) -> Iterator[tuple[str, list[str], Entry]]:
    """The services of an organization, each with its kind and the organization's name in both languages.

    Some are given at a second place too, as an entry of its own; where a shelter is, nobody is told.
    """
    own = place.name if chance.random() < 0.3 else "".join(chance.choices(SOUNDS, k=3)).title()
    both = [name.format(own) for name in chance.choice(HOUSES)]
    phone, host = _phone(chance), f"{plain(own)}{chance.randint(1, 99)}.example"
    told = chance.choice(("en", "fr", "both"))
    here, there = _at(chance, place, 0.01), _at(chance, place, 0.1)
    for kind in chance.sample(sorted(KINDS), chance.randint(1, 7)):
        names = chance.choice(ANY) if chance.random() < 0.1 else [chance.choice(KINDS[kind][place]) for place in (0, 1)]
        service = Entry(
            id="",
            names=_in(told, names),
            organizations=_in(told, both),
            phones=frozenset({phone if chance.random() < 0.6 else _phone(chance)}),
            emails=frozenset({f"{kind}@{host}" if chance.random() < 0.4 else f"info@{host}"}),
            sites=frozenset({host}),
            provinces=frozenset({place.province}),
            needs=frozenset(KINDS[kind][2]) | frozenset(chance.sample(NEEDS, chance.choice((0, 0, 1)))),
        )
        if kind == "shelter":
            yield kind, both, service
            continue
        yield kind, both, _given(service, here if chance.random() < 0.7 else _at(chance, place, 0.01))
        if chance.random() < AT_TWO_PLACES:
            second = _given(service, there)
            yield kind, both, second if chance.random() < 0.5 else replace(second, phones=frozenset({_phone(chance)}))


def _in(told: str, both: Sequence[str]) -> frozenset[str]:
    """A name in the language or languages that a feed tells it in."""
    return frozenset({"en": both[:1], "fr": both[1:], "both": both}[told])


def _phone(chance: random.Random) -> str:
    return f"+1{chance.randint(204, 905)}{chance.randint(2_000_000, 9_999_999)}"


def _at(chance: random.Random, place: Place, degrees: float) -> Entry:
    """Somewhere around the middle of a town, as an entry says it; the postal codes are made up, a few areas a town."""
    town = random.Random(place.label + str(chance.randint(1, 4)))  # noqa: S311 - made up too
    area = town.choice(LETTERS) + str(town.randint(1, 9)) + town.choice(LETTERS)
    point = _moved_by(chance, place.point, degrees)
    return Entry(
        id="",
        points=frozenset({point}),
        towns=frozenset({place.label}),
        postal_codes=frozenset({f"{area}{chance.randint(1, 9)}{chance.choice(LETTERS)}{chance.randint(1, 9)}"}),
    )


def _given(service: Entry, at: Entry) -> Entry:
    return replace(service, points=at.points, towns=at.towns, postal_codes=at.postal_codes)


def _listed_again(chance: random.Random, kind: str, both: list[str], one: Entry) -> Entry:
    """The same service as another feed lists it: in its own language, with errors, and less of it or newer."""
    told = chance.choice(("en", "fr", "both"))
    names = one.names if chance.random() < 0.6 else _in(told, [chance.choice(KINDS[kind][place]) for place in (0, 1)])
    # Some list what the city or a parent organization gives by that one's name.
    organizations = _in(told, both) if chance.random() < 0.97 else frozenset({"City Services"})
    return replace(
        one,
        names=frozenset(_misspelt(chance, name) for name in sorted(names)),
        organizations=frozenset(_misspelt(chance, name) for name in sorted(organizations)),
        phones=_changed(chance, one.phones, frozenset({_phone(chance)})),
        emails=_changed(chance, one.emails, frozenset({f"{kind}{chance.randint(1, 999)}@mail.example"})),
        sites=_changed(chance, one.sites, frozenset({f"{kind}{chance.randint(1, 999)}.example"})),
        # Mostly within a hundred metres, sometimes in the middle of the town.
        points=frozenset(
            _moved_by(chance, point, chance.choice((0.0, 0.0005, 0.0005, 0.02)))
            for point in one.points
            if chance.random() < 0.7
        ),
        postal_codes=one.postal_codes if chance.random() < 0.7 else frozenset(),
        needs=_changed(chance, one.needs, frozenset(chance.sample(sorted(one.needs), 1)) | {chance.choice(NEEDS)})
        if chance.random() < 0.97
        else frozenset({chance.choice(NEEDS)}),
    )


def _moved_by(chance: random.Random, point: Point, degrees: float) -> Point:
    return Point(
        round(point.latitude + chance.gauss(0, degrees), 4), round(point.longitude + chance.gauss(0, degrees), 4)
    )


def _changed(chance: random.Random, said: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """What another feed says of the same: mostly the same, or nothing, or something else."""
    return chance.choices((said, frozenset(), other), (0.65, 0.2, 0.15))[0]


def _misspelt(chance: random.Random, name: str) -> str:
    """A name with a letter left out, doubled or swapped with the next one; four of five names as they are."""
    at = chance.randrange(len(name) - 1)
    return chance.choices(
        (name, name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:],
         name[:at] + name[at + 1] + name[at] + name[at + 2 :]), (12, 1, 1, 1),
    )[0]  # fmt: skip
