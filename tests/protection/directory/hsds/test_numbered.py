"""Numbers of streets and roads stand together with their names, and nothing is written otherwise for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from palermo.protection.directory.hsds.numbered import bound, is_town
from palermo.protection.directory.hsds.plain import plain

WORDS = some.sampled_from(
    ["12", "3", "50", "5e", "1st", "100a", "st", "street", "avenue", "rue", "road", "highway", "#", "no.", "-", ","]
)


@given(some.lists(WORDS | some.text(max_size=3), max_size=8).map(" ".join).map(str.lower))
def test_an_address_reads_the_same_with_its_numbers_put_together(line: str) -> None:
    assert {plain(one) for one in bound(line, {"reddeer"})} == {plain(line)}


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("5012 - 50 street", ["5012 50street"]),
        ("3-5012 50 street red deer", ["3-5012 50street red deer"]),
        ("5012, 50e rue", ["5012 50erue"]),
        ("10-12 street sw", ["10 12street sw"]),
        ("50 street", ["50street"]),
        ("50 avenue, red deer", ["50avenue, red deer"]),
        ("3-12 avenue road", ["3-12 avenue road"]),
        ("3-12 st. george street", ["3-12 st. george street"]),
        ("3-12 rue calme", ["3-12 rue calme"]),
        ("12 a street", ["12 a street"]),
        ("3-12 avenue du parc", ["3 12avenue du parc", "3-12 avenue du parc"]),
        ("1234 hwy #16", ["1234 hwy16"]),
        ("8060 no. 3 road", ["8060 no3road"]),
        ("1200 7 mile road", ["1200 7mile road"]),
    ],
)
def test_the_ways_in_which_a_line_may_be_read(line: str, readings: list[str]) -> None:
    assert list(bound(line, {"reddeer"})) == readings


@pytest.mark.parametrize(
    ("said", "found"), [("red deer ab canada", True), ("", True), ("red", False), ("a red deer", False)]
)
def test_towns_and_nothing_else(said: str, *, found: bool) -> None:
    assert is_town(said, {"reddeer", "ab", "canada"}) is found


def test_what_is_too_long_to_be_a_town_is_none() -> None:
    assert not is_town("canada " * 20, {"canada"})
