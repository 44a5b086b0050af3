"""HTML, Word and Excel files: what makes them readable for everybody, and safe whatever the text."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.plan.report.formats import csv_data, html, json_data, word, xlsx
from palermo.plan.report.formats.document import (
    ACTION_CHART,
    Block,
    Cell,
    Column,
    DocumentError,
    Figure,
    Part,
    ReportDocument,
    Row,
    Table,
    bullets,
    paragraph,
)
from palermo.plan.report.formats.labels import labels_for
from palermo.plan.report.formats.registry import FORMATS
from palermo.plan.report.formats.words import printable

from .reading import html_tables

Render = Callable[[ReportDocument, BytesIO], None]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("https://example.org")', "＝1+1"]
MARKUP = ["<script>alert(1)</script>", "&amp;", '"><img src=x onerror=alert(1)>', "<r>x</r>", "]]>", "_x0041_"]
odd_text = st.one_of(
    st.text(alphabet=st.characters(categories=None), max_size=40), st.sampled_from(FORMULAS + MARKUP + ["x" * 500])
)


def made(render: Render, document: ReportDocument) -> BytesIO:
    stream = BytesIO()
    render(document, stream)
    stream.seek(0)
    return stream


def one_row(*row: str | int | Decimal | date | Cell | None, title: str = "Title") -> ReportDocument:
    columns = tuple(Column(f"c{place}", f"Column {place}") for place in range(len(row)))
    rows: tuple[Row, ...] = (row,)
    words = [cell for cell in row if isinstance(cell, str)]
    blocks: list[Block] = [*map(paragraph, words), bullets(*words), Table(ACTION_CHART, "Chart", columns, rows)]
    return ReportDocument("en-CA", title, "Plan", "2024–2025", labels_for("en-CA"), (Part("p", "Part", tuple(blocks)),))


def style_of(each: Paragraph) -> str:
    assert each.style is not None
    return str(each.style.name)


class TestHtml:
    def test_the_file_is_whole_and_accessible(self, example: ReportDocument) -> None:
        source = made(html.render, example).read().decode()
        found = html_tables(source)
        assert source.startswith(f'<!DOCTYPE html>\n<html lang="{example.language}">')
        assert found.headings[0] == 1
        assert found.headings.count(1) == 1
        assert all(after <= before + 1 for before, after in zip(found.headings, found.headings[1:], strict=False))
        assert all(caption.strip() for caption, _ in found.tables)
        assert len(found.ids) == len(set(found.ids))
        assert all(target in found.ids for target in re.findall(r'href="#([^"]+)"', source))
        assert all(target in found.ids for target in re.findall(r'aria-labelledby="([^"]+)"', source))
        assert source.count('role="img"') == 1
        assert source.count('scope="row"') == 44
        assert f'lang="{"fr" if example.language == "en-CA" else "en"}"' in source

    def test_a_part_fits_a_strict_policy(self, example: ReportDocument) -> None:
        for part in example.parts:
            found = html_tables(html.html_fragment(example, part))
            assert found.headings[0] == part.level + 1
            assert not found.tags & {"style", "script", "link", "html", "body", "h1"}
            assert not {name for name in found.attributes if name == "style" or name.startswith("on")}

    def test_pieces_make_the_part(self, english: ReportDocument) -> None:
        part = english.parts[3]
        assert "".join(html.html_pieces(english, part)) == html.html_fragment(english, part)

    @settings(deadline=None)
    @given(words=odd_text)
    def test_any_text_stays_text(self, words: str) -> None:
        document = one_row(words, Cell("x", printed=words, language="fr", code=words), title=words)
        found = html_tables(made(html.render, document).read().decode())
        plain = html_tables(made(html.render, one_row("x", Cell("x", printed="y", language="fr"))).read().decode())
        assert found.tags <= plain.tags | {"br"}
        assert found.attributes == plain.attributes
        [[_, [[cell, _]]]] = found.tables
        assert cell.split() == printable(words).split()

    @pytest.mark.parametrize(
        "inside",
        [
            "<script>1</script>",
            "<foreignObject/>",
            "<image href='https://example.org/x.png'/>",
            "<style>*{}</style>",
            "<a/>",
        ],
    )
    def test_a_figure_that_could_do_more_than_be_seen_is_refused(self, english: ReportDocument, inside: str) -> None:
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g>{inside}</g></svg>'
        part = Part("p", "P", (Figure("f", svg, "alt", "Caption"),))
        with pytest.raises(DocumentError, match="which a figure may not"):
            html.html_fragment(replace(english, parts=(part,)), part)

    def test_a_figure_keeps_its_own_references_alone(self, english: ReportDocument) -> None:
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
            '<defs><path id="a" d="M0 0"/></defs><use xlink:href="#a" onclick="x()"/><g style="fill:red"/>'
            '<use href="https://example.org/#a"/><rect fill="url(#a)"/><rect fill="url(https://example.org)"/></svg>'
        )
        part = Part("p", "P", (Figure("f", svg, 'say "so"', "Caption"),))
        made_html = html.html_fragment(replace(english, parts=(part,)), part)
        assert 'id="f-a"' in made_html
        assert 'href="#f-a"' in made_html
        assert "url(#f-a)" in made_html
        assert "example.org" not in made_html
        assert "onclick" not in made_html
        assert "style" not in made_html
        assert "say &quot;so&quot;" in made_html


class TestWord:
    def test_it_has_real_styles(self, example: ReportDocument) -> None:
        file = docx.Document(made(word.render, example))
        styles = [style_of(each) for each in file.paragraphs]
        for wanted in ("Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Bullet 2", "List Number"):
            assert wanted in styles
        assert styles.count("Caption") == 5
        heads = [each.text for each in file.paragraphs if style_of(each) == "Heading 1"]
        assert heads == [example.labels.about, *(part.heading for part in example.parts if part.level == 1)]

    def test_it_names_itself_and_its_language(self, example: ReportDocument) -> None:
        file = docx.Document(made(word.render, example))
        said = file.core_properties
        assert (said.title, said.author) == (f"{example.title} – 2024–2025", example.publisher)
        assert (said.language, said.created.date()) == (example.language, example.published_on)
        [language] = file.styles.element.findall(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
        assert language.get(qn("w:val")) == example.language
        other = {mark.get(qn("w:val")) for mark in file.element.body.iter(qn("w:lang"))}
        assert ("fr" if example.language == "en-CA" else "en") in other

    def test_tables_repeat_their_header_and_pictures_have_words(self, example: ReportDocument) -> None:
        file = docx.Document(made(word.render, example))
        for table in file.tables:
            marked = [len(list(row.iter(qn("w:tblHeader")))) == 1 for row in table._tbl.tr_lst]
            assert marked == [True] + [False] * (len(marked) - 1)
            assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert [shape._inline.docPr.get("descr") for shape in file.inline_shapes] == [next(example.figures()).alt]

    def test_fields_number_the_pages_and_list_the_contents(self, example: ReportDocument) -> None:
        file = docx.Document(made(word.render, example))
        fields = [code.text.split()[0] for code in file.element.body.iter(qn("w:instrText"))]
        assert fields == ["TOC"]
        footer = file.sections[0].footer._element
        assert [code.text.strip() for code in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
        anchors = {link.get(qn("w:anchor")) for link in file.element.body.iter(qn("w:hyperlink"))} - {None}
        marks = {mark.get(qn("w:name")) for mark in file.element.body.iter(qn("w:bookmarkStart"))}
        assert anchors == marks
        assert len(anchors) == len(example.parts) + 1

    def test_the_chart_lies_on_its_side_alone(self, english: ReportDocument) -> None:
        file = docx.Document(made(word.render, english))
        turned = [section.orientation for section in file.sections]
        assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]

    def test_each_numbered_list_begins_anew(self, english: ReportDocument) -> None:
        file = docx.Document(made(word.render, english))
        items = [each._p for each in file.paragraphs if style_of(each) == "List Number"]
        numbers = [number.get(qn("w:val")) for item in items for number in item.iter(qn("w:numId"))]
        assert len(items) == len(numbers) == 3
        assert len(set(numbers)) == 2

    @settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(words=odd_text)
    def test_any_text_comes_back(self, words: str) -> None:
        file = docx.Document(made(word.render, one_row(words, title=words)))
        assert file.tables[0].rows[1].cells[0].text == printable(words)


class TestExcel:
    @settings(deadline=None)
    @given(words=odd_text)
    def test_any_text_is_a_text(self, words: str) -> None:
        book = openpyxl.load_workbook(made(xlsx.render, one_row(words, title=words)))
        cell = book.worksheets[1]["A2"]
        read = re.sub("_x005F(_x[0-9a-fA-F]{4}_)", r"\1", cell.value or "")
        assert read.strip() == printable(words).strip()
        assert cell.data_type in (("n",) if cell.value is None else ("s", "inlineStr"))

    def test_no_formula_and_no_link_to_the_world(self) -> None:
        raw = made(xlsx.render, one_row(*FORMULAS, "https://example.org", "mailto:a@example.org"))
        with zipfile.ZipFile(raw) as parts:
            sheets = {name: parts.read(name) for name in parts.namelist()}
        assert not any(b"<f>" in content or b"<f " in content for content in sheets.values())
        assert not any(b'TargetMode="External"' in content for content in sheets.values())

    def test_what_a_number_or_a_date_cannot_hold_is_text(self) -> None:
        row = (
            10**16,
            123456789012345,
            Decimal("0.1234567890123456"),
            date(1899, 12, 31),
            date(1900, 3, 1),
            "y" * 40_000,
        )
        values = [cell.value for cell in openpyxl.load_workbook(made(xlsx.render, one_row(*row))).worksheets[1][2]]
        assert values[:4] == ["10000000000000000", 123456789012345, "0.1234567890123456", "1899-12-31"]
        assert isinstance(values[4], date)
        assert isinstance(values[5], str)
        assert (len(values[5]), values[5][-1]) == (32_767, "…")

    def test_sheets_have_names_that_excel_takes(self, english: ReportDocument) -> None:
        columns = (Column("a", "A"),)
        captions = ["[a]:*?/\\'", "'quoted'", "x" * 80, "x" * 80, ""]
        tables = tuple(Table(f"t{place}", caption, columns, ()) for place, caption in enumerate(captions))
        book = openpyxl.load_workbook(made(xlsx.render, replace(english, parts=(Part("p", "P", tables),))))
        assert len(set(book.sheetnames)) == 6
        assert all(0 < len(name) <= 31 for name in book.sheetnames)


class TestData:
    @settings(deadline=None)
    @given(words=odd_text)
    def test_csv_keeps_any_text_and_runs_none(self, words: str) -> None:
        raw = made(csv_data.render, one_row(words)).read().decode("utf-8-sig")
        [_, [cell]] = csv.reader(StringIO(raw, newline="")) if printable(words) else (None, [""])
        assert cell in (printable(words), f"'{printable(words)}")
        assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠") or cell == ""

    @pytest.mark.parametrize("words", FORMULAS)
    def test_csv_guards_what_looks_like_a_formula(self, words: str) -> None:
        raw = made(csv_data.render, one_row(words, Decimal(-5))).read().decode("utf-8-sig")
        assert list(csv.reader(StringIO(raw, newline="")))[1] == [f"'{words}", "-5"]

    @settings(deadline=None)
    @given(words=odd_text, number=st.decimals(allow_nan=False, allow_infinity=False, places=3), whole=st.integers())
    def test_json_keeps_any_text_and_every_digit(self, words: str, number: Decimal, whole: int) -> None:
        document = one_row(words, number, whole, Cell(None, printed=words))
        data = json.loads(made(json_data.render, document).read(), parse_float=Decimal)
        row = data["tables"][0]["rows"][0]
        assert row["c0"] == printable(words)
        assert Decimal(row["c1"]) == number
        assert row["c2"] == whole
        assert row["c3"] is None
        assert row.get("c3_printed", "") == printable(words)

    def test_a_report_without_a_chart_has_no_csv(self, english: ReportDocument) -> None:
        with pytest.raises(DocumentError, match="no action chart"):
            csv_data.render(replace(english, parts=english.parts[:1]), BytesIO())


class TestEveryFormat:
    def test_they_are_known_by_key_extension_and_media_type(self) -> None:
        assert [each.key for each in FORMATS] == ["html", "pdf", "docx", "xlsx", "json", "csv"]
        assert all("/" in each.media_type and each.extension == each.key and each.label for each in FORMATS)

    @pytest.mark.parametrize("key", ["html", "pdf", "docx", "xlsx", "json", "csv"])
    def test_a_failure_leaves_the_file_that_was_there(self, key: str, english: ReportDocument, tmp_path: Path) -> None:
        chosen = next(each for each in FORMATS if each.key == key)
        path = tmp_path / "report"
        path.write_text("before")
        broken = Table(ACTION_CHART, "Chart", (Column("a", "A"),), (("x",), ("y", "too many")))
        with pytest.raises(DocumentError, match="row 2"):
            chosen.render(replace(english, parts=(Part("p", "P", (broken,)),)), path)
        assert path.read_text() == "before"
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.parametrize("key", ["html", "pdf", "docx", "xlsx", "json", "csv"])
    def test_a_stream_is_left_open_and_a_path_gets_the_same(
        self, key: str, english: ReportDocument, tmp_path: Path
    ) -> None:
        chosen = next(each for each in FORMATS if each.key == key)
        stream = BytesIO()
        chosen.render(english, stream)
        chosen.render(english, tmp_path / "report")
        assert not stream.closed
        assert abs(len(stream.getvalue()) - (tmp_path / "report").stat().st_size) < 200
