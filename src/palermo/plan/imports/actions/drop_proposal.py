"""Dropping a proposal: nothing of it reaches the plan, and its file is deleted."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.imports import files, policies
from palermo.plan.imports.actions.working import touch
from palermo.plan.imports.errors import ProposalClosedError
from palermo.plan.imports.models import Proposal, ProposalState


@transaction.atomic
def drop_proposal(*, by: User, proposal: Proposal) -> Proposal:
    """Decide against a proposal. It stays in the list, so that everybody sees what was decided.

    Raises:
        PermissionDenied: `by` may not work on this proposal.
        ProposalClosedError: it is already decided.
    """
    found = Proposal.objects.select_for_update(of=("self",)).select_related("plan__owner", "owner").get(pk=proposal.pk)
    if not policies.may_work_on(by, found):
        raise PermissionDenied
    if not found.is_open:
        raise ProposalClosedError
    decide(found, by, ProposalState.DROPPED)
    record(by=by, act="import.drop", about=found, sha256=found.file_sha256)
    return found


def decide(proposal: Proposal, by: User, state: ProposalState) -> None:
    """Close a proposal; its file is deleted once that is certain."""
    stored_as = proposal.stored_as
    proposal.state, proposal.stored_as = state, ""
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    touch(proposal)
    transaction.on_commit(lambda: files.delete(stored_as))
