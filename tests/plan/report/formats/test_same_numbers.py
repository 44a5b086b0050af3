"""Every file, read back by other programs, holds the rows and the counts that went in."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import docx
import openpyxl
import pytest

from palermo.plan.report.formats import csv_data, html, json_data, pdf, word, xlsx
from palermo.plan.report.formats.document import ReportDocument
from palermo.plan.report.formats.typeset import FontSource

from .conftest import SECTIONS, STATUSES, Deed
from .reading import html_tables, pdf_tables

MONTHS = {
    "en-CA": {4: "Apr {}, {}"},
    "fr-CA": {4: "{} avr. {}"},
}
QUOTES = {"en-CA": ("“", "”"), "fr-CA": ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»")}


def side_of(document: ReportDocument) -> int:
    return 0 if document.language == "en-CA" else 1


def day_words(day: date, language: str) -> str:
    first = "1er" if day.day == 1 and language == "fr-CA" else str(day.day)
    return MONTHS[language][day.month].format(first, day.year)


def money_words(amount: Decimal, language: str) -> str:
    whole = f"{amount:,}"
    return whole if language == "en-CA" else whole.replace(",", "\N{NO-BREAK SPACE}")


def page_row(deed: Deed, language: str) -> list[str]:
    """A row as pages show it, worked out from the record alone."""
    side = 0 if language == "en-CA" else 1
    left, right = QUOTES[language]

    def beside(words: str, printed: str) -> str:
        return f"{words} {left}{printed}{right}" if printed else words

    first, second = (STATUSES[status][side] for status in deed.statuses)
    due = day_words(deed.due, language) if deed.due else ""
    money = "" if deed.money is None else money_words(deed.money, language)
    return [
        deed.code, deed.text[side], deed.lead[side], beside(due, deed.due_printed).strip(), money, first,
        beside(second, deed.printed),
    ]  # fmt: skip


def squeezed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows without any spaces or soft breaks: how a line is broken is the page's own affair."""
    return [[re.sub(r"[\s\u200b\u00ad]+", "", cell) for cell in row] for row in rows]


def made(render: Callable[[ReportDocument, BytesIO], None], document: ReportDocument) -> BytesIO:
    stream = BytesIO()
    render(document, stream)
    stream.seek(0)
    return stream


def assert_status_counts(columns: list[list[str]], deeds: tuple[Deed, ...], side: int) -> None:
    for place, column in enumerate(columns):
        wanted = Counter(STATUSES[deed.statuses[place]][side] for deed in deeds)
        assert Counter(column) == wanted


def test_csv(example: ReportDocument, deeds: tuple[Deed, ...]) -> None:
    side = side_of(example)
    raw = made(csv_data.render, example).read()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == len(deeds) + 1
    header, *rows = csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""))
    assert header[2:4] == [("Code"), ("Deliverable", "Produit livrable")[side]]
    assert header[6] == ("Due (as printed)", "Échéance (mots imprimés)")[side]
    assert rows == [
        [
            SECTIONS[deed.section][0][side], SECTIONS[deed.section][1][side], deed.code, deed.text[side],
            deed.lead[side], deed.due.isoformat() if deed.due else "", deed.due_printed,
            "" if deed.money is None else str(deed.money), STATUSES[deed.statuses[0]][side], "",
            STATUSES[deed.statuses[1]][side], deed.printed,
        ]
        for deed in deeds
    ]  # fmt: skip
    assert_status_counts([[row[8] for row in rows], [row[10] for row in rows]], deeds, side)


def test_json(example: ReportDocument, deeds: tuple[Deed, ...]) -> None:
    side = side_of(example)
    data = json.loads(made(json_data.render, example).read(), parse_float=Decimal)
    assert (data["format"], data["language"], data["edition"]) == ("palermo-report/1", example.language, 2)
    assert data["published_on"] == "2025-09-01"
    assert [part["key"] for part in data["parts"]] == ["foreword", "figures", "notes", "chart", "resources"]
    assert data["parts"][1]["tables"] == ["by-p.table"]
    tables = {table["key"]: table for table in data["tables"]}
    assert [row["n"] for row in tables["by-p.table"]["rows"]] == [28, 12]
    assert tables["closed"]["rows"] == []
    assert tables["resources"]["rows"][1]["name_language"] == "en"
    rows = tables["action-chart"]["rows"]
    assert [row["code"] for row in rows] == [deed.code for deed in deeds]
    for row, deed in zip(rows, deeds, strict=True):
        assert row["text"] == deed.text[side]
        assert row["due"] == (deed.due.isoformat() if deed.due else None)
        assert row.get("due_printed", "") == deed.due_printed
        assert row["money"] == deed.money
        assert (row["status_2023-2024_code"], row["status_2024-2025_code"]) == deed.statuses
        assert row.get("status_2024-2025_printed", "") == deed.printed
    assert_status_counts([[row[f"status_{one}"] for row in rows] for one in ("2023-2024", "2024-2025")], deeds, side)


def test_xlsx(example: ReportDocument, deeds: tuple[Deed, ...]) -> None:
    side = side_of(example)
    book = openpyxl.load_workbook(made(xlsx.render, example))
    assert len(book.sheetnames) == 5
    about = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert about[0][0] == example.title
    assert [row[1] for row in about if row[0] == ("Reporting period", "Période visée")[side]] == ["2024–2025"]
    assert {label[side] for label in STATUSES.values()} <= {row[0] for row in about}
    sheet = book.worksheets[2]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:L41", "$1:$1")
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(deeds)
    for row, deed in zip(rows, deeds, strict=True):
        assert row[2:5] == (deed.code, deed.text[side], deed.lead[side])
        assert row[5] == (datetime(deed.due.year, deed.due.month, deed.due.day) if deed.due else None)
        assert row[7] == (None if deed.money is None else float(deed.money))
        assert (row[6] or "", row[11] or "") == (deed.due_printed, deed.printed)
    assert_status_counts([[str(row[8]) for row in rows], [str(row[10]) for row in rows]], deeds, side)
    assert book.worksheets[1]["B2"].value == 28
    assert (book.properties.title, book.properties.creator) == (f"{example.title} – 2024–2025", example.publisher)


def test_word(example: ReportDocument, deeds: tuple[Deed, ...]) -> None:
    side = side_of(example)
    file = docx.Document(made(word.render, example))
    behind, *charts, resources = file.tables
    assert [[cell.text for cell in row.cells] for row in behind.rows][1:] == [
        [("Prevention", "Prévention")[side], "28"],
        ["Protection", "12"],
    ]
    assert len(charts) == 3
    rows = [[cell.text for cell in row.cells] for table in charts for row in table.rows[1:]]
    assert squeezed(rows) == squeezed([page_row(deed, example.language) for deed in deeds])
    assert len(resources.rows) == 3


def test_html(example: ReportDocument, deeds: tuple[Deed, ...]) -> None:
    found = html_tables(made(html.render, example).read().decode())
    behind, *charts, resources = found.tables
    assert [row[1] for row in behind[1]] == ["28", "12"]
    assert [caption for caption, _ in charts] == [section[1][side_of(example)] for section in SECTIONS]
    rows = [row for _, body in charts for row in body]
    assert squeezed(rows) == squeezed([page_row(deed, example.language) for deed in deeds])
    assert len(resources[1]) == 2


@pytest.mark.parametrize("fonts", ["system", "bundled"])
def test_pdf(example: ReportDocument, deeds: tuple[Deed, ...], fonts: FontSource, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    pdf.render(example, path, fonts)
    behind, *charts, resources = pdf_tables(path)
    assert [row[1] for row in behind[1:]] == ["28", "12"]
    assert len(charts) == 3
    rows = [row for table in charts for row in table if row[0] != "Code"]
    assert squeezed(rows) == squeezed([page_row(deed, example.language) for deed in deeds])
    assert len(resources) == 3
