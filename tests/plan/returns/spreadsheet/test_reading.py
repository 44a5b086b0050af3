"""What comes back: only what was changed, and every mistake by its cell."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl.utils import get_column_letter

from palermo.plan.returns.spreadsheet.columns import COLUMNS, COPY, PLACES, SHEET
from palermo.plan.returns.spreadsheet.problems import RefusedError
from palermo.plan.returns.spreadsheet.reading import Said, read_returns
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ReturnFactory
from tests.plan.returns.spreadsheet.handling import Typed, at, download, opened, saved, write, wrong


def said(data: bytes) -> dict[str, Said]:
    reading = read_returns(data)
    assert reading.problems == ()
    [row] = reading.rows
    return row.said


def test_what_was_not_touched_says_nothing(desk: Desk) -> None:
    desk.put(status="ongoing", narrative_en="=1\r\n\r\n two ", spent="12.50", new_due_on=date(2016, 3, 31))
    [row] = read_returns(download(desk)).rows
    assert (row.number, row.version, row.line, row.said) == (desk.one.pk, 1, 2, {})


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("status", "Achevé", "complete"),
        ("status", None, ""),
        ("narrative_en", "  Forty.\n\nFifty. ", "Forty.\n\nFifty."),
        ("narrative_fr", "=1+1", "=1+1"),
        ("reason_en", 40, "40"),
        ("reason_fr", 2.5, "2.5"),
        ("proof_en", date(2016, 3, 31), "2016-03-31"),
        ("new_due_on", date(2016, 3, 31), "2016-03-31"),
        ("new_due_on", datetime(2016, 3, 31, 12, 30), "2016-03-31"),
        ("new_due_on", "2016-03-31", "2016-03-31"),
        ("spent", 1250.5, "1250.50"),
        ("spent", 0, "0.00"),
        ("spent", "1 250,5", "1250.50"),
        ("spent", 999_999_999_999.99, "999999999999.99"),
        ("currency", "usd", "USD"),
    ],
)
def test_what_was_typed_is_read(desk: Desk, name: str, typed: Typed, read: str) -> None:
    desk.put(status="ongoing")
    assert said(write(download(desk), **{name: typed}))[name].file == read


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("status", "Finished", "status"),
        ("status", "Not reported", "status"),
        ("new_due_on", "31 March 2016", "date"),
        ("new_due_on", "2016-02-30", "date"),
        ("new_due_on", "March 2016", "date"),
        ("spent", "much", "money"),
        ("spent", -1, "money"),
        ("spent", 1.234, "money"),
        ("spent", "12,500.00", "money"),
        ("spent", 10**12, "money"),
        ("currency", "dollars", "currency"),
        ("currency", None, "currency"),
        ("narrative_en", "x" * 20_001, "too_long"),
        ("code", "D99", "locked_changed"),
        ("promise", "Train nobody", "locked_changed"),
        ("due", date(2030, 1, 1), "locked_changed"),
        ("version", 7, "locked_changed"),
    ],
)
def test_each_mistake_is_named_by_its_cell(desk: Desk, name: str, typed: Typed, code: str) -> None:
    assert wrong(write(download(desk), **{name: typed})) == {at(name): code}


def test_formulas_and_errors_are_named_and_never_calculated(desk: Desk) -> None:
    book = opened(download(desk))
    book[SHEET][at("spent")] = "=1+1"
    book[SHEET][at("narrative_en")] = "#REF!"
    book[SHEET][at("narrative_en")].data_type = "e"
    assert wrong(saved(book)) == {at("spent"): "formula", at("narrative_en"): "broken"}


def test_nothing_that_was_written_is_passed_over(desk: Desk) -> None:
    book = opened(download(desk))
    beside = f"{get_column_letter(len(COLUMNS) + 2)}2"
    book[SHEET][beside] = "A note to myself"
    book[SHEET]["B9"] = "A promise of our own"
    assert wrong(saved(book)) == {beside: "not_read", "A9": "no_number"}


def test_a_return_stands_in_the_file_once(desk: Desk) -> None:
    book = opened(download(desk))
    for column in COLUMNS:
        book[SHEET][at(column.name, 3)] = book[SHEET][at(column.name)].value
    assert wrong(saved(book)) == {"A3": "twice"}


@pytest.mark.parametrize("typed", ["", "x", "-1", "1.5", 0, 2**31, "９", "1" * 30])
def test_a_row_says_which_return_it_is(desk: Desk, typed: Typed) -> None:
    assert wrong(write(download(desk), number=typed)) == {"A2": "no_number"}


def test_headings_stay_where_they_are(desk: Desk) -> None:
    book = opened(download(desk))
    book[SHEET][at("spent", 1)] = "Cost"
    book[SHEET].cell(1, len(COLUMNS) + 1).value = "Mine"
    with pytest.raises(RefusedError) as refused:
        read_returns(saved(book))
    assert [(each.code, each.cell) for each in refused.value.problems] == [("heading", "R1"), ("not_read", "V1")]
    assert "Money spent in the period Argent dépensé" in refused.value.problems[0].sentence
    book = opened(download(desk))
    book[SHEET].delete_cols(PLACES["status"] + 1)
    with pytest.raises(RefusedError) as refused:
        read_returns(saved(book))
    assert (refused.value.problems[0].code, refused.value.problems[0].cell) == ("heading", at("status", 1))


def test_rows_may_be_left_out_moved_and_empty(desk: Desk) -> None:
    ReturnFactory.create_batch(2, cycle=desk.cycle, organisation=desk.organisation)
    book = opened(write(download(desk), 4, narrative_en="Fifty."))
    book[SHEET].delete_rows(2)
    book[SHEET].insert_rows(2, amount=3)
    reading = read_returns(saved(book))
    assert reading.problems == ()
    assert [(row.line, sorted(row.said)) for row in reading.rows] == [(5, []), (6, ["narrative_en"])]


def test_without_the_copy_every_cell_speaks_and_nobody_knows_what_stood_there(desk: Desk) -> None:
    desk.put(narrative_en="Forty.")
    book = opened(write(download(desk), reason_en="Late."))
    del book[COPY]
    found = said(saved(book))
    assert found["narrative_en"] == Said("Forty.", None)
    assert found["reason_en"] == Said("Late.", None)


def test_a_sheet_without_rows_is_refused(desk: Desk) -> None:
    book = opened(download(desk))
    book[SHEET].delete_rows(2)
    with pytest.raises(RefusedError, match="no_rows"):
        read_returns(saved(book))
