"""Opens any file that a plan may come in and hands it to the reader of its kind."""

from __future__ import annotations

from pathlib import Path

from palermo.plan.imports.reader.reading import Reading, SourceKind, UnreadableError
from palermo.plan.imports.reader.sniff import sniff
from palermo.plan.imports.reader.tabular import TableReading, read_table
from palermo.plan.imports.reader.text import decode, read_text
from palermo.plan.imports.reader.web_page import text_of_page
from palermo.plan.planfile import load
from palermo.plan.planfile_models import PlanFile

MAX_TEXT_CHARACTERS = 3_000_000
"""About a thousand pages."""


def read_file(path: Path, *, mapping: dict[str, str] | None = None) -> Reading | TableReading | PlanFile:
    """Read a file: JSON as `PlanFile`, CSV and XLSX as `TableReading`, the rest as `Reading`.

    This trusts the file with the memory and time of the caller: use `limits.read_within_limits` for what
    others hand in.

    Raises:
        UnreadableError: the file cannot be read at all; its message says what to do.
    """
    data = path.read_bytes()
    kind = sniff(data)
    if kind is SourceKind.JSON:
        return load(data)
    if kind in {SourceKind.CSV, SourceKind.XLSX}:
        return read_table(data, kind=kind, mapping=mapping)
    if kind is SourceKind.PDF:
        # Only a PDF needs the PDF library, which takes half a second to import.
        from palermo.plan.imports.reader.pdf import read_pdf

        return read_pdf(data)
    text = _text(data)
    return read_text(text_of_page(text) if kind is SourceKind.WEB_PAGE else text)


def _text(data: bytes) -> str:
    text = decode(data)
    if len(text) > MAX_TEXT_CHARACTERS:
        raise UnreadableError(
            "text_too_long",
            f"This text has {len(text):,} characters; at most {MAX_TEXT_CHARACTERS:,} are read. "
            "Import only the part that holds the plan.",
        )
    return text
