"""What a reader should be told of a deliverable: that it is late, or that nobody can tell.

Each concern is defined twice side by side, once for the database and once for a single deliverable, because
lists are filtered in the one and read in the other; a test holds both against a third, naive definition.

A deliverable is judged at a `Moment`: on the last day of the period shown, or today where that is yet to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from palermo.plan.register.models import ReportingPeriod
from palermo.plan.register.vocabulary import OPEN, Status


class Concern(models.TextChoices):
    """What may be wrong with, or missing from, what is known of a deliverable."""

    LATE = "late", _("Late")
    FIRST_DATE_PASSED = "first_date_passed", _("First due date passed")
    ONGOING_WITHOUT_END = "ongoing_without_end", _("Ongoing without an end")
    NO_DUE_DATE = "no_due_date", _("No due date")
    NO_EVIDENCE = "no_evidence", _("No evidence")
    NOT_REPORTED = "not_reported", _("Not reported")
    NOT_STATED = "not_stated", _("Status not stated")
    NEW = "new", _("New in this period")


CANNOT_BE_TOLD = (
    Concern.ONGOING_WITHOUT_END,
    Concern.NO_DUE_DATE,
    Concern.NO_EVIDENCE,
    Concern.NOT_REPORTED,
    Concern.NOT_STATED,
)
"""Each alone keeps a reader from telling late from done. They overlap, so they do not add up."""

CLAIMS_ACTION = (Status.IN_PROGRESS, Status.ONGOING, Status.COMPLETE)
"""Statuses that say that something was done, which evidence could show."""


@dataclass(frozen=True, slots=True)
class Moment:
    """As of when a plan is judged, and which period that is, if any."""

    day: date
    period_id: int | None = None


class Facts(Protocol):
    """What the judgement rests on: deliverables of `queries.deliverables` have it, and groups of an overview."""

    @property
    def status(self) -> str:
        """The claimed status in the period; `not_stated` where there is none."""

    @property
    def first_due_on(self) -> date | None:
        """The due date that was given first."""

    @property
    def due_on(self) -> date | None:
        """The due date that was given last."""

    @property
    def has_evidence(self) -> bool:
        """Whether anything was shown for the period or for an earlier one."""

    @property
    def added_in_id(self) -> int | None:
        """The period in which it was added to the plan."""


def moment(period: ReportingPeriod | None, today: date | None = None) -> Moment:
    """The last day of a period, or today where that comes first or there is no period."""
    now = today or date.today()
    return Moment(min(period.ends_on, now), period.pk) if period else Moment(now)


def condition(concern: Concern, at: Moment) -> Q:
    """The concern as a filter of deliverables that carry the `Facts`."""
    is_open = Q(status__in=OPEN)
    late = Q(due_on__lt=at.day) & is_open
    conditions = {
        Concern.LATE: late,
        Concern.FIRST_DATE_PASSED: Q(first_due_on__lt=at.day, due_on__gte=at.day) & is_open,
        Concern.ONGOING_WITHOUT_END: Q(status=Status.ONGOING, due_on__isnull=True),
        Concern.NO_DUE_DATE: Q(due_on__isnull=True),
        Concern.NO_EVIDENCE: Q(status__in=CLAIMS_ACTION, has_evidence=False),
        Concern.NOT_REPORTED: Q(status=Status.NOT_REPORTED),
        Concern.NOT_STATED: Q(status=Status.NOT_STATED),
        Concern.NEW: Q(added_in_id=at.period_id) if at.period_id else Q(pk__isnull=True),
    }
    return conditions[concern]


def holds(concern: Concern, facts: Facts, at: Moment) -> bool:
    """Whether a concern holds of one deliverable, or of each in a group of equal ones."""
    is_open = facts.status in OPEN
    match concern:
        case Concern.LATE:
            return is_open and facts.due_on is not None and facts.due_on < at.day
        case Concern.FIRST_DATE_PASSED:
            first, newest = facts.first_due_on, facts.due_on
            return is_open and first is not None and newest is not None and first < at.day <= newest
        case Concern.ONGOING_WITHOUT_END:
            return facts.status == Status.ONGOING and facts.due_on is None
        case Concern.NO_DUE_DATE:
            return facts.due_on is None
        case Concern.NO_EVIDENCE:
            return facts.status in CLAIMS_ACTION and not facts.has_evidence
        case Concern.NOT_REPORTED:
            return facts.status == Status.NOT_REPORTED
        case Concern.NOT_STATED:
            return facts.status == Status.NOT_STATED
        case Concern.NEW:
            return at.period_id is not None and facts.added_in_id == at.period_id


def concerns_of(facts: Facts, at: Moment) -> tuple[Concern, ...]:
    """Every concern that holds, in the order of the list."""
    return tuple(concern for concern in Concern if holds(concern, facts, at))
