"""Deciding on rows without opening each: keep, drop, looked at, keep the words of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.imports.actions.working import editable, frame_in, outline_in, save_rows, touch
from palermo.plan.imports.comparing import deliverable_from, restate
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.values import RowValues

Mark = Literal["keep", "drop", "checked"]


@transaction.atomic
def mark_rows(*, by: User, proposal: Proposal, rows: Iterable[int], mark: Mark) -> int:
    """Keep rows, drop them, or say that their doubts were looked at; returns how many there are.

    Raises:
        PermissionDenied: `by` may not work on this proposal.
        ProposalClosedError: the proposal is decided, or a plan file.
    """
    found = editable(by, proposal)
    marked = found.rows.filter(pk__in=list(rows))
    number = marked.update(is_checked=True) if mark == "checked" else marked.update(keep=mark == "keep")
    touch(found)
    record(by=by, act=f"import.rows_{mark}", about=found, rows=number)
    return number


@transaction.atomic
def keep_wording(*, by: User, proposal: Proposal, rows: Iterable[int] | None = None) -> int:
    """Take the words of matched deliverables from the plan and all else from the document; returns how many.

    Args:
        by: who decides.
        proposal: the proposal.
        rows: keys of rows; None for every row that was matched.

    Raises:
        PermissionDenied: `by` may not work on this proposal.
        ProposalClosedError: the proposal is decided, or a plan file.
    """
    found = editable(by, proposal)
    matched = found.rows.exclude(change="new")
    changed = list(matched if rows is None else matched.filter(pk__in=list(rows)))
    for row in changed:
        before = deliverable_from(row.before)
        if before is not None:
            words = {
                "text_en": before.text.en,
                "text_fr": before.text.fr,
                "lead_in_en": before.lead_in.en,
                "lead_in_fr": before.lead_in.fr,
            }
            row.values = RowValues.model_validate(row.values | words).model_dump(mode="json")
            row.version += 1
    restate(frame_in(found), changed, outline_in(by, found))
    save_rows(changed, "values", "version")
    touch(found)
    record(by=by, act="import.keep_wording", about=found, rows=len(changed))
    return len(changed)
