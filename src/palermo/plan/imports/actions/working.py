"""What every act on a proposal begins and ends with."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from palermo.people.models import User
from palermo.plan.imports import policies
from palermo.plan.imports.comparing import Outline
from palermo.plan.imports.errors import ConflictError, ProposalClosedError
from palermo.plan.imports.models import Proposal, ProposalRow, ProposalState
from palermo.plan.imports.values import Frame
from palermo.plan.planfile_models import PlanFile
from palermo.plan.register.queries.plan_file import period_parts, plan_file, section_parts

BATCH = 500
COMPARED = ["code", "before", "after", "change", "doubts", "doubt_count"]
"""The columns of a row that a comparison writes."""


def opened(by: User, proposal: Proposal, state: ProposalState = ProposalState.OPEN) -> Proposal:
    """The proposal as it is now, locked until the end of the transaction.

    Raises:
        PermissionDenied: `by` may not work on it.
        ProposalClosedError: it is not in this state, or what it was for is a plan file, which is not edited.
    """
    found = Proposal.objects.select_for_update(of=("self",)).select_related("plan__owner", "owner").get(pk=proposal.pk)
    if not policies.may_work_on(by, found):
        raise PermissionDenied
    if found.state != state:
        raise ProposalClosedError
    return found


def editable(by: User, proposal: Proposal, frame_version: int | None = None) -> Proposal:
    """The same for an act that changes what would be written; a plan file is taken as it stands or not at all.

    Raises:
        ConflictError: the frame was saved after `frame_version`.
    """
    found = opened(by, proposal)
    if found.is_exact:
        raise ProposalClosedError
    if frame_version is not None and found.frame_version != frame_version:
        raise ConflictError(found)
    return found


def frame_in(proposal: Proposal) -> Frame:
    """The frame of a proposal."""
    return Frame.model_validate(proposal.frame)


def plan_file_of(by: User, proposal: Proposal) -> PlanFile | None:
    """The plan that the proposal would change, as it is now."""
    return plan_file(by, proposal.plan) if proposal.plan else None


def outline_in(by: User, proposal: Proposal) -> Outline:
    """The outline of that plan, without reading its deliverables."""
    if proposal.plan is None:
        return Outline()
    return Outline(period_parts(by, proposal.plan), section_parts(by, proposal.plan))


def save_frame(proposal: Proposal, frame: Frame) -> None:
    """Keep a changed frame."""
    proposal.frame = frame.model_dump(mode="json")
    proposal.frame_version += 1
    touch(proposal)


def touch(proposal: Proposal) -> None:
    """Keep the proposal as something else than anybody has seen so far."""
    proposal.version += 1
    proposal.save()


def save_rows(rows: Sequence[ProposalRow], *columns: str) -> None:
    """Keep these columns of the rows, and what the comparison says of them.

    Written as rows that conflict with themselves: ten times as fast as Django's `bulk_update`.
    """
    ProposalRow.objects.bulk_create(
        rows, BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=[*columns, *COMPARED]
    )
