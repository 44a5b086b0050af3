"""A cube as a workbook: the figures, what they are, the marks explained, and the codes in both languages.

The figures stand on the first sheet with one header row, so that filters, pivots and other programs find it. Days and
numbers are real ones; a text is a text, whatever it begins with; a number of more than 15 digits is written as text,
because a spreadsheet would round it. A date before March 1900 is written as text, for the same kind of reason.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from palermo.figures.exchange.columns import Column, columns
from palermo.figures.exchange.cube import MARKS, TOTAL, Cube, Language
from palermo.figures.exchange.sheets import Looks, print_setup, sheet_name, workbook, write, write_row
from palermo.figures.exchange.words import ABOUT, ALL_TOGETHER, HIDDEN_MEANS, MARK_MEANINGS, MARK_WORDS, SHEETS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {"code": 16, "day": 13, "number": 14, "text": 26}


def xlsx_bytes(cube: Cube, language: Language) -> bytes:
    """The cube as an XLSX file; headings and the words of codes are in `language`, texts in both where they exist."""
    target = io.BytesIO()
    properties = {"title": cube.title.of(language), "author": cube.agency.name.of(language), "subject": cube.identifier}
    with workbook(target, cube.published_on, **properties) as (book, looks):
        sheets = {key: book.add_worksheet(sheet_name(words.of(language))) for key, words in SHEETS.items()}
        for sheet in sheets.values():
            print_setup(sheet)
        _figures(sheets["figures"], looks, cube, columns(cube, language), language)
        _about(sheets["about"], looks, cube, language)
        _marks(sheets["marks"], looks, language)
        _codes(sheets["codes"], looks, cube)
    return target.getvalue()


def _figures(sheet: Worksheet, looks: Looks, cube: Cube, chosen: tuple[Column, ...], language: Language) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for place, column in enumerate(chosen):
        sheet.set_column(place, place, _WIDTHS[column.kind])
    write_row(sheet, 0, (column.heading.of(language) for column in chosen), looks, looks.header)
    for row, cell in enumerate(cube.rows, start=1):
        write_row(sheet, row, (column.of(cell) for column in chosen), looks)
    sheet.autofilter(0, 0, max(1, len(cube.cells)), len(chosen) - 1)


def _about(sheet: Worksheet, looks: Looks, cube: Cube, language: Language) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    write(sheet, 0, 0, cube.title.of(language), looks, looks.title)
    facts = {
        "code": cube.code,
        "definition": cube.definition.of(language),
        "unit": cube.unit.label.of(language),
        "agency": cube.agency.name.of(language),
        "source": cube.source.of(language),
        "identifier": cube.identifier,
        "published_on": cube.published_on.isoformat() if cube.published_on else "",
        "licence": cube.licence,
        "address": cube.address,
        "notes": "\n".join(note.of(language) for note in cube.notes),
    }
    for row, (name, words) in enumerate(((name, words) for name, words in facts.items() if words), start=2):
        write(sheet, row, 0, ABOUT[name].of(language), looks, looks.label)
        write(sheet, row, 1, words, looks)


def _marks(sheet: Worksheet, looks: Looks, language: Language) -> None:
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 2, 80)
    for row, mark in enumerate(MARKS):
        write_row(sheet, row, (mark, MARK_WORDS[mark].of(language), MARK_MEANINGS[mark].of(language)), looks)
    write(sheet, len(MARKS) + 1, 0, HIDDEN_MEANS.of(language), looks)


def _codes(sheet: Worksheet, looks: Looks, cube: Cube) -> None:
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 3, 45)
    rows = [
        (dimension.code, code, label.en, label.fr)
        for dimension in cube.dimensions
        for code, label in (("", dimension.label), (TOTAL, ALL_TOGETHER), *dimension.codes)
    ]
    for row, values in enumerate(rows):
        write_row(sheet, row, values, looks, looks.text if values[1] else looks.label)
