"""What tests of proposals share: readings made by hand, and edits that change little."""

from __future__ import annotations

from dataclasses import replace

from palermo.plan.imports.actions.edit_frame import FrameEdit
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
