"""The report's tables as an Excel workbook: a sheet that says what it is, then one sheet a table.

Row 1 of a table's sheet is its header, so that filters, pivots and other programs find it there. Dates and
numbers are real ones; every text is written as a text, whatever it begins with. What a sheet cannot hold is
written as text (a date before 1900, a number of more than 15 digits) or cut with an ellipsis (a text of more
than 32,767 characters).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter

from palermo.plan.report.formats.data_columns import DataColumn, as_text, data_columns
from palermo.plan.report.formats.document import ReportDocument, Table
from palermo.plan.report.formats.outline import edition_facts
from palermo.plan.report.formats.target import Target, opened
from palermo.plan.report.formats.words import Value, one_line, printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_NAME = 31
LONGEST_TEXT = 32_767
MOST_DIGITS = 15
FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year, so that the days before this one are off by one."""
WIDTHS = {"date": 14.0, "number": 15.0, "status": 18.0}
WIDTH_OF_TEXT = 14.0
WIDEST = 70.0
LETTER = 1


@dataclass(frozen=True, slots=True)
class Looks:
    """The few looks of a cell."""

    title: Format
    heading: Format
    header: Format
    label: Format
    text: Format
    day: Format
    whole: Format
    link: Format


def render(document: ReportDocument, target: Target) -> None:
    """Write the workbook; rows go to disk one by one.

    Raises:
        DocumentError: the document contradicts itself.
    """
    with opened(target) as stream, xlsxwriter.Workbook(stream, {"constant_memory": True}) as workbook:
        workbook.set_properties(_properties(document))
        workbook.set_custom_property("Language", document.language)
        looks = _looks(workbook)
        tables = _sheet_names(document)
        _about(workbook, looks, document, tables)
        for name, table in tables.items():
            _sheet(workbook.add_worksheet(name), workbook, looks, document, table)


def _properties(document: ReportDocument) -> dict[str, str | datetime]:
    published = document.published_on
    return {
        "title": one_line(f"{document.title} – {document.period_label}"),
        "subject": one_line(document.plan_title),
        "author": one_line(document.publisher),
        "keywords": one_line(", ".join(document.keywords)),
        "created": datetime.combine(published, time(12), UTC) if published else datetime(1980, 1, 1, tzinfo=UTC),
    }


def _looks(workbook: Workbook) -> Looks:
    top = {"valign": "top", "text_wrap": True}
    ink = {"font_color": "#26374A", "bold": True}
    return Looks(
        title=workbook.add_format({**top, **ink, "font_size": 16}),
        heading=workbook.add_format({**top, **ink, "font_size": 13}),
        header=workbook.add_format({**top, "bold": True, "font_color": "#FFFFFF", "bg_color": "#26374A"}),
        label=workbook.add_format({**top, "bold": True}),
        text=workbook.add_format({**top, "num_format": "@"}),
        day=workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}),
        whole=workbook.add_format({"valign": "top", "num_format": "#,##0"}),
        link=workbook.add_format({**top, "font_color": "#284162", "underline": 1}),
    )


def _sheet_names(document: ReportDocument) -> dict[str, Table]:
    """Each table under a name that Excel takes: numbered, so that no two are alike once they are cut."""
    names = {}
    for number, table in enumerate(document.tables(), start=1):
        caption = re.sub(r"[\[\]:*?/\\']", " ", one_line(table.caption))
        names[f"{number} {' '.join(caption.split())}"[:LONGEST_NAME].rstrip()] = table
    return names


def _about(workbook: Workbook, looks: Looks, document: ReportDocument, tables: dict[str, Table]) -> None:
    sheet = workbook.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", document.labels.about)[:LONGEST_NAME])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    _print_setup(sheet, document)
    _write_text(sheet, 0, 0, document.title, looks.title)
    _write_text(sheet, 1, 0, document.subtitle, looks.text)
    row = 3
    for label, words in edition_facts(document):
        row = _pair(sheet, row, label, words, looks)
    if document.statuses:
        _write_text(sheet, row + 1, 0, document.labels.statuses, looks.heading)
        row += 2
    for status in document.statuses:
        row = _pair(sheet, row, status.label, status.meaning, looks)
    _write_text(sheet, row + 1, 0, document.labels.contents, looks.heading)
    row += 2
    for name, table in tables.items():
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.link, name)
        origin = (table.origin.plain,) if table.origin else ()
        _write_text(sheet, row, 1, "\n".join((table.caption, *table.notes, *origin)), looks.text)
        row += 1


def _pair(sheet: Worksheet, row: int, label: str, words: str, looks: Looks) -> int:
    _write_text(sheet, row, 0, label, looks.label)
    _write_text(sheet, row, 1, words, looks.text)
    return row + 1


def _sheet(sheet: Worksheet, workbook: Workbook, looks: Looks, document: ReportDocument, table: Table) -> None:
    columns = data_columns(table, document.labels)
    numbers: dict[int, Format] = {0: looks.whole}
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _print_setup(sheet, document)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column))
        _write_text(sheet, 0, place, column.label, looks.header)
    last = 0
    for last, row in enumerate(table.checked_rows(), start=1):
        for place, column in enumerate(columns):
            value = column.of(row)
            if isinstance(value, Decimal) and (places := len(as_text(value).partition(".")[2])) not in numbers:
                pattern = f"#,##0.{'0' * places}"
                numbers[places] = workbook.add_format({"valign": "top", "num_format": pattern})
            _write(sheet, last, place, value, looks, numbers)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _print_setup(sheet: Worksheet, document: ReportDocument) -> None:
    sheet.set_landscape()
    sheet.set_paper(LETTER)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R" + document.labels.page_of.format(page="&P", pages="&N"))


def _width(column: DataColumn) -> float:
    if column.is_printed:
        return WIDTHS["status"]
    return WIDTHS.get(column.column.kind) or min(WIDEST, WIDTH_OF_TEXT * max(1.0, column.column.width))


def _write(sheet: Worksheet, row: int, place: int, value: Value, looks: Looks, numbers: dict[int, Format]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        _write_text(sheet, row, place, value, looks.text)
    elif isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(row, place, value, looks.day)
    elif isinstance(value, int | Decimal) and _fits(value):
        sheet.write_number(row, place, value, numbers[len(as_text(value).partition(".")[2])])
    else:
        _write_text(sheet, row, place, as_text(value), looks.text)


def _fits(value: int | Decimal) -> bool:
    """Whether a spreadsheet's number keeps every digit."""
    return sum(letter.isdigit() for letter in as_text(value).replace(".", "").lstrip("-0")) <= MOST_DIGITS


def _write_text(sheet: Worksheet, row: int, place: int, words: str, look: Format) -> None:
    """A text as a text: no formula, no link, and none of the markup that the writer lets through."""
    words = printable(words)
    if len(words) > LONGEST_TEXT:
        words = words[: LONGEST_TEXT - 1] + "…"
    if words.startswith("<r>") and words.endswith("</r>"):
        words += " "
    sheet.write_string(row, place, words, look)
