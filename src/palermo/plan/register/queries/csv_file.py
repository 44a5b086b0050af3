"""Deliverables as a CSV file: UTF-8 with the mark by which spreadsheets know it, safe to open in one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.foundation.bilingual import reader_language
from palermo.plan.register.concerns import concerns_of
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.queries.rows import doers
from palermo.plan.register.vocabulary import P, Part, Status

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable

_CHUNK = 500
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""What a file begins with, so that spreadsheets read its accents right."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula (OWASP, "CSV Injection")."""


def csv_lines(at: PlanAt, found: QuerySet[KnownDeliverable]) -> Iterator[str]:
    """The file, about 500 deliverables at a time. The language is that of the reader who asked."""
    language = reader_language()
    yield MARK
    with override(language):
        yield written([_head()])
    rows: list[list[str]] = []
    for one in found.iterator(chunk_size=_CHUNK):
        with override(language):
            rows.append(_cells(at, one))
        if len(rows) == _CHUNK:
            yield written(rows)
            rows = []
    yield written(rows)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what looks like one."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def written(rows: Iterable[Sequence[str]]) -> str:
    """Rows as lines of a CSV file, each cell made safe."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([safe(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _head() -> list[str]:
    return [
        _("Plan"),
        _("Period"),
        _("Section"),
        _("Code"),
        _("P"),
        _("Text in English"),
        _("Text in French"),
        _("Lead"),
        _("Support"),
        _("Start as printed"),
        _("Start"),
        _("First due date"),
        _("Due date today"),
        _("Claimed status"),
        _("Status as printed"),
        _("Assessed status"),
        _("What to know"),
    ]


def _cells(at: PlanAt, one: KnownDeliverable) -> list[str]:
    day = at.moment.day
    return [
        at.plan.code,
        at.period.code if at.period else "",
        one.section.code if one.section else "",
        one.code,
        str(P(one.p).label) if one.p else "",
        f"{one.lead_in_en} {one.text_en}".strip(),
        f"{one.lead_in_fr} {one.text_fr}".strip(),
        "; ".join(each.name.text for each in doers(one, Part.LEAD, day)),
        "; ".join(each.name.text for each in doers(one, Part.SUPPORT, day)),
        one.printed_start,
        *(each.isoformat() if each else "" for each in (one.start_on, one.first_due_on, one.due_on)),
        str(Status(one.status).label),
        one.printed_status,
        str(Status(one.assessed_status).label) if one.assessed_status else "",
        "; ".join(str(concern.label) for concern in concerns_of(one, at.moment)),
    ]
