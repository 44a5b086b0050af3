"""Promises whose date moved: how often, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Count, F, Prefetch, QuerySet

from palermo.people.policies import Viewer
from palermo.plan.register.models import Deliverable, DueDate, Plan


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the first due date."""

    first: date
    last: date
    times: int

    @property
    def days(self) -> int:
        """How many days later the last date is; below zero where it came earlier."""
        return (self.last - self.first).days

    @property
    def distance(self) -> int:
        """How many days lie between the two, whichever came first."""
        return abs(self.days)


def moved(dates: Sequence[DueDate]) -> Moved | None:
    """How often and how far a due date moved, or None where it never did."""
    ordered = sorted(dates, key=lambda due: due.revision)
    days = [due.due_on for due in ordered]
    times = sum(before != after for before, after in pairwise(days))
    return Moved(days[0], days[-1], times) if times else None


def with_several_dates(plans: Sequence[Plan]) -> QuerySet[Deliverable]:
    """The deliverables of some plans that had more than one due date, each with the number of its dates as `times`."""
    return Deliverable.objects.filter(plan__in=plans).annotate(times=Count("due_dates")).filter(times__gt=1)


def moved_deliverables(viewer: Viewer, plan: Plan) -> QuerySet[Deliverable]:
    """The deliverables of a plan that had more than one due date, with all of them, what moved most often first."""
    dates = Prefetch("due_dates", DueDate.objects.order_by("revision"))
    found = with_several_dates([plan])
    return found.prefetch_related(dates).order_by(F("times").desc(), "position")
