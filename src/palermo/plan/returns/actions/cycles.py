"""Opening, closing and reopening a period. Each is one act: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from palermo.audit.actions import record
from palermo.foundation.periods import Period as Span
from palermo.people.models import Membership, User
from palermo.plan.register.models import Plan, ReportingPeriod, Responsibility, StatusRecord
from palermo.plan.register.vocabulary import Gathering, Part
from palermo.plan.returns import policies
from palermo.plan.returns.actions.carry import carry_to_register
from palermo.plan.returns.models import Cycle, Reopening, Return, Rule, Step
from palermo.plan.returns.vocabulary import DEFAULT_REMINDER_DAYS, DEFAULT_RULES, Act, State

_BATCH = 500


class NotOpenableError(Exception):
    """The period cannot be opened. `code` is stable; pages say it in the reader's language.

    `overlaps`: another period of the plan covers some of its days. `same_years`: another one has its name.
    `reported_already`: something is known of it from elsewhere. `gathered_already`: it was opened before.
    `nobody_owes`: no deliverable has a lead on that day.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotClosableError(Exception):
    """The coordinator still owes an answer: `waiting` returns are cleared and neither accepted nor sent back."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} cleared returns wait for an answer.")
        self.waiting = waiting


class CycleStateError(Exception):
    """The period was closed or reopened by somebody else meanwhile. Nothing was written."""


def leads_on(plan: Plan, day: date) -> list[tuple[int, int]]:
    """Who owes what on a day: the deliverable and the organisation that leads it, by their keys, each pair once."""
    then = Q(from_date__isnull=True) | Q(from_date__lte=day), Q(to_date__isnull=True) | Q(to_date__gte=day)
    leads = Responsibility.objects.filter(*then, deliverable__plan=plan, kind=Part.LEAD)
    in_order = leads.order_by("deliverable__position", "position", "pk")
    return list(dict.fromkeys(in_order.values_list("deliverable", "organisation")))


@transaction.atomic
def open_period(
    *,
    plan: Plan,
    span: Span,
    due_on: date,
    note_en: str = "",
    note_fr: str = "",
    reminder_days: Iterable[int] = DEFAULT_REMINDER_DAYS,
    by: User,
) -> Cycle:
    """Ask every organisation that leads a deliverable today for a return.

    Args:
        plan: whose period it is.
        span: its first and last day.
        due_on: when cleared returns are due.
        note_en: the covering note in English.
        note_fr: the covering note in French.
        reminder_days: on which days before (negative) or after the due date to remind.
        by: a coordinator of the plan.

    Raises:
        PermissionDenied: `by` does not coordinate the plan.
        NotOpenableError: see there.
    """
    held = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if not policies.may_run_cycle(by, held):
        raise PermissionDenied
    period = _period_to_open(held, span)
    owed = leads_on(held, timezone.localdate())
    if not owed:
        raise NotOpenableError("nobody_owes")
    period.gathering = Gathering.OPEN
    period.save()
    cycle = Cycle.objects.create(
        period=period,
        due_on=due_on,
        note_en=note_en,
        note_fr=note_fr,
        reminder_days=sorted(set(reminder_days)),
        opened_by=by,
    )
    if not Rule.objects.filter(plan=held).exists():
        Rule.objects.bulk_create(Rule(plan=held, when=when, needs=needs) for when, needs in DEFAULT_RULES)
    _owe(cycle, owed)
    record(by=by, act="period.open", about=period, plan=held.code, period=period.code, owed=len(owed))
    return cycle


def _period_to_open(plan: Plan, span: Span) -> ReportingPeriod:
    overlapping = list(plan.periods.filter(starts_on__lte=span.ends_on, ends_on__gte=span.starts_on))
    same = [one for one in overlapping if (one.starts_on, one.ends_on) == (span.starts_on, span.ends_on)]
    if not overlapping:
        # Addresses and files name a period by its years.
        if span.code in {one.code for one in plan.periods.all()}:
            raise NotOpenableError("same_years")
        return ReportingPeriod(plan=plan, starts_on=span.starts_on, ends_on=span.ends_on)
    if not same or len(overlapping) > 1:
        raise NotOpenableError("overlaps")
    if same[0].gathering != Gathering.NONE:
        raise NotOpenableError("gathered_already")
    if StatusRecord.objects.filter(period=same[0]).exists():
        raise NotOpenableError("reported_already")
    return same[0]


def _owe(cycle: Cycle, owed: Iterable[tuple[int, int]]) -> None:
    now, holders = timezone.now(), _only_focal_points()
    Return.objects.bulk_create(
        (
            Return(
                cycle=cycle,
                deliverable_id=deliverable,
                organisation_id=organisation,
                holder_id=holders.get(organisation),
                state_since=now,
            )
            for deliverable, organisation in owed
        ),
        batch_size=_BATCH,
    )


def _only_focal_points() -> dict[int, int]:
    """The focal point of each organisation that has exactly one today."""
    today = timezone.localdate()
    held = Membership.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=today), role="focal_point", from_date__lte=today, user__is_active=True
    )
    found: dict[int, set[int]] = {}
    for organisation, user in held.values_list("organisation", "user"):
        found.setdefault(organisation, set()).add(user)
    return {organisation: next(iter(users)) for organisation, users in found.items() if len(users) == 1}


@transaction.atomic
def change_period(
    *, cycle: Cycle, version: int, due_on: date, note_en: str, note_fr: str, reminder_days: Iterable[int], by: User
) -> Cycle:
    """Ask for the returns of an open period by another day, with another note or other reminders.

    Raises:
        PermissionDenied: `by` does not coordinate the plan.
        CycleStateError: it is closed, or was changed meanwhile.
    """
    one = _locked(cycle, by)
    if one.version != version or one.period.gathering != Gathering.OPEN:
        raise CycleStateError
    one.due_on, one.note_en, one.note_fr = due_on, note_en, note_fr
    one.reminder_days = sorted(set(reminder_days))
    one.version += 1
    one.save(update_fields=["due_on", "note_en", "note_fr", "reminder_days", "version"])
    told = {"plan": one.period.plan.code, "period": one.period.code, "due_on": due_on.isoformat()}
    record(by=by, act="period.change", about=one.period, **told)
    return one


@transaction.atomic
def close_period(*, cycle: Cycle, version: int, by: User) -> Cycle:
    """Lock a period: what was accepted goes into the register, what was never cleared is not reported.

    Raises:
        PermissionDenied: `by` does not coordinate the plan.
        CycleStateError: it is closed already, or was changed meanwhile.
        NotClosableError: a cleared return waits for the coordinator's answer.
    """
    one = _locked(cycle, by)
    if one.version != version or one.period.gathering != Gathering.OPEN:
        raise CycleStateError
    waiting = one.returns.filter(state=State.CLEARED).count()
    if waiting:
        raise NotClosableError(waiting)
    never_came = _mark_not_reported(one, by)
    closed_before = one.closed_at
    one.closed_by, one.closed_at = by, timezone.now()
    one.version += 1
    one.save(update_fields=["closed_by", "closed_at", "version"])
    one.period.gathering = Gathering.CLOSED
    one.period.save(update_fields=["gathering"])
    accepted = carry_to_register(one, by, closed_before=closed_before)
    told = {"plan": one.period.plan.code, "period": one.period.code}
    record(by=by, act="period.close", about=one.period, **told, accepted=accepted, not_reported=never_came)
    return one


def _mark_not_reported(cycle: Cycle, by: User) -> int:
    late = list(cycle.returns.exclude(state=State.ACCEPTED).select_for_update(of=("self",)))
    Step.objects.bulk_create(
        (Step(of=one, act=Act.MARK_NOT_REPORTED, before=one.state, after=State.NOT_REPORTED, by=by) for one in late),
        batch_size=_BATCH,
    )
    _all_to(late, State.NOT_REPORTED)
    return len(late)


@transaction.atomic
def reopen_period(*, cycle: Cycle, due_on: date, reason_en: str, reason_fr: str, by: User) -> Reopening:
    """Open a closed period again. What is public of it stays until it is closed again; the reason stays for ever.

    Raises:
        PermissionDenied: `by` does not coordinate the plan.
        CycleStateError: it is open already.
        ValueError: there is no reason.
    """
    one = _locked(cycle, by)
    if not (reason_en.strip() or reason_fr.strip()):
        raise ValueError("A period is not reopened without a reason.")
    if one.period.gathering != Gathering.CLOSED:
        raise CycleStateError
    one.period.gathering = Gathering.OPEN
    one.period.save(update_fields=["gathering"])
    one.due_on = due_on
    one.version += 1
    one.save(update_fields=["due_on", "version"])
    back = list(one.returns.filter(state=State.NOT_REPORTED).select_for_update(of=("self",)))
    Step.objects.bulk_create(
        (Step(of=each, act=Act.REOPEN, before=each.state, after=State.DRAFT, by=by) for each in back),
        batch_size=_BATCH,
    )
    _all_to(back, State.DRAFT)
    made = Reopening.objects.create(cycle=one, reason_en=reason_en, reason_fr=reason_fr, due_on=due_on, by=by)
    record(by=by, act="period.reopen", about=one.period, plan=one.period.plan.code, period=one.period.code)
    return made


def _all_to(returns: list[Return], state: State) -> None:
    now = timezone.now()
    for one in returns:
        one.state, one.state_since = state, now
        one.version += 1
    Return.objects.bulk_update(returns, ["state", "state_since", "version"], batch_size=_BATCH)


def _locked(cycle: Cycle, by: User) -> Cycle:
    """The cycle as it is now. Its plan and period are locked first, as whoever writes dates and every step do."""
    Plan.objects.select_for_update(no_key=True).get(periods=cycle.period_id)
    ReportingPeriod.objects.select_for_update(no_key=True).get(pk=cycle.period_id)
    one = Cycle.objects.select_for_update(of=("self",)).select_related("period__plan__owner").get(pk=cycle.pk)
    if not policies.may_run_cycle(by, one.period.plan):
        raise PermissionDenied
    return one
