"""Telephone numbers in all ways in which people write them."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.protection.directory.hsds.phones import e164, short, split, without_hours


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("506-858-1234", "+15068581234"),
        ("(506) 858-1234", "+15068581234"),
        ("1 506 858 1234", "+15068581234"),
        ("506.858.1234 ext. 12", "+15068581234"),
        ("506 858-1234, poste 12", "+15068581234"),
        ("506 858-1234 (poste 12)", "+15068581234"),
        ("506-858-1234 x12", "+15068581234"),
        ("506-858-1234x12", "+15068581234"),
        ("506-858-1234 #12", "+15068581234"),
        ("506 858-1234 p. 12", "+15068581234"),
        ("+1 506 858 1234;ext=12", "+15068581234"),
        ("506‑858‑1234", "+15068581234"),
        ("506\N{NO-BREAK SPACE}858\N{EN DASH}1234", "+15068581234"),
        ("1-833-900-1010", "+18339001010"),
        ("1-800-FLOWERS", "+18003569377"),
        ("+33 1 42 68 53 00", "+33142685300"),
        ("011 33 1 42 68 53 00", "+33142685300"),
        ("tel:+1-506-858-1234", "+15068581234"),
        ("911", ""),
        ("988", ""),
        ("310-2255", ""),
        ("858-1234", ""),
        ("506-858-123", ""),
        ("506-158-1234", ""),
        ("506-858-1234 ou 506-858-1235", ""),
        ("call first", ""),
        ("1 800 263-2525 (24h)", "+18002632525"),
        ("506 853 0100 24h", "+15068530100"),
        ("506-853-0100 (24/7)", "+15068530100"),
        ("506-853-0100, 24 heures sur 24, 7 jours sur 7", "+15068530100"),
        ("24/7: 506-853-0100 poste 12", "+15068530100"),
        ("506-247-2424", "+15062472424"),
        ("9-8-8", ""),
        ("", ""),
    ],
)
def test_numbers_are_known_however_they_are_written(written: str, number: str) -> None:
    assert e164(written) == number


def test_a_number_without_a_code_is_of_the_region() -> None:
    assert e164("01 42 68 53 00", "FR") == "+33142685300"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("506-858-1234 ext. 12", ("506-858-1234", "12")),
        ("506 858-1234, poste 0123", ("506 858-1234", "0123")),
        ("506-858-1234 x 7", ("506-858-1234", "7")),
        ("506-858-1234", ("506-858-1234", "")),
        ("1-800-FLOWERS", ("1-800-FLOWERS", "")),
    ],
)
def test_an_extension_is_split_off(written: str, parts: tuple[str, str]) -> None:
    assert split(written) == parts


@pytest.mark.parametrize(
    ("written", "digits"),
    [("9-8-8", "988"), ("2-1-1", "211"), ("8 1 1", "811"), ("911", "911"), ("9‑8‑8", "988"), ("1-1-1", ""),
     ("2--1-1", ""), ("211 Main", ""), ("9 1 2", ""), ("", "")],
)  # fmt: skip
def test_short_numbers_are_known_with_hyphens(written: str, digits: str) -> None:
    assert short(written) == digits


def test_words_of_digits_are_no_part_of_a_number() -> None:
    assert without_hours("1 800 263-2525 (24h/24, 7j/7)") == "1 800 263-2525"
    assert without_hours("506-858-1234 24/7") == "506-858-1234"
    assert without_hours("506-724-0247") == "506-724-0247"
    assert without_hours("call first") == "call first"


@pytest.mark.parametrize("between", [" ", ",", "(", "1 ", " x", "24", "24 / ", ", ;("])
def test_a_huge_cell_is_no_number_and_costs_no_time(between: str) -> None:
    written = "1" + between * 20_000 + "x"
    start = time.process_time()
    assert e164(written) == ""
    assert split(written)[1] == ""
    assert time.process_time() - start < 0.5


@given(st.text() | st.from_regex(r"[+]?[0-9 ().x#-]{0,40}", fullmatch=True))
def test_whatever_is_written_is_a_number_or_none(written: str) -> None:
    assert re.fullmatch(r"(?:\+[1-9][0-9]{1,14})?", e164(written))
