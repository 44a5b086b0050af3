"""A person corrects what a row was read as."""

from __future__ import annotations

from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.imports.actions.working import (
    editable,
    frame_in,
    outline_in,
    plan_file_of,
    save_frame,
    save_rows,
    touch,
)
from palermo.plan.imports.comparing import compare, restate
from palermo.plan.imports.errors import ConflictError
from palermo.plan.imports.framing import organisations_of
from palermo.plan.imports.models import Proposal, ProposalRow
from palermo.plan.imports.naming import Names
from palermo.plan.imports.queries import known_organisations
from palermo.plan.imports.values import Frame, RowValues

_MOVES = ("row", "part", "code", "matched")
"""Values on which the code of the row, or its match, depends."""


@transaction.atomic
def edit_row(*, by: User, row: ProposalRow, version: int, values: RowValues, section: str) -> ProposalRow:
    """Write other values to a row; its doubts count as looked at.

    Args:
        by: who edits.
        row: the row.
        version: that of the row when the person began.
        values: all of its values.
        section: the key of its section, "" for none.

    Raises:
        PermissionDenied: `by` may not work on this proposal.
        ProposalClosedError: the proposal is decided, or a plan file.
        ConflictError: somebody saved the row meanwhile.
    """
    proposal = editable(by, row.proposal)
    current = ProposalRow.objects.select_for_update().get(pk=row.pk)
    if current.version != version:
        raise ConflictError(current)
    before = RowValues.model_validate(current.values)
    moved = current.section != section or any(getattr(before, name) != getattr(values, name) for name in _MOVES)
    current.values, current.section = values.model_dump(mode="json"), section
    current.is_checked = True
    current.version += 1
    frame = frame_in(proposal)
    named = _name(frame, values, by)
    saved = _compared(proposal, current, frame, by, moved=moved)
    if named:
        save_frame(proposal, frame)
    else:
        touch(proposal)
    changed = [name for name in RowValues.model_fields if getattr(before, name) != getattr(values, name)]
    record(by=by, act="import.edit_row", about=proposal, row=current.position, changed=changed)
    return saved


def _compared(proposal: Proposal, current: ProposalRow, frame: Frame, by: User, *, moved: bool) -> ProposalRow:
    """Save the row; where it moved, all rows are compared again, since it may have taken another one's match."""
    columns = ["values", "section", "is_checked", "version"]
    if not moved:
        restate(frame, [current], outline_in(by, proposal))
        save_rows([current], *columns)
        return current
    rows = [current if one.pk == current.pk else one for one in proposal.rows.order_by("position")]
    compare(frame, rows, plan_file_of(by, proposal))
    save_rows(rows, *columns)
    return current


def _name(frame: Frame, values: RowValues, by: User) -> bool:
    """Find who the organisations are that the person wrote and nobody named before."""
    named = {one.printed for one in frame.organisations}
    fresh = [name for name in (*values.leads, *values.supporting) if name not in named]
    if fresh:
        known = known_organisations(by)
        taken = [one.code for one in known] + [one.code for one in frame.organisations]
        frame.organisations += organisations_of(fresh, Names(known), taken, frame.language)
    return bool(fresh)
