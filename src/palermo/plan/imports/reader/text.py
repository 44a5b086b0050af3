"""Reads the text of a plan, a progress report or a web page."""

from __future__ import annotations

from charset_normalizer import from_bytes

from palermo.plan.imports.reader.reading import Reading, SourceKind, UnreadableError
from palermo.plan.imports.reader.structure.document import read_document
from palermo.plan.imports.reader.structure.lines import split_lines

_BINARY_SIGNS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
)
_SAMPLE = 64_000


def read_text(text: str) -> Reading:
    """The plan in a text: its sections and rows, or why there is none."""
    return read_document(split_lines(text.replace("\r\n", "\n").replace("\r", "\n")), [], SourceKind.TEXT)


def decode(data: bytes) -> str:
    """The text in bytes of unknown encoding. Raises UnreadableError where they are empty or no text."""
    if not data.strip():
        raise UnreadableError("empty", "The file is empty. Choose a file that holds the text of a plan.")
    if data.startswith(_BINARY_SIGNS):
        raise _binary()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _guessed(data)
    if _is_binary(text):
        raise _binary()
    return text


def _guessed(data: bytes) -> str:
    """Text that is not UTF-8: Western European as Windows writes it, unless another encoding fits better."""
    if b"\x00" in data[:_SAMPLE]:
        raise _binary()
    best = from_bytes(data[:_SAMPLE], cp_isolation=["cp1252", "latin-1", "mac_roman", "cp850"]).best()
    encoding = best.encoding if best else "cp1252"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "damaged",
            "The file says how its text is encoded, but breaks off or does not keep to it. Save it again as UTF-8.",
        ) from error


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(1 for letter in sample if letter < " " and letter not in "\t\n\r\f\v\x1b")
    return odd * 100 > len(sample)


def _binary() -> UnreadableError:
    return UnreadableError("binary", "The file is not a text. Upload the plan as text, PDF, CSV, XLSX or JSON.")
