"""Compares the rows of a proposal with the plan: which deliverable each is, and what it would change."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from palermo.foundation.periods import Period as Span
from palermo.foundation.periods import read_fiscal_year
from palermo.plan.imports.matching import ALIKE, Entry, Match, MatchedBy, match
from palermo.plan.imports.merging import Setting, merged
from palermo.plan.imports.models import Change, ProposalRow
from palermo.plan.imports.values import Frame, RowValues
from palermo.plan.planfile_models import Deliverable, Period, PlanFile, Section

OF_MATCHING = {"matched_by_place", "matched_other_words", "not_matched", "code_not_free"}
"""Doubts that the comparison itself adds, and takes away when it is made again."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What working out rows asks of the plan: nothing, where there is no plan yet."""

    periods: tuple[Period, ...] = ()
    sections: tuple[Section, ...] = ()


def outline_of(plan: PlanFile | None) -> Outline:
    """The outline of a plan, empty where there is none."""
    return Outline(plan.periods, plan.sections) if plan else Outline()


def compare(frame: Frame, rows: Sequence[ProposalRow], plan: PlanFile | None) -> None:
    """Say of every row which deliverable it is and what it would make of it; the rows are not saved.

    Without a plan every row is new. A person's word on a match is kept.
    """
    deliverables = {one.code: one for one in plan.deliverables} if plan else {}
    _match(frame, rows, deliverables)
    restate(frame, rows, outline_of(plan))


def restate(frame: Frame, rows: Iterable[ProposalRow], outline: Outline) -> None:
    """Work out anew what each row, matched as it is, would write; the rows are not saved."""
    setting = setting_of(frame, outline)
    for row in rows:
        before = deliverable_from(row.before)
        after = merged(RowValues.model_validate(row.values), row.section, row.code, setting, before)
        row.after = as_json(after)
        row.change = Change.NEW if before is None else Change.SAME if after == before else Change.CHANGED


def deliverable_from(kept: dict[str, object]) -> Deliverable | None:
    """A deliverable that a row keeps; None where it keeps none."""
    return Deliverable.model_validate_json(json.dumps(kept)) if kept else None


def as_json(deliverable: Deliverable) -> dict[str, object]:
    """A deliverable as a row keeps it."""
    return deliverable.model_dump(mode="json", by_alias=True)


def setting_of(frame: Frame, outline: Outline) -> Setting:
    """What the frame says to every row."""
    return Setting(
        language=frame.language,
        period=period_of(frame, outline),
        states_progress=frame.states_progress,
        document=frame.document.code or None,
        sections={one.key: one.code for one in frame.sections},
        ps=_ps(frame, outline),
        organisations={one.printed: one.code for one in frame.organisations},
    )


def period_of(frame: Frame, outline: Outline) -> Period | None:
    """The period reported on: that of the plan where it has one of this code, else the fiscal or calendar year."""
    held = next((one for one in outline.periods if one.code == frame.period), None)
    span = read_period(frame.period)
    return held or (Period(code=span.code, starts_on=span.starts_on, ends_on=span.ends_on) if span else None)


def read_period(text: str) -> Span | None:
    """The fiscal year (`2013-2014`) or calendar year (`2013`) that a text names, None where it names neither."""
    text = text.strip()
    if len(text) == 4 and text.isdigit() and int(text) > 0:
        return Span(date(int(text), 1, 1), date(int(text), 12, 31))
    return read_fiscal_year(text)


def place_of(section: str, values: RowValues) -> str:
    """The code that a deliverable without a printed one gets: section, row in two digits, letter of the part."""
    number = f"{values.row:02d}{values.part}"
    return f"{section}-{number}" if section else number


def _ps(frame: Frame, outline: Outline) -> dict[str, str]:
    """The P of each section by its code, its own or the nearest one above."""
    held = {one.code: (one.p or "", one.parent) for one in outline.sections}
    codes = {one.key: one.code for one in frame.sections}
    said = {one.code: (one.p, codes.get(one.parent or "")) for one in frame.sections if one.code not in held or one.p}
    sections = held | said
    found: dict[str, str] = {}
    for code in sections:
        seen: set[str] = set()
        at: str | None = code
        while at in sections and at not in seen and not sections[at][0]:
            seen.add(at)
            at = sections[at][1]
        found[code] = sections[at][0] if at in sections else ""
    return found


def _match(frame: Frame, rows: Sequence[ProposalRow], deliverables: dict[str, Deliverable]) -> None:
    """Set `code`, `before` and the doubts of the match of every row."""
    sections = {one.key: one.code for one in frame.sections}
    said = {row.position: RowValues.model_validate(row.values) for row in rows}
    decided = {
        row.position: said[row.position].matched or ""
        for row in rows
        if said[row.position].matched is not None and said[row.position].matched in {"", *deliverables}
    }
    taken = set(decided.values())
    found = match(
        [_entry_of_row(frame, row, said[row.position], sections) for row in rows if row.position not in decided],
        [_entry_of(frame, one) for code, one in deliverables.items() if code not in taken],
    )
    codes = _Codes(deliverables)
    for row in rows:
        kept = [one for one in row.doubts if one["code"] not in OF_MATCHING]
        its = found.get(str(row.position))
        code = decided.get(row.position) or (its.deliverable if its else "")
        row.before = as_json(deliverables[code]) if code else {}
        added = _doubts(its) if code else []
        if not code:
            values = said[row.position]
            code, is_free = codes.give(values, sections.get(row.section, ""))
            added = [] if is_free else [{"code": "code_not_free", "detail": values.code}]
            if deliverables and row.position not in decided:
                added.append({"code": "not_matched", "detail": ""})
        row.code = code
        row.doubts = kept + added
        row.doubt_count = len(row.doubts)


def _doubts(its: Match | None) -> list[dict[str, str]]:
    if its is None:
        return []
    if its.by is MatchedBy.PLACE:
        return [{"code": "matched_by_place", "detail": its.deliverable}]
    if its.by is MatchedBy.CODE and its.score < ALIKE:
        return [{"code": "matched_other_words", "detail": its.deliverable}]
    return []


def _entry_of_row(frame: Frame, row: ProposalRow, said: RowValues, sections: dict[str, str]) -> Entry:
    section = sections.get(row.section, "")
    lead_in = said.lead_in_fr if frame.language == "fr" else said.lead_in_en
    text = said.text(frame.language)
    return Entry(str(row.position), section, said.code, place_of(section, said), lead_in, text)


def _entry_of(frame: Frame, one: Deliverable) -> Entry:
    code = one.code if one.code_is_printed else ""
    lead_in, text = getattr(one.lead_in, frame.language), getattr(one.text, frame.language)
    return Entry(one.code, one.section or "", code, one.code, lead_in, text)


class _Codes:
    """Gives new deliverables codes that no other one has."""

    def __init__(self, deliverables: dict[str, Deliverable]) -> None:
        self._taken = set(deliverables)
        self._last: dict[str, int] = defaultdict(int)
        for one in deliverables.values():
            self._last[one.section or ""] = max(self._last[one.section or ""], one.row)
        self._moved: dict[tuple[str, int], int] = {}

    def give(self, values: RowValues, section: str) -> tuple[str, bool]:
        """The printed code, else that of the row's place; False with it where the printed one was not free."""
        if values.code and values.code not in self._taken:
            self._taken.add(values.code)
            return values.code, True
        code = place_of(section, values)
        while code in self._taken:
            code = place_of(section, values.model_copy(update={"row": self._free_row(section, values, code)}))
        self._taken.add(code)
        return code, not values.code

    def _free_row(self, section: str, values: RowValues, taken: str) -> int:
        """A row after all those of the section; the parts of one printed row stay together where they can."""
        place = (section, values.row)
        moved = self._moved.get(place)
        if moved is None or place_of(section, values.model_copy(update={"row": moved})) == taken:
            self._last[section] = max(self._last[section], values.row) + 1
            moved = self._moved[place] = self._last[section]
        return moved
