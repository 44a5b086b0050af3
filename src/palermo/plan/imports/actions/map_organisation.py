"""A person says who the organisations are that a document names."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.imports.actions.working import editable, frame_in, outline_in, save_frame, save_rows
from palermo.plan.imports.comparing import restate
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.queries import known_organisations
from palermo.plan.imports.values import Frame, FrameOrganisation


@transaction.atomic
def map_organisation(
    *, by: User, proposal: Proposal, frame_version: int, organisations: Sequence[FrameOrganisation]
) -> Proposal:
    """Write who these printed names are; each counts as looked at.

    Raises:
        PermissionDenied: `by` may not work on this proposal.
        ProposalClosedError: the proposal is decided, or a plan file.
        ConflictError: somebody saved the frame meanwhile.
    """
    found = editable(by, proposal, frame_version)
    frame = frame_in(found)
    said = {one.printed: one.model_copy(update={"is_seen": True}) for one in organisations}
    frame.organisations = [said.get(one.printed, one) for one in frame.organisations]
    _restated(by, found, frame)
    record(by=by, act="import.map_organisations", about=found, organisations=len(said))
    return found


@transaction.atomic
def accept_new_organisations(*, by: User, proposal: Proposal, frame_version: int) -> int:
    """Say of every organisation that is not known that it is new; returns how many there were.

    Raises: as `map_organisation`.
    """
    found = editable(by, proposal, frame_version)
    frame = frame_in(found)
    waiting = [one for one in frame.organisations if one.is_open]
    for one in waiting:
        one.is_seen = True
    _restated(by, found, frame)
    record(by=by, act="import.accept_organisations", about=found, organisations=len(waiting))
    return len(waiting)


def _restated(by: User, found: Proposal, frame: Frame) -> None:
    registered = {one.code for one in known_organisations(by)}
    for one in frame.organisations:
        one.is_known = one.code in registered
    rows = list(found.rows.order_by("position"))
    restate(frame, rows, outline_in(by, found))
    save_rows(rows)
    save_frame(found, frame)
