"""What was read from a document, as the JSON that `palermo import --dry-run --json` prints.

Plain Python: it needs no database. Dates are written as in ISO 8601; what the document does not say is "", null,
an empty list or the status `not_stated`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from palermo.plan.imports.reader.reading import (
    Doubt,
    Reading,
    ReadRow,
    ReadSection,
    SourceKind,
    UnreadableError,
)

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"


def reading_json(reading: Reading) -> dict[str, Json]:
    """The whole proposal. Rows name their section by its printed code, else by its title, "" where there is none.

    Lines are counted in texts and tables; of a PDF only the page is told.
    """
    known = {section.key: section for section in reading.sections}
    has_lines = reading.kind is not SourceKind.PDF
    return {
        "found": reading.found_plan,
        "refusal": reading.refusal,
        "refusal_code": reading.refusal_code,
        "kind": reading.kind.value,
        "title": reading.title,
        "language": reading.language,
        "period": reading.period,
        "sections": [_section(section, has_lines) for section in reading.sections],
        "rows": [_row(row, known, has_lines) for row in reading.rows],
        "doubts": _doubts(reading.doubts),
        "counts": _counts(reading),
    }


def unreadable_json(error: UnreadableError) -> dict[str, Json]:
    """What is printed where the file cannot be read at all."""
    return {"error": error.code, "message": error.message}


def _section(section: ReadSection, has_lines: bool) -> dict[str, Json]:
    return {
        "key": section.key,
        "code": section.code,
        "title": section.title,
        "title_fr": section.title_fr,
        "text": section.text,
        "parent": section.parent,
        "level": section.level,
        "p": section.p,
        "lines": _lines(section.lines) if has_lines else None,
        "page": section.page,
        "doubts": _doubts(section.doubts),
    }


def _row(row: ReadRow, known: Mapping[str, ReadSection], has_lines: bool) -> dict[str, Json]:
    path = _path(row.section, known)
    return {
        "section": _name(path[-1]) if path else "",
        "section_key": row.section,
        "section_path": [section.title or section.title_fr or section.code for section in path],
        "row": row.row,
        "code": row.code,
        "text": row.text,
        "text_fr": row.text_fr,
        "lead_in": row.lead_in,
        "lead_in_fr": row.lead_in_fr,
        "p": row.p,
        "start": row.printed_start,
        "start_on": _day(row.start_on),
        "due": row.printed_due,
        "due_on": _day(row.due_on),
        "revised_due": row.printed_revised_due,
        "revised_due_on": _day(row.revised_due_on),
        "status": row.status,
        "printed_status": row.printed_status,
        "printed_leads": row.printed_leads,
        "leads": row.leads,
        "supporting": row.supporting,
        "is_new": row.is_new,
        "note": row.note,
        "amount": row.amount,
        "fiscal_year": row.fiscal_year,
        "lines": _lines(row.lines) if has_lines else None,
        "page": row.page,
        "doubts": _doubts(row.doubts),
    }


def _path(key: str | None, known: Mapping[str, ReadSection]) -> list[ReadSection]:
    """The section with that key and those that hold it, the widest first."""
    path: list[ReadSection] = []
    while key is not None:
        path.insert(0, known[key])
        key = known[key].parent
    return path


def _name(section: ReadSection) -> str:
    return section.code or section.title or section.title_fr


def _counts(reading: Reading) -> dict[str, Json]:
    return {
        "sections": len(reading.sections),
        "rows": len({(row.section, row.row) for row in reading.rows}),
        "things": len(reading.rows),
        "statuses": dict(Counter(row.status for row in reading.rows)),
        "new": sum(row.is_new for row in reading.rows),
        "with_doubts": sum(bool(row.doubts) for row in reading.rows),
    }


def _doubts(doubts: Sequence[Doubt]) -> list[Json]:
    return [{"code": doubt.code, "detail": doubt.detail} for doubt in doubts]


def _lines(lines: tuple[int, int] | None) -> list[Json] | None:
    return list(lines) if lines else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
