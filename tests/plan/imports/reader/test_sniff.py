"""What a file is, is told from its content, and what cannot be read gets a sentence that says what to do."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from palermo.plan.imports.reader.reading import SourceKind, UnreadableError
from palermo.plan.imports.reader.sniff import sniff
from tests.plan.imports.reader.workbooks import row, sheet, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PROSE = "The plan, which was made in spring, has four parts.\nEach part, as the text says, has tasks.\n" * 5


def archive(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (SourceKind.PDF, b"%PDF-1.7\n"),
        (SourceKind.PDF, b"\r\njunk before the mark\n%PDF-1.4\n"),
        (SourceKind.XLSX, workbook([sheet(row("Action", "Status"))])),
        (SourceKind.JSON, b'\xef\xbb\xbf {"format": "palermo-plan/1"}'),
        (SourceKind.JSON, b'[{"a": 1}'),
        (SourceKind.CSV, b"Action;Status\n"),
        (SourceKind.CSV, b"Some plan\n\nAction,Status\nTeach,Ongoing\n"),
        (SourceKind.CSV, "Mesure\tÉtat\nFormer\tTerminé\n".encode("cp1252")),
        (SourceKind.CSV, "Mesure|État\nFormer|Terminé\n".encode("utf-16")),
        (SourceKind.CSV, b"Foo;Bar;Baz\n1;2;3\n4;5;6\n"),
        (SourceKind.TEXT, PROSE.encode()),
        (SourceKind.TEXT, b"One line, with a comma"),
        (SourceKind.TEXT, (PROSE + "Action\tStatus\nTeach\tOngoing\n").encode()),
        (SourceKind.TEXT, b"Notes\n[1] A footnote stands here, and [2] there.\n"),
    ],
)
def test_tells_the_kind_by_content(kind: SourceKind, data: bytes) -> None:
    assert sniff(data) is kind


@pytest.mark.parametrize(
    ("code", "words", "data"),
    [
        ("empty", "empty", b""),
        ("empty", "empty", b" \n\t\n"),
        ("binary", "text", bytes(range(256)) * 40),
        ("password", "password", OLE + "EncryptedPackage".encode("utf-16-le")),
        ("old_excel", "XLSX", OLE + "Workbook".encode("utf-16-le")),
        ("old_word", "PDF", OLE + "WordDocument".encode("utf-16-le")),
        ("old_office", "PDF", OLE),
        ("word", "PDF", archive(**{"word/document.xml": "<x/>"})),
        ("archive", "Unpack", archive(readme="hello")),
        ("archive", "Unpack", b"\x1f\x8b\x08" + bytes(20)),
        ("open_text", "PDF", archive(mimetype="application/vnd.oasis.opendocument.text")),
        ("open_sheet", "XLSX", archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")),
        ("truncated", "incomplete", workbook([sheet(row("Action", "Status"))])[:300]),
        ("picture", "picture", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("rich_text", "PDF", b"{\\rtf1 hello}"),
    ],
)
def test_refuses_the_rest_and_says_what_to_do(code: str, words: str, data: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        sniff(data)
    assert refused.value.code == code
    assert words in refused.value.message
    assert refused.value.message.endswith(".")


def test_the_source_documents_are_texts() -> None:
    beside = Path(__file__).parents[5] / "shared"
    folder = Path(os.environ.get("PALERMO_SHARED", beside)) / "seeds"
    documents = sorted(folder.glob("*.txt"))
    if not documents:
        pytest.skip("the source documents are not beside the repository")
    assert {sniff(document.read_bytes()) for document in documents} == {SourceKind.TEXT}


@pytest.mark.parametrize(
    "opening", ["<!DOCTYPE html>\n<html>", "<HTML lang='fr'>", '<?xml version="1.0"?>\n<html xmlns="x">']
)
def test_knows_a_web_page(opening: str) -> None:
    assert sniff(f"{opening}<body><p>Plan</p></body></html>".encode()) is SourceKind.WEB_PAGE
