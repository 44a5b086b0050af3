"""Says what a file is by its content. Its name is not looked at: names lie."""

from __future__ import annotations

import re
import zipfile

from palermo.plan.imports.reader.archive import check_archive
from palermo.plan.imports.reader.delimited import delimiter_of, holds_several_tables
from palermo.plan.imports.reader.reading import SourceKind, UnreadableError
from palermo.plan.imports.reader.text import decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024
"""A PDF may have other bytes before its mark (ISO 32000, annex H.3.4.1)."""
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]\d-])")
_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
    b"\x00\x00\x00\x18ftyp",
    b"BM",
)
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh", b"(\xb5/\xfd")

_SENTENCES = {
    "word": "This is a Word document. Save it as PDF or as plain text and import that.",
    "open_text": "This is an OpenDocument text. Save it as PDF or as plain text and import that.",
    "open_sheet": "This is an OpenDocument spreadsheet. Save it as XLSX or CSV and import that.",
    "old_excel": "This is an old or binary Excel file (XLS, XLSB). Save it as XLSX or CSV and import that.",
    "old_word": "This is a document of an old Word (DOC). Save it as PDF or as plain text and import that.",
    "old_office": "This is an old office file. Save it as PDF, XLSX or plain text and import that.",
    "slides": "This is a slide presentation. Save it as PDF and import that.",
    "password": "This file is protected by a password. Save a copy without the password and import that.",
    "archive": "This is an archive of other files. Unpack it and import the file that holds the plan.",
    "picture": "This is a picture. Import the document as text, PDF with text, XLSX or CSV.",
    "rich_text": "This is an RTF document. Save it as PDF or as plain text and import that.",
    "truncated": "This file is incomplete: its end is missing. Copy or download it again.",
    "binary": "This file holds no text. Import a plan as text, PDF, CSV, XLSX or JSON.",
    "empty": "This file is empty. Choose a file that holds a plan.",
}


def sniff(data: bytes) -> SourceKind:
    """Return what the file is.

    Raises:
        UnreadableError: it cannot be read as a plan; the sentence says what to do. The code is
            `empty`, `binary`, `truncated`, `password`, `archive`, `picture`, `word`, `old_word`, `open_text`,
            `open_sheet`, `old_excel`, `old_office`, `slides` or `rich_text`, or one of
            `archive.check_archive` and `text.decode`.
    """
    if not data.strip():
        raise _refused("empty")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return SourceKind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    if data.startswith(_OLE):
        raise _refused(_of_ole(data))
    if data.startswith(_ARCHIVES) or data.startswith(b"PK\x05\x06"):
        raise _refused("archive")
    if data.startswith(_PICTURES) and b"\x00" in data[:4096]:
        raise _refused("picture")
    return _of_text(data)


def _refused(code: str) -> UnreadableError:
    return UnreadableError(code, _SENTENCES[code])


def _of_archive(data: bytes) -> SourceKind:
    try:
        with check_archive(data) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:200] if "mimetype" in names else b""
    except UnreadableError as error:
        raise _refused("truncated") if error.code == "spreadsheet_damaged" else error from None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        raise _refused("archive") from None
    if "xl/workbook.xml" in names:
        return SourceKind.XLSX
    for code, is_it in (
        ("old_excel", "xl/workbook.bin" in names),
        ("word", "word/document.xml" in names),
        ("slides", "ppt/presentation.xml" in names),
        ("open_sheet", b"opendocument.spreadsheet" in mime),
        ("slides", b"opendocument.presentation" in mime),
        ("open_text", b"opendocument" in mime),
    ):
        if is_it:
            raise _refused(code)
    raise _refused("archive")


def _of_ole(data: bytes) -> str:
    """What an OLE compound file holds, by the names of its streams in UTF-16 ([MS-CFB] 2.6.1)."""
    for name, code in (
        ("EncryptedPackage", "password"),
        ("WordDocument", "old_word"),
        ("Workbook", "old_excel"),
        ("Book", "old_excel"),
        ("PowerPoint Document", "slides"),
    ):
        if name.encode("utf-16-le") in data:
            return code
    return "old_office"


def _of_text(data: bytes) -> SourceKind:
    text = decode(data)
    opening = text[:1000].lstrip().casefold()
    if opening.startswith("{\\rtf"):
        raise _refused("rich_text")
    if opening.startswith(("<!doctype html", "<html")) or (opening.startswith("<?xml") and "<html" in opening):
        return SourceKind.WEB_PAGE
    if _JSON.match(text[:1000]):
        return SourceKind.JSON
    return SourceKind.CSV if delimiter_of(text) and not holds_several_tables(text) else SourceKind.TEXT
