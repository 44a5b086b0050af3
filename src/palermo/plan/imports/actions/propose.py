"""Reading a file and keeping what it says as a proposal. Nothing reaches a plan."""

from __future__ import annotations

from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import Organisation, User
from palermo.plan.imports import policies
from palermo.plan.imports.actions.working import BATCH
from palermo.plan.imports.actions.writing import waiting_frame, write_plan_file, write_reading
from palermo.plan.imports.cleaning import clean
from palermo.plan.imports.errors import NoPlanFoundError
from palermo.plan.imports.files import KeptFile, kept
from palermo.plan.imports.models import Proposal, ProposalRow, ProposalState
from palermo.plan.imports.reader.limits import read_within_limits
from palermo.plan.imports.reader.reading import Reading
from palermo.plan.imports.reader.tabular import TableReading
from palermo.plan.planfile_models import PlanFile
from palermo.plan.register.models import Plan

MAPPABLE = {"no_known_header", "no_text_column"}
"""Refusals of a table that a person can lift by saying what its columns hold."""


def propose(
    *, by: User, upload: File[bytes], owner: Organisation | None = None, plan: Plan | None = None, period: str = ""
) -> Proposal:
    """Read a file and keep what it says for a person to confirm.

    Args:
        by: who asks.
        upload: the file, with its name.
        owner: the organisation that is to own a new plan; only the command line may leave it open.
        plan: the plan that the document is about; without it the proposal is a new one.
        period: the period reported on, such as `2013-2014`, where the person knows better than the document.

    Raises:
        PermissionDenied: `by` may not change this plan, or not make one for this owner.
        UnreadableError: the file cannot be read.
        NoPlanFoundError: it can be read and holds no plan, or is a plan file of another plan.
    """
    if not policies.may_propose(by, owner=owner, plan=plan):
        raise PermissionDenied
    with kept(upload) as file:
        read = read_within_limits(file.path)
        proposal = Proposal(
            plan=plan,
            owner=plan.owner if plan else owner,
            file_name=clean(PurePath(upload.name or "").name, 255),
            file_sha256=file.sha256,
            stored_as=file.name,
            kind="json" if isinstance(read, PlanFile) else read.kind.value,
            made_by=by,
        )
        return _write(proposal, by, read, period, file)


@transaction.atomic
def _write(proposal: Proposal, by: User, read: Reading | PlanFile, period: str, file: KeptFile) -> Proposal:
    rows: list[ProposalRow] = []
    if isinstance(read, PlanFile):
        rows = write_plan_file(proposal, by, read)
    elif isinstance(read, TableReading) and read.unknown_headers and read.refusal_code in {"", *MAPPABLE}:
        proposal.state = ProposalState.NEEDS_MAPPING
        proposal.frame = waiting_frame(read, period).model_dump(mode="json")
    elif read.refusal_code:
        raise NoPlanFoundError(read.refusal_code, read.refusal)
    else:
        rows = write_reading(proposal, by, read, period)
    proposal.save()
    for row in rows:
        row.proposal = proposal
    ProposalRow.objects.bulk_create(rows, batch_size=BATCH)
    record(by=by, act="import.propose", about=proposal, sha256=file.sha256, kind=proposal.kind, rows=len(rows))
    return proposal
