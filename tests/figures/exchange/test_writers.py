"""What was written is read back by libraries that we did not write, and every cell is compared."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import csvw
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pysdmx.io import read_sdmx
from pysdmx.io.pd import PandasDataset

from palermo.figures.exchange import Cube, CubeCell, csv_bytes, csvw_json, json_bytes, sdmx_csv_bytes, xlsx_bytes
from palermo.figures.exchange.cube import TOTAL
from palermo.figures.exchange.writing_csv import unguarded
from tests.figures.exchange.cubes import SEX, YEAR_1, cube, cubes, example

LONG = "9" * 14 + ".1234"


def sdmx_read(data: bytes) -> pd.DataFrame:
    """The table as pysdmx reads it. It stumbles over empty fields unless texts are plain objects, as in pandas 2."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pd.option_context("future.infer_string", False):
            (found,) = read_sdmx(data.decode(), validate=False).data or ()
    assert isinstance(found, PandasDataset)
    assert found.structure == "Dataflow=PERMITS_OFFICE:PERMITS_ISSUED(1.0)"
    return found.data


def test_sdmx_csv_holds_every_cell() -> None:
    found = sdmx_read(sdmx_csv_bytes(example()))
    shown = ["SEX", "AREA", "SOURCE_DOCUMENT", "TIME_PERIOD", "OBS_STATUS", "CONF_STATUS", "UNIT_MEASURE"]
    assert found[shown].to_numpy().tolist() == [
        ["_T", "_T", "doc-a", "2012", "A", "F", "PERMIT"],
        ["_T", "_T", "doc-b", "2012", "A", "F", "PERMIT"],
        ["F", "CA-QC", "_Z", "2012", "Q", "C", "PERMIT"],
        ["M", "CA-AB", "_Z", "2012", "O", "F", "PERMIT"],
        ["M", "CA-QC", "_Z", "2012", "P", "F", "PERMIT"],
        ["F", "_T", "doc-b", "2013-04-01/P1Y", "E", "F", "PERMIT"],
    ]
    values = [Decimal(text) if text else None for text in found["OBS_VALUE"]]
    assert values == [cell.value for cell in example().rows]
    assert list(found["COMMENT_OBS_FR"]) == [cell.footnote.fr for cell in example().rows]
    assert list(found["KNOWN_ON"]) == ["2013-02-01", "", "", "", "", ""]


def csvw_read(made: Cube, folder: Path) -> list[dict[str, object]]:
    (folder / "figures.csv").write_bytes(csv_bytes(made, "fr"))
    (folder / "figures.csv-metadata.json").write_bytes(csvw_json(made, "fr", "figures.csv"))
    read = csvw.CSVW(str(folder / "figures.csv-metadata.json"), validate=True)
    assert read.is_valid, [str(each.message) for each in read.warnings]
    assert not read.warnings
    return [dict(row) for row in read.tables[0]]


def test_the_metadata_describes_the_csv_file(tmp_path: Path) -> None:
    made = example()
    for row, cell in zip(csvw_read(made, tmp_path), made.rows, strict=True):
        assert (row["sex"], row["area"]) == cell.codes
        assert (row["value"], row["mark"], row["unit"]) == (cell.value, cell.mark, "permit")
        assert row["starts_on"] == datetime.combine(cell.starts_on, datetime.min.time())
        assert row["document"] == (cell.document or None)
        assert unguarded(str(row["footnote_en"] or "")) == cell.footnote.en


@pytest.mark.filterwarnings("default:Invalid column value:UserWarning")
@pytest.mark.parametrize(("old", "new"), [(",suppressed,", ",hidden,"), ("CA-QC", "CA-QX"), (",1250,", ",many,")])
def test_the_metadata_finds_what_is_wrong_with_a_file(old: str, new: str, tmp_path: Path) -> None:
    csvw_read(example(), tmp_path)
    text = (tmp_path / "figures.csv").read_text(encoding="utf-8-sig")
    assert old in text
    (tmp_path / "figures.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert not csvw.CSVW(str(tmp_path / "figures.csv-metadata.json"), validate=True).is_valid


def test_the_metadata_tells_the_source_and_the_licence_in_both_languages() -> None:
    read = json.loads(csvw_json(example(), "en", "figures.csv"))
    assert read["dc:license"] == {"@id": "https://example.org/licence"}
    assert read["dc:source"] == [
        {"@value": "Yearly report", "@language": "en"},
        {"@value": "Rapport annuel", "@language": "fr"},
    ]
    assert read["tableSchema"]["columns"][1]["titles"] == {
        "und": "starts_on",
        "en": "First day",
        "fr": "Premier jour",
    }
    assert "dc:license" not in json.loads(csvw_json(replace(example(), licence=""), "en", "figures.csv"))


def test_a_workbook_holds_every_cell_and_says_what_the_marks_mean() -> None:
    long = CubeCell(("M", TOTAL), date(1890, 1, 1), date(1890, 12, 31), Decimal(LONG))
    made = replace(example(), cells=(*example().cells, long))
    book = load_workbook(BytesIO(xlsx_bytes(made, "fr")), data_only=False)
    assert book.sheetnames == ["Chiffres", "Ce qu’ils sont", "Mentions", "Codes"]
    rows = list(book["Chiffres"].iter_rows(values_only=True))
    assert rows[0][1:8] == (
        "Premier jour",
        "Dernier jour",
        "Sexe",
        "Sexe (libellé)",
        "Province",
        "Province (libellé)",
        "Valeur",
    )
    assert rows[1][1:9] == ("1890-01-01", "1890-12-31", "M", "Hommes", "_T", "Ensemble", LONG, "final")
    for row, cell in zip(rows[2:], made.rows[1:], strict=True):
        assert row[1] == datetime.combine(cell.starts_on, datetime.min.time())
        assert ((row[3], row[5]), row[7], row[8]) == (cell.codes, cell.value, cell.mark)
        assert ((row[10] or ""), (row[11] or "")) == (cell.footnote.en, cell.footnote.fr)
    assert [row[1] for row in book["Mentions"].iter_rows(values_only=True)][:2] == ["Définitif", "Provisoire"]
    assert ("sex", "F", "Women", "Femmes") in list(book["Codes"].iter_rows(values_only=True))
    assert ("Adresse Web", made.address) in list(book["Ce qu’ils sont"].iter_rows(values_only=True))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cubes)
def test_every_format_makes_the_same_bytes_of_the_same_cells(made: Cube) -> None:
    turned = replace(made, cells=tuple(reversed(made.cells)))
    assert xlsx_bytes(made, "en") == xlsx_bytes(turned, "en")
    assert sdmx_csv_bytes(made) == sdmx_csv_bytes(turned)
    assert csvw_json(made, "en", "a.csv") == csvw_json(turned, "en", "a.csv")
    assert json_bytes(made) == json_bytes(turned)


def test_a_series_without_dimensions_or_cells_makes_files_too(tmp_path: Path) -> None:
    one = cube(CubeCell((), *YEAR_1, 3), dimensions=())
    assert len(csvw_read(one, tmp_path)) == 1
    assert list(sdmx_read(sdmx_csv_bytes(one))["OBS_VALUE"]) == ["3"]
    dashed = cube(CubeCell(("F",), *YEAR_1, 3), dimensions=(replace(SEX, code="by-sex"),))
    assert [row["by_sex"] for row in csvw_read(dashed, tmp_path)] == ["F"]
    empty = cube()
    assert csvw_read(empty, tmp_path) == []
    assert load_workbook(BytesIO(xlsx_bytes(empty, "en")))["Figures"].max_row == 1
