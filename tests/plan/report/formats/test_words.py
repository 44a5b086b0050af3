"""Values are written as each language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.foundation.days import long_date
from palermo.plan.report.formats.document import Cell, CellContent, DocumentError
from palermo.plan.report.formats.words import one_line, printable, printed_beside, shown

NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("content", "english", "french"),
    [
        (1234567, "1,234,567", f"1{NO_BREAK}234{NO_BREAK}567"),
        (Decimal("1500.50"), "1,500.50", f"1{NO_BREAK}500,50"),
        (Decimal("1E+3"), "1,000", f"1{NO_BREAK}000"),
        (-3, "-3", "-3"),
        (date(2012, 6, 6), "Jun 6, 2012", "6 juin 2012"),
        (date(2012, 4, 1), "Apr 1, 2012", "1er avr. 2012"),
        (None, "", ""),
        ("1234567", "1234567", "1234567"),
        (Cell(12, printed="a dozen"), "12", "12"),
    ],
)
def test_cells_are_shown_in_both_languages(content: CellContent, english: str, french: str) -> None:
    assert shown(content, "en-CA") == english
    assert shown(content, "fr-CA") == french


def test_the_first_of_a_month_is_an_ordinal_in_french_alone() -> None:
    assert long_date(date(2013, 4, 1), "fr-CA") == "1er avril 2013"
    assert long_date(date(2013, 4, 11), "fr-CA") == "11 avril 2013"
    assert long_date(date(2013, 4, 1), "en-CA") == "April 1, 2013"


def test_printed_words_are_shown_where_they_differ() -> None:
    assert printed_beside(Cell("Ongoing", printed="ONGOING"), "en-CA") == ""
    assert printed_beside(Cell("Ongoing", printed="on track"), "en-CA") == "on track"
    assert printed_beside("Ongoing", "en-CA") == ""


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity")])
def test_a_number_that_is_none_is_refused(number: Decimal) -> None:
    with pytest.raises(DocumentError, match="finite"):
        shown(number, "en-CA")


@given(st.text(alphabet=st.characters(categories=None)))
def test_printable_text_can_be_written_to_any_file(words: str) -> None:
    left = printable(words)
    assert left.encode("utf-8").decode("utf-8") == left
    assert not any(ord(letter) < 32 and letter not in "\t\n" for letter in left)
    assert printable(left) == left
    assert "\n" not in one_line(words)


def test_line_ends_become_one_line_feed() -> None:
    assert printable("a\r\nb\rc\x00\x0bd") == "a\nb\ncd"
