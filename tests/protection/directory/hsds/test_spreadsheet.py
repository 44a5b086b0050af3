"""Services from the spreadsheets of local associations."""

from __future__ import annotations

import tempfile
import time
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from palermo.protection.directory.hsds.reading import UnreadableError
from palermo.protection.directory.queries.needs import need
from tests.protection.directory.hsds.lists import (
    ENGLISH,
    FRENCH,
    HOUSE,
    MAISON,
    doubts,
    one,
    read,
    said,
    saved,
    table,
    workbook,
)


def test_a_row_in_english_becomes_a_service(tmp_path: Path) -> None:
    found, doubted = one(table(tmp_path, ENGLISH, HOUSE))
    assert doubted == []
    texts = ("name", "name_fr", "description", "description_fr", "eligibility_description")
    assert said(found, *texts, "status", "email") == {
        "name": "A safe bed", "name_fr": "Un lit sûr", "description": "A room of your own.",
        "description_fr": "Une chambre à vous.", "eligibility_description": "Women over 16", "status": "active",
        "email": "help@example.ca",
    }  # fmt: skip
    assert said(found, "url", "fees_description", "assured_date") == {
        "url": "https://www.example.ca", "fees_description": "Free", "assured_date": "2026-03-01"
    }  # fmt: skip
    assert found["organization"]["name"] == "House of Lindens"
    assert "name_fr" not in found["organization"]
    assert [said(one, "number", "e164", "extension", "description") for one in found["phones"]] == [
        {"number": "506-858-1234", "e164": "+15068581234", "extension": 12},
        {"number": "1-833-900-1010", "e164": "+18339001010", "description": "toll free"},
    ]
    assert [one["code"] for one in found["languages"]] == ["en", "fr", "cr"]
    assert [one["taxonomy_term_id"] for one in found["attributes"]] == [
        (need("safe-place") or {})["id"], (need("talk") or {})["id"]
    ]  # fmt: skip
    assert said(found["schedules"][0], "freq", "byday", "opens_at", "closes_at", "description") == {
        "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00",
        "description": "Mon-Fri 9:00-17:00",
    }  # fmt: skip
    location = found["service_at_locations"][0]["location"]
    assert said(location, "is_confidential", "province", "area", "area_fr") == {
        "is_confidential": True, "province": "NB", "area": "East of Moncton"
    }  # fmt: skip
    assert location["accessibility"][0]["description"] == "Accessible"
    address = location["addresses"][0]
    assert said(address, "address_1", "city", "state_province", "postal_code", "canadian_postal_code", "country") == {
        "address_1": "12 Main Street", "city": "Moncton", "state_province": "NB", "postal_code": "E1C 4Z3",
        "canadian_postal_code": "E1C 4Z3", "country": "CA",
    }  # fmt: skip


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_row_in_french_stands_in_both_languages(tmp_path: Path, mark: str, encoding: str) -> None:
    found, doubted = one(table(tmp_path, FRENCH, MAISON, mark=mark, encoding=encoding))
    assert doubted == []
    assert found["name"] == found["name_fr"] == "Un lit sûr"
    assert found["organization"]["name"] == found["organization"]["name_fr"] == "Maison du Tilleul"
    assert found["schedules"][0]["description_fr"] == "lun. au ven. 8 h 30 à 16 h 30"
    assert (found["schedules"][0]["opens_at"], found["schedules"][0]["closes_at"]) == ("08:30", "16:30")
    assert (found["assured_date"], found["status"]) == ("2026-03-01", "temporarily closed")
    assert [one["code"] for one in found["languages"]] == ["en", "fr"]
    location = found["service_at_locations"][0]["location"]
    assert location["accessibility"][0]["description_fr"] == "Non accessible"
    assert location["province"] == "NB"
    assert location["area"] == location["area_fr"] == "À l’est de Moncton"


def test_a_workbook_is_read_like_a_text(tmp_path: Path) -> None:
    from_text = one(table(tmp_path, ENGLISH, HOUSE))
    cells: list[object] = [*HOUSE]
    cells[ENGLISH.index("Last confirmed")] = datetime(2026, 3, 1, 12)
    cells[ENGLISH.index("Confidential")] = True
    assert one(workbook(tmp_path, ENGLISH, cells)) == from_text


def test_the_same_row_is_the_same_entry_next_month(tmp_path: Path) -> None:
    before = one(table(tmp_path, ENGLISH, HOUSE))[0]
    changed = {"Telephone": "506-858-4321", "Street": "14 Main Street", "Organization": "HOUSE OF LINDENS "}
    moved = [changed.get(name, text) for name, text in zip(ENGLISH, HOUSE, strict=True)]
    after = one(table(tmp_path, ENGLISH[::-1], moved[::-1]))[0]
    assert (after["id"], after["organization"]["id"]) == (before["id"], before["organization"]["id"])
    assert after["phones"][0]["id"] != before["phones"][0]["id"]
    assert read(table(tmp_path, ENGLISH, HOUSE), "other")[0].document != before


def test_rows_of_one_service_are_told_apart_by_their_streets(tmp_path: Path) -> None:
    heads = ["Organization", "Service", "City", "Street"]
    rows = [["House", "Bed", "Moncton", street] for street in ("1 A St", "2 B St", "1 a st.")]
    found = read(table(tmp_path, heads, *rows))
    assert found[0].document
    assert found[1].document
    assert found[0].document["id"] != found[1].document["id"]
    assert found[2].document is None
    assert doubts(found[2]) == [("same_entry", "", "House | Bed | Moncton | 1 a st.")]
    turned = read(table(tmp_path, heads, *rows[1::-1]))
    assert [row.document for row in turned] == [found[1].document, found[0].document]


def test_a_first_row_with_a_remark_on_its_address_is_no_second_row_of_headings(tmp_path: Path) -> None:
    heads = ["Organization", "Service", "Street", "Notes"]
    found = read(table(tmp_path, heads, ["House", "Bed", "1 A St", "Do not publish the address"]))
    assert [row.document is not None for row in found] == [True]


def test_a_place_that_one_of_two_rows_hides_is_hidden(tmp_path: Path) -> None:
    heads = ["Organization", "Service", "Street", "Confidential"]
    first, second = read(table(tmp_path, heads, ["House", "Bed", "1 A St", ""], ["House", "Bed", "1 A St", "yes"]))
    found: Any = first.document
    assert found["service_at_locations"][0]["location"]["is_confidential"] is True
    assert second.document is None


def test_merged_headings_in_two_rows_below_a_title_are_found(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Services of our town, 2026"])
    sheet.append([])
    sheet.append(["Organization", "Service", "", "Contact", "", "Notes"])
    sheet.append(["", "English", "Français", "Phone", "E-mail", ""])
    sheet.append(["House", "Bed", "Lit", "506-858-1234", "a@example.ca", ""])
    for cells in ("A1:F1", "B3:C3", "D3:E3", "A3:A4", "F3:F4"):
        sheet.merge_cells(cells)
    title, row = read(saved(tmp_path, book))
    assert (title.number, title.document, doubts(title)) == (
        1, None, [("above_headings", "", "Services of our town, 2026")]
    )  # fmt: skip
    found: Any = row.document
    assert (row.number, found["name"], found["name_fr"], found["email"], row.doubts) == (
        5,
        "Bed",
        "Lit",
        "a@example.ca",
        (),
    )


def test_empty_rows_and_headings_that_are_printed_again_are_left_out(tmp_path: Path) -> None:
    heads = ["Organization", "Service"]
    found = read(table(tmp_path, [], heads, ["", " "], ["House", "Bed"], heads, [], ["House", "Meal"]))
    assert [(row.number, row.document and row.document["name"]) for row in found] == [(4, "Bed"), (7, "Meal")]


def test_rows_without_a_name_are_told_or_named_by_their_organization(tmp_path: Path) -> None:
    path = table(tmp_path, ["Organization", "Service", "City"], ["House", "", ""], ["", "Bed", ""], ["", "", "Moncton"])
    first, second, third = read(path)
    assert first.document
    assert first.document["name"] == "House"
    assert doubts(first) == [("named_by_organization", "Organization", "House")]
    assert second.document
    assert "organization" not in second.document
    assert doubts(second) == [("no_organization", "", "")]
    assert third.document is None
    assert ("no_name", "", "Moncton") in doubts(third)


def test_formulas_and_errors_are_doubted(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Organization", "Service", "City"], ["House", "Bed", "=A1"], ["House", "Meal", "#REF!"])
    first, second = read(path)
    assert doubts(first) == [("formula", "City", "=A1")]
    assert [each.code for each in second.doubts] == ["error"]


def test_a_formula_for_several_cells_is_told_by_its_words(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Organization", "Service", "City"], ["House", "Bed", ArrayFormula("C2", "=UPPER(A2)")])
    assert doubts(read(path)[0]) == [("formula", "City", "=UPPER(A2)")]


def test_all_sheets_are_read_and_what_is_no_list_is_told(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Organization", "Service"], ["House", "Bed"]):
        book.worksheets[0].append(row)
    for name, rows in (
        ("More", [["Organisme", "Service"], ["House", "Meal"]]),
        ("Notes", [["Ann", "called"]]),
        ("Old", [["x"]]),
    ):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book["Old"].sheet_state = "hidden"
    book.create_sheet("Empty")
    found = read(saved(tmp_path, book))
    assert [(row.sheet, row.number, row.document and row.document["name"]) for row in found] == [
        ("Notes", 0, None), ("Old", 0, None), ("Sheet", 2, "Bed"), ("More", 2, "Meal")
    ]  # fmt: skip
    assert [doubts(row)[0][:2] for row in found[:2]] == [("no_headings", "Notes"), ("sheet_hidden", "Old")]


def test_a_million_empty_rows_are_passed_over(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{number}"/>' for number in range(3, 50_000))
    assert [row.number for row in read(_with_row(tmp_path, 1_048_576, empty))] == [2, 1_048_576]


@pytest.mark.parametrize("number", [1_048_577, 20_000_000, 10**15])
def test_a_row_beyond_the_last_that_there_can_be_makes_a_file_unreadable(tmp_path: Path, number: int) -> None:
    path, start = _with_row(tmp_path, number), time.process_time()
    with pytest.raises(UnreadableError) as caught:
        read(path)
    assert "beyond 1048576" in caught.value.reason
    assert time.process_time() - start < 5


def _with_row(folder: Path, number: int, before: str = "") -> Path:
    """A workbook of one service, and of another one in a row that calls itself by this number."""
    path = workbook(folder, ["Organization", "Service"], ["House", "Bed"])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    last = f'<row r="{number}"><c t="inlineStr"><is><t>Other house</t></is></c></row>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", f"{before}{last}</sheetData>".encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


@pytest.mark.parametrize(
    "data",
    [b"", b" \n", b"Organization\nHouse\n", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04 broken", b"%PDF-1.4 ",
     b'Organization,Service\nHouse,"never ends\n', b"Organization,Service" + b",x" * 200 + b"\n", b"\xff\xfeO\x00r",
     b"Organization,Service\nHouse," + b"x" * 200_000, b"x" * 10_000_001],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "services.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableError):
        read(path)


def test_a_workbook_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(workbook(tmp_path, ["Organization", "Service"], ["House", *("x" * 200)]))
    assert caught.value.line == 2


def test_what_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.xlsx")


def test_thousands_of_rows_are_read(tmp_path: Path) -> None:
    rows = [[f"{text} {number}" if place < 2 else text for place, text in enumerate(HOUSE)] for number in range(300)]
    assert len(read(table(tmp_path, ENGLISH, *rows))) == 300


CELLS = st.text(max_size=30) | st.sampled_from([*ENGLISH, *HOUSE, *MAISON, "\0", "=1", "٣", "²", "24/7", "1/1/1", "🦄"])


@settings(max_examples=150)
@given(st.lists(st.lists(CELLS, max_size=21), max_size=4), st.permutations(ENGLISH))
def test_whatever_stands_in_cells_is_an_entry_or_doubted(rows: list[list[str]], headings: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(UnreadableError):
        path = table(Path(folder), headings, *rows, encoding="utf-16")
        assert all(row.document or row.doubts for row in read(path))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=5))
def test_damaged_workbooks_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder), ENGLISH, HOUSE, [date(2026, 3, 1), True, 3.5])
        damaged = bytearray(path.read_bytes())
        for place, byte in changes:
            damaged[place % len(damaged)] = byte
        path.write_bytes(damaged)
        with suppress(UnreadableError):
            assert all(row.document or row.doubts for row in read(path))
