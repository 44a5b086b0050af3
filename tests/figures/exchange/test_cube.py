"""A cube refuses what contradicts itself, and every file has its cells in one order."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from palermo.figures.exchange import Cube, CubeCell, CubeDimension, CubeError, CubeText, csv_bytes, json_bytes
from palermo.figures.exchange.cube import TOTAL, number_text
from palermo.figures.exchange.writing_csv import plain_text, unguarded
from tests.figures.exchange.cubes import AREA, SEX, YEAR_1, cube, cubes, example


@pytest.mark.parametrize(
    "cell",
    [
        CubeCell(("F",), *YEAR_1, 1),
        CubeCell(("X", TOTAL), *YEAR_1, 1),
        CubeCell(("F", TOTAL), *YEAR_1, 1, "sure"),
        CubeCell(("F", TOTAL), *YEAR_1, None, "final"),
        CubeCell(("F", TOTAL), *YEAR_1, 4, "suppressed"),
        CubeCell(("F", TOTAL), date(2013, 1, 2), date(2013, 1, 1), 4),
        CubeCell(("F", TOTAL), *YEAR_1, Decimal("NaN")),
    ],
)
def test_it_refuses_a_cell_that_contradicts_it(cell: CubeCell) -> None:
    with pytest.raises(CubeError):
        cube(cell)


@pytest.mark.parametrize(
    "dimension",
    [
        replace(SEX, code="value"),
        replace(SEX, code="Time_Period"),
        replace(SEX, code="sex_label"),
        replace(SEX, code="the sex"),
        replace(SEX, code="starts-on"),
        replace(SEX, codes=(*SEX.codes, *SEX.codes)),
        replace(SEX, codes=((TOTAL, CubeText("All", "Tous")),)),
        replace(SEX, codes=(("65+", CubeText("65 and over", "65 et plus")),)),
    ],
)
def test_it_refuses_a_dimension_that_no_file_could_hold(dimension: CubeDimension) -> None:
    with pytest.raises(CubeError):
        cube(dimensions=(dimension,))


def test_it_refuses_a_figure_twice_and_two_dimensions_of_one_name() -> None:
    one = CubeCell(("F", TOTAL), *YEAR_1, 1, document="doc-a")
    with pytest.raises(CubeError, match="twice"):
        cube(one, replace(one, value=2))
    assert len(cube(one, replace(one, value=2, document="doc-b")).cells) == 2
    with pytest.raises(CubeError, match="one name"):
        cube(dimensions=(SEX, replace(AREA, code="SEX")))


def test_a_csv_has_a_row_a_cell_in_order_and_says_each_code_in_words() -> None:
    text = csv_bytes(example(), "fr").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert text.startswith("series,starts_on,ends_on,sex,sex_label,area,area_label,value,mark,unit,")
    assert [
        (row["starts_on"], row["sex"], row["area"], row["value"], row["mark"], row["document"]) for row in rows
    ] == [
        ("2012-01-01", "_T", "_T", "1250", "final", "doc-a"),
        ("2012-01-01", "_T", "_T", "1249", "final", "doc-b"),
        ("2012-01-01", "F", "CA-QC", "", "suppressed", ""),
        ("2012-01-01", "M", "CA-AB", "", "not_available", ""),
        ("2012-01-01", "M", "CA-QC", "0", "provisional", ""),
        ("2013-04-01", "F", "_T", "7.5", "approximate", "doc-b"),
    ]
    assert [rows[0]["sex_label"], rows[2]["sex_label"], rows[2]["area_label"]] == ["Ensemble", "Femmes", "Québec"]
    assert rows[5]["footnote_en"] == "'=about, “quoted”"
    assert rows[5]["footnote_fr"] == "environ, « cité »\nen deux lignes"


def test_a_json_file_has_every_cell_in_both_languages() -> None:
    read = json.loads(json_bytes(example()))
    assert [cell["value"] for cell in read["cells"]] == [1250, 1249, None, None, 0, 7.5]
    assert read["cells"][5]["codes"] == {"sex": "F", "area": "_T"}
    assert read["title"] == {"en": "Permits issued", "fr": "Permis délivrés"}
    assert [one["code"] for one in read["marks"]] == [
        "approximate",
        "final",
        "not_available",
        "provisional",
        "suppressed",
    ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cubes)
def test_the_same_cells_make_the_same_bytes(made: Cube) -> None:
    turned = replace(made, cells=tuple(reversed(made.cells)))
    assert csv_bytes(made, "en") == csv_bytes(turned, "en")
    assert json_bytes(made) == json_bytes(turned)


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''-2", "'t is", "+1", "@a", "", "plain"])
def test_a_text_that_looks_like_a_formula_comes_back_as_it_was(text: str) -> None:
    assert not plain_text(text).startswith(("=", "+", "-", "@"))
    assert unguarded(plain_text(text)) == text


def test_numbers_have_no_zeros_at_their_end() -> None:
    assert [number_text(Decimal(one)) for one in ("1250.0000", "7.50", "0.0000", "100", "1E+3")] == [
        "1250",
        "7.5",
        "0",
        "100",
        "1000",
    ]
