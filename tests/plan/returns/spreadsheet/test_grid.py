"""Files that are no spreadsheet of ours, or mean harm."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from time import perf_counter

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from palermo.plan.returns.spreadsheet import grid
from palermo.plan.returns.spreadsheet.columns import SHEET
from palermo.plan.returns.spreadsheet.grid import read_grids
from palermo.plan.returns.spreadsheet.problems import RefusedError
from tests.plan.imports.reader.workbooks import ENTITIES, sheet, strings, workbook
from tests.plan.returns.spreadsheet.handling import saved


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        read_grids(data)
    [problem] = refused.value.problems
    assert "%(" not in problem.sentence
    return problem.code


def repacked(data: bytes, **parts: str) -> bytes:
    """The file with some parts replaced or added: `xl__styles_xml="…"`."""
    changed = {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in parts.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changed}:
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return target.getvalue()


def word() -> bytes:
    target = io.BytesIO()
    Document().save(target)
    return target.getvalue()


def ours(rows: int = 1) -> Workbook:
    book = Workbook()
    book.worksheets[0].title = SHEET
    for _row in range(rows):
        book.worksheets[0].append(["a"])
    return book


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"code,status\n", "not_a_workbook"),
        (b"%PDF-1.7", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked"),
        (b"PK\x03\x04broken", "damaged"),
        (b"x" * (grid.MAX_FILE_BYTES + 1), "too_large"),
    ],
)
def test_other_files_are_told_apart(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_other_documents_are_told_apart() -> None:
    assert refusal(word()) == "not_a_workbook"
    assert refusal(saved(Workbook())) == "no_sheet"
    assert refusal(saved(ours())[:-200]) == "damaged"


def test_bombs_are_not_unpacked() -> None:
    good = saved(ours())
    assert refusal(repacked(good, xl__styles_xml=" " * 2_000_000)) == "bomb"
    assert refusal(repacked(good, xl__sharedStrings_xml="<sst>" + " " * 41_000_000)) == "bomb"
    started = perf_counter()
    assert refusal(repacked(good, xl__worksheets__sheet1_xml="<c/>" * 2_000_001)) == "bomb"
    assert perf_counter() - started < 2
    disguised = good_types(good).replace("/xl/styles.xml", "/xl/worksheets/sheet9.xml")
    assert refusal(repacked(good, **{"[Content_Types]_xml": disguised})) == "bomb"


def good_types(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("[Content_Types].xml").decode()


def test_entities_are_refused() -> None:
    assert refusal(workbook([sheet("<row/>")], strings("&j;", doctype=ENTITIES))) == "damaged"


def test_rows_are_read_up_to_a_limit() -> None:
    assert refusal(saved(ours(grid.MAX_ROWS + 1))) == "too_many_rows"
    assert len(read_grids(saved(ours(grid.MAX_ROWS)))[0]) == grid.MAX_ROWS


@given(st.binary(max_size=200), st.integers(min_value=0, max_value=4000))
def test_damage_anywhere_is_refused_or_read(noise: bytes, place: int) -> None:
    data = saved(ours())
    place = min(place, len(data))
    with suppress(RefusedError):
        read_grids(data[:place] + noise + data[place + len(noise) :])
