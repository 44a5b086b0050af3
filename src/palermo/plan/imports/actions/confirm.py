"""Confirming a proposal: all that is kept of it reaches the plan, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from pydantic import ValidationError

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.people.queries import organisations
from palermo.plan.imports.actions.drop_proposal import decide
from palermo.plan.imports.actions.working import frame_in, opened, plan_file_of
from palermo.plan.imports.assembling import assembled
from palermo.plan.imports.comparing import Outline, as_json, period_of
from palermo.plan.imports.errors import ConflictError, Lack, NotReadyError, PlanHasChangedError
from palermo.plan.imports.files import path_of
from palermo.plan.imports.models import Change, Proposal, ProposalRow, ProposalState
from palermo.plan.imports.reader.reading import UnreadableError
from palermo.plan.imports.values import Frame
from palermo.plan.planfile import dump, load
from palermo.plan.planfile_models import PlanFile
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import Plan
from palermo.plan.register.policies import PeriodLockedError
from palermo.plan.register.queries.plan_file import organisation_part
from palermo.plan.report.actions.narrative import load_narratives


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation did to the plan."""

    plan: Plan
    is_new: bool
    added: int
    changed: int
    statuses: int
    """Statuses recorded."""


@transaction.atomic
def confirm(*, by: User, proposal: Proposal, version: int) -> Confirmed:
    """Make the plan say what the proposal says. What it does not say stays not stated.

    Args:
        by: who confirms.
        proposal: the proposal.
        version: that of the proposal which the person saw.

    Raises:
        PermissionDenied: `by` may not change this plan, or not make one for its owner.
        ProposalClosedError: the proposal is decided, or waits for its headings.
        ConflictError: somebody changed the proposal meanwhile.
        NotReadyError: something that a plan must have is missing.
        PlanHasChangedError: the plan changed since the rows were compared with it.
    """
    found = opened(by, proposal)
    if found.version != version:
        raise ConflictError(found)
    plan = plan_file_of(by, found)
    kept = list(found.rows.filter(keep=True).order_by("position"))
    _check_unchanged(kept, plan)
    if lacks := lacking(found):
        raise NotReadyError(lacks)
    file = _file_of(found) if found.is_exact else _assembled(found, kept, plan, by)
    return _load(found, file, kept, by)


def _load(proposal: Proposal, file: PlanFile, kept: list[ProposalRow], by: User) -> Confirmed:
    """Write the plan file, close the proposal and leave a trace."""
    try:
        loaded = load_plan(file=file, by=by)
    except PeriodLockedError as locked:
        raise NotReadyError([Lack("period_locked", locked.period.label)]) from locked
    load_narratives(by=by, plan=loaded.plan, narratives=file.narratives)
    proposal.plan, proposal.owner = loaded.plan, loaded.plan.owner
    decide(proposal, by, ProposalState.CONFIRMED)
    done = Confirmed(
        plan=loaded.plan,
        is_new=loaded.is_new,
        added=sum(row.change == Change.NEW for row in kept),
        changed=sum(row.change == Change.CHANGED for row in kept),
        statuses=loaded.statuses,
    )
    record(
        by=by,
        act="import.confirm",
        about=proposal,
        plan=loaded.plan.code,
        sha256=proposal.file_sha256,
        added=done.added,
        changed=done.changed,
        dropped=proposal.rows.filter(keep=False).count(),
    )
    return done


def lacking(proposal: Proposal) -> list[Lack]:
    """What must still be said before the proposal can be confirmed."""
    if proposal.state != ProposalState.OPEN or proposal.is_exact:
        return []
    return list(_lacking(proposal, frame_in(proposal)))


def _lacking(proposal: Proposal, frame: Frame) -> Iterator[Lack]:
    if not (frame.title_en or frame.title_fr):
        yield Lack("title")
    if not frame.code:
        yield Lack("code")
    elif proposal.plan is None and Plan.objects.filter(code=frame.code).exists():
        yield Lack("code_taken", frame.code)
    if proposal.plan is None and proposal.owner is None:
        yield Lack("owner")
    if not frame.jurisdiction:
        yield Lack("jurisdiction")
    if period_of(frame, Outline()) is None and _needs_period(proposal, frame):
        yield Lack("period")
    if frame.states_progress and not (frame.document.title_en or frame.document.title_fr):
        yield Lack("document")
    for one in frame.organisations:
        if one.is_open:
            yield Lack("organisation", one.printed)
    if not proposal.rows.filter(keep=True).exists():
        yield Lack("rows")
    for row in _without_text(proposal):
        yield Lack("text", row.code)


def _needs_period(proposal: Proposal, frame: Frame) -> bool:
    return frame.states_progress or proposal.rows.filter(keep=True, values__is_new=True).exists()


def _without_text(proposal: Proposal) -> list[ProposalRow]:
    return list(proposal.rows.filter(keep=True, values__text_en="", values__text_fr="", change=Change.NEW)[:20])


def _check_unchanged(rows: list[ProposalRow], plan: PlanFile | None) -> None:
    """What the person saw as the plan's words must still be the plan's words."""
    held = {one.code: as_json(one) for one in plan.deliverables} if plan else {}
    if changed := [row.code for row in rows if row.before != held.get(row.code, {})]:
        raise PlanHasChangedError(changed)


def _file_of(proposal: Proposal) -> PlanFile:
    """The uploaded plan file itself."""
    file = load(path_of(proposal.stored_as).read_bytes())
    if proposal.plan is None and Plan.objects.filter(code=file.plan.code).exists():
        raise NotReadyError([Lack("code_taken", file.plan.code)])
    return file


def _assembled(proposal: Proposal, kept: list[ProposalRow], plan: PlanFile | None, by: User) -> PlanFile:
    """The plan put together and checked as strictly as one that is uploaded."""
    registered = {one.code: organisation_part(one) for one in organisations(by)}
    owner = plan.plan.owner if plan else proposal.owner.code if proposal.owner else ""
    try:
        return load(dump(assembled(frame_in(proposal), kept, plan, owner, registered)))
    except (UnreadableError, ValidationError) as error:
        raise NotReadyError([Lack("contradiction", line) for line in _problems(error)]) from error


def _problems(error: UnreadableError | ValidationError) -> list[str]:
    if isinstance(error, UnreadableError):
        return error.message.splitlines()[1:] or [error.message]
    return [f"{'.'.join(map(str, its['loc']))}: {its['msg']}" for its in error.errors(include_input=False)]
