"""Accounts in every format: as texts where people read, as rows with the return's number where programs do."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfplumber
import pikepdf
import pytest
from docx.oxml.ns import qn

from palermo.plan.report.formats import csv_data, html, json_data, pdf, word, xlsx
from palermo.plan.report.formats.document import (
    ACCOUNTS,
    ACTION_CHART,
    Cell,
    Column,
    DocumentError,
    Paragraph,
    Part,
    ReportDocument,
    Run,
    Table,
)
from palermo.plan.report.formats.document_json import from_json, to_json
from palermo.plan.report.formats.labels import labels_for
from palermo.plan.report.formats.links import with_site

from .reading import html_tables, structure

SITE = "https://plan.example"
COLUMNS = (
    Column("task", "Task", role="group"),
    Column("deliverable", "Deliverable", role="group"),
    Column("organisation", "Organization", role="row_header"),
    Column("status", "Claimed status", kind="status"),
    Column("done", "What was done"),
    Column("source", "Source"),
    Column("return_number", "Return number", kind="number", role="data"),
)


def source(number: int, who: str) -> Cell:
    words = f"Return {number} ({who}, 2024–2025)"
    return Cell(words, runs=(Run(words, link=f"/en/plans/p/deliverables/d/#account-{number}", source=number),))


ROWS = (
    ("1 Seeing", "1.1 Train", "Police", Cell("Complete", code="complete"), "Forty people.", source(7, "Police"), 7),
    ("1 Seeing", "1.1 Train", "Customs", Cell("Did not report", code="not_reported"), None, source(8, "Customs"), 8),
    ("1 Seeing", "1.2 Print", "Police", Cell("Ongoing", code="ongoing"), Cell("Deux pages", language="fr-CA"),
     source(9, "Police"), 9),
)  # fmt: skip


def report(language: str = "en-CA") -> ReportDocument:
    said = Table(ACCOUNTS, "What the organizations say", COLUMNS, ROWS, entries=True)
    chart = Table(
        ACTION_CHART,
        "Chart",
        (Column("code", "Code"), Column("return_number", "Return number", role="data")),
        (("1.1", "7, 8"), ("1.2", "9")),
    )
    mark = Run("[Return 7]", link="/en/plans/p/deliverables/d/#account-7", source=7)
    parts = (
        Part("prevention", "Prevention", (Paragraph((Run("Forty people. "), mark)),)),
        Part("chart", "Chart", (chart,)),
        Part("accounts-part", "What the organizations say", (said,)),
    )
    plain = ReportDocument(language, "Report", "Plan", "2024–2025", labels_for(language), parts)
    return with_site(plain, SITE)


def made(render: Callable[[ReportDocument, BytesIO], None], language: str = "en-CA") -> BytesIO:
    stream = BytesIO()
    render(report(language), stream)
    stream.seek(0)
    return stream


def test_html_prints_each_account_with_a_link_to_its_source() -> None:
    page = made(html.render).read().decode()
    found = html_tables(page)
    words = " ".join("".join(found.words).split())
    assert "1.1 Train Police Claimed status Complete What was done Forty people. Source Return 7 (Police" in words
    assert "Customs Claimed status Did not report Source Return 8 (Customs, 2024–2025)" in words
    link = f'<a href="{SITE}/en/plans/p/deliverables/d/#account-7">'
    assert f'<span class="report-source">{link}Return 7 (Police, 2024–2025)</a></span>' in page
    assert f'Forty people. <span class="report-source">{link}[Return 7]</a></span></p>' in page
    assert '<span lang="fr-CA">Deux pages</span>' in page
    assert found.headings[-4:] == [2, 3, 4, 4]
    assert [caption for caption, _rows in found.tables] == ["Table 1: Chart"]


def test_pdf_prints_each_account_with_a_link_to_its_source(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    pdf.render(report(), path)
    with pikepdf.open(path) as file:
        notes: list[Any] = [note.get("/A", {}) for page in file.pages for note in page.get("/Annots", ())]
        links = [str(note["/URI"]) for note in notes if "/URI" in note]
        assert [link.rpartition("-")[2] for link in links] == ["7", "7", "8", "9"]
        assert all(link.startswith(f"{SITE}/en/plans/") for link in links)
        assert len(list(structure(file, "/H3"))) == 2
    with pdfplumber.open(path) as pages:
        words = " ".join(pages.pages[-1].extract_text().split())
    assert "Customs Claimed status: Did not report Source: Return 8 (Customs, 2024–2025)" in words
    assert "What was done: Deux pages" in words


def test_word_prints_each_account_with_a_link_to_its_source() -> None:
    file = docx.Document(made(word.render, "fr-CA"))
    said = [each for each in file.paragraphs if each.style and each.style.name in ("Entry Title", "Entry Text")]
    texts = ["".join(run.text or "" for run in each._p.iter(qn("w:t"))) for each in said]
    assert texts == [
        "Police",
        "Claimed status\N{NO-BREAK SPACE}: Complete",
        "What was done\N{NO-BREAK SPACE}: Forty people.",
        "Source\N{NO-BREAK SPACE}: Return 7 (Police, 2024–2025)",
        "Customs",
        "Claimed status\N{NO-BREAK SPACE}: Did not report",
        "Source\N{NO-BREAK SPACE}: Return 8 (Customs, 2024–2025)",
        "Police",
        "Claimed status\N{NO-BREAK SPACE}: Ongoing",
        "What was done\N{NO-BREAK SPACE}: Deux pages",
        "Source\N{NO-BREAK SPACE}: Return 9 (Police, 2024–2025)",
    ]
    fields = [each.get(qn("w:instr")) for each in file.element.body.iter(qn("w:fldSimple"))]
    assert fields == [f'HYPERLINK "{SITE}/en/plans/p/deliverables/d/#account-{number}"' for number in (7, 8, 9)]
    headings = [each.text for each in file.paragraphs if each.style and each.style.name in ("Heading 2", "Heading 3")]
    assert headings[-3:] == ["1 Seeing", "1.1 Train", "1.2 Print"]


def test_excel_has_a_column_for_the_return() -> None:
    book = openpyxl.load_workbook(made(xlsx.render))
    rows = list(book["2 What the organizations say"].iter_rows(values_only=True))
    assert rows[0][-2:] == ("Source", "Return number")
    assert [row[-1] for row in rows[1:]] == [7, 8, 9]
    assert rows[2][2:4] == ("Customs", "Did not report")


def test_json_has_the_return_of_every_account() -> None:
    told = json.load(made(json_data.render))
    said = next(each for each in told["tables"] if each["key"] == "accounts")
    assert [row["return_number"] for row in said["rows"]] == [7, 8, 9]
    assert said["rows"][1] == {
        "task": "1 Seeing",
        "deliverable": "1.1 Train",
        "organisation": "Customs",
        "status": "Did not report",
        "status_code": "not_reported",
        "done": None,
        "source": "Return 8 (Customs, 2024–2025)",
        "return_number": 8,
    }
    assert told["parts"][0]["text"] == ["Forty people. [Return 7]"]


def test_csv_names_the_returns_of_each_deliverable() -> None:
    rows = list(csv.reader(StringIO(made(csv_data.render).read().decode("utf-8-sig"))))
    assert rows == [["Code", "Return number"], ["1.1", "7, 8"], ["1.2", "9"]]


def test_what_is_for_data_files_alone_is_on_no_page(tmp_path: Path) -> None:
    assert "Return number" not in made(html.render).read().decode()
    path = tmp_path / "report.pdf"
    pdf.render(report(), path)
    with pdfplumber.open(path) as pages:
        assert "Return number" not in "".join(page.extract_text() for page in pages.pages)


def test_it_is_read_back_as_it_was_written() -> None:
    assert from_json(to_json(report())) == report()


def test_where_there_is_nothing_the_page_says_so() -> None:
    empty = Table(ACCOUNTS, "Said", COLUMNS, (), entries=True)
    document = ReportDocument("fr-CA", "T", "P", "2024", labels_for("fr-CA"), (Part("p", "P", (empty,)),))
    words = "Il n’y a rien à énumérer."
    assert words in html.html_fragment(document, document.parts[0])
    stream = BytesIO()
    word.render(document, stream)
    assert words in [each.text for each in docx.Document(stream).paragraphs]


def test_columns_for_data_files_come_last() -> None:
    columns = (Column("number", "Number", role="data"), Column("words", "Words"))
    with pytest.raises(DocumentError, match="must come last"):
        Table("t", "Caption", columns, ())
    with pytest.raises(DocumentError, match="nothing but"):
        Table("t", "Caption", columns[:1], ())
