"""Finds the heading row of a table and decides which column holds what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from palermo.plan.imports.reader.grid import GridRow, Sheet, as_text, column_name
from palermo.plan.imports.reader.headers import (
    IGNORE,
    Heading,
    guess_field,
    heading_of,
    known_headings,
    mapping_fields,
    template_fields,
)
from palermo.plan.imports.reader.reading import Doubt, UnreadableError
from palermo.plan.imports.reader.structure.dates import read_date
from palermo.plan.imports.reader.structure.leads import looks_like_leads
from palermo.plan.imports.reader.structure.statuses import is_status

_HEADER_WITHIN = 60
"""Rows, counted from the first that is not empty, among which the heading row is looked for."""
_LONGEST_HEADING = 80
_SAMPLES = 5
_MANY = frozenset({"section", "leads", "supporting", "note", IGNORE})
"""Fields that several columns may hold."""


@dataclass(frozen=True, slots=True)
class UnknownHeader:
    """A column whose meaning a person has to say: its heading, some of its values, and a guess or ""."""

    header: str
    samples: tuple[str, ...]
    guess: str


@dataclass(slots=True)
class Columns:
    """What was decided of each column. `by_field` holds places from 0; sections go from wide to narrow."""

    headings: list[str]
    by_field: dict[str, list[int]] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    unknown: list[UnknownHeader] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    is_template: bool = False

    @property
    def has_text(self) -> bool:
        """Whether a column holds what is to be done."""
        return "text" in self.by_field or "text_fr" in self.by_field


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raise UnreadableError (`mapping_unknown_field`) where a heading is mapped to what is no field."""
    for heading, name in mapping.items():
        if name not in mapping_fields():
            raise UnreadableError(
                "mapping_unknown_field",
                f"The column {heading!r} cannot be read as {name!r}: there is no such field.",
            )


def find_header(sheet: Sheet, mapping: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the place of the row with the most known headings, the first of equals, and how many."""
    best, place = 0, -1
    for at, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        score = _score(row, mapping)
        if score > best:
            best, place = score, at
    return (place, best) if best else None


def likely_header(sheet: Sheet) -> int | None:
    """Return the place of the first row that could be one of headings that nobody knows yet."""
    for at, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        cells = [as_text(row.value(place)) for place in row.filled()]
        if len(cells) > 1 and all(len(cell) <= _LONGEST_HEADING and not cell[0].isdigit() for cell in cells):
            return at
    return None


def _score(row: GridRow, mapping: Mapping[str, str]) -> int:
    cells = [as_text(value) for value in row.values if isinstance(value, str) and value.strip()]
    mapped = sum(_tidy(cell) in mapping for cell in cells)
    known = known_headings(cells)
    if known < 2 and mapped < 1 and not (known and len(cells) <= 3 and _is_text(cells)):
        return 0
    return known + mapped


def _is_text(cells: Sequence[str]) -> bool:
    found = [heading_of(cell) for cell in cells]
    return any(heading is not None and heading.field in {"text", "text_fr"} for heading in found)


def _tidy(heading: str) -> str:
    return " ".join(heading.split())


def decide_columns(sheet: Sheet, header: int, mapping: Mapping[str, str]) -> Columns:
    """Decide what each column holds: the person's mapping first, then the known headings."""
    row = sheet.rows[header]
    columns = Columns(_headings(row, sheet.rows[header + 1 :]))
    labels = [_tidy(as_text(value)) for value in row.values]
    columns.is_template = any(
        labels == [one.label.said_in(language) for one in template_fields()] for language in ("en", "fr")
    )
    found: dict[int, Heading] = {}
    for place, heading in enumerate(columns.headings):
        meant = _meaning(heading, mapping)
        if meant is not None:
            found[place] = meant
        elif samples := tuple(_samples(sheet.rows[header + 1 :], place)):
            columns.unknown.append(UnknownHeader(heading, samples, _guess(heading, samples)))
    _choose_text(found)
    for place in sorted(found, key=lambda at: (found[at].rank, at)):
        _assign(columns, place, found[place])
    if not mapping and not columns.is_template:
        _take_status_of_notes(columns, sheet.rows[header + 1 :])
    return columns


def _take_status_of_notes(columns: Columns, rows: Sequence[GridRow]) -> None:
    """Read a column of remarks as the status where no heading names one and its values are nothing else."""
    for place in columns.by_field.get("note", []) if "status" not in columns.by_field else []:
        samples = list(_samples(rows, place))
        if samples and all(map(is_status, samples)):
            columns.by_field["note"].remove(place)
            columns.by_field["status"] = [place]
            columns.known[columns.headings[place]] = "status"
            columns.doubts.append(Doubt("column_guessed", columns.headings[place]))
            return


def _headings(row: GridRow, below: Sequence[GridRow]) -> list[str]:
    """The headings, each unlike the others; a column without one is called by its letter."""
    width = max((len(each.values) for each in (row, *below[:200])), default=0)
    names: list[str] = []
    for place in range(width):
        name = _tidy(as_text(row.value(place))) or f"({column_name(place)})"
        count = 2
        unique = name
        while unique in names:
            unique, count = f"{name} ({count})", count + 1
        names.append(unique)
    return names


def _meaning(heading: str, mapping: Mapping[str, str]) -> Heading | None:
    if heading in mapping:
        return Heading(mapping[heading])
    return heading_of(heading)


def _choose_text(found: dict[int, Heading]) -> None:
    """Of the headings that can hold the thing itself, the narrowest does; those wider are sections."""
    ranked = sorted((place for place in found if found[place].rank), key=lambda at: (found[at].rank, -at))
    has_text = any(heading.field in {"text", "text_fr"} and not heading.rank for heading in found.values())
    for at, place in enumerate(ranked):
        is_last = at == len(ranked) - 1
        heading = found[place]
        name = "text" if is_last and not has_text else "section"
        found[place] = Heading(name, heading.rank, heading.languages, heading.is_sure)


def _assign(columns: Columns, place: int, heading: Heading) -> None:
    printed = columns.headings[place]
    if heading.field in columns.by_field and heading.field not in _MANY:
        columns.doubts.append(Doubt("column_repeated", printed))
        return
    if not heading.is_sure:
        columns.doubts.append(Doubt("column_guessed", printed))
    columns.known[printed] = heading.field
    columns.languages += heading.languages
    if heading.field != IGNORE:
        columns.by_field.setdefault(heading.field, []).append(place)


def _samples(rows: Sequence[GridRow], place: int) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        text = as_text(row.value(place))
        if text and text not in seen:
            seen.add(text)
            yield text[:200]
        if len(seen) >= _SAMPLES:
            return


def _guess(heading: str, samples: Sequence[str]) -> str:
    """What the column may be: by a heading like it, else by its values; "" where nothing speaks."""
    by_name = guess_field(heading)
    if by_name:
        return by_name
    for name, test in (("status", is_status), ("timeline", _is_date), ("leads", looks_like_leads)):
        if sum(test(sample) for sample in samples) * 2 > len(samples):
            return name
    return "text" if sum(map(len, samples)) > 50 * len(samples) else ""


def _is_date(text: str) -> bool:
    found = read_date(text)
    return found is not None and found.first is not None
