"""An empty file for the figures of one series, to be filled in and taken in again.

One workbook serves both languages, as people of a department work in both. Lists and limits in its cells keep from
slips; reading relies on none of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from palermo.figures.exchange.cube import MARKS, TOTAL, CubeText, plain_name
from palermo.figures.exchange.reading_values import in_list
from palermo.figures.exchange.shape import SeriesShape
from palermo.figures.exchange.sheets import FIRST_DAY, Looks, print_setup, workbook, write, write_row
from palermo.figures.exchange.template_words import COLUMN_NOTES, DIMENSION_NOTE, HELP, TEMPLATE_OTHERS
from palermo.figures.exchange.words import ALL_TOGETHER, HEADINGS, MARK_WORDS, TEMPLATE_SHEET

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROWS = 5_000
"""How many rows have lists and limits."""
LAST_DAY = date(2199, 12, 31)
_FIRST, _LAST = ("starts_on", "ends_on"), tuple(name for name in COLUMN_NOTES if name not in {"starts_on", "ends_on"})
_DAYS = frozenset({"starts_on", "ends_on", "known_on"})


@dataclass(frozen=True, slots=True)
class _Field:
    """One column of a template."""

    name: str
    heading: CubeText
    note: CubeText
    choices: tuple[str, ...] = ()


def template_csv(shape: SeriesShape) -> bytes:
    """The header row of a CSV file for the series, in UTF-8 with a byte order mark."""
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerow([one.name for one in _fields(shape)])
    return target.getvalue().encode("utf-8-sig")


def template_xlsx(shape: SeriesShape) -> bytes:
    """A workbook for the series: headings with notes, lists to choose from, an example and help on further sheets."""
    target = io.BytesIO()
    fields = _fields(shape)
    with workbook(target, None, title=_both(shape.title, " / "), subject=shape.code) as (book, looks):
        main = book.add_worksheet(TEMPLATE_SHEET)
        example, guide, lists = (book.add_worksheet(_both(words, " – ")) for words in TEMPLATE_OTHERS.values())
        for sheet in (main, example):
            _head(sheet, looks, fields)
        _help(guide, looks, shape, fields)
        ranges = _lists(lists, looks, fields)
        _limits(main, shape, fields, ranges)
        values = _example(shape)
        for place, one in enumerate(fields):
            write(example, 1, place, values.get(one.name), looks)
    return target.getvalue()


def _both(words: CubeText, between: str) -> str:
    return between.join(dict.fromkeys(each for each in (words.en, words.fr) if each))


def _fields(shape: SeriesShape) -> tuple[_Field, ...]:
    lists = {
        "mark": tuple(in_list(mark, MARK_WORDS[mark]) for mark in MARKS),
        "document": tuple(sorted(shape.documents)),
    }
    dimensions = [
        _Field(
            plain_name(one.code),
            one.label,
            DIMENSION_NOTE,
            tuple(in_list(code, label) for code, label in ((TOTAL, ALL_TOGETHER), *one.codes)),
        )
        for one in shape.dimensions
    ]
    first, last = (
        [_Field(name, HEADINGS[name], COLUMN_NOTES[name], lists.get(name, ())) for name in names]
        for names in (_FIRST, _LAST)
    )
    return (*first, *dimensions, *last)


def _head(sheet: Worksheet, looks: Looks, fields: Sequence[_Field]) -> None:
    print_setup(sheet)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 48)
    for place, one in enumerate(fields):
        sheet.set_column(place, place, 28 if one.choices or one.name.endswith(("_en", "_fr")) else 14)
        # The heading is read back by its words, whatever stands between the two languages.
        write(sheet, 0, place, f"{one.heading.en}\n{one.heading.fr}".strip(), looks, looks.header)
        sheet.write_comment(0, place, _both(one.note, "\n\n"), {"x_scale": 2, "y_scale": 1.2})


def _help(sheet: Worksheet, looks: Looks, shape: SeriesShape, fields: Sequence[_Field]) -> None:
    print_setup(sheet)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 1, 70)
    lines = [(shape.title, looks.title), *((text, looks.text) for text in HELP)]
    lines += [(shape.unit.label, looks.label)]
    for row, (text, look) in enumerate(lines):
        write_row(sheet, row, (text.en, text.fr), looks, look)
    for row, one in enumerate(fields, start=len(lines) + 1):
        worded = (f"{one.heading.en} – {one.note.en}", f"{one.heading.fr} – {one.note.fr}")
        write_row(sheet, row, worded, looks)


def _lists(sheet: Worksheet, looks: Looks, fields: Sequence[_Field]) -> Mapping[str, str]:
    """Write every list, one a column, and say where each is."""
    ranges = {}
    listed = [one for one in fields if one.choices]
    for place, one in enumerate(listed):
        sheet.set_column(place, place, 40)
        write(sheet, 0, place, _both(one.heading, " – "), looks, looks.label)
        for row, choice in enumerate(one.choices, start=1):
            write(sheet, row, place, choice, looks)
        column = _letters(place)
        ranges[one.name] = f"='{sheet.get_name()}'!${column}$2:${column}${len(one.choices) + 1}"
    return ranges


def _letters(place: int) -> str:
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _limits(sheet: Worksheet, shape: SeriesShape, fields: Sequence[_Field], ranges: Mapping[str, str]) -> None:
    """What the cells offer and refuse while somebody types."""
    for place, one in enumerate(fields):
        rule: dict[str, object] = {"error_title": "?", "error_message": _both(one.note, "\n")[:255]}
        if one.name in ranges:
            rule |= {"validate": "list", "source": ranges[one.name]}
        elif one.name in _DAYS:
            rule |= {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
        elif one.name == "value" and not shape.is_signed:
            rule |= {"validate": "integer" if shape.is_whole else "decimal", "criteria": ">=", "value": 0}
        else:
            continue
        sheet.data_validation(1, place, ROWS, place, rule)


def _example(shape: SeriesShape) -> dict[str, str | date | int]:
    """An invented figure: the fiscal year 2013–2014, all together."""
    return {
        "starts_on": date(2013, 4, 1),
        "ends_on": date(2014, 3, 31),
        **{plain_name(one.code): TOTAL for one in shape.dimensions},
        "value": 1250,
        "mark": in_list("provisional", MARK_WORDS["provisional"]),
        "page": "12",
    }
