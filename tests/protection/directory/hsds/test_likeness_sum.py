"""How alike entries are, against a second way to compute it: pair by pair in plain Python, without the library."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import log2

import pytest
from rapidfuzz.distance import DamerauLevenshtein

from palermo.protection.directory.hsds.likeness_entries import Entry
from palermo.protection.directory.hsds.likeness_keys import UNTOLD, Row, rows
from palermo.protection.directory.hsds.likeness_model import TOGETHER, Scored, is_untold, scored, weights
from palermo.protection.directory.hsds.likeness_words import Named
from palermo.protection.directory.hsds.places import Point, kilometres


@pytest.mark.parametrize("seed", [1, 2])
def test_levels_and_probabilities_are_those_that_a_plain_sum_gives(seed: int) -> None:
    entries = _anything(random.Random(seed), 60)  # noqa: S311
    known, found = rows(entries), _all_pairs(entries)
    assert len(found) == 60 * 59 / 2
    for pair in found:
        levels = _levels(known[pair["one"]], known[pair["other"]])
        assert pair["levels"] == levels
        assert pair["probability"] == pytest.approx(_probability(levels))
    assert {level for pair in found for level in pair["levels"].values()} >= {"alike", "part", "own", "for-others"}


def test_which_entry_has_which_id_does_not_matter() -> None:
    entries = _anything(random.Random(3), 40)  # noqa: S311
    turned = [replace(entry, id=f"{39 - int(entry.id):02}") for entry in entries]
    straight = {(pair["one"], pair["other"]): pair["probability"] for pair in _all_pairs(entries)}
    back = {(39 - pair["other"], 39 - pair["one"]): pair["probability"] for pair in _all_pairs(turned)}
    assert straight == back


def _all_pairs(entries: Iterable[Entry]) -> list[Scored]:
    """Every pair, whether or not they have something in common."""
    return scored([replace(row, keys=("x",)) for row in rows(entries)], weights(), 0)


def _probability(levels: Mapping[str, str]) -> float:
    """The sum of Fellegi and Sunter as a probability."""
    share = weights()["share"]
    weight = log2(share / (1 - share))
    for together, (first, second) in TOGETHER.items():
        if not is_untold((levels[first], levels[second])):
            for_same, for_others = weights()["levels"][together][f"{levels[first]} {levels[second]}"]
            weight += log2(for_same / for_others)
    return 1 / (1 + 2**-weight)


def _levels(one: Row, other: Row) -> dict[str, str]:
    return {
        "name": _name(one.name, other.name),
        "needs": _needs(one.entry.needs, other.entry.needs),
        "organization": _organization(one.organization, other.organization),
        "contact": _contact(one, other),
        "offer": _offer(one, other),
        "place": _place(one, other),
    }


def _at_odds(one: Iterable[str], other: Iterable[str]) -> bool:
    return bool(set(one) - set(other)) and bool(set(other) - set(one))


def _within(one: Iterable[str], other: Iterable[str]) -> bool:
    return bool(one) and bool(other) and (set(one) <= set(other) or set(other) <= set(one))


def _misspelt(one: Named, other: Named) -> bool:
    return not _at_odds(one.kinds, other.kinds) and any(
        DamerauLevenshtein.normalized_similarity(first, second) >= 0.85 for first in one.names for second in other.names
    )


def _name(one: Named, other: Named) -> str:
    if set(one.names) & set(other.names):
        return "same"
    if not one.words or not other.words:
        return UNTOLD
    if _at_odds(one.whom, other.whom):
        return "for-others"
    if _misspelt(one, other):
        return "alike"
    if _within(one.words, other.words):
        return "part"
    return "other-language" if _is_unclear(one, other) else "different"


def _is_unclear(one: Named, other: Named) -> bool:
    two_tongues = {*one.tongues, *other.tongues} == {"en", "fr"} and len(one.tongues) == len(other.tongues) == 1
    return two_tongues and not (one.kinds and other.kinds and set(one.kinds).isdisjoint(other.kinds))


def _offer(one: Row, other: Row) -> str:
    if set(one.name.names) & set(other.name.names):
        return "same-contact" if _contact(one, other) in {"own", "same"} else "same"
    if _within(one.name.words, other.name.words):
        return "part"
    is_unclear = not one.name.words or not other.name.words or _is_unclear(one.name, other.name)
    return "unclear" if is_unclear else "different"


def _needs(one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return UNTOLD
    return "same" if one == other else "some" if one & other else "different"


def _organization(one: Named, other: Named) -> str:
    if not one.names or not other.names:
        return UNTOLD
    if set(one.names) & set(other.names):
        return "same"
    if _misspelt(one, other):
        return "alike"
    if _within(one.words, other.words):
        return "part"
    strange = set(one.tongues).isdisjoint(other.tongues) and (one.tongues or other.tongues)
    return "other-language" if strange else "different"


def _contact(one: Row, other: Row) -> str:
    if set(one.own_contacts) & set(other.own_contacts):
        return "own"
    if set(one.phones) & set(other.phones) or set(one.emails) & set(other.emails):
        return "same"
    if one.entry.sites & other.entry.sites:
        return "site"
    return "different" if (one.phones and other.phones) or (one.emails and other.emails) else UNTOLD


def _place(one: Row, other: Row) -> str:
    km = min((kilometres(a, b) for a in one.entry.points for b in other.entry.points), default=None)
    provinces = one.entry.provinces, other.entry.provinces
    if set(one.postal_codes) & set(other.postal_codes) or (km is not None and km <= 0.25):
        return "same"
    if km <= 3 if km is not None else set(one.areas) & set(other.areas):
        return "near"
    if set(one.towns) & set(other.towns) or (km is not None and km <= 30):
        return "town"
    if all(provinces) and not provinces[0] & provinces[1]:
        return "elsewhere"
    return "apart" if km is not None or (one.towns and other.towns) else UNTOLD


def _anything(chance: random.Random, count: int) -> list[Entry]:
    """Entries that say anything, much of it the same."""

    def drawn(*pool: str) -> frozenset[str]:
        return frozenset(chance.sample(pool, chance.choice((0, 1, 1, 2))))

    names = ("Women's Shelter", "Womens Shelter", "Shelter for Men", "Legal Clinic", "Clinique juridique", "Giiwedin",
             "Legal Clinic North", "Refuge pour femmes", "Giwedin", "Linden House", "La Maison")  # fmt: skip
    points = [Point(46.1 + x, -64.8 + y) for x, y in ((0, 0), (0.001, 0.001), (0.02, 0), (0.1, 0.1), (3, 3))]
    return [
        Entry(
            id=f"{number:02}",
            names=drawn(*names),
            organizations=drawn(*names, "Linden Hose", "Doris"),
            phones=drawn(*(f"+1506555{last:04}" for last in range(count // 4))),
            emails=drawn("a@example.org", "B@example.org", "b@example.org"),
            sites=drawn("example.org", "example.com"),
            postal_codes=drawn("E1C1A1", "E1C2B2", "E0A1A1", "H2X1A1"),
            towns=drawn("Moncton (NB)", "MONCTON (NB)", "Dieppe (NB)"),
            provinces=drawn("NB", "QC"),
            points=frozenset(chance.sample(points, chance.choice((0, 1, 2)))),
            needs=drawn("talk", "lawyer", "doctor"),
        )
        for number in range(count)
    ]
