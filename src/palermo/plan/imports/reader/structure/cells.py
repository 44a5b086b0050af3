"""Reads the typed cells of a printed row: its times, its statuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from palermo.plan.imports.reader.reading import Doubt
from palermo.plan.imports.reader.structure.dates import ReadDate, read_date, says_none
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.lines import Joiner
from palermo.plan.imports.reader.structure.statuses import ReadStatus, exact_status, read_status
from palermo.plan.imports.reader.structure.tables import Piece
from palermo.plan.imports.reader.vocabulary import fold, words


@dataclass(slots=True)
class Time:
    """A start and a due date, each as printed and as a day, with what is unsure."""

    printed_start: str = ""
    start_on: date | None = None
    printed_due: str = ""
    due_on: date | None = None
    doubts: list[Doubt] = field(default_factory=list)


def statuses_of(pieces: Sequence[Piece], joiner: Joiner) -> list[ReadStatus]:
    """Each status of a cell in order; a cell that is not a plain list of them is read as one."""
    found: list[ReadStatus] = []
    place = 0
    while place < len(pieces):
        taken, status = _status_at(pieces, place, joiner)
        if status is None:
            whole = joiner.join(piece.text for piece in pieces)
            return [read_status(whole)] if whole else []
        found.append(status)
        place += taken
    return found


def _status_at(pieces: Sequence[Piece], place: int, joiner: Joiner) -> tuple[int, ReadStatus | None]:
    for count in range(4, 0, -1):
        block = pieces[place : place + count]
        if len(block) == count and not any(piece.gap for piece in block[1:]):
            status = exact_status(joiner.join(piece.text for piece in block))
            if status:
                return count, status
    return 1, None


def times_of(pieces: Sequence[Piece], role: str, joiner: Joiner) -> list[Time]:
    """Each time of a cell in order. A label such as a start's holds for all that follow it in the cell."""
    found: list[Time] = []
    bound = "" if role == "timeline" else role
    place = 0
    while place < len(pieces):
        label = _label(pieces[place].text)
        if label:
            bound = label
            place += 1
            continue
        taken, when = _date_at(pieces, place)
        if when is None:
            return [_unread(joiner.join(piece.text for piece in pieces), bound)]
        bound = when.bound if when.bound and role == "timeline" else bound
        found.append(_time(when, bound))
        place += taken
    return found


def _label(text: str) -> str:
    """The bound that a label without a date announces: "start", "due" or ""."""
    folded = fold(text).strip(" :")
    for bound in ("start", "due"):
        if folded in words("words", "labels", bound):
            return bound
    return ""


def _date_at(pieces: Sequence[Piece], place: int) -> tuple[int, ReadDate | None]:
    for count in range(3, 0, -1):
        block = pieces[place : place + count]
        if len(block) == count and not any(piece.gap for piece in block[1:]):
            when = read_date(" ".join(piece.text for piece in block))
            if when:
                return count, when
    return 1, None


def _unread(printed: str, bound: str) -> Time:
    doubts = [] if says_none(printed) else [doubt("date_unreadable", printed)]
    if bound == "start":
        return Time(printed_start=printed, doubts=doubts)
    return Time(printed_due=printed, doubts=doubts)


def _time(when: ReadDate, bound: str) -> Time:
    printed = _without_label(when.printed)
    if when.first is None:
        return _unread(printed, bound)
    if bound == "start" and not when.is_range:
        return Time(printed_start=printed, start_on=when.first)
    if bound == "due":
        return Time(printed_due=printed, due_on=when.last)
    if when.is_range:
        first, last = _halves(printed)
        return Time(first, when.first, last, when.last)
    if bound == "start":
        return Time(printed_start=printed, start_on=when.first)
    return Time(printed_due=printed, due_on=when.last, doubts=[doubt("timeline_meaning_guessed", printed)])


def _without_label(printed: str) -> str:
    """The time without the label before it, where what is left is a time of its own."""
    starts, dues = ("|".join(map(re.escape, words("words", "labels", bound))) for bound in ("start", "due"))
    bare = re.sub(rf"^(?:(?:{starts})\b\s*:?|(?:{dues})\s*:)\s*(?=\S)", "", printed, flags=re.IGNORECASE)
    return bare if not re.match(r"(?:of|de|du|by|in)\b", bare, re.IGNORECASE) and read_date(bare) else printed


def _halves(printed: str) -> tuple[str, str]:
    """The two ends of a printed range; the whole for both where an end cannot stand alone."""
    for between in (r"\s+(?:to|until|through|à|au|jusqu'à)\s+", r"\s+[-–—]\s+", r"[-–—/]"):
        parts = re.split(between, re.sub(r"^(?:from|de|du)\s+", "", printed, flags=re.IGNORECASE))
        if len(parts) == 2 and read_date(parts[0]) and read_date(parts[1]):
            return parts[0], parts[1]
    return printed, printed
