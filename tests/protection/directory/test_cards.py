"""What a card says of a service: the numbers of it, and what a telephone dials."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from palermo.foundation.bilingual import Shown
from palermo.protection.directory.cards import Phone, dialled, languages_of, phones_of, text_of
from palermo.protection.directory.hsds.json_values import Document


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("506-555-0100", "5065550100"),
        ("+1 (506) 555-0100", "+15065550100"),
        ("1-800-555-HELP", "18005554357"),
        ("506-555-0101 ext. 5", "5065550101"),
        ("506 555-0101 poste 5", "5065550101"),
        ("506-555-0101x5", "5065550101"),
        ("506-555-0101 or 506-555-0102", "5065550101"),
        ("911", "911"),
        ("211", "211"),
        ("988", "988"),
        ("see website", ""),
        ("Tel 613-555-0100", ""),
        ("613-238-3311 (TTY)", ""),
        ("506-555-0100 (24/7)", "5065550100"),
        ("506-555-0100 24h", "5065550100"),
        ("24/7", ""),
        ("9-8-8", "988"),
        ("2-1-1", "211"),
        ("8 1 1", "811"),
        ("N/A", ""),
        ("5065550100" + " " * 5_000 + "x", "5065550100"),
        ("5" * 5_000, ""),
        ("1-800-387-KIDS (5437)", ""),
        ("+44 20 7946 0958", "+442079460958"),
        ("1.506.555.0100", "15065550100"),
        ("Call 8-4", ""),
        ("", ""),
        ("55", ""),
    ],
)
def test_numbers_are_dialled_only_where_they_are_certain(written: str, expected: str) -> None:
    assert dialled(written) == expected


def test_numbers_that_only_take_texts_come_last_and_say_so() -> None:
    phones: list[Document] = [
        {"number": "506-555-0111", "type": "text", "extension": 3, "description": "At night"},
        {"number": "506-555-0122", "type": "voice"},
        {"number": "686868", "type": "SMS"},
        {"number": "our short code", "type": "texto"},
        {"number": "506-555-0144"},
        {"number": "506-555-0155", "type": "tty"},
    ]
    found = phones_of({"phones": [*phones]})
    assert found[2] == Phone("506-555-0111", "5065550111", text_of(phones[0], "description"), is_texted=True)
    assert [(one.words, one.dialled) for one in found] == [
        ("506-555-0122", "5065550122"),
        ("506-555-0144", "5065550144"),
        ("Send a text to 506-555-0111", "5065550111"),
        ("Send a text to 686868", "686868"),
        ("Send a text to our short code", ""),
    ]


@pytest.mark.parametrize(
    ("said", "english", "french"),
    [
        ({"code": "es"}, "Spanish", "espagnol"),
        ({"code": "FR-ca"}, "French", "français"),
        ({"name": "fra"}, "French", "français"),
        ({"name": "ASL"}, "American Sign Language", "langue des signes américaine"),
        ({"name": "es", "name_fr": "espagnol"}, "Spanish", "espagnol"),
        ({"name": "cri", "code": "cr"}, "Cree", "cri"),
        ({"name": "xx", "code": "es"}, "Spanish", "espagnol"),
        ({"name": "Spanish (Fridays)", "code": "es"}, "Spanish (Fridays)", "Spanish (Fridays)"),
        ({"name": "Klingon", "name_fr": "klingon", "code": "tlh"}, "Klingon", "klingon"),
        ({"name": "Twi", "name_fr": "twi"}, "Twi", "Twi"),
        ({"name": "BSL"}, "BSL", "BSL"),
    ],
)
def test_a_language_has_its_name_in_the_language_of_the_reader(said: Document, english: str, french: str) -> None:
    for language, name in (("en", english), ("fr", french)):
        with override(language):
            assert [one.text for one in languages_of({"languages": [said]})] == [name]


def test_a_code_that_nobody_knows_is_not_shown_and_a_language_only_once() -> None:
    unknown: list[Document] = [{}, {"code": "xx"}, {"name": "qq"}, {"name": "qq-Latn", "code": "qq"}, {"name": ""}]
    with override("en"):
        assert languages_of({"languages": [*unknown]}) == ()
        twice: list[Document] = [{"code": "es"}, {"name": "Spanish", "name_fr": "espagnol"}]
        assert languages_of({"languages": [*twice]}) == (Shown("Spanish", "en", is_other=False),)
