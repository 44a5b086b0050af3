"""Turns the rows of one sheet into sections and things with a start or status of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from palermo.plan.imports.reader.grid import GridRow, Sheet, as_text, cell_name
from palermo.plan.imports.reader.headers import example_row
from palermo.plan.imports.reader.reading import Doubt, ReadRow, ReadSection
from palermo.plan.imports.reader.structure.cells import Time
from palermo.plan.imports.reader.structure.headings import is_capitals, labelled
from palermo.plan.imports.reader.structure.rows import split_code, split_section
from palermo.plan.imports.reader.structure.sections import Sections
from palermo.plan.imports.reader.structure.tables import Heading
from palermo.plan.imports.reader.table_cells import RowCells
from palermo.plan.imports.reader.table_columns import Columns
from palermo.plan.imports.reader.vocabulary import fold

_BANNER_RANK = 1
_COLUMN_RANK = 10
_SECTION_FIELDS = ("section_code", "section", "section_fr")
_EXAMPLE_CODES = frozenset({"example", "exemple"})


def banner_heading(text: str, lines: tuple[int, int]) -> Heading:
    """The heading of a row with one cell: its label and number where it has them, else its code and title."""
    bare = text.strip("*#_ ")
    name = labelled(bare)
    if name and name.label.kind == "section":
        return Heading(name.rest, name.code, name.label.name, _BANNER_RANK + name.label.rank // 10, *lines)
    code, title = split_code(bare)
    return Heading(title, code, "", _BANNER_RANK, *lines)


class SheetReader:
    """Reads one sheet. `sections` and `counts` are shared by all sheets of a file."""

    def __init__(self, sheet: Sheet, columns: Columns, sections: Sections, counts: Counter[str | None]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._sections = sections
        self._counts = counts
        self._section_places = {place for field in _SECTION_FIELDS for place in columns.by_field.get(field, ())}
        self._examples = {example_row("en"), example_row("fr")} if columns.is_template else set()

    def open_above(self, rows: Sequence[GridRow]) -> None:
        """Enter the sections that stand right above the heading row, by their label and number."""
        above: list[GridRow] = []
        for row in reversed(rows):
            filled = row.filled()
            if len(filled) != 1 or not banner_heading(as_text(row.value(filled[0])), row.lines).label:
                break
            above.insert(0, row)
        for row in above:
            self._enter_banner(row, row.filled()[0])

    def read(self, rows: Sequence[GridRow]) -> Iterator[ReadRow]:
        """Yield what the rows below the heading row hold. Headings that are printed again are passed over."""
        for row in rows:
            filled = row.filled()
            texts = tuple(as_text(row.value(place)) for place in range(len(self._columns.headings)))
            if not filled or texts in self._examples or self._is_header(row, filled):
                continue
            if self._is_banner(row, filled):
                self._enter_banner(row, filled[0])
                continue
            cells = RowCells(row, self._columns.by_field, self._sheet.name, is_exact=self._columns.is_template)
            section = self._enter_sections(row, cells)
            if self._section_places.issuperset(filled):
                continue
            yield self._row(row, cells, section, texts)

    def _is_header(self, row: GridRow, filled: Sequence[int]) -> bool:
        headings = self._columns.headings
        return (
            not self._columns.is_template
            and len(filled) > 1
            and all(as_text(row.value(place)) == headings[place] for place in filled)
        )

    def _is_banner(self, row: GridRow, filled: Sequence[int]) -> bool:
        """A lone cell is the heading of what follows, unless it stands where texts or sections stand."""
        if self._columns.is_template or len(filled) != 1 or len(self._columns.headings) < 3:
            return False
        text = as_text(row.value(filled[0]))
        if banner_heading(text, row.lines).label or is_capitals(text) or text.startswith("**"):
            return True
        read = {place for field in ("text", "text_fr") for place in self._columns.by_field.get(field, ())}
        return row.is_banner or filled[0] not in read | self._section_places

    def _enter_banner(self, row: GridRow, place: int) -> None:
        heading = banner_heading(as_text(row.value(place)), row.lines)
        section = self._sections.enter(heading)
        if not heading.label:
            section.doubts.append(Doubt("section_guessed", cell_name(self._sheet.name, row.number, place)))

    def _enter_sections(self, row: GridRow, cells: RowCells) -> ReadSection | None:
        """Open the sections that the row names, from wide to narrow, and return the innermost."""
        titles, code, title_fr = cells.texts("section"), cells.code("section_code"), cells.text("section_fr")
        innermost: ReadSection | None = None
        for at, title in enumerate(titles or [""]):
            is_last = at == len(titles or [""]) - 1
            own = code if is_last else ""
            if not (title or own or (is_last and title_fr)):
                continue
            if not own and not self._columns.is_template:
                own, title = split_section(title)
            innermost = self._enter(Heading(title, own, "", _COLUMN_RANK + at, *row.lines), row, cells)
            if is_last:
                innermost.title_fr = innermost.title_fr or title_fr
        return innermost

    def _enter(self, heading: Heading, row: GridRow, cells: RowCells) -> ReadSection:
        section = self._sections.enter(heading)
        if not section.title:
            section.title = heading.title
        elif heading.title and fold(section.title) != fold(heading.title):
            place = self._columns.by_field["section"][-1]
            detail = f"{cell_name(self._sheet.name, row.number, place)}: {heading.title}"
            cells.doubts.append(Doubt("section_title_differs", detail))
        return section

    def _row(self, row: GridRow, cells: RowCells, section: ReadSection | None, texts: Sequence[str]) -> ReadRow:
        key = section.key if section else self._open_section(cells)
        self._counts[key] += 1
        read = ReadRow(key, self._counts[key], "", lines=row.lines)
        _read_texts(read, cells, is_exact=self._columns.is_template)
        _read_times(read, cells)
        _read_who(read, cells)
        read.is_new, read.p = cells.is_new(), cells.p()
        read.amount, read.fiscal_year = cells.amount(), cells.fiscal_year()
        cells.note_row()
        if not (read.text or read.text_fr):
            cells.doubts.append(Doubt("text_missing", cell_name(self._sheet.name, row.number, 0)))
        if self._examples and fold(read.code) in _EXAMPLE_CODES:
            cells.doubts.append(Doubt("example_row_changed", cell_name(self._sheet.name, row.number, 0)))
        read.cells = {heading: text for heading, text in zip(self._columns.headings, texts, strict=True) if text}
        read.doubts = cells.doubts
        return read

    def _open_section(self, cells: RowCells) -> str | None:
        """A row that names no section stands in the one above it; in the template it has none."""
        if self._columns.is_template or self._sections.current is None:
            return None
        if self._section_places:
            cells.doubts.append(Doubt("section_guessed", self._sections.current))
        return self._sections.current


def _read_texts(read: ReadRow, cells: RowCells, *, is_exact: bool) -> None:
    read.code, read.text, read.text_fr = cells.code("code"), cells.text("text"), cells.text("text_fr")
    read.lead_in, read.lead_in_fr = cells.text("lead_in"), cells.text("lead_in_fr")
    if not read.code and not is_exact:
        read.code, read.text = split_code(read.text)


def _read_times(read: ReadRow, cells: RowCells) -> None:
    either, start, due, revised = (cells.time(name) for name in ("timeline", "start", "due", "revised_due"))
    ranged = start
    start = start if start.printed_start else Time(printed_start=either.printed_start, start_on=either.start_on)
    due = next((time for time in (due, either, ranged) if time.printed_due), due)
    read.printed_start, read.start_on = start.printed_start, start.start_on
    read.printed_due, read.due_on = due.printed_due, due.due_on
    read.printed_revised_due, read.revised_due_on = revised.printed_due, revised.due_on
    status = cells.status()
    read.printed_status, read.status = status.printed, status.value
    if not read.printed_due:
        read.printed_due, read.due_on = status.printed_due, status.due_on
    read.note = "\n".join(part for part in (cells.text("note"), status.rest) if part)


def _read_who(read: ReadRow, cells: RowCells) -> None:
    leads = cells.leads("leads")
    helpers = cells.leads("supporting")
    read.printed_leads, read.leads = leads.printed, leads.leads
    helping = [*leads.supporting, *helpers.leads, *helpers.supporting]
    read.supporting = [name for name in helping if cells.is_exact or name not in leads.leads]
