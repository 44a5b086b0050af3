"""A plan file as a proposal: its frame and rows are for looking at; what is loaded is the file itself."""

from __future__ import annotations

from collections.abc import Iterable

from palermo.plan.imports.comparing import as_json
from palermo.plan.imports.models import Change, ProposalRow
from palermo.plan.imports.naming import KnownOrganisation
from palermo.plan.imports.values import Frame, FrameLevel, FrameOrganisation, FrameSection, RowValues
from palermo.plan.planfile_models import Deliverable, Organisation, PlanFile, PlanHead, Section


def frame_of_file(file: PlanFile, plan: PlanFile | None, known: Iterable[KnownOrganisation]) -> Frame:
    """What the file says around its deliverables."""
    head = file.plan
    held = {one.code for one in plan.sections} if plan else set()
    registered = {one.code for one in known}
    return Frame(
        code=head.code,
        title_en=head.title.en,
        title_fr=head.title.fr,
        jurisdiction=head.jurisdiction,
        starts_on=head.starts_on,
        ends_on=head.ends_on,
        period=_latest_period(file),
        states_progress=any(one.statuses for one in file.deliverables),
        levels=levels_of(head),
        sections=[_section(one, is_known=one.code in held) for one in file.sections],
        organisations=[_organisation(one, is_known=one.code in registered) for one in file.organisations],
    )


def levels_of(head: PlanHead) -> list[FrameLevel]:
    """What a plan calls its levels."""
    return [
        FrameLevel(name_en=level.name.en, name_fr=level.name.fr, plural_en=level.plural.en, plural_fr=level.plural.fr)
        for level in head.levels
    ]


def _section(one: Section, *, is_known: bool) -> FrameSection:
    return FrameSection(
        key=one.code,
        code=one.code,
        parent=one.parent,
        title_en=one.title.en,
        title_fr=one.title.fr,
        text_en=one.text.en,
        text_fr=one.text.fr,
        p=one.p or "",
        is_known=is_known,
    )


def _organisation(one: Organisation, *, is_known: bool) -> FrameOrganisation:
    newest = one.names[-1]
    return FrameOrganisation(
        printed=one.code,
        code=one.code,
        is_known=is_known,
        parent=one.parent or "",
        name_en=newest.name.en,
        name_fr=newest.name.fr,
        acronym_en=newest.acronym.en,
        acronym_fr=newest.acronym.fr,
        is_seen=True,
    )


def rows_of_file(file: PlanFile, plan: PlanFile | None) -> list[ProposalRow]:
    """A row for each deliverable of the file, compared with the one of the same code."""
    held = {one.code: one for one in plan.deliverables} if plan else {}
    period = _latest_period(file)
    return [
        ProposalRow(
            position=position,
            section=one.section or "",
            values=_values(one, period).model_dump(mode="json"),
            code=one.code,
            before=as_json(held[one.code]) if one.code in held else {},
            after=as_json(one),
            change=Change.NEW if one.code not in held else Change.SAME if held[one.code] == one else Change.CHANGED,
        )
        for position, one in enumerate(file.deliverables, start=1)
    ]


def _latest_period(file: PlanFile) -> str:
    """The newest period of which the file states a status, "" where it states none."""
    stated = {status.period for one in file.deliverables for status in one.statuses}
    ordered = sorted((one for one in file.periods if one.code in stated), key=lambda one: one.starts_on)
    return ordered[-1].code if ordered else ""


def _values(one: Deliverable, period: str) -> RowValues:
    status = next((its for its in one.statuses if its.period == period and its.kind == "claimed"), None)
    return RowValues(
        text_en=one.text.en,
        text_fr=one.text.fr,
        lead_in_en=one.lead_in.en,
        lead_in_fr=one.lead_in.fr,
        row=one.row,
        code=one.code if one.code_is_printed else "",
        p=one.p or "",
        printed_start=one.start.printed,
        start_on=one.start.on,
        printed_due=one.due[0].printed if one.due else "",
        due_on=one.due[0].on if one.due else None,
        printed_revised_due=one.due[-1].printed if len(one.due) > 1 else "",
        revised_due_on=one.due[-1].on if len(one.due) > 1 else None,
        status=status.value if status else "not_stated",
        printed_status=status.printed if status else "",
        note_en=status.note.en if status else "",
        note_fr=status.note.fr if status else "",
        leads=[its.organisation for its in one.responsibilities if its.kind == "lead"],
        supporting=[its.organisation for its in one.responsibilities if its.kind == "support"],
        is_new=one.added_in is not None and one.added_in == period,
    )
