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


def test_words_mean_together_what_they_mean_together() -> None:
    known = vocabulary({"a": ["work permit"], "b": ["work", "pay"], "c": ["take my pay"]})
    assert known.meant("work permit") == ["a"]
    assert known.meant("permit") == []
    assert known.meant("take all of my pay") == ["c"]
    assert known.meant("take the boss and my pay") == ["b"]
    assert known.meant("take my") == []


def test_cannot_is_the_same_with_and_without_its_apostrophe() -> None:
    known = vocabulary({"a": ["can’t leave"], "b": ["leave"]})
    for said in ("can't leave", "can’t leave", "cant leave", "CAN'T leave"):
        assert known.meant(said) == ["a"]


def test_faint_words_count_only_where_no_other_word_does() -> None:
    known = vocabulary({"a": ["help"], "b": ["papers"]})
    assert known.meant("help me please") == ["a"]
    assert known.meant("help me with papers") == ["b"]


def test_a_word_in_this_very_form_comes_before_those_with_its_stem() -> None:
    known = vocabulary({"a": ["prison"], "b": ["prisonnière"]})
    assert known.meant("prison") == ["a"]
    assert known.meant("prisonnière") == ["b"]
    assert known.meant("prisonnières") == ["b"]


def test_short_stems_tell_no_word() -> None:
    assert vocabulary({"a": ["fine"]}).meant("fin") == []
    assert vocabulary({"a": ["debts"]}).meant("debt") == ["a"]


@pytest.mark.parametrize("written", ["shleter", "sheltr", "shelterr", "sheltar", "shelter"])
def test_a_typing_error_leads_to_the_word(written: str) -> None:
    assert vocabulary({"a": ["shelter"]}).meant(written) == ["a"]


@pytest.mark.parametrize("written", ["helter", "shatter", "shelf", "shorts", "told"])
def test_another_word_is_no_typing_error(written: str) -> None:
    assert vocabulary({"a": ["shelter", "share", "sold"]}).meant(written) == []


def test_what_is_written_right_is_taken_for_nothing_else() -> None:
    assert vocabulary({"a": ["contract"]}).meant("contact") == []
    assert vocabulary({"a": ["contract"]}).meant("contratc") == ["a"]


def test_only_the_nearest_words_are_taken_for_one_with_an_error() -> None:
    assert nearly(["lawer"], ["lawyer", "laser", "flower"]) == ["lawyer"]
    assert nearly(["bed"], ["red", "fed"]) == []
    assert nearly([], ["red"]) == []
    assert nearly(["kill"], ["ill", "skill"]) == ["skill"]
    assert nearly(["kill"], ["ill"]) == []


def test_words_that_say_nothing_are_left_out() -> None:
    assert [sorted(one) for one in words_of("J’ai besoin d’un médecin")] == [["medecin"]]


def test_words_that_say_nothing_are_kept_where_there_are_no_others() -> None:
    assert [min(one) for one in words_of("Chez Nous")] == ["chez", "nous"]
    assert words_of("?!") == []


def test_of_phrases_that_are_as_long_the_one_with_more_words_is_meant() -> None:
    known = vocabulary({"a": ["want to die"], "b": ["want me to die"]})
    assert known.meant("they want me to die") == ["b"]
    assert known.says("a", "they want me to go and I want to die")
    assert not known.says("a", "they want me to die")
