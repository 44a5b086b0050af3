"""The assessor's word, beside the claim and never over it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.register.models import Deliverable, ReportingPeriod
from palermo.plan.register.vocabulary import Gathering, StatusKind
from palermo.plan.returns import policies
from palermo.plan.returns.actions.carry import assessed_record, write_statuses
from palermo.plan.returns.models import CLAIMABLE, Assessment, Cycle


class NotIndependentError(Exception):
    """Somebody would assess what they answer for themselves. Nothing was written."""


class AssessedMeanwhileError(Exception):
    """Another assessor gave their word after the page was made. Nothing was written."""


@transaction.atomic
def assess(
    *, cycle: Cycle, deliverable: Deliverable, status: str, note_en: str, note_fr: str, seen: int, by: User
) -> Assessment:
    """Say how far a deliverable is, independently of what was claimed. Public once the period is closed.

    Args:
        cycle: the gathering of the period in which it is assessed.
        deliverable: one of the plan's.
        status: what the assessor found.
        note_en: why, in English; one language at least must have a note.
        note_fr: why, in French.
        seen: the key of the assessment that stood when the page was made; 0 for none.
        by: an assessor of the plan.

    Raises:
        AssessedMeanwhileError: there is a newer one.
        PermissionDenied: `by` does not assess the plan.
        NotIndependentError: `by` writes or clears for an organisation that answers for the deliverable.
        ValueError: there is no note, the status is none that can be claimed, or it is another plan's deliverable.
    """
    period = ReportingPeriod.objects.select_for_update(no_key=True, of=("self",)).get(pk=cycle.period_id)
    plan = deliverable.plan
    if not policies.may_assess(by, plan):
        raise PermissionDenied
    if policies.has_a_hand_in(by, cycle, deliverable):
        raise NotIndependentError
    if period.plan_id != plan.pk or status not in CLAIMABLE or not (note_en.strip() or note_fr.strip()):
        raise ValueError("An assessment is of the same plan, has a status and a note.")
    current = Assessment.objects.filter(cycle=cycle, deliverable=deliverable, is_current=True)
    if current.exclude(pk=seen).exists():
        raise AssessedMeanwhileError
    current.update(is_current=False)
    made = Assessment.objects.create(
        cycle=cycle, deliverable=deliverable, status=status, note_en=note_en, note_fr=note_fr, by=by
    )
    if period.gathering == Gathering.CLOSED:
        write_statuses(period, StatusKind.ASSESSED, [assessed_record(period, made)])
    told = {"plan": plan.code, "code": deliverable.code, "period": period.code, "status": status}
    record(by=by, act="assessment.give", about=made, **told)
    return made
