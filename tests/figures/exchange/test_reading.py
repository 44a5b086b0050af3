"""Good files are read as they were meant, whatever program wrote them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from palermo.figures.exchange import Cube, csv_bytes, sdmx_csv_bytes, xlsx_bytes
from palermo.figures.exchange.cube import TOTAL, CubeCell, CubeText
from palermo.figures.exchange.shape import Reading
from palermo.figures.exchange.template import template_csv, template_xlsx
from tests.figures.exchange.cubes import SEX, YEAR_1, cube, cubes, example
from tests.figures.exchange.shapes import GOOD, HEAD, PERMITS, read, sheet, text

FRACTIONS = replace(PERMITS, is_whole=False)


def as_cells(reading: Reading) -> list[CubeCell]:
    assert not reading.problems
    return [
        CubeCell(one.codes, one.starts_on, one.ends_on, one.value, one.mark, one.footnote, "", one.document, one.page)
        for one in reading.figures
    ]


def wanted(made: Cube) -> list[CubeCell]:
    return [replace(cell, source="", known_on=None) for cell in made.rows]


def test_what_went_out_comes_back_the_same() -> None:
    made = example()
    for data in (csv_bytes(made, "en"), csv_bytes(made, "fr"), xlsx_bytes(made, "en"), xlsx_bytes(made, "fr")):
        assert as_cells(read(data, FRACTIONS)) == wanted(made)
    reading = read(sdmx_csv_bytes(made), FRACTIONS)
    assert as_cells(reading) == wanted(made)
    assert [one.known_on for one in reading.figures] == [cell.known_on for cell in made.rows]


def test_a_dimension_may_have_a_dash_in_its_code() -> None:
    by_sex = replace(SEX, code="by-sex")
    made = cube(CubeCell(("F",), *YEAR_1, 3), dimensions=(by_sex,))
    for data in (csv_bytes(made, "fr"), xlsx_bytes(made, "en"), sdmx_csv_bytes(made)):
        assert as_cells(read(data, replace(PERMITS, dimensions=(by_sex,)))) == wanted(made)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cubes.filter(lambda made: bool(made.cells)))
def test_any_figures_come_back_as_they_were(made: Cube) -> None:
    for data in (csv_bytes(made, "fr"), xlsx_bytes(made, "fr"), sdmx_csv_bytes(made)):
        assert as_cells(read(data, FRACTIONS)) == wanted(made)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings_are_found_out(separator: str, encoding: str) -> None:
    row = ("2013-04-01", "2014-03-31", "Femmes", "Québec", "1\N{NO-BREAK SPACE}250", "Définitif")
    [found] = read(text(row, separator=separator, encoding=encoding)).figures
    assert (found.codes, found.value, found.mark) == (("F", "CA-QC"), Decimal(1250), "final")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1250", "1250"),
        ("1 250", "1250"),
        ("1\N{NARROW NO-BREAK SPACE}250\N{NARROW NO-BREAK SPACE}000", "1250000"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0,125", "0.125"),
        ("1.250", "1.25"),
        ("1 250,125", "1250.125"),
        ("00012", "12"),
        ("9999999999999999.9999", "9999999999999999.9999"),
    ],
)
def test_numbers_are_read_as_either_language_writes_them(written: str, value: str) -> None:
    row = (*GOOD[:4], written, "")
    assert read(text(row), FRACTIONS).figures[0].value == Decimal(value)
    assert read(sheet(row), FRACTIONS).figures[0].value == Decimal(value)


def test_cells_of_a_sheet_may_be_days_and_numbers() -> None:
    [found] = read(sheet((date(2013, 4, 1), date(2014, 3, 31), "f", "Alberta", 12.25, "provisoire")), FRACTIONS).figures
    assert (found.starts_on, found.ends_on, found.value) == (date(2013, 4, 1), date(2014, 3, 31), Decimal("12.25"))
    assert (found.codes, found.mark, found.line) == (("F", "CA-AB"), "provisional", 2)


def test_empty_lines_are_passed_over_and_lines_are_counted_as_they_stand() -> None:
    head = (*HEAD, "footnote_en")
    data = text(("",) * 7, (*GOOD, "a\nb"), ("",) * 7, (*GOOD[:2], "M", *GOOD[3:], ""), head=head)
    assert [(one.line, one.footnote.en) for one in read(data).figures] == [(3, "a\nb"), (6, "")]


def test_sdmx_of_other_offices_is_read_with_and_without_words() -> None:
    first = b"""DATAFLOW,SEX,AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS
OFFICE:PERMITS_ISSUED(2.1),F,_T,2013,12,A
OFFICE:PERMITS_ISSUED(2.1),M,_T,2013-Q1,,M
"""
    [one, other] = read(first).figures
    assert (one.codes, one.starts_on, one.ends_on, one.value) == (
        ("F", TOTAL),
        date(2013, 1, 1),
        date(2013, 12, 31),
        Decimal(12),
    )
    assert (other.value, other.mark) == (None, "not_available")
    both = b"""STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,SEX: Sex,AREA: Province,TIME_PERIOD,OBS_VALUE,OBS_STATUS: Status
dataflow,OFFICE:PERMITS_ISSUED(2.1),Permits,F: Women: all,CA-QC: Quebec,2013-04-01/P1Y,12,E: Estimated
"""
    [found] = read(both).figures
    assert (found.codes, found.ends_on, found.mark) == (("F", "CA-QC"), date(2014, 3, 31), "approximate")


def test_a_template_is_filled_in_and_read() -> None:
    book = load_workbook(io.BytesIO(template_xlsx(PERMITS)))
    assert book.sheetnames == ["Figures – Chiffres", "Example – Exemple", "Read me – À lire", "Lists – Listes"]
    main, example_sheet = book.worksheets[:2]
    assert main.max_row == 1
    assert main["C1"].value == "Sex\nSexe"
    assert main["C1"].comment is not None
    assert "Jamais vide" in main["C1"].comment.text
    offered = [row[0] for row in book["Lists – Listes"].iter_rows(min_row=2, max_col=1, values_only=True)]
    assert [one for one in offered if one] == ["_T – All together – Ensemble", "F – Women – Femmes", "M – Men – Hommes"]
    for place in range(1, 14):
        main.cell(2, place).value = example_sheet.cell(2, place).value
    main["C2"] = offered[1]
    target = io.BytesIO()
    book.save(target)
    [found] = read(target.getvalue()).figures
    assert (found.codes, found.value, found.mark, found.page) == (("F", TOTAL), Decimal(1250), "provisional", "12")
    assert template_xlsx(PERMITS) == template_xlsx(PERMITS)
    names = template_csv(PERMITS).decode("utf-8-sig").strip().split(",")
    assert names[:6] == ["starts_on", "ends_on", "sex", "area", "value", "mark"]
    assert len(read(text((*GOOD, *[""] * (len(names) - 6)), head=names)).figures) == 1


@pytest.mark.parametrize("note", ["=1+1", "'=1", "''-2", "'t is", "-3"])
def test_texts_that_look_like_formulas_come_back_from_every_format(note: str) -> None:
    made = cube(CubeCell(("F", TOTAL), *YEAR_1, 3, page=note, footnote=CubeText(note, note)))
    for data in (csv_bytes(made, "fr"), xlsx_bytes(made, "en"), sdmx_csv_bytes(made)):
        assert as_cells(read(data)) == wanted(made)
