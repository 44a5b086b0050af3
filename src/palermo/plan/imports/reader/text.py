"""Reads the text of a plan, a progress report or a web page."""

from __future__ import annotations

from palermo.foundation.encodings import EncodingError, decoded
from palermo.plan.imports.reader.reading import Reading, SourceKind, UnreadableError
from palermo.plan.imports.reader.structure.document import read_document
from palermo.plan.imports.reader.structure.lines import split_lines

_REFUSALS = {
    "empty": "The file is empty. Choose a file that holds the text of a plan.",
    "binary": "The file is not a text. Upload the plan as text, PDF, CSV, XLSX or JSON.",
    "damaged": "The file says how its text is encoded, but breaks off or does not keep to it. Save it again as UTF-8.",
}


def read_text(text: str) -> Reading:
    """The plan in a text: its sections and rows, or why there is none."""
    return read_document(split_lines(text.replace("\r\n", "\n").replace("\r", "\n")), [], SourceKind.TEXT)


def decode(data: bytes) -> str:
    """The text in bytes of unknown encoding. Raises UnreadableError where they are empty or no text."""
    try:
        return decoded(data)
    except EncodingError as error:
        raise UnreadableError(error.code, _REFUSALS[error.code]) from error
