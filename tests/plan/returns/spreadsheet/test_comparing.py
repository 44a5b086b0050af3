"""Three texts: as downloaded, as saved meanwhile, as in the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palermo.plan.returns.spreadsheet.comparing import Keep, as_texts, as_values, differences, merged
from palermo.plan.returns.spreadsheet.reading import ReadRow, Said

EMPTY = {"status": "", "narrative_en": "", "new_due_on": "", "spent": "", "currency": "CAD"}


def row(version: int = 1, **said: tuple[str, str | None]) -> ReadRow:
    return ReadRow(7, version, 2, {name: Said(*texts) for name, texts in said.items()})


@pytest.mark.parametrize(
    ("file", "downloaded", "saved", "stored_version", "found"),
    [
        ("new", "old", "old", 1, "change"),
        ("new", "old", "old", 2, "change"),  # something else was saved, or a step was taken
        ("new", "old", "other", 2, "conflict"),
        ("new", "old", "new", 2, None),
        ("new", None, "old", 1, "change"),
        ("new", None, "old", 2, "conflict"),
        ("new", "mended", "old", 1, "change"),  # the copy was touched by some program; nobody saved anything
        ("", "old", "other", 2, "conflict"),
        ("a\n b", "old", "a\r\n b ", 2, None),
        ("new", "old", "other", 1, "change"),
        ("new", "old", "other", 0, "conflict"),  # a version of the future, which nobody gave out
    ],
)
def test_what_is_a_change_and_what_a_conflict(
    file: str, downloaded: str | None, saved: str, stored_version: int, found: str | None
) -> None:
    result = differences(row(narrative_en=(file, downloaded)), {**EMPTY, "narrative_en": saved}, stored_version)
    assert [("conflict" if one.is_conflict else "change") for one in result] == ([found] if found else [])


def test_each_choice_gives_what_it_says() -> None:
    saved = {**EMPTY, "status": "complete", "narrative_en": "Theirs.", "spent": "1.00"}
    read = row(narrative_en=("Mine.", "Old."), status=("ongoing", ""), spent=("2.00", "1.00"))
    found = differences(read, saved, 2)
    by_field = {one.field: one for one in found}
    assert by_field["narrative_en"].choices == (Keep.SAVED, Keep.FILE, Keep.BOTH)
    assert by_field["status"].choices == (Keep.SAVED, Keep.FILE)
    for choice, text in ((Keep.SAVED, "Theirs."), (Keep.FILE, "Mine."), (Keep.BOTH, "Theirs.\n\nMine.")):
        result = merged(saved, found, {"narrative_en": choice, "status": Keep.SAVED})
        assert result == {**saved, "narrative_en": text, "spent": "2.00"}


def test_two_texts_are_joined_only_where_they_fit() -> None:
    saved = {**EMPTY, "narrative_en": "a" * 10_000}
    [fits] = differences(row(narrative_en=("b" * 9_998, "")), saved, 2)
    [too_long] = differences(row(narrative_en=("b" * 9_999, "")), saved, 2)
    assert (Keep.BOTH in fits.choices, Keep.BOTH in too_long.choices) == (True, False)
    [emptied] = differences(row(narrative_en=("", "old")), saved, 2)
    assert Keep.BOTH not in emptied.choices


def test_values_become_texts_and_values_again() -> None:
    values = {"status": "", "narrative_en": "a\r\nb", "new_due_on": date(2016, 3, 31), "spent": Decimal("2.50")}
    assert as_texts(values) == {"status": "", "narrative_en": "a\r\nb", "new_due_on": "2016-03-31", "spent": "2.50"}
    assert as_values(as_texts(values)) == values
    assert as_values({"new_due_on": "", "spent": ""}) == {"new_due_on": None, "spent": None}
