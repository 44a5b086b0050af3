"""What tests of proposals share: readings made by hand, and edits that change little."""

from __future__ import annotations

from dataclasses import replace

from django.test import Client
from django.urls import reverse

from palermo.people.models import User
from palermo.plan.imports.actions.confirm import Confirmed, confirm
from palermo.plan.imports.actions.edit_frame import FrameEdit, edit_frame
from palermo.plan.imports.actions.map_organisation import accept_new_organisations
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.models import Proposal


def frame_edit(proposal: Proposal, **changes: object) -> FrameEdit:
    """An edit that says what the frame says already, but for the changes."""
    frame = frame_in(proposal)
    edit = FrameEdit(
        title_en=frame.title_en,
        title_fr=frame.title_fr,
        code=frame.code,
        jurisdiction=frame.jurisdiction,
        starts_on=frame.starts_on,
        ends_on=frame.ends_on,
        language=frame.language,
        period=frame.period,
        levels=frame.levels,
        document=frame.document,
        owner=proposal.owner,
    )
    return replace(edit, **changes)  # type: ignore[arg-type]


def made_ready(proposal: Proposal, by: User) -> Proposal:
    """The proposal with all that a new plan needs before it can be confirmed."""
    accept_new_organisations(by=by, proposal=proposal, frame_version=proposal.frame_version)
    proposal.refresh_from_db()
    edit = frame_edit(proposal, title_en="Roads", code="roads", jurisdiction="CA")
    edit_frame(by=by, proposal=proposal, frame_version=proposal.frame_version, edit=edit)
    proposal.refresh_from_db()
    return proposal


def confirmed(proposal: Proposal, by: User) -> Confirmed:
    """Confirm the proposal as it is now."""
    proposal.refresh_from_db()
    return confirm(by=by, proposal=proposal, version=proposal.version)


def page(signed_in: Client, name: str, *args: int, **data: object) -> str:
    """The page, or with data what the page answers to its form."""
    address = reverse(name, args=args)
    answer = signed_in.post(address, data, follow=True) if data else signed_in.get(address, follow=True)
    return str(answer.content.decode())
