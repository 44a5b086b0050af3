"""What kind of file something is by its content, whatever its name says. Plain Python."""

from __future__ import annotations

import io
import zipfile

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
TEXT = "text/plain"

EXTENSIONS = {PDF: "pdf", PNG: "png", JPEG: "jpg", DOCX: "docx", XLSX: "xlsx", ODT: "odt", ODS: "ods", TEXT: "txt"}
"""The kinds that are taken, and what a downloaded copy is called."""

_SIGNATURES = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


class UnknownTypeError(Exception):
    """The content is of no kind that is taken as evidence."""


class ActiveContentError(Exception):
    """The document carries macros, which nobody should have to open."""


def type_of(content: bytes) -> str:
    """The media type of a file.

    Raises:
        UnknownTypeError: it is none of those that are taken, or it is empty.
        ActiveContentError: it is an office document with macros.
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if content and _is_text(content):
        return TEXT
    raise UnknownTypeError


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            # An office document of the OpenDocument kind says what it is in a first member of at most 100 bytes.
            said = packed.open("mimetype").read(100).decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        raise UnknownTypeError from error
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        raise ActiveContentError
    if said in {ODT, ODS}:
        return said
    found = next((kind for name, kind in _OFFICE.items() if name in names), None)
    if found is None:
        raise UnknownTypeError
    return found


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    # A page that a browser would run is no text to be served, whatever it is called.
    begins = text.lstrip()[:200].lower()
    is_markup = begins.startswith(("<!doctype", "<html", "<svg", "<?xml", "<script"))
    return not is_markup and all(sign.isprintable() or sign in "\n\r\t\f" for sign in text)
