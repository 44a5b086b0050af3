"""Filling the parts of a report from accepted returns, and undoing it. Each is one act: all of it, or nothing."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.register import policies
from palermo.plan.register.models import Plan, ReportingPeriod
from palermo.plan.register.vocabulary import Gathering
from palermo.plan.report.build.filling import Draft, Fate, part_plans
from palermo.plan.report.models import FilledPart, Filling, Narrative
from palermo.plan.report.queries import fillings, narratives


class NotFillableError(Exception):
    """Nothing was filled or undone. `code` is stable; pages say it in the reader's language.

    `not_closed`: the period is not closed, so nothing that was returned is public. `nothing_to_fill`: no part may be
    filled, or each says already what the returns say. `nothing_to_undo`: nothing was filled, or every part that was has
    been changed since.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def fill_from_returns(*, by: User, period: ReportingPeriod) -> Filling:
    """Write a draft into each part for a P that nobody has written in, made of what organisations said.

    A part that was filled before and not touched since is filled anew; any other text stays as it is.

    Raises:
        PermissionDenied: `by` may not change this plan.
        NotFillableError: `not_closed`, `nothing_to_fill`.
    """
    held = _locked(by, period)
    if held.gathering != Gathering.CLOSED:
        raise NotFillableError("not_closed")
    wanted = [plan for plan in part_plans(by, held) if plan.fate == Fate.FILL]
    if not wanted:
        raise NotFillableError("nothing_to_fill")
    filling = Filling.objects.create(period=held, by=by)
    FilledPart.objects.bulk_create(_fill(filling, plan.draft, plan.standing) for plan in wanted)
    parts = [str(plan.draft.part.value) for plan in wanted]
    record(by=by, act="narrative.fill", about=filling, plan=held.plan.code, period=held.code, parts=parts)
    return filling


def _fill(filling: Filling, draft: Draft, standing: Narrative | None) -> FilledPart:
    part = FilledPart(
        filling=filling,
        part=draft.part,
        before_en=standing.text_en if standing else "",
        before_fr=standing.text_fr if standing else "",
        text_en=draft.text("en"),
        text_fr=draft.text("fr"),
    )
    empty = Narrative(plan=filling.period.plan, period=filling.period, part=draft.part, version=0)
    _write(standing or empty, part.text_en, part.text_fr, filling.by)
    return part


@transaction.atomic
def undo_filling(*, by: User, period: ReportingPeriod) -> list[str]:
    """Take back the last filling of which something still stands: such a part says again what it said before.

    Returns:
        The parts that were taken back. Those that somebody changed since stay as they are.

    Raises:
        PermissionDenied: `by` may not change this plan.
        NotFillableError: `nothing_to_undo`.
    """
    held = _locked(by, period)
    standing = narratives(by, held)
    both = ((each, untouched(each, standing)) for each in fillings(by, held))
    filling, parts = next(((each, parts) for each, parts in both if parts), (None, []))
    if filling is None:
        raise NotFillableError("nothing_to_undo")
    for part, narrative in parts:
        _write(narrative, part.before_en, part.before_fr, by)
    filling.undone_by, filling.undone_at = by, timezone.now()
    filling.save(update_fields=["undone_by", "undone_at"])
    taken = [part.part for part, _narrative in parts]
    record(by=by, act="narrative.undo_fill", about=filling, plan=held.plan.code, period=held.code, parts=taken)
    return taken


def untouched(filling: Filling, standing: dict[str, Narrative]) -> list[tuple[FilledPart, Narrative]]:
    """The parts of a filling that still say what it wrote, each with what stands."""
    both = ((part, standing.get(part.part)) for part in filling.parts.all())
    return [(part, one) for part, one in both if one and (one.text_en, one.text_fr) == (part.text_en, part.text_fr)]


def _write(narrative: Narrative, text_en: str, text_fr: str, by: User) -> None:
    narrative.text_en, narrative.text_fr = text_en, text_fr
    narrative.version += 1
    narrative.written_by = by
    narrative.save()


def _locked(by: User, period: ReportingPeriod) -> ReportingPeriod:
    """The period as it is now. The plan is locked first, as whoever writes a part does, so that no text is lost."""
    plan = Plan.objects.select_for_update().get(pk=period.plan_id)
    if not policies.may_change_plan(by, plan):
        raise PermissionDenied
    held = ReportingPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
    held.plan = plan
    return held
