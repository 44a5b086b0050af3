"""Cuts the lines of a table that lost its columns into units, each with the kinds of cell that it could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from palermo.plan.imports.reader.structure.columns import TIME_ROLES, Column
from palermo.plan.imports.reader.structure.dates import read_date
from palermo.plan.imports.reader.structure.headings import CODE
from palermo.plan.imports.reader.structure.leads import is_acronym, looks_like_leads
from palermo.plan.imports.reader.structure.lines import BULLET, Line
from palermo.plan.imports.reader.structure.statuses import is_status, leading_status
from palermo.plan.imports.reader.structure.tables import Piece
from palermo.plan.imports.reader.vocabulary import fold, word_set

MOST_LINES_OF_A_TYPED_CELL = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that belongs to one cell. `split`: it was cut from the unit before, on the same line."""

    pieces: tuple[Piece, ...]
    text: str
    kinds: frozenset[str]
    gap: bool = False
    split: bool = False


def units_of(lines: Sequence[Line], columns: Sequence[Column]) -> list[Unit]:
    """The units of a stretch of lines, in order."""
    wanted = _kinds_wanted(columns)
    remarks = columns[-1].role in {"note", "indicator", "other"}
    found: list[Unit] = []
    place = 0
    while place < len(lines):
        taken, units = _units_at(lines, place, wanted, remarks)
        found += units
        place += taken
    return found


def _kinds_wanted(columns: Sequence[Column]) -> list[str]:
    """The typed kinds in the order of the columns."""
    kinds = []
    for column in columns:
        if column.role in TIME_ROLES:
            kinds.append("date")
        elif column.role == "status":
            kinds.append("status")
        elif column.role in {"lead", "supporting"}:
            kinds.append("lead")
    return kinds


def _units_at(lines: Sequence[Line], place: int, wanted: list[str], remarks: bool) -> tuple[int, list[Unit]]:
    """How many lines are taken, and the units in them."""
    for count in range(MOST_LINES_OF_A_TYPED_CELL, 0, -1):
        block = lines[place : place + count]
        if len(block) < count or any(line.gap for line in block[1:]):
            continue
        joined = " ".join(line.bare for line in block)
        kinds = typed_kinds(joined, wanted) - {"lead", "code", "bullet"} if len(joined) <= 60 else frozenset()
        if kinds:
            return count, [_unit(block, kinds)]
    line = lines[place]
    segments = _segments(line.bare, wanted) or (_typed_then_text(line.bare, wanted) if remarks else [])
    if segments:
        return 1, [_segment_unit(line, text, kinds, first) for first, (text, kinds) in enumerate(segments)]
    return 1, [_unit([line], typed_kinds(line.bare, wanted))]


def typed_kinds(text: str, wanted: Sequence[str]) -> frozenset[str]:
    """The kinds that a text could be in this table."""
    return kinds_of(text) & {*wanted, "label", "code", "bullet"}


def _unit(block: Sequence[Line], kinds: frozenset[str] | set[str]) -> Unit:
    pieces = tuple(Piece(line.bare, line.number, line.gap, line.page) for line in block)
    return Unit(pieces, " ".join(line.bare for line in block), frozenset(kinds), block[0].gap)


def _segment_unit(line: Line, text: str, kinds: frozenset[str], place: int) -> Unit:
    gap = line.gap and place == 0
    return Unit((Piece(text, line.number, gap, line.page),), text, kinds, gap, place > 0)


def kinds_of(text: str) -> frozenset[str]:
    """The kinds of cell that a whole text could be: date, status, lead, code, bullet, or a label of a time."""
    kinds = set()
    if len(text) <= 60 and is_status(text):
        kinds.add("status")
    if len(text) <= 60 and read_date(text) is not None:
        kinds.add("date")
    if looks_like_leads(text):
        kinds.add("lead")
    if BULLET.match(text):
        kinds.add("bullet")
    if CODE.match(text):
        kinds.add("code")
    if text.endswith(":") and fold(text).strip(" :") in _time_labels():
        kinds |= {"label", "date"}
    return frozenset(kinds)


def _time_labels() -> frozenset[str]:
    return word_set("words", "labels", "start") | word_set("words", "labels", "due")


def _segments(text: str, wanted: list[str]) -> list[tuple[str, frozenset[str]]]:
    """A line cut into text and the typed cells after it, where it ends on such cells in the columns' order."""
    parts = text.split()
    if not 2 <= len(parts) <= 40 or len(wanted) < 2 or not _may_end_typed(parts[-1]):
        return []
    for start in range(max(0, len(parts) - 12), len(parts) - 1):
        typed = _typed(parts[start:], wanted)
        if typed and len(typed) >= 2 and _believable(parts[:start], typed):
            before = " ".join(parts[:start])
            return [(before, kinds_of(before)), *typed] if before else typed
    return []


def _typed_then_text(text: str, wanted: list[str]) -> list[tuple[str, frozenset[str]]]:
    """A line that opens with two or more typed cells and goes on with a remark."""
    parts = text.split()
    for end in range(min(len(parts) - 1, 12), 1, -1):
        typed = _typed(parts[:end], wanted)
        if typed and len(typed) >= 2 and "status" in typed[-1][1] and parts[end][0].isupper():
            return [*typed, (" ".join(parts[end:]), frozenset())]
    return []


def _may_end_typed(last: str) -> bool:
    """Cells end on a capital, a number, a bracket or a comma, or on a word of a status; most lines of text do not."""
    return not last[0].islower() or last[-1] in ",)" or leading_status(last) is not None or "progress" in last


def _believable(before: list[str], typed: list[tuple[str, frozenset[str]]]) -> bool:
    """After text, a date or status must be among the cells; alone, a status must come with whom it falls to."""
    kinds = [kind for _, found in typed for kind in found]
    if before and not before[-1][-1].isalnum() and before[-1][-1] in ",-(":
        return False
    return "status" in kinds or "date" in kinds


def _typed(parts: list[str], wanted: list[str]) -> list[tuple[str, frozenset[str]]] | None:
    """The words as typed cells in the columns' order, or None where they are anything else."""
    if not parts:
        return []
    if not wanted:
        return None
    for place, kind in enumerate(wanted):
        for end in _ends(parts, kind):
            rest = _typed(parts[end:], wanted[place + 1 :])
            if rest is not None:
                return [(" ".join(parts[:end]), frozenset({kind})), *rest]
    return None


def _ends(parts: list[str], kind: str) -> list[int]:
    """How many words from the first on make a cell of a kind, the shortest first."""
    if kind == "status":
        led = leading_status(" ".join(parts)) if parts[0][0].isupper() else None
        return [led[0]] if led else []
    sizes = range(1, min(len(parts), 8) + 1)
    if kind == "date":
        texts = {size: " ".join(parts[:size]) for size in sizes}
        return [size for size, text in texts.items() if read_date(text) is not None and not is_status(text)]
    return [size for size in sizes if _lead_fragment(parts[:size], size == len(parts))]


def _lead_fragment(parts: list[str], at_end: bool) -> bool:
    """Organisations, whole or, at the end of a line, as far as the line goes."""
    text = " ".join(parts)
    if looks_like_leads(text):
        return True
    return at_end and is_acronym(parts[0]) and len(text) <= 40 and not text.endswith(".")
