"""Reads a table of deliverables, CSV or XLSX, whatever its columns are called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from palermo.plan.imports.reader.delimited import read_delimited
from palermo.plan.imports.reader.grid import GridRow, Sheet, Value, as_text
from palermo.plan.imports.reader.headers import template_fields
from palermo.plan.imports.reader.reading import Doubt, Reading, SourceKind
from palermo.plan.imports.reader.structure.plausible import doubt_implausible
from palermo.plan.imports.reader.structure.sections import Sections
from palermo.plan.imports.reader.table_columns import (
    Columns,
    UnknownHeader,
    check_mapping,
    decide_columns,
    find_header,
    likely_header,
)
from palermo.plan.imports.reader.table_rows import SheetReader
from palermo.plan.imports.reader.template import unguarded
from palermo.plan.imports.reader.text import decode


@dataclass(slots=True)
class TableReading(Reading):
    """What a table holds. Columns that nobody knows wait in `unknown_headers` for a person to map them."""

    headers: dict[str, str] = field(default_factory=dict)
    """The field that each known heading was read as; `ignore` for those that are only shown."""
    unknown_headers: list[UnknownHeader] = field(default_factory=list)


def read_table(data: bytes, *, kind: SourceKind, mapping: dict[str, str] | None = None) -> TableReading:
    """Read a CSV or XLSX file.

    Args:
        data: the whole file.
        kind: `CSV` or `XLSX`.
        mapping: what a person said of headings: heading as printed → a name of `headers.mapping_fields()`.

    Returns:
        The rows of every sheet that has a heading row. Where no heading is known (`no_known_header`) or none
        holds a text (`no_text_column`), the reading is refused and `unknown_headers` says what can be mapped.

    Raises:
        UnreadableError: the file cannot be opened as what it is, or the mapping names an unknown field.
    """
    mapping = {" ".join(heading.split()): name for heading, name in (mapping or {}).items()}
    check_mapping(mapping)
    sheets, doubts = _sheets(data, kind)
    reading = TableReading(kind=kind, doubts=doubts)
    found = _tables(sheets, mapping)
    if not found:
        _refuse_headings(reading, sheets)
        return reading
    languages: Counter[str] = Counter()
    counts: Counter[str | None] = Counter()
    sections = Sections()
    for sheet, header in found:
        columns = decide_columns(sheet, header, mapping)
        languages.update(columns.languages)
        _note_columns(reading, columns)
        if columns.has_text:
            below = _below(sheet, header, is_guarded=kind is SourceKind.CSV and columns.is_template)
            reader = SheetReader(sheet, columns, sections, counts)
            reader.open_above(sheet.rows[:header])
            reading.rows += reader.read(below)
        reading.title = reading.title or _title_above(sheet, header)
    reading.sections = sections.found
    doubt_implausible(reading.rows)
    _settle_language(reading, languages)
    _settle_p(reading)
    _refuse_empty(reading)
    return reading


def _sheets(data: bytes, kind: SourceKind) -> tuple[list[Sheet], list[Doubt]]:
    if kind is SourceKind.XLSX:
        # Only a spreadsheet needs the library for them, which takes half a second to import.
        from palermo.plan.imports.reader.spreadsheet import read_spreadsheet

        return read_spreadsheet(data)
    if kind is SourceKind.CSV:
        return [read_delimited(decode(data))], []
    raise ValueError(f"{kind} is no table")


def _below(sheet: Sheet, header: int, *, is_guarded: bool) -> list[GridRow]:
    """The rows below the heading row, without the guards that a template in CSV has before formulas."""
    rows = sheet.rows[header + 1 :]
    return [replace(row, values=tuple(map(_unguarded, row.values))) for row in rows] if is_guarded else rows


def _unguarded(value: Value) -> Value:
    return unguarded(value) if isinstance(value, str) else value


def _tables(sheets: list[Sheet], mapping: dict[str, str]) -> list[tuple[Sheet, int]]:
    """The sheets with a heading row and its place; one known heading will do only where no sheet has more."""
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet, mapping)) is not None]
    most = max((known for _, (_, known) in found), default=0)
    return [(sheet, place) for sheet, (place, known) in found if known >= min(most, 2)]


def _note_columns(reading: TableReading, columns: Columns) -> None:
    reading.headers |= columns.known
    reading.doubts += columns.doubts
    known = {unknown.header for unknown in reading.unknown_headers}
    reading.unknown_headers += [one for one in columns.unknown if one.header not in known]


def _refuse_headings(reading: TableReading, sheets: list[Sheet]) -> None:
    """Say which headings were expected, and offer those of the likeliest row for mapping."""
    expected = ", ".join(one.label.en for one in template_fields())
    attendus = ", ".join(one.label.fr for one in template_fields())
    reading.refusal_code = "no_known_header"
    reading.refusal = (
        f"No row of this table has headings that are known. Expected are headings such as: {expected}; "
        f"or in French: {attendus}. Say what each column holds, or use the template."
    )
    for sheet in sheets:
        header = likely_header(sheet)
        if header is not None:
            reading.unknown_headers += decide_columns(sheet, header, {}).unknown
            return


def _refuse_empty(reading: TableReading) -> None:
    if not {"text", "text_fr"} & set(reading.headers.values()):
        reading.refusal_code = "no_text_column"
        reading.refusal = (
            "No column of this table is known to hold what is to be done. Say which one does: "
            "its heading is usually Text, Deliverable, Action or Activity (Texte, Produit livrable, Mesure)."
        )
    elif not reading.rows:
        reading.refusal_code = "no_rows"
        reading.refusal = "This table has headings, but no rows below them."


def _title_above(sheet: Sheet, header: int) -> str:
    """The first lone text above the heading row."""
    for row in sheet.rows[:header]:
        filled = row.filled()
        if len(filled) == 1:
            return as_text(row.value(filled[0]))
    return ""


def _settle_language(reading: TableReading, languages: Counter[str]) -> None:
    """With texts in both languages `text` is English; with French ones alone it is French."""
    held = set(reading.headers.values())
    if {"text", "text_fr"} <= held:
        reading.language = "en"
    elif "text_fr" in held:
        reading.language = "fr"
        for row in reading.rows:
            row.text, row.text_fr = row.text_fr, ""
            row.lead_in, row.lead_in_fr = row.lead_in or row.lead_in_fr, ""
        for section in reading.sections:
            section.title, section.title_fr = section.title or section.title_fr, ""
    elif languages["en"] != languages["fr"]:
        reading.language = "en" if languages["en"] > languages["fr"] else "fr"


def _settle_p(reading: TableReading) -> None:
    """A section whose rows all name one P has it."""
    named: dict[str, set[str]] = {}
    for row in reading.rows:
        if row.section is not None:
            named.setdefault(row.section, set()).add(row.p)
    for section in reading.sections:
        said = named.get(section.key, set())
        if len(said) == 1 and said != {""}:
            section.p = said.pop()
