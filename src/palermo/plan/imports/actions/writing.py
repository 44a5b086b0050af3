"""From what a reader hands over to a proposal and its rows, which are not saved here."""

from __future__ import annotations

from palermo.people.models import Organisation, User
from palermo.plan.imports import policies
from palermo.plan.imports.actions.working import plan_file_of
from palermo.plan.imports.comparing import compare
from palermo.plan.imports.errors import NoPlanFoundError
from palermo.plan.imports.exact import frame_of_file, rows_of_file
from palermo.plan.imports.framing import frame_of, organisations_of, printed_names, rows_of
from palermo.plan.imports.models import Proposal, ProposalRow
from palermo.plan.imports.naming import Names
from palermo.plan.imports.queries import known_organisations
from palermo.plan.imports.reader.reading import Reading
from palermo.plan.imports.reader.tabular import TableReading
from palermo.plan.imports.values import Frame, FrameHeader
from palermo.plan.planfile_models import PlanFile
from palermo.plan.register.models import Plan


def write_reading(proposal: Proposal, by: User, reading: Reading, period: str) -> list[ProposalRow]:
    """Fill the frame of the proposal and return its rows, compared with the plan."""
    plan = plan_file_of(by, proposal)
    frame = frame_of(
        reading, plan, period=period, file_name=proposal.file_name, jurisdiction=_usual_jurisdiction(proposal.owner)
    )
    rows = rows_of(reading, frame.language)
    known = known_organisations(by)
    frame.organisations = organisations_of(
        printed_names(rows), Names(known), (one.code for one in known), frame.language
    )
    compare(frame, rows, plan)
    proposal.frame = frame.model_dump(mode="json")
    return rows


def write_plan_file(proposal: Proposal, by: User, file: PlanFile) -> list[ProposalRow]:
    """The same of a plan file, which says itself which plan it is of and who owns that.

    Raises:
        NoPlanFoundError: it is of another plan than the one named, or of one that `by` may not change or make.
    """
    if proposal.plan and proposal.plan.code != file.plan.code:
        raise NoPlanFoundError("json_other_plan", f"This is the file of another plan: {file.plan.code}.")
    proposal.plan = Plan.objects.select_related("owner").filter(code=file.plan.code).first()
    named = Organisation.objects.filter(code=file.plan.owner).first()
    proposal.owner = proposal.plan.owner if proposal.plan else named
    if not policies.may_propose(by, owner=proposal.owner, plan=proposal.plan):
        raise NoPlanFoundError("json_not_yours", f"Only a coordinator of {file.plan.owner} may import this plan.")
    plan = plan_file_of(by, proposal)
    proposal.frame = frame_of_file(file, plan, known_organisations(by)).model_dump(mode="json")
    return rows_of_file(file, plan)


def waiting_frame(reading: TableReading, period: str) -> Frame:
    """The frame of a table whose headings wait for a person: what to ask, and what was known without asking."""
    return Frame(
        period=period,
        headers=[
            FrameHeader(header=one.header, samples=list(one.samples), guess=one.guess, said=one.guess)
            for one in reading.unknown_headers
        ],
        known_headers=reading.headers,
        refusal_code=reading.refusal_code,
    )


def _usual_jurisdiction(owner: Organisation | None) -> str:
    """Where the other plans of the same owner hold."""
    newest = Plan.objects.filter(owner=owner).order_by("-pk").first() if owner else None
    return newest.jurisdiction if newest else ""
