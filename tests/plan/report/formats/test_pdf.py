"""The PDF is tagged after PDF/UA-1, finds its way by bookmarks and page numbers, and takes any text."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.plan.report.formats import pdf
from palermo.plan.report.formats.document import Column, Part, ReportDocument, Table, bullets, paragraph
from palermo.plan.report.formats.labels import labels_for
from palermo.plan.report.formats.typeset import FontSource

from .reading import pdf_tables, structure

ODD = "#[]$*_@<>&\"'`~\\/=+-{}% é œ « – ’ 😀 漢 עברית عربي \x00\x0b\ufffe \u202e\u200d \ufeff"


@pytest.fixture(scope="module")
def made(example: ReportDocument, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    pdf.render(example, path)
    return path


def test_it_says_that_it_is_accessible(made: Path, example: ReportDocument) -> None:
    with pikepdf.open(made) as file:
        assert file.Root.MarkInfo.Marked == True  # noqa: E712 - a PDF object, not a bool
        assert str(file.Root.Lang) == example.language
        assert file.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
        assert len(file.Root.PageLabels.Nums) >= 2
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == example.title
            assert metadata["dc:language"] == {example.language}
            assert metadata["dc:creator"] == [example.publisher]
            assert all(word in str(metadata["pdf:Keywords"]) for word in example.keywords)


def test_its_structure_is_sound(made: Path) -> None:
    with pikepdf.open(made) as file:
        assert file.check_pdf_syntax() == []


def test_headings_bookmarks_and_alternative_text_are_there(made: Path, example: ReportDocument) -> None:
    with pikepdf.open(made) as file:
        with file.open_outline() as outline:
            titles = [item.title for item in outline.root]
            chart = next(item for item in outline.root if item.title == example.parts[3].heading)
            assert [item.title for item in chart.children] == [row_title(example, 0), row_title(example, 28)]
        assert [part.heading for part in example.parts if part.level == 1] == titles[-4:]
        [figure] = structure(file, "/Figure")
        assert str(figure.Alt) == next(example.figures()).alt
        assert len(list(structure(file, "/TOC"))) >= 1
        heads = structure(file, "/TH")
        assert {str(cell.A[0].Scope) for cell in heads} == {"/Column"}


def row_title(example: ReportDocument, row: int) -> str:
    chart = next(table for table in example.tables() if table.key == "action-chart")
    return str(list(chart.rows)[row][0])


def test_text_in_another_language_says_so(made: Path, example: ReportDocument) -> None:
    other = "fr" if example.language == "en-CA" else "en"
    with pikepdf.open(made) as file:
        marks = re.findall(rb"/Lang\s*\(([^)]*)\)", b"".join(page.Contents.read_bytes() for page in file.pages))
        assert f"{other}-CA".encode() in marks


def test_pages_are_numbered_in_words(made: Path, example: ReportDocument) -> None:
    with pdfplumber.open(made) as file:
        total = len(file.pages)
        for number, page in enumerate(file.pages, start=1):
            assert example.labels.page_of.format(page=number, pages=total) in page.extract_text()
        wide = [page.width > page.height for page in file.pages]
        assert 0 < wide.index(True) < wide.index(False, wide.index(True))
        contents = file.pages[1].extract_text()
        assert all(part.heading in contents for part in example.parts)


def test_nothing_leaves_the_page(made: Path) -> None:
    with pdfplumber.open(made) as file:
        for page in file.pages:
            assert all(char["x0"] > 20 and char["x1"] < page.width - 20 for char in page.chars)
            assert all(char["top"] > 10 and char["bottom"] < page.height - 10 for char in page.chars)


def test_the_same_document_makes_the_same_bytes(english: ReportDocument) -> None:
    first, second = BytesIO(), BytesIO()
    pdf.render(english, first)
    pdf.render(english, second)
    assert first.getvalue() == second.getvalue()


def one_table(words: str, label: str = "Words") -> ReportDocument:
    table = Table("t", "Caption", (Column("w", label, role="row_header"), Column("n", "N")), ((words, 1),))
    part = Part("p", f"Part {words}", (paragraph(words), bullets(words), table))
    return ReportDocument("en-CA", f"Title {words}", "Plan", "2024–2025", labels_for("en-CA"), (part,))


@pytest.mark.parametrize("fonts", ["system", "bundled"])
def test_what_no_font_can_show_is_replaced_and_the_rest_kept(fonts: FontSource, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    pdf.render(one_table(ODD), path, fonts)
    with pdfplumber.open(path) as file:
        words = "".join(page.extract_text() for page in file.pages)
    for kept in ("#[]$*_@<>&", "é œ « – ’"):
        assert kept in words


@pytest.mark.parametrize("word", ["x" * 400, "CODE0123456789-" * 20, "https://example.org/" + "a/b" * 90])
def test_long_words_stay_inside_their_column(word: str, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    pdf.render(one_table(word, label=word), path)
    with pdfplumber.open(path) as file:
        for page in file.pages:
            assert all(char["x1"] < page.width - 20 for char in page.chars)
    [[_, [cell, one]]] = pdf_tables(path)
    assert (cell.replace("\u200b", ""), one) == (word, "1")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.text(alphabet=st.characters(categories=None), max_size=60))
def test_any_text_can_be_set(words: str) -> None:
    stream = BytesIO()
    pdf.render(one_table(words), stream, "bundled")
    assert stream.getvalue().startswith(b"%PDF-1.7")


def test_a_chart_without_rows_says_so(tmp_path: Path) -> None:
    table = Table("t", "Caption", (Column("g", "G", role="group"), Column("w", "W")), (), wide=True)
    document = ReportDocument("fr-CA", "T", "P", "2024–2025", labels_for("fr-CA"), (Part("p", "P", (table,)),))
    path = tmp_path / "empty.pdf"
    pdf.render(document, path)
    with pdfplumber.open(path) as file:
        assert document.labels.nothing_to_list in file.pages[-1].extract_text()
