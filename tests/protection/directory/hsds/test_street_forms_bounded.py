"""However an address repeats itself, it is looked for in few ways; and which pieces are surely places."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from palermo.protection.directory.hsds.confidential import Pieces
from palermo.protection.directory.hsds.street_forms import MOST_FORMS, forms_of, is_street
from palermo.protection.directory.hsds.street_kinds import BEFORE, BEHIND, NUMBER_OF, SHORT, WINDS

OF_TABLES = some.sampled_from(
    sorted({*BEFORE, *BEHIND, *NUMBER_OF, *SHORT, *WINDS, "de", "la", "l", "23rd", "45", "x"})
)


@given(some.lists(some.one_of(OF_TABLES, some.sampled_from(sorted(SHORT))), max_size=40))
def test_no_piece_has_more_ways_than_the_most(words: list[str]) -> None:
    piece = " ".join(["12", *words])
    begun = time.process_time()
    forms = forms_of(piece)
    assert time.process_time() - begun < 0.5
    assert len(forms) <= MOST_FORMS == 1_000
    assert is_street(piece) in {True, False}


@pytest.mark.parametrize("count", [4, 8, 12, 2_000])
def test_a_word_that_is_repeated_fills_no_memory(count: int) -> None:
    assert len(forms_of(f"12 {'dr ' * count}street")) <= MOST_FORMS


def test_the_first_three_words_are_still_written_for_short() -> None:
    pieces = Pieces(["12 st mt ft dr roy street"])
    assert pieces.tell_in("12 Saint Mount Fort Dr Roy St")
    assert not pieces.tell_in("12 Saint Mount Fort Doctor Roy St")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "45 maple street",
            "45 maple st",
            "45a maple st w",
            "12 rue calme",
            "12 rue de l eglise",
            "12 1 2 quiet lane",
        ),
        *("maple street 45", "quiet lane no 12", "12 oak park", "12 court street", "12 avenue road", "10 women s way"),
        *("1234 highway7", "1234 highway 7", "5012 50street", "12 5thavenue", "12 8e rang", "24215 rangeroad242"),
        *("12 safe harbour place", "12 private road", "12 king street west", "e1c4z3", "e1c4z3 45", "12 bis rue calme"),
    ],
)
def test_a_house_on_what_is_called_a_street_a_postal_code_and_a_building_are_places(piece: str) -> None:
    assert is_street(piece)


@pytest.mark.parametrize(
    "piece",
    [
        *("24 hours", "1 location", "211 call", "confidential call 24 hours", "24 hour crisis line", "211 crisis line"),
        *("12 park", "12 place", "12 rue", "12 moncton", "1 safe place", "1 place for women", "12 all day rooms", "45"),
        *("e0a1a0", "e0a1a0 45", "sw1a1aa", "highway7", "50street", "unit 12 quiet lane co op", "", "24 hours drive"),
    ],
)
def test_what_may_be_that_of_many_is_no_place(piece: str) -> None:
    assert not is_street(piece)
