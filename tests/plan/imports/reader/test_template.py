"""What is filled into a template is read back exactly, and nothing in a template is a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from palermo.plan.imports.reader.headers import Language, example_row, template_fields, value_labels
from palermo.plan.imports.reader.reading import ReadRow, ReadSection, SourceKind
from palermo.plan.imports.reader.tabular import read_table
from palermo.plan.imports.reader.template import (
    guarded,
    rows_csv,
    rows_xlsx,
    template_csv,
    template_row,
    template_xlsx,
    unguarded,
)

LANGUAGES: tuple[Language, ...] = ("en", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_template_is_known_and_its_example_is_passed_over(language: Language) -> None:
    for data, kind in ((template_csv(language), SourceKind.CSV), (template_xlsx(language), SourceKind.XLSX)):
        reading = read_table(data, kind=kind)
        assert (reading.refusal_code, reading.rows, reading.unknown_headers) == ("no_rows", [], [])
        assert set(reading.headers.values()) == {field.name for field in template_fields()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_changed_example_is_not_lost(language: Language) -> None:
    changed = [value.replace("bus", "train") for value in example_row(language)]
    reading = read_table(rows_csv(language, [changed]), kind=SourceKind.CSV)
    assert [doubt.code for doubt in reading.rows[0].doubts] == ["example_row_changed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_itself_reads_without_a_doubt(language: Language) -> None:
    values = ["1.1-01" if value in {"EXAMPLE", "EXEMPLE"} else value for value in example_row(language)]
    row = read_table(rows_csv(language, [values]), kind=SourceKind.CSV).rows[0]
    assert row.doubts == []
    assert (row.status, row.p, row.is_new) == ("in_progress", "prevention", True)
    assert len(row.leads) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_spreadsheet_offers_lists_and_help(language: Language) -> None:
    book = load_workbook(io.BytesIO(template_xlsx(language)))
    rows, explained = book.worksheets
    lists = {str(rule.sqref).partition(":")[0]: rule.formula1 for rule in rows.data_validations.dataValidation}
    names = [field.name for field in template_fields()]
    for field in ("status", "p", "is_new"):
        letter = get_column_letter(names.index(field) + 1)
        wanted = ",".join(label.said_in(language) for label in value_labels(field).values())
        assert lists[f"{letter}2"] == f'"{wanted}"'
    helped = {explained.cell(number, 1).value for number in range(4, 4 + len(names))}
    assert helped == {field.label.said_in(language) for field in template_fields()}


line = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=12)
danger = st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''", "'", "#x", "a;b", 'a"b', "a\nb", "_x0041_"])
words = (line | danger).map(str.strip)
names = st.lists(st.from_regex(r"[A-Z][a-z]{1,8} and [a-z]{1,4}, [A-Z]{2}", fullmatch=True), max_size=3, unique=True)
days = st.none() | st.dates()
statuses = st.sampled_from(["", *value_labels("status")])
sections = st.none() | st.integers(0, 3)
amounts = st.just("") | st.decimals(0, 10**9, places=2).map(lambda amount: f"{amount:.2f}")


@st.composite
def read_rows(draw: st.DrawFn) -> ReadRow:
    start, due, revised = draw(days), draw(days), draw(days)
    section = draw(sections)
    return ReadRow(
        section=None if section is None else f"1.{section}",
        row=0,
        text=draw(words),
        text_fr=draw(words),
        lead_in=draw(words),
        lead_in_fr=draw(words),
        code=draw(st.from_regex(r"[0-9]\.[0-9]{1,2}", fullmatch=True)),
        printed_start=start.isoformat() if start else "",
        start_on=start,
        printed_due=due.isoformat() if due else "",
        due_on=due,
        printed_revised_due=revised.isoformat() if revised else "",
        revised_due_on=revised,
        status=draw(statuses),
        leads=draw(names),
        supporting=draw(names),
        is_new=draw(st.booleans()),
        note=draw(words),
        p=draw(st.sampled_from(["", *value_labels("p")])),
        amount=draw(amounts),
        fiscal_year=draw(st.sampled_from(["", "2013-2014", "1999-2000"])),
    )


def compared(row: ReadRow) -> dict[str, object]:
    left_out = {"row", "lines", "cells", "doubts", "printed_leads"}
    return {name: getattr(row, name) for name in ReadRow.__slots__ if name not in left_out}


@settings(deadline=None, max_examples=60)
@given(st.lists(read_rows(), min_size=1, max_size=5), st.sampled_from(LANGUAGES), st.booleans())
def test_what_is_filled_in_is_read_back(rows: list[ReadRow], language: Language, as_csv: bool) -> None:
    known = {f"1.{number}": ReadSection(f"1.{number}", f"1.{number}", f"T{number}", title_fr=f"É{number}")
             for number in range(4)}  # fmt: skip
    filled = [_labelled(row, language) for row in rows]
    values = [template_row(row, known.get(row.section or ""), language) for row in filled]
    data = rows_csv(language, values) if as_csv else rows_xlsx(language, values)
    reading = read_table(data, kind=SourceKind.CSV if as_csv else SourceKind.XLSX)
    assert [compared(row) for row in reading.rows] == [compared(row) for row in filled]
    for section in reading.sections:
        wanted = known[section.key]
        assert (section.code, section.title, section.title_fr) == (wanted.code, wanted.title, wanted.title_fr)


def _labelled(row: ReadRow, language: Language) -> ReadRow:
    """The row as a person fills it in: with a label of the list for its status."""
    if not row.status:
        return replace(row, status="not_stated", printed_status="")
    return replace(row, printed_status=value_labels("status")[row.status].said_in(language))


@given(words)
def test_a_guard_is_taken_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_no_cell_of_a_csv_begins_like_a_formula() -> None:
    row = [f"{mark}cmd|' /C calc'!A0" for mark in "=+-@\t\r"] + [""] * (len(template_fields()) - 6)
    written = rows_csv("en", [row]).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))[1]
    assert [cell[0] for cell in cells if cell] == ["'"] * 6


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    row = ["=1+1", "+1", "-1", "@SUM(A1)", *[""] * (len(template_fields()) - 4)]
    sheet = load_workbook(io.BytesIO(rows_xlsx("en", [row]))).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2][:4]] == [(text, "s") for text in row[:4]]
