"""A piece of an address is found where it stands for itself, and not at the end of another number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from palermo.protection.directory.hsds.confidential import Pieces, given_away, tells_nothing
from palermo.protection.directory.hsds.plain import places, plain, without_accents


@pytest.mark.parametrize(
    "text",
    [
        *(
            "7 Main Street",
            "3-7 Main Street",
            "3/7 Main Street",
            "#3 7 Main Street",
            "Unit3-7 Main Street",
            "A7 Main Street",
        ),
        *(
            "at7mainstreet",
            "506-555-0142, 7 Main Street",
            "50655501427 Main Street",
            "007 Main Street",
            "7<br>7 Main Street",
        ),
        *("1%207%20Main%20Street", "1&nbsp;7 Main Street", "17 Main Street and 7 Main Street", "1²7 Main Street"),
        *("<b>3</b> 7 Main Street", "17\n7 Main Street"),
    ],
)
def test_a_house_is_told_whatever_stands_before_its_number(text: str) -> None:
    assert Pieces(["7mainstreet"]).tell_in(text)
    assert given_away({"description": text}, Pieces(["7mainstreet"])) == [("description",)]


@pytest.mark.parametrize("text", ["17 Main Street", "At 3-17 Main Street", "2017 Main Street", "In 17, Main Street"])
def test_another_number_with_the_same_end_is_another_house(text: str) -> None:
    pieces = Pieces(["7mainstreet"])
    assert given_away({"description": text}, pieces) == []
    assert given_away({"description": text.replace("17", "1<b>7</b>")}, pieces) == []
    assert not tells_nothing({"description": text}, pieces)
    assert given_away({"description": text}, Pieces(["7mainstreet", plain(text.split()[-3]) + "mainstreet"])) == [
        ("description",)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *(("9 Oak", True), ("at 9, Oak.", True), ("9 Oak Street", True), ("19 Oak", False), ("9 Oakville", False)),
        *(("E1C 9Q9 Oak", False), ("509 Oak", False)),
    ],
)
def test_a_short_piece_counts_only_as_words_of_its_own(text: str, *, told: bool) -> None:
    assert Pieces(["9oak"]).tell_in(text) is told


TEXTS = some.text(some.sampled_from("017 -,aéßœ½²"), max_size=14)


@given(TEXTS)
def test_where_each_sign_stands_is_known_of_any_text(text: str) -> None:
    assert len(places(text)) == len(plain(text))
    assert "".join(plain(text[place]) for place in dict.fromkeys(places(text))) == plain(text)


@given(TEXTS, some.lists(some.sampled_from(["7a", "17aaa", "7aaae", "0aaa7", "aaaaa", "e7aa"]), min_size=1, max_size=3))
def test_the_quick_way_finds_what_a_plain_pattern_finds(text: str, pieces: list[str]) -> None:
    text = without_accents(text)
    assert Pieces(pieces).tell_in(text) is any(by_pattern(piece, text) for piece in pieces)


def by_pattern(piece: str, text: str) -> bool:
    """Letter by letter, with signs between them; before a number no other digits, unless zeros or very many."""
    for found in re.finditer(rf"(?={r'[^a-z0-9]*'.join(piece)})", text):
        before, behind = text[: found.start()], text[found.start() :]
        if len(piece) < 5:
            end = re.match(r"[^a-z0-9]*".join(piece), behind)
            if end and not before[-1:].isalnum() and not behind[end.end() :][:1].isalnum():
                return True
            continue
        more, number = re.findall(r"[0-9]*$", before)[0], re.findall(r"^[0-9]*", behind)[0]
        if not number or not more.strip("0") or len(more + number) > 6:
            return True
    return False
