"""From what a reader found to the frame of a proposal and its rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from django.utils.text import slugify

from palermo.plan.imports.cleaning import clean, clean_code
from palermo.plan.imports.comparing import read_period
from palermo.plan.imports.exact import levels_of
from palermo.plan.imports.models import ProposalRow
from palermo.plan.imports.naming import Names
from palermo.plan.imports.reader.reading import Doubt, Reading, ReadRow
from palermo.plan.imports.sectioning import sections_of
from palermo.plan.imports.values import (
    Frame,
    FrameDocument,
    FrameLevel,
    FrameOrganisation,
    KeptDoubt,
    RowValues,
    Tongue,
)
from palermo.plan.planfile_models import PlanFile

LEVELS = (
    FrameLevel(name_en="Part", name_fr="Partie", plural_en="Parts", plural_fr="Parties"),
    FrameLevel(name_en="Section", name_fr="Section", plural_en="Sections", plural_fr="Sections"),
    FrameLevel(name_en="Subsection", name_fr="Sous-section", plural_en="Subsections", plural_fr="Sous-sections"),
)
"""What levels are called until the person says what the plan calls them."""

_LENGTHS = {"printed_start": 120, "printed_due": 120, "printed_revised_due": 120, "printed_status": 200}
_LONGEST_NAME = 200


def frame_of(reading: Reading, plan: PlanFile | None, *, period: str, file_name: str, jurisdiction: str = "") -> Frame:
    """The frame of a proposal: of a known plan what the plan says, else what was read.

    Args:
        reading: what was found.
        plan: the plan that is to be changed, None for a new one.
        period: the period that the person named, "" where nobody did.
        file_name: for naming the source document where it has no title.
        jurisdiction: what to propose for a new plan.
    """
    language: Tongue = "fr" if reading.language == "fr" else "en"
    frame = Frame(
        language=language,
        jurisdiction=jurisdiction,
        period=_period_code(period or reading.period),
        states_progress=any(_states_progress(row) for row in reading.rows),
        doubts=_document_doubts(reading),
    )
    if plan:
        _take_head(frame, plan)
    else:
        frame.title_en, frame.title_fr = _in(language, clean(reading.title, 300))
        frame.code = slugify(reading.title)[:60].strip("-")
    frame.sections = sections_of(reading.sections, plan, language)
    deepest = _deepest(frame)
    frame.levels += [level.model_copy() for level in _levels(deepest, len(frame.levels))]
    frame.document = _document(reading, frame, file_name)
    return frame


def rows_of(reading: Reading, language: Tongue) -> list[ProposalRow]:
    """A row for each thing that was read, not yet compared and not yet saved."""
    parts = _parts(reading.rows)
    return [
        ProposalRow(
            position=position,
            section=row.section or "",
            printed=_printed(row),
            values=_values(row, part, language).model_dump(mode="json"),
            doubts=[{"code": one.code, "detail": clean(one.detail)} for one in row.doubts],
            doubt_count=len(row.doubts),
            first_line=row.lines[0] if row.lines else None,
            last_line=row.lines[1] if row.lines else None,
            page=row.page,
        )
        for position, (row, part) in enumerate(zip(reading.rows, parts, strict=True), start=1)
    ]


def organisations_of(
    printed: Iterable[str], names: Names, taken: Iterable[str], language: Tongue
) -> list[FrameOrganisation]:
    """Who each printed name is; one that is not known gets a code that is not in `taken`."""
    used = set(taken)
    found = []
    for name in dict.fromkeys(printed):
        its = names.who(name)
        fresh_code = _free_code(its.acronym or its.name or name, used)
        used.add(fresh_code)
        name_en, name_fr = _in(language, its.name or name)
        acronym_en, acronym_fr = _in(language, its.acronym)
        found.append(
            FrameOrganisation(
                printed=name,
                code=its.code or fresh_code,
                fresh_code=fresh_code,
                is_known=bool(its.code),
                suggested=its.suggested,
                parent=its.parent,
                name_en=name_en,
                name_fr=name_fr,
                acronym_en=clean(acronym_en, 60),
                acronym_fr=clean(acronym_fr, 60),
            )
        )
    return found


def printed_names(rows: Iterable[ProposalRow]) -> Iterator[str]:
    """Every organisation that the rows name, as printed."""
    for row in rows:
        yield from row.values["leads"]
        yield from row.values["supporting"]


def _in(language: Tongue, text: str) -> tuple[str, str]:
    return ("", text) if language == "fr" else (text, "")


def _period_code(text: str) -> str:
    period = read_period(text)
    return period.code if period else ""


def _states_progress(row: ReadRow) -> bool:
    return bool(row.status != "not_stated" or row.printed_status or row.note)


def _document_doubts(reading: Reading) -> list[KeptDoubt]:
    found = list(reading.doubts)
    if reading.language not in ("en", "fr"):
        found.append(Doubt("language_unknown"))
    return [KeptDoubt(code=one.code, detail=clean(one.detail)) for one in found]


def _take_head(frame: Frame, plan: PlanFile) -> None:
    head = plan.plan
    frame.code, frame.jurisdiction = head.code, head.jurisdiction
    frame.title_en, frame.title_fr = head.title.en, head.title.fr
    frame.starts_on, frame.ends_on = head.starts_on, head.ends_on
    frame.levels = levels_of(head)


def _deepest(frame: Frame) -> int:
    """How many levels the new sections need; those that the plan has are counted by the plan."""
    above = {one.key: one.parent for one in frame.sections}
    depths: dict[str, int] = {}
    for one in frame.sections:
        depths[one.key] = depths.get(above[one.key] or "", 0) + 1
    return max((depths[one.key] for one in frame.sections if not one.is_known), default=0)


def _levels(wanted: int, held: int) -> list[FrameLevel]:
    named = LEVELS[1:] if wanted == 1 else LEVELS
    further = [
        FrameLevel(name_en=f"Level {depth}", name_fr=f"Niveau {depth}") for depth in range(len(named) + 1, wanted + 1)
    ]
    return [*named, *further][held:wanted]


def _document(reading: Reading, frame: Frame, file_name: str) -> FrameDocument:
    stem = PurePath(file_name).stem
    code = f"report-{frame.period}" if frame.period else slugify(stem)[:80].strip("-")
    title_en, title_fr = _in(frame.language, clean(reading.title or stem, 300))
    return FrameDocument(code=code or "document", title_en=title_en, title_fr=title_fr)


def _parts(rows: Sequence[ReadRow]) -> list[str]:
    """A letter for each of several things that share a printed row, "" for one that stands alone."""
    counts = Counter((row.section, row.row) for row in rows)
    given: dict[tuple[str | None, int], int] = defaultdict(int)
    parts = []
    for row in rows:
        place = (row.section, row.row)
        parts.append(_letters(given[place]) if counts[place] > 1 else "")
        given[place] += 1
    return parts


def _letters(number: int) -> str:
    """`a` for 0, `z` for 25, `aa` for 26."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def _printed(row: ReadRow) -> dict[str, object]:
    return {
        "text": clean(f"{row.lead_in} {row.text}"),
        "start": clean(row.printed_start),
        "due": clean(row.printed_due),
        "revised_due": clean(row.printed_revised_due),
        "status": clean(row.printed_status),
        "leads": clean(row.printed_leads),
        "cells": {clean(heading): clean(cell) for heading, cell in row.cells.items()},
    }


def _values(row: ReadRow, part: str, language: Tongue) -> RowValues:
    text_en, text_fr = _in(language, clean(row.text))
    lead_in_en, lead_in_fr = _in(language, clean(row.lead_in))
    note_en, note_fr = _in(language, clean(row.note))
    printed = {name: clean(getattr(row, name), length) for name, length in _LENGTHS.items()}
    return RowValues(
        text_en=text_en,
        text_fr=text_fr or clean(row.text_fr),
        lead_in_en=lead_in_en,
        lead_in_fr=lead_in_fr or clean(row.lead_in_fr),
        row=row.row,
        part=part,
        code=clean_code(row.code),
        p=row.p,
        start_on=row.start_on,
        due_on=row.due_on,
        revised_due_on=row.revised_due_on,
        status=row.status,
        note_en=note_en,
        note_fr=note_fr,
        leads=[clean(name, _LONGEST_NAME) for name in row.leads],
        supporting=[clean(name, _LONGEST_NAME) for name in row.supporting],
        is_new=row.is_new,
        amount=row.amount,
        fiscal_year=row.fiscal_year,
        place=_place(row),
        **printed,
    )


def _place(row: ReadRow) -> str:
    """`p. 12`, or `l. 340–352` of a text: the same in both languages."""
    if row.page is not None:
        return f"p. {row.page}"
    if row.lines is None:
        return ""
    first, last = row.lines
    return f"l. {first}" if first == last else f"l. {first}–{last}"


def _free_code(name: str, used: set[str]) -> str:
    stem = slugify(name)[:70].strip("-") or "organization"
    number = 1
    while (code := stem if number == 1 else f"{stem}-{number}") in used:
        number += 1
    return code
