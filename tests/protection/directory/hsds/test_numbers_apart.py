"""A hidden house is found also where more is written with its number, or its number behind its street."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from palermo.protection.directory.hsds.addresses import telling
from palermo.protection.directory.hsds.confidential import Pieces, given_away, tells_nothing
from palermo.protection.directory.hsds.numbers_apart import numbers_apart

HIDDEN = Pieces(telling({"address_1": "45 Maple Street", "city": "Moncton", "state_province": "NB"}))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "45A Maple St",
            "45a, rue Maple",
            "45-A Maple Street",
            "45 A Maple Street",
            "At 45B Maple, ring",
            "3-45A Maple",
        ),
        *("45-47 Maple St", "45–47 Maple Street", "45 - 47, rue Maple", "45/47 Maple St.", "43-47 Maple St"),
        *(
            "45 & 47 Maple Street",
            "45 &amp; 47 Maple Street",
            "45 and 47 Maple St",
            "43 to 47 Maple",
            "45 et 47 rue Maple",
        ),
        *("No. 45 on Maple Street", "number 45 on Maple St", "#45 on Maple Street", "n° 45 sur la rue Maple"),
        *("Au 45 de la rue Maple", "<b>45A</b> Maple Street", "45A%20Maple%20Street"),
        *(
            "Maple Street 45",
            "Maple St. 45",
            "At Maple St., No. 45",
            "At Maple Street, 45.",
            "rue Maple 45",
            "au\nMaple Street #45\nsonnez",
        ),
    ],
)
def test_the_house_is_found(text: str) -> None:
    assert HIDDEN.tell_in(text)
    assert given_away({"description": text}, HIDDEN) == [("description",)]
    assert not tells_nothing({"description": text}, HIDDEN)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "145A Maple St",
            "46A Maple St",
            "45A Maple Road",
            "45A Maple Leaf Gardens",
            "45A Mapleton Street",
            "45 bis Oak",
        ),
        *("47-49 Maple St", "45-101 Maple St", "45-46 Maple St", "44-48 Maple Street", "45-47 Maple Road", "45-47 Oak"),
        *("Open from 45 on Maple Street", "Bingo 45 on Maple Street", "145 de la rue Maple", "45 de la rue Mapleton"),
        *("Old Maple Street 45", "Sugarmaple Street 45", "Maple Street 455", "Maple Street 45A", "Maple Street 145"),
        *("On Maple Street. 45 beds", "Maple Street 45 Oak Avenue", "Maple Street, 45 Oak Avenue", "Maple 45"),
        *("Maple Street 45-101", "Maple Street 45e"),
    ],
)
def test_another_house_is_not(text: str) -> None:
    assert not HIDDEN.tell_in(text)
    assert given_away({"description": text}, HIDDEN) == []


@pytest.mark.parametrize(
    ("sealed", "text"), [("3 Maple Street", "3-45 Maple Street"), ("12 Oak Lane", "12 - 50 Oak Lane")]
)
def test_a_unit_is_no_civic_number(sealed: str, text: str) -> None:
    assert not Pieces(telling({"address_1": sealed})).tell_in(text)


def test_each_number_stands_before_its_street() -> None:
    assert numbers_apart("43-47 Maple St").splitlines() == ["43  maple st", "45  maple st"]
    assert numbers_apart("Call 506-555-0142, 24/7, 9:00-17:00, 2026-11-04") == ""


@given(some.text(some.sampled_from("019 -aà&,.éßİ\n")))
def test_any_text_is_read_quickly(text: str) -> None:
    begun = time.process_time()
    numbers_apart(text * 200)
    assert time.process_time() - begun < 1
