"""The description refuses what contradicts itself, and comes back from JSON exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.plan.report.formats.document import (
    Cell,
    CellContent,
    Column,
    DocumentError,
    Figure,
    Heading,
    Part,
    ReportDocument,
    Row,
    RowSource,
    Table,
    paragraph,
    text,
)
from palermo.plan.report.formats.document_json import from_json, row_from_json, row_to_json, to_json
from palermo.plan.report.formats.labels import labels_for
from palermo.plan.report.formats.outline import blocks_with_level, row_groups

values = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.none(),
)
cells: st.SearchStrategy[CellContent] = st.one_of(
    values,
    st.builds(Cell, values, printed=st.text(max_size=20), code=st.text(max_size=9), language=st.text(max_size=5)),
)


def table_of(rows: tuple[Row, ...] | RowSource, columns: int = 2) -> Table:
    return Table("t", "Caption", tuple(Column(f"c{place}", f"Column {place}") for place in range(columns)), rows)


def document_of(*parts: Part) -> ReportDocument:
    return ReportDocument("en-CA", "Title", "Plan", "2024–2025", labels_for("en-CA"), parts)


def test_the_example_comes_back_exactly(example: ReportDocument) -> None:
    written = to_json(example)
    assert from_json(written) == example
    assert to_json(from_json(written)) == written
    assert written.isascii()


@given(rows=st.lists(st.tuples(cells, cells), max_size=5).map(tuple), words=st.text())
def test_any_cell_comes_back_exactly(rows: tuple[Row, ...], words: str) -> None:
    document = document_of(Part("p", words, (table_of(rows), paragraph(words))))
    assert from_json(to_json(document)) == document


@given(row=st.lists(cells, max_size=6).map(tuple))
def test_a_row_alone_comes_back_exactly(row: Row) -> None:
    assert row_from_json(row_to_json(row)) == row


def test_rows_that_are_made_when_asked_for_come_back_as_rows() -> None:
    rows: tuple[Row, ...] = (("a", 1), ("b", 2))
    streamed = document_of(Part("p", "P", (table_of(RowSource(lambda: iter(rows))),)))
    held = document_of(Part("p", "P", (table_of(rows),)))
    assert from_json(to_json(streamed)) == held


def test_a_decimal_keeps_its_last_zero_and_a_text_stays_a_text() -> None:
    row: Row = (Decimal("1500.50"), "2024-03-31")
    back = row_from_json(row_to_json(row))
    assert str(back[0]) == "1500.50"
    assert back[1] == "2024-03-31"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        "{}",
        '{"format": "palermo-report-document/2", "document": {}}',
        '{"format": "palermo-report-document/1", "document": {"type": "Nothing"}}',
        '{"format": "palermo-report-document/1", "document": {"type": "Run", "text": "x"}}',
        '{"format": "palermo-report-document/1", "document": {"type": "Run", "colour": "red"}}',
        '{"format": "palermo-report-document/1", "document": {"decimal": "many"}}',
        '{"format": "palermo-report-document/1", "document": {"date": "2024-13-01"}}',
    ],
)
def test_what_is_no_document_is_refused(written: str) -> None:
    with pytest.raises(DocumentError):
        from_json(written)


@pytest.mark.parametrize("written", ["", "{}", '{"type": "Part", "key": "p", "heading": ""}', "[[1]]"])
def test_what_is_no_row_is_refused(written: str) -> None:
    with pytest.raises(DocumentError):
        row_from_json(written)


def test_a_time_of_day_is_no_date() -> None:
    with pytest.raises(DocumentError, match="datetime"):
        row_to_json((datetime(2024, 1, 1, 12),))


def test_the_json_says_what_it_is(english: ReportDocument) -> None:
    assert json.loads(to_json(english))["format"] == "palermo-report-document/1"


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ((), "columns"),
        ((Column("a", ""), Column("a", "")), "key of its own"),
        ((Column("a b", ""),), "no key"),
        ((Column("É", ""),), "no key"),
        ((Column("due", ""), Column("due_printed", "")), "due_printed"),
        ((Column("a", ""), Column("g", "", role="group")), "come first"),
        ((Column("g", "", role="group"),), "nothing but group"),
    ],
)
def test_a_table_without_sense_is_refused(columns: tuple[Column, ...], reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        Table("t", "Caption", columns, ())


def test_a_row_of_another_length_is_refused_with_its_place() -> None:
    table = table_of((("a", "b"), ("c",)))
    with pytest.raises(DocumentError, match="row 2: 1 cells for 2 columns"):
        list(table.checked_rows())


def test_headings_that_skip_a_level_are_refused() -> None:
    with pytest.raises(DocumentError, match="level 4 after level 2"):
        Part("p", "P", (Heading(2, text("a")), Heading(4, text("b"))))
    with pytest.raises(DocumentError, match="level 1 after level 1"):
        Part("p", "P", (Heading(1, text("a")),))


def test_a_figure_needs_words() -> None:
    with pytest.raises(DocumentError, match="do not see it"):
        Figure("f", "<svg/>", " ", "Caption")


def test_keys_are_found_once_only(english: ReportDocument) -> None:
    twice = (*english.parts, Part("again", "Again", (table_of(()), table_of(()))))
    with pytest.raises(DocumentError, match="key of its own"):
        replace(english, parts=twice)
    with pytest.raises(DocumentError, match="level 1"):
        document_of(Part("p", "P", level=2))


def test_tables_and_figures_are_found_in_reading_order(english: ReportDocument) -> None:
    assert [table.key for table in english.tables()] == ["by-p.table", "action-chart", "resources", "closed"]
    assert [figure.key for figure in english.figures()] == ["by-p"]


def test_groups_follow_the_rows_and_leave_no_level_out() -> None:
    columns = (Column("a", "A", role="group"), Column("b", "B", role="group"), Column("c", "C"))
    rows: tuple[Row, ...] = (
        ("One", "One.1", 1), ("One", "One.1", 2), ("One", "One.2", 3), ("", "Alone", 4), ("", "", 5), ("One", "", 6),
    )  # fmt: skip
    found = [
        ([(title.depth, title.words) for title in group.titles], [row[0] for row in group.rows])
        for group in row_groups(Table("t", "T", columns, rows), "en-CA")
    ]
    assert found == [
        ([(0, "One"), (1, "One.1")], [1, 2]),
        ([(1, "One.2")], [3]),
        ([(0, "Alone")], [4]),
        ([], [5]),
        ([(0, "One")], [6]),
    ]


def test_blocks_know_the_heading_that_they_stand_under() -> None:
    part = Part(
        "p", "P", (paragraph("a"), Heading(2, text("h")), paragraph("b"), Heading(3, text("i")), paragraph("c"))
    )
    assert [level for _, level in blocks_with_level(part)] == [1, 1, 2, 2, 3]


def test_dates_are_dates_after_the_round_trip() -> None:
    assert row_from_json(row_to_json((date(2012, 6, 6),))) == (date(2012, 6, 6),)
