"""Everyday words, and the needs that they mean."""

from __future__ import annotations

import pytest

from palermo.protection.directory.hsds.everyday import nearly, vocabulary, words_of
from palermo.protection.directory.queries.needs import meant, needs

# Phrases as people may write them, and what they most likely mean.
PHRASES = [
    ("I need somewhere to sleep tonight", "safe-place"),
    ("un endroit où dormir", "safe-place"),
    ("hebergement", "safe-place"),
    ("shelterr", "safe-place"),
    ("I want to talk to someone", "talk"),
    ("j'ai peur", "talk"),
    ("lawer", "lawyer"),
    ("avocat", "lawyer"),
    ("my employer took my passport", "immigration"),
    ("papiers", "immigration"),
    ("refugee claim", "immigration"),
    ("pregnant", "doctor"),
    ("je suis blessée", "doctor"),
    ("medecin", "doctor"),
    ("my boss did not pay me", "wages"),
    ("salaire impayé", "wages"),
    ("pimp", "leaving-sex-trade"),
    ("sortir de la prostitution", "leaving-sex-trade"),
    ("my daughter is missing", "child"),
    ("garderie", "child"),
    ("ticket home", "going-home"),
    ("retourner dans mon pays", "going-home"),
    ("report to the polcie", "police"),
    ("GRC", "police"),
]


@pytest.mark.parametrize(("said", "code"), PHRASES)
def test_everyday_words_lead_to_the_need(said: str, code: str) -> None:
    assert code in [one["code"] for one in meant(said)][:2]


@pytest.mark.parametrize("said", ["", "the", "xyzzy", "?!", "a" * 80])
def test_words_that_nobody_knows_mean_nothing(said: str) -> None:
    assert meant(said) == []


def test_every_need_is_found_by_its_own_name_in_both_languages() -> None:
    for one in needs():
        for name in ("name", "name_fr"):
            assert one["code"] in [found["code"] for found in meant(str(one[name]))][:2]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    known = vocabulary({"a": ["home", "key"], "b": ["home"], "c": ["home"]})
    assert known.meant("home key")[0] == "a"
    assert known.meant("home") == ["a", "b", "c"]


def test_only_the_nearest_words_are_taken_for_one_with_an_error() -> None:
    assert nearly(["lawer"], ["lawyer", "laser", "flower"]) == ["lawyer"]
    assert nearly(["bed"], ["red", "fed"]) == []
    assert nearly([], ["red"]) == []


def test_words_that_say_nothing_are_left_out() -> None:
    assert [sorted(one) for one in words_of("J’ai besoin d’un médecin")] == [["medecin"]]
