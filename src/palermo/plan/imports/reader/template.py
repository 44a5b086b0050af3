"""The template for a table of deliverables, to be filled in and imported; reading it back is exact.

Text that a spreadsheet would take for a formula is written as text: CSV injection is CWE-1236.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from palermo.plan.imports.reader.headers import Field, Language, example_row, template_fields, value_labels
from palermo.plan.imports.reader.reading import ReadRow, ReadSection

if TYPE_CHECKING:
    import xlsxwriter

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
"""Stands before a text that would otherwise be a formula; spreadsheets take it as a mark of text."""
_FILLED_ROWS = 2000
"""Rows for which the spreadsheet offers its lists."""
_SHEETS = {"en": ("Deliverables", "Help"), "fr": ("Produits livrables", "Aide")}
_HELP_HEADINGS = {"en": ("Column", "What goes in it", "Values"), "fr": ("Colonne", "Contenu", "Valeurs")}
_FIRST_NOTE = {
    "en": "The first row is an example. It is passed over when the file is imported.",
    "fr": "La première ligne est un exemple. Elle est ignorée à l’importation du fichier.",
}
_WIDE = {"section", "section_fr", "text", "text_fr", "lead_in", "lead_in_fr", "note", "leads", "supporting"}


def template_csv(language: Language) -> bytes:
    """The template as CSV with semicolons, in UTF-8 with a byte order mark, which Excel needs."""
    return rows_csv(language, [example_row(language)])


def template_xlsx(language: Language) -> bytes:
    """The template as XLSX, with lists to choose from, and a second sheet that explains each column."""
    return rows_xlsx(language, [example_row(language)])


def rows_csv(language: Language, rows: Sequence[Sequence[str]]) -> bytes:
    """Rows under the template's headings as CSV. A row has one text for each of `template_fields()`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_headings(language))
    writer.writerows([guarded(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def rows_xlsx(language: Language, rows: Sequence[Sequence[str]]) -> bytes:
    """Rows under the template's headings as XLSX; every cell is text."""
    # Whoever only reads a template needs no writer of spreadsheets, which takes a while to import.
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        _write_rows(book, language, rows)
        _write_help(book, language)
    return target.getvalue()


def guarded(text: str) -> str:
    """The text with a guard before it where a spreadsheet would calculate it or take it for guarded."""
    return GUARD + text if text.startswith((*_FORMULA_STARTS, GUARD)) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith(GUARD) and text[1:].startswith((*_FORMULA_STARTS, GUARD)) else text


def template_row(row: ReadRow, section: ReadSection | None, language: Language) -> tuple[str, ...]:
    """The values of one read row, in the order of the template's columns."""
    values = {
        "section_code": section.code if section else "",
        "section": section.title if section else "",
        "section_fr": section.title_fr if section else "",
        "p": _label("p", row.p, language),
        "code": row.code,
        "lead_in": row.lead_in,
        "lead_in_fr": row.lead_in_fr,
        "text": row.text,
        "text_fr": row.text_fr,
        "start": row.printed_start,
        "due": row.printed_due,
        "revised_due": row.printed_revised_due,
        "status": row.printed_status,
        "leads": "; ".join(row.leads),
        "supporting": "; ".join(row.supporting),
        "is_new": _label("is_new", "yes" if row.is_new else "", language),
        "note": row.note,
        "amount": row.amount,
        "fiscal_year": row.fiscal_year,
    }
    return tuple(values[field.name] for field in template_fields())


def _label(field: str, value: str, language: Language) -> str:
    return value_labels(field)[value].said_in(language) if value else ""


def _headings(language: Language) -> list[str]:
    return [field.label.said_in(language) for field in template_fields()]


def _write_rows(book: xlsxwriter.Workbook, language: Language, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(_SHEETS[language][0])
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(template_fields()):
        sheet.set_column(column, column, 40 if field.name in _WIDE else 16, body)
        sheet.write_string(0, column, field.label.said_in(language), heading)
        choices = _choices(field, language)
        if choices:
            sheet.data_validation(1, column, _FILLED_ROWS, column, {"validate": "list", "source": choices})
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value:
                sheet.write_string(number, column, value, body)


def _write_help(book: xlsxwriter.Workbook, language: Language) -> None:
    sheet = book.add_worksheet(_SHEETS[language][1])
    heading = book.add_format({"bold": True, "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 30, body)
    sheet.set_column(1, 2, 60, body)
    sheet.write_string(0, 0, _FIRST_NOTE[language])
    for column, text in enumerate(_HELP_HEADINGS[language]):
        sheet.write_string(2, column, text, heading)
    for number, field in enumerate(template_fields(), start=3):
        sheet.write_string(number, 0, field.label.said_in(language))
        sheet.write_string(number, 1, field.help.said_in(language))
        sheet.write_string(number, 2, ", ".join(_choices(field, language)))


def _choices(field: Field, language: Language) -> list[str]:
    return [label.said_in(language) for label in value_labels(field.name).values()]
