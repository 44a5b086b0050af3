"""Comparing a proposal with its plan again, where the plan has changed since."""

from __future__ import annotations

from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.imports.actions.working import frame_in, opened, plan_file_of, save_frame, save_rows
from palermo.plan.imports.comparing import compare
from palermo.plan.imports.exact import rows_of_file
from palermo.plan.imports.files import path_of
from palermo.plan.imports.models import Proposal, ProposalRow
from palermo.plan.imports.queries import known_organisations
from palermo.plan.imports.values import Frame
from palermo.plan.planfile import load
from palermo.plan.planfile_models import PlanFile


@transaction.atomic
def compare_again(*, by: User, proposal: Proposal) -> Proposal:
    """Match every row anew with the plan as it is now; what the person said of rows stays.

    Raises:
        PermissionDenied: `by` may not work on this proposal.
        ProposalClosedError: the proposal is decided or waits for its headings.
    """
    found = opened(by, proposal)
    frame = frame_in(found)
    plan = plan_file_of(by, found)
    _refresh(frame, plan, {one.code for one in known_organisations(by)})
    rows = list(found.rows.order_by("position"))
    if found.is_exact:
        _compare_exactly(rows, found, plan)
    else:
        compare(frame, rows, plan)
    save_rows(rows)
    save_frame(found, frame)
    record(by=by, act="import.compare", about=found, rows=len(rows))
    return found


def _refresh(frame: Frame, plan: PlanFile | None, registered: set[str]) -> None:
    sections = {one.code for one in plan.sections} if plan else set()
    for section in frame.sections:
        section.is_known = section.code in sections
    for organisation in frame.organisations:
        organisation.is_known = organisation.code in registered


def _compare_exactly(rows: list[ProposalRow], proposal: Proposal, plan: PlanFile | None) -> None:
    file = load(path_of(proposal.stored_as).read_bytes())
    for row, fresh in zip(rows, rows_of_file(file, plan), strict=True):
        row.before, row.after, row.change = fresh.before, fresh.after, fresh.change
