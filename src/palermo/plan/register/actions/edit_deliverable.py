"""Changing one deliverable on the site: its text, its due date, a status of it. Nothing earlier is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.foundation.search import search_key
from palermo.people.models import User
from palermo.plan.register.models import Deliverable, DueDate, Plan, ReportingPeriod, StatusRecord
from palermo.plan.register.policies import PeriodLockedError, may_change_plan
from palermo.plan.register.vocabulary import Gathering


class ChangedMeanwhileError(Exception):
    """Somebody else saved the same thing after the page was made. Nothing was saved."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of a deliverable in both languages."""

    lead_in_en: str
    lead_in_fr: str
    text_en: str
    text_fr: str

    @classmethod
    def of(cls, deliverable: Deliverable) -> Texts:
        """Those that it has."""
        return cls(deliverable.lead_in_en, deliverable.lead_in_fr, deliverable.text_en, deliverable.text_fr)


@transaction.atomic
def edit_deliverable_text(*, deliverable: Deliverable, version: int, texts: Texts, by: User) -> Deliverable:
    """Give a deliverable other words.

    Args:
        deliverable: whose words they are.
        version: the version of the deliverable that the words were made from.
        texts: the words; one language at least must have a text.
        by: who acts.

    Raises:
        ChangedMeanwhileError: its version is another one by now.
        PermissionDenied: `by` may not change the plan.
    """
    one = _locked(deliverable, by)
    if one.version != version:
        raise ChangedMeanwhileError
    one.lead_in_en, one.lead_in_fr = texts.lead_in_en, texts.lead_in_fr
    one.text_en, one.text_fr = texts.text_en, texts.text_fr
    one.search_en = search_key("en", one.code, one.lead_in_en, one.text_en)
    one.search_fr = search_key("fr", one.code, one.lead_in_fr, one.text_fr)
    one.version += 1
    one.save()
    _told(one, "deliverable.edit_text", by, version=one.version)
    return one


@transaction.atomic
def mark_for_survivors(*, deliverable: Deliverable, is_commitment: bool, by: User) -> Deliverable:
    """Say whether a deliverable is a promise made to survivors. Saying what stands already leaves no trace.

    Raises:
        PermissionDenied: `by` may not change the plan.
    """
    one = _locked(deliverable, by)
    if one.is_survivor_commitment != is_commitment:
        one.is_survivor_commitment = is_commitment
        one.version += 1
        one.save(update_fields=["is_survivor_commitment", "version"])
        _told(one, "deliverable.mark_for_survivors", by, after=is_commitment)
    return one


@dataclass(frozen=True, slots=True)
class Due:
    """A due date, and why it is not the one before."""

    on: date
    reason_en: str = ""
    reason_fr: str = ""


@transaction.atomic
def revise_due_date(*, deliverable: Deliverable, due: Due, seen: int, by: User) -> DueDate:
    """Set the first due date of a deliverable, or a later one beside those that it had.

    Args:
        deliverable: whose date it is.
        due: the date; the reason must be given in one language at least where there was a date before.
        seen: how many due dates the deliverable had when the page was made.
        by: who acts.

    Raises:
        ChangedMeanwhileError: it has more of them by now.
        PermissionDenied: `by` may not change the plan.
        ValueError: there was a date before and no reason is given.
    """
    one = _locked(deliverable, by)
    earlier = list(DueDate.objects.filter(deliverable=one).order_by("revision"))
    if len(earlier) != seen:
        raise ChangedMeanwhileError
    if earlier and not (due.reason_en or due.reason_fr):
        raise ValueError("A due date is not replaced without a reason.")
    made = DueDate.objects.create(
        deliverable=one,
        revision=earlier[-1].revision + 1 if earlier else 0,
        due_on=due.on,
        reason_en=due.reason_en,
        reason_fr=due.reason_fr,
        set_on=timezone.localdate(),
    )
    before = earlier[-1].due_on.isoformat() if earlier else None
    _told(one, "deliverable.revise_due_date", by, before=before, after=due.on.isoformat())
    return made


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A status for one period, whose word it is, and why it differs from what was known."""

    period: ReportingPeriod
    kind: str
    value: str
    note_en: str = ""
    note_fr: str = ""


@transaction.atomic
def correct_status(*, deliverable: Deliverable, word: StatusWord, seen: int, by: User) -> StatusRecord:
    """Record another status for a period. The one before stays, and is the current one no more.

    Args:
        deliverable: whose status it is.
        word: the status, for a period of the same plan, with a note in one language at least.
        seen: the key of the newest status record of the deliverable when the page was made; 0 for none.
        by: who acts.

    Raises:
        ChangedMeanwhileError: there is a newer record for the same period and kind.
        PermissionDenied: `by` may not change the plan.
        PeriodLockedError: organisations answer for the period by returns.
        ValueError: the period is another plan's, or no note is given.
    """
    one = _locked(deliverable, by)
    if word.period.plan_id != one.plan_id:
        raise ValueError("The period belongs to another plan.")
    if ReportingPeriod.objects.get(pk=word.period.pk).gathering != Gathering.NONE:
        raise PeriodLockedError(word.period)
    if not (word.note_en or word.note_fr):
        raise ValueError("A status is not corrected without a note.")
    known = StatusRecord.objects.filter(deliverable=one, period=word.period, kind=word.kind)
    if known.filter(pk__gt=seen).exists():
        raise ChangedMeanwhileError
    before = known.filter(is_current=True).values_list("value", flat=True).first()
    known.filter(is_current=True).update(is_current=False)
    made = StatusRecord.objects.create(
        deliverable=one,
        period=word.period,
        kind=word.kind,
        value=word.value,
        note_en=word.note_en,
        note_fr=word.note_fr,
        recorded_by=by,
    )
    of = {"period": word.period.code, "kind": word.kind}
    _told(one, "deliverable.correct_status", by, **of, before=before, after=word.value)
    return made


def _locked(deliverable: Deliverable, by: User) -> Deliverable:
    """The deliverable as it is now, for this transaction alone. Its plan is locked first, as closing a period does."""
    Plan.objects.select_for_update(no_key=True).get(deliverables=deliverable.pk)
    one = Deliverable.objects.select_for_update(of=("self",)).select_related("plan__owner").get(pk=deliverable.pk)
    if not may_change_plan(by, one.plan):
        raise PermissionDenied
    return one


def _told(one: Deliverable, act: str, by: User, **details: str | int | None) -> None:
    record(by=by, act=act, about=one, plan=one.plan.code, code=one.code, **details)
