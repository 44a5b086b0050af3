"""Handing over what a person holds: every return of an organisation that is still open, in one act."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import Organisation, User
from palermo.people.policies import holds
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.register.vocabulary import Gathering
from palermo.plan.returns import policies
from palermo.plan.returns.models import Return, Step
from palermo.plan.returns.vocabulary import Act

_BATCH = 500


class NotAWriterError(Exception):
    """The successor does not write for the organisation, so nothing can go to them. Nothing was written."""


@transaction.atomic
def hand_over_returns(*, leaver: User, organisation: Organisation, successor: User, by: User) -> int:
    """Let a successor hold every return of open periods that somebody holds for an organisation.

    What was accepted goes along, since it may still be sent back with a question. The words and the version stay:
    whoever is writing at that moment meets no conflict.

    Args:
        leaver: who holds them now.
        organisation: whose returns they are; those of other organisations stay where they are, and where a
            coordinator hands over, those of plans that others coordinate.
        successor: a focal point or alternate of the organisation by now.
        by: who may hand over for the organisation.

    Returns:
        How many returns went over.

    Raises:
        PermissionDenied: `by` may not hand over for the organisation.
        NotAWriterError: the successor does not write for it.
    """
    if not policies.may_hand_over(by, organisation):
        raise PermissionDenied
    if not holds(successor, organisation, *policies.WRITERS):
        raise NotAWriterError
    mine = policies.returns_to_hand_over(by)
    held = mine.filter(organisation=organisation, holder=leaver, cycle__period__gathering=Gathering.OPEN)
    # Periods first and in the order of their keys, as every step and every closing locks them.
    periods = ReportingPeriod.objects.filter(pk__in=held.values("cycle__period"), gathering=Gathering.OPEN)
    open_now = [period.pk for period in periods.select_for_update(of=("self",), no_key=True).order_by("pk")]
    returns = list(held.filter(cycle__period__in=open_now).select_for_update(of=("self",)).order_by("pk"))
    steps = (Step(of=one, act=Act.HAND_OVER, before=one.state, after=one.state, by=by) for one in returns)
    Step.objects.bulk_create(steps, batch_size=_BATCH)
    Return.objects.filter(pk__in=[one.pk for one in returns]).update(holder=successor)
    went = {"returns": len(returns), "leaver": leaver.pk, "successor": successor.pk}
    record(by=by, act="returns.hand_over", about=organisation, organisation=organisation.code, **went)
    return len(returns)
