"""Who may propose, see and decide."""

from __future__ import annotations

from palermo.people.models import Organisation
from palermo.people.policies import Viewer, is_command_line, is_coordinator
from palermo.plan.imports.models import Proposal
from palermo.plan.register.models import Plan
from palermo.plan.register.policies import may_change_plan, may_make_plan


def may_propose(viewer: Viewer, *, owner: Organisation | None, plan: Plan | None) -> bool:
    """Who may change the plan, or make one for its owner. Only the command line may leave the owner open."""
    if plan is not None:
        return may_change_plan(viewer, plan)
    return may_make_plan(viewer, owner) if owner is not None else is_command_line(viewer)


def may_work_on(viewer: Viewer, proposal: Proposal) -> bool:
    """The same people; where nobody has said yet who is to own the plan, every coordinator."""
    if proposal.plan is None and proposal.owner is None:
        return is_coordinator(viewer) or is_command_line(viewer)
    return may_propose(viewer, owner=proposal.owner, plan=proposal.plan)
