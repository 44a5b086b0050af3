"""The formats that a report can be had in. The names are the same in every language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from palermo.plan.report.formats import csv_data, html, json_data, pdf, word, xlsx
from palermo.plan.report.formats.document import ReportDocument
from palermo.plan.report.formats.target import Target


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `render(document, target)` writes the file to a binary stream, or to a path all at once."""

    key: str
    label: str
    extension: str
    media_type: str
    render: Callable[[ReportDocument, Target], None]


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS = (
    Format("html", "HTML", "html", "text/html; charset=utf-8", html.render),
    Format("pdf", "PDF", "pdf", "application/pdf", pdf.render),
    Format("docx", "Word (DOCX)", "docx", f"{_OFFICE}.wordprocessingml.document", word.render),
    Format("xlsx", "Excel (XLSX)", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", xlsx.render),
    Format("json", "JSON", "json", "application/json", json_data.render),
    Format("csv", "CSV", "csv", "text/csv; charset=utf-8", csv_data.render),
)
"""From the one that most people read to the one that programs read."""
