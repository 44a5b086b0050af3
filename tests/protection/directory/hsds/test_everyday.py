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
    ("trafficked", "safe-place"),
    ("I was trafficked", "talk"),
    ("human trafficking", "safe-place"),
    ("traite", "safe-place"),
    ("victime de la traite", "talk"),
    ("they force me", "safe-place"),
    ("on m'a vendue", "safe-place"),
    ("exploité", "safe-place"),
    ("exploitée", "talk"),
    ("kill myself", "talk"),
    ("je veux mourir", "talk"),
    ("me tuer", "talk"),
    ("he will kill me", "safe-place"),
    ("il va me tuer", "police"),
    ("I want to leave him", "safe-place"),
    ("I want to leave him", "talk"),
    ("je veux le quitter", "safe-place"),
    ("leave my boyfriend", "safe-place"),
]


@pytest.mark.parametrize(("said", "code"), PHRASES)
def test_everyday_words_lead_to_the_need(said: str, code: str) -> None:
    assert code in [one["code"] for one in meant(said)][:2]


@pytest.mark.parametrize("said", ["", "the", "xyzzy", "?!", "a" * 80])
def test_words_that_nobody_knows_mean_nothing(said: str) -> None:
    assert meant(said) == []


def test_what_was_done_to_somebody_leads_to_safety_a_listener_and_the_police() -> None:
    for said in ("trafficked", "trafficking", "forced", "traite", "traite des personnes", "forcée"):
        assert {"safe-place", "talk", "police"} <= {one["code"] for one in meant(said)}, said


def test_who_thinks_of_dying_is_first_offered_somebody_to_talk_to() -> None:
    for said in ("kill myself", "I want to die", "suicide", "suicidal", "mourir", "je veux me tuer", "en finir"):
        assert meant(said)[0]["code"] == "talk", said


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
    assert nearly(["kill"], ["ill", "skill"]) == ["skill"]
    assert nearly(["kill"], ["ill"]) == []


def test_words_that_say_nothing_are_left_out() -> None:
    assert [sorted(one) for one in words_of("J’ai besoin d’un médecin")] == [["medecin"]]
