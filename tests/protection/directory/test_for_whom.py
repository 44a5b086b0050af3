"""For whom a service is, in a sentence of what it says in fields."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from palermo.protection.directory.for_whom import for_whom, who_helps
from palermo.protection.directory.hsds.json_values import Document, Json

YOUTH: Document = {"minimum_age": 16, "maximum_age": 24}


@pytest.mark.parametrize(
    ("said", "english", "french"),
    [
        ({}, "", ""),
        ({"genders": [], "minimum_age": None, "takes_children": None}, "", ""),
        ({"genders": ["men"]}, "Men.", "Hommes."),
        (
            {"genders": ["trans", "women", "two-spirit", "non-binary"]},
            "Women, Two-Spirit people, trans people and non-binary people.",
            "Femmes, personnes bispirituelles, personnes trans et personnes non binaires.",
        ),
        (YOUTH, "Ages 16 to 24.", "De 16 à 24 ans."),
        ({"minimum_age": 18}, "18 and over.", "18 ans et plus."),
        ({"minimum_age": 18.0, "maximum_age": 120}, "18 and over.", "18 ans et plus."),
        ({"minimum_age": 0, "maximum_age": 17.5}, "Up to 17.5.", "Jusqu’à 17,5 ans."),
        ({"minimum_age": "18"}, "", ""),
        ({"takes_children": True}, "Children can come along.", "Les enfants peuvent venir aussi."),
        (
            {"genders": ["men"], "minimum_age": 18, "maximum_age": 24, "takes_children": False},
            "Men. Ages 18 to 24. Children cannot come along.",
            "Hommes. De 18 à 24 ans. Les enfants ne peuvent pas venir.",
        ),
    ],
)
def test_what_fields_say_is_a_sentence_in_both_languages(said: Document, english: str, french: str) -> None:
    with override("en"):
        assert for_whom(said, "") == english
    with override("fr"):
        assert for_whom(said, "") == french


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"genders": ["women"]}, "Women and their children"),
        ({"genders": ["women", "trans"]}, "For trans people and women."),
        (YOUTH, "Anybody 16-24"),
        (YOUTH, "People aged 16 to 24 years"),
        ({"minimum_age": 18}, "Adults (18+)"),
        ({"minimum_age": 18}, "18 years or older"),
        ({"maximum_age": 24}, "Up to 24 years"),
    ],
)
def test_what_the_words_clearly_say_is_not_said_again(said: Document, words: str) -> None:
    with override("en"):
        assert for_whom(said, words) == ""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"genders": ["women"]}, "Women, and men on Mondays"),
        ({"genders": ["men"]}, "Everybody in need"),
        ({"minimum_age": 18}, "The programme takes 18 months"),
        (YOUTH, "Youth from 16 years on"),
        ({"takes_children": False}, "Children are welcome to visit"),
    ],
)
def test_what_the_words_leave_open_is_said(said: Document, words: str) -> None:
    with override("en"):
        assert for_whom(said, words)


@pytest.mark.parametrize(
    ("said", "english", "french"),
    [
        (True, "Immigration status does not matter.", "Le statut d’immigration n’a pas d’importance."),
        (
            False,
            "Immigration status may matter: ask before you come.",
            "Le statut d’immigration peut compter\N{NO-BREAK SPACE}: demandez avant de venir.",
        ),
        (None, "", ""),
        ("yes", "", ""),
    ],
)
def test_whether_immigration_status_matters_is_said_where_it_is_known(said: Json, english: str, french: str) -> None:
    with override("en"):
        assert for_whom({"any_immigration_status": said}, "") == english
        assert for_whom({"minimum_age": 16, "any_immigration_status": said}, "") == f"16 and over. {english}".strip()
    with override("fr"):
        assert for_whom({"any_immigration_status": said}, "") == french


def test_who_leads_it_and_what_they_learned_is_said_only_where_it_is_so() -> None:
    marks = ("indigenous_led", "community_led", "survivor_led", "trauma_informed")
    with override("en"):
        assert who_helps(dict.fromkeys(marks, True)) == (
            "Led by Indigenous people. Led by the community that it is for. Led by people who were trafficked "
            "themselves. The people there are trained in what trauma does."
        )
        assert who_helps({**dict.fromkeys(marks, False), "survivor_led": True}) == (
            "Led by people who were trafficked themselves."
        )
        assert who_helps({}) == who_helps(dict.fromkeys(marks, False)) == ""
    with override("fr"):
        assert who_helps({"trauma_informed": True}) == "Les gens sur place connaissent les effets des traumatismes."
