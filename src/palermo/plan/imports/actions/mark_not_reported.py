"""A person says which deliverables that the document leaves out are to be recorded as not reported."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.imports.actions.working import editable, frame_in, save_frame
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.queries import left_out


@transaction.atomic
def mark_not_reported(
    *, by: User, proposal: Proposal, frame_version: int, shown: Collection[str], ticked: Collection[str]
) -> Proposal:
    """Of the deliverables that were shown, mark those that were ticked and unmark the rest.

    Raises:
        PermissionDenied: `by` may not work on this proposal.
        ProposalClosedError: the proposal is decided, or a plan file.
        ConflictError: somebody saved the frame meanwhile.
    """
    found = editable(by, proposal, frame_version)
    frame = frame_in(found)
    possible = set(left_out(by, found).values_list("code", flat=True))
    marked = (set(frame.not_reported) - set(shown)) | (set(ticked) & set(shown))
    frame.not_reported = sorted(marked & possible)
    save_frame(found, frame)
    record(by=by, act="import.mark_not_reported", about=found, deliverables=len(frame.not_reported))
    return found
