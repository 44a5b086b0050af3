"""Compares what was read with a key typed by hand, row by row and field by field.

A line of a key is one row: section code, or its title where no code is printed | own code | start | due | status |
leads | supporting | text. Leads and supporting are parted by semicolons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from palermo.plan.imports.reader.open import read_file
from palermo.plan.imports.reader.reading import Reading, ReadRow

FIELDS = ("section", "code", "start", "due", "status", "leads", "supporting", "text")
ALIKE = 60
"""Likeness of two texts out of 100 from which a row that was read is taken for one of the key."""


@dataclass(slots=True)
class Score:
    """How well one document was read."""

    rows: int
    right_fields: int = 0
    right_rows: int = 0
    wrong_rows: int = 0
    wrong_with_doubt: int = 0
    extra_rows: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def fields(self) -> int:
        """How many fields the key has."""
        return self.rows * len(FIELDS)


def key_of(path: Path) -> list[list[str]]:
    """The rows that a person read in a document."""
    return [line.split("|") for line in path.with_suffix(".key").read_text(encoding="utf-8").splitlines()]


def fields_of(reading: Reading) -> list[list[str]]:
    """The rows that the reader found, in the shape of a key."""
    names = {section.key: section.code or section.title for section in reading.sections}
    return [
        [
            names.get(row.section or "", ""),
            row.code,
            row.printed_start,
            row.printed_due,
            row.status,
            ";".join(row.leads),
            ";".join(row.supporting),
            row.text or row.text_fr,
        ]
        for row in reading.rows
    ]


def score(path: Path) -> Score:
    """Read a document and compare it with its key."""
    key = key_of(path)
    reading = read_file(path)
    assert isinstance(reading, Reading)
    found = fields_of(reading)
    left = list(range(len(found)))
    result = Score(len(key))
    for expected in key:
        place = _likeliest(expected, found, left)
        if place is None:
            result.wrong_rows += 1
            result.differences.append(f"missing: {expected}")
            continue
        left.remove(place)
        _compare(result, expected, found[place], reading.rows[place])
    result.extra_rows = len(left)
    for place in left:
        result.wrong_rows += 1
        result.wrong_with_doubt += bool(reading.rows[place].doubts)
        result.differences.append(f"extra: {found[place]}")
    return result


def _likeliest(expected: list[str], found: list[list[str]], left: list[int]) -> int | None:
    def likeness(place: int) -> float:
        same_code = bool(expected[1]) and expected[1] == found[place][1]
        return fuzz.ratio(expected[7], found[place][7]) + (100 if same_code else 0)

    best = max(left, key=likeness, default=None)
    return best if best is not None and likeness(best) >= ALIKE else None


def _compare(result: Score, expected: list[str], found: list[str], row: ReadRow) -> None:
    wrong = [name for name, said, read in zip(FIELDS, expected, found, strict=True) if said != read]
    result.right_fields += len(FIELDS) - len(wrong)
    if not wrong:
        result.right_rows += 1
        return
    result.wrong_rows += 1
    result.wrong_with_doubt += bool(row.doubts)
    result.differences.append(f"{', '.join(wrong)}: {expected} read as {found} {[doubt.code for doubt in row.doubts]}")
