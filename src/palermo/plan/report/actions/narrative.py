"""Writing the words of a report."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan import planfile_models as files
from palermo.plan.register import policies
from palermo.plan.register.models import Plan, ReportingPeriod
from palermo.plan.report.models import Narrative, NarrativePart


class NarrativeConflictError(Exception):
    """Somebody saved this part meanwhile. `current` is what they saved; nothing was written over it."""

    def __init__(self, current: Narrative) -> None:
        super().__init__("This part was saved by somebody else meanwhile.")
        self.current = current


@transaction.atomic
def write_narrative(
    *, by: User, period: ReportingPeriod, part: NarrativePart, text_en: str, text_fr: str, version: int
) -> Narrative:
    """Save one part of a report. `version` is that of the text it was made from, 0 where there was none.

    Raises:
        PermissionDenied: `by` may not change this plan.
        NarrativeConflictError: the part was saved after the writer opened it.
    """
    plan = Plan.objects.select_for_update().get(pk=period.plan_id)
    if not policies.may_change_plan(by, plan):
        raise PermissionDenied
    known = Narrative.objects.filter(period=period, part=part).first()
    if known is not None and known.version != version:
        raise NarrativeConflictError(known)
    narrative = known or Narrative(plan=plan, period=period, part=part, version=0)
    narrative.text_en, narrative.text_fr = text_en, text_fr
    narrative.version += 1
    narrative.written_by = by
    narrative.save()
    record(by=by, act="narrative.write", about=narrative, part=part, version=narrative.version)
    return narrative


@transaction.atomic
def load_narratives(*, by: User, plan: Plan, narratives: Iterable[files.Narrative]) -> int:
    """Save the parts of a plan file that differ from what stands; returns how many were saved."""
    periods = {period.code: period for period in plan.periods.all()}
    standing = {(one.period_id, one.part): one for one in Narrative.objects.filter(plan=plan)}
    saved = 0
    for each in narratives:
        period = periods[each.period]
        before = standing.get((period.pk, each.part))
        if before and (before.text_en, before.text_fr) == (each.text.en, each.text.fr):
            continue
        write_narrative(
            by=by,
            period=period,
            part=NarrativePart(each.part),
            text_en=each.text.en,
            text_fr=each.text.fr,
            version=before.version if before else 0,
        )
        saved += 1
    return saved
