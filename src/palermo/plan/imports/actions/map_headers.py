"""A person says what the columns of a table hold; the file is read again."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.imports.actions.working import BATCH, frame_in, opened, touch
from palermo.plan.imports.actions.writing import write_reading
from palermo.plan.imports.errors import NoPlanFoundError, ProposalClosedError
from palermo.plan.imports.files import path_of
from palermo.plan.imports.models import Proposal, ProposalRow, ProposalState
from palermo.plan.imports.reader.limits import read_within_limits
from palermo.plan.imports.reader.reading import Reading


def map_headers(*, by: User, proposal: Proposal, mapping: Mapping[str, str]) -> Proposal:
    """Read the table again, each heading as the person said.

    Args:
        by: who says it.
        proposal: one that waits for its headings.
        mapping: heading as printed → a name of `reader.headers.mapping_fields()`.

    Raises:
        PermissionDenied: `by` may not work on this proposal.
        ProposalClosedError: it does not wait for its headings.
        UnreadableError: the mapping names an unknown field.
        NoPlanFoundError: read like this, the table holds no plan.
    """
    if not proposal.stored_as:
        raise ProposalClosedError
    read = read_within_limits(path_of(proposal.stored_as), mapping=dict(mapping))
    if not isinstance(read, Reading):
        raise ProposalClosedError
    if read.refusal_code:
        raise NoPlanFoundError(read.refusal_code, read.refusal)
    return _write(proposal, by, read, len(mapping))


@transaction.atomic
def _write(proposal: Proposal, by: User, read: Reading, columns: int) -> Proposal:
    found = opened(by, proposal, ProposalState.NEEDS_MAPPING)
    rows = write_reading(found, by, read, frame_in(found).period)
    found.state = ProposalState.OPEN
    touch(found)
    for row in rows:
        row.proposal = found
    ProposalRow.objects.bulk_create(rows, batch_size=BATCH)
    record(by=by, act="import.map_headers", about=found, columns=columns, rows=len(rows))
    return found
