"""Looks once more at the rows that were read and doubts those that are not like a row of a plan.

A row that was put together wrongly often shows it: several rows' codes, statuses and times in its text, a sentence
where who leads should stand, nothing but words where its neighbours have a status and a time. Nothing is changed here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from palermo.plan.imports.reader.reading import ReadRow
from palermo.plan.imports.reader.structure.dates import read_date
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.leads import is_acronym
from palermo.plan.imports.reader.structure.statuses import leading_status

LONG_TEXT = 600
MOST_SIGNS = 2
LONGEST_LEAD = 8
"""In words. Longer names are rare; sentences are longer."""
MOST_NEIGHBOURS = 0.75
"""Share of rows that must have something for a row without it to be doubted."""
_CODE_INSIDE = re.compile(r"(?<=\s)[A-Z]{0,2}\.?\d{1,3}(?:\.\d{1,3})+\.?(?=\s+[A-ZÀ-Ý])")


def doubt_implausible(rows: Sequence[ReadRow]) -> None:
    """Puts a doubt on every row that may be two rows, a part of one, or cut in the wrong place."""
    usual = _usual(rows)
    codes = Counter((row.section, row.code) for row in rows if row.code and not row.lead_in)
    for row in rows:
        strange = _holds_rows(row) or _strange_leads(row) or _lacks_all(row, usual) or _small_opening(row, usual)
        if strange or (row.code and codes[(row.section, row.code)] > 1 and not row.lead_in):
            _add(row)
    for before, after in pairwise(rows):
        if _swallows_next(before, after):
            _add(before)


def doubt_unread_cells(rows: Sequence[ReadRow], texts: Sequence[str]) -> None:
    """Doubts every row where none has a status, time or lead, though many lines of the document hold statuses."""
    if (
        rows
        and not any(_has_typed(row) for row in rows)
        and sum(_tells_status(text) for text in texts) * 2 >= len(rows)
    ):
        for row in rows:
            _add(row)


def _tells_status(text: str) -> bool:
    parts = text.split()
    capitals = (place for place, word in enumerate(parts[:40]) if word[:1].isupper() and not is_acronym(word))
    return any(leading_status(" ".join(parts[place : place + 4])) is not None for place in capitals)


def _add(row: ReadRow) -> None:
    if all(each.code != "row_merged_uncertain" for each in row.doubts):
        row.doubts.append(doubt("row_merged_uncertain"))


def _usual(rows: Sequence[ReadRow]) -> frozenset[str]:
    """What most rows have: a typed cell, a capital at the beginning of their text."""
    if len(rows) < 3:
        return frozenset()
    typed = sum(_has_typed(row) for row in rows)
    capital = sum(not row.text[:1].islower() for row in rows)
    found = (("typed", typed), ("capital", capital))
    return frozenset(name for name, count in found if count >= MOST_NEIGHBOURS * len(rows))


def _has_typed(row: ReadRow) -> bool:
    return bool(row.printed_status or row.printed_start or row.printed_due or row.printed_leads)


def _lacks_all(row: ReadRow, usual: frozenset[str]) -> bool:
    return "typed" in usual and not _has_typed(row)


def _small_opening(row: ReadRow, usual: frozenset[str]) -> bool:
    return "capital" in usual and not row.lead_in and row.text[:1].islower()


def _holds_rows(row: ReadRow) -> bool:
    """Whether a long text holds several codes, statuses or times, as rows read as one do."""
    for text in (row.text, row.note):
        codes = len(_CODE_INSIDE.findall(text))
        if codes > 1 and _signs(text) > 1:
            return True
        if len(text) > LONG_TEXT / 3 and codes + _signs(text) > MOST_SIGNS * (1 if len(text) > LONG_TEXT else 2):
            return True
    return False


def _signs(text: str) -> int:
    """How many statuses with a capital and times stand inside a text."""
    parts = text.split()
    found = 0
    for place in range(1, len(parts)):
        if parts[place][:1].isupper() and not parts[place - 1].endswith(".") and not is_acronym(parts[place]):
            found += leading_status(" ".join(parts[place : place + 4])) is not None
        found += read_date(" ".join(parts[place : place + 2])) is not None and parts[place][:1].isalpha()
    return found


def _strange_leads(row: ReadRow) -> bool:
    names = [*row.leads, *row.supporting]
    return any(
        len(name.split()) > LONGEST_LEAD or re.search(r"\b(?:19|20)\d\d\b", name) or name.rstrip().endswith(".")
        for name in names
        if not is_acronym(name)
    )


def _swallows_next(before: ReadRow, after: ReadRow) -> bool:
    """Whether a code between those of two rows stands in the words of the first, as a row it has swallowed."""
    number = re.search(r"\d+$", before.code)
    if number is None or before.code == after.code:
        return False
    following = before.code[: number.start()] + str(int(number.group()) + 1)
    inside = re.compile(rf"(?:^|\s){re.escape(following)}[.)]?\s+[A-ZÀ-Ý]")
    return following != after.code and any(inside.search(text) for text in (before.text, before.note))
