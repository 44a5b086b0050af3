"""What a card says of a service: the numbers of it, and what a telephone dials."""

from __future__ import annotations

import pytest

from palermo.protection.directory.cards import Phone, dialled, phones_of, text_of
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
