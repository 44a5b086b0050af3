"""A person corrects what stands around the rows: the plan itself, and its sections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import Organisation, User
from palermo.plan.imports import policies
from palermo.plan.imports.actions.working import editable, frame_in, plan_file_of, save_frame, save_rows
from palermo.plan.imports.comparing import compare, outline_of, restate
from palermo.plan.imports.models import Proposal, ProposalRow
from palermo.plan.imports.values import Frame, FrameDocument, FrameLevel, FrameSection, Tongue

_BOTH = (("text_en", "text_fr"), ("lead_in_en", "lead_in_fr"), ("note_en", "note_fr"))


@dataclass(frozen=True, slots=True)
class FrameEdit:
    """What a person says of the plan, its period and the document."""

    title_en: str
    title_fr: str
    code: str
    jurisdiction: str
    starts_on: date | None
    ends_on: date | None
    language: Tongue
    period: str
    """The code of a period, "" for none."""
    levels: list[FrameLevel]
    document: FrameDocument
    owner: Organisation | None


@transaction.atomic
def edit_frame(*, by: User, proposal: Proposal, frame_version: int, edit: FrameEdit) -> Proposal:
    """Write the frame; the rows are worked out anew, since period and language decide what they would write.

    The code and the owner of a plan that exists do not change here.

    Raises:
        PermissionDenied: `by` may not work on this proposal, or not make a plan for this owner.
        ProposalClosedError: the proposal is decided, or a plan file.
        ConflictError: somebody saved the frame meanwhile.
    """
    found = editable(by, proposal, frame_version)
    frame = frame_in(found)
    plan = plan_file_of(by, found)
    if plan is None:
        if edit.owner is not None and edit.owner != found.owner:
            if not policies.may_propose(by, owner=edit.owner, plan=None):
                raise PermissionDenied
            found.owner = edit.owner
        frame.code = edit.code
    turned = edit.language != frame.language
    for name in ("title_en", "title_fr", "jurisdiction", "starts_on", "ends_on", "language", "period", "levels"):
        setattr(frame, name, getattr(edit, name))
    frame.document = edit.document
    rows = list(found.rows.order_by("position"))
    if turned:
        _turn(frame, rows)
        compare(frame, rows, plan)
    else:
        restate(frame, rows, outline_of(plan))
    save_rows(rows, "values")
    save_frame(found, frame)
    record(by=by, act="import.edit_frame", about=found, period=frame.period)
    return found


def _turn(frame: Frame, rows: list[ProposalRow]) -> None:
    """The document is in the other language than was thought: what it says goes to the other columns."""
    for row in rows:
        for en, fr in _BOTH:
            row.values[en], row.values[fr] = _turned(row.values[en], row.values[fr])
    for section in frame.sections:
        if not section.is_known:
            section.title_en, section.title_fr = _turned(section.title_en, section.title_fr)
            section.text_en, section.text_fr = _turned(section.text_en, section.text_fr)


def _turned(en: str, fr: str) -> tuple[str, str]:
    """The two texts exchanged, unless there are two already."""
    return (en, fr) if en and fr else (fr, en)


@transaction.atomic
def edit_section(*, by: User, proposal: Proposal, frame_version: int, section: FrameSection) -> Proposal:
    """Write the titles, texts, P and, unless the plan has it already, the code of one section, found by its key.

    Raises:
        PermissionDenied: `by` may not work on this proposal.
        ProposalClosedError: the proposal is decided, or a plan file.
        ConflictError: somebody saved the frame meanwhile.
    """
    found = editable(by, proposal, frame_version)
    frame = frame_in(found)
    frame.sections = [section if one.key == section.key else one for one in frame.sections]
    rows = list(found.rows.order_by("position"))
    compare(frame, rows, plan_file_of(by, found))
    save_rows(rows)
    save_frame(found, frame)
    record(by=by, act="import.edit_section", about=found, section=section.code)
    return found
