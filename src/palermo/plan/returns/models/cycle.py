"""A period that is being gathered, and the rules that its returns must keep."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.people.models import User
from palermo.plan.register.models import Plan, ReportingPeriod
from palermo.plan.returns.vocabulary import DEFAULT_REMINDER_DAYS, Needs, When


def default_reminder_days() -> list[int]:
    """A list of its own for each period."""
    return list(DEFAULT_REMINDER_DAYS)


class Cycle(models.Model):
    """The gathering of returns for one period: opened, closed, and sometimes reopened with a reason.

    Whether it is open stands in `period.gathering`, which the register reads as well.
    """

    period = models.OneToOneField(ReportingPeriod, on_delete=models.PROTECT, related_name="cycle")
    due_on = models.DateField()
    """The day by which organisations owe their cleared returns."""
    note_en = models.TextField(blank=True)
    """The covering note."""
    note_fr = models.TextField(blank=True)
    reminder_days = models.JSONField(default=default_reminder_days)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    """When it was closed last."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-period__starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="cycle_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}"


class Reopening(models.Model):
    """That a closed period was opened again, and why. It shows for ever."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reopenings")
    reason_en = models.TextField(blank=True)
    reason_fr = models.TextField(blank=True)
    due_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["cycle", "at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason_en="", reason_fr=""), name="reopening_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.at:%Y-%m-%d}"


class Rule(models.Model):
    """What a plan demands of a return before it can be submitted."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="return_rules")
    when = models.CharField(max_length=20, choices=When.choices)
    needs = models.CharField(max_length=20, choices=Needs.choices)

    class Meta:
        ordering: ClassVar = ["plan", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "when", "needs"], name="return_rule_once"),
            models.CheckConstraint(condition=Q(when__in=When.values), name="return_rule_known_when"),
            models.CheckConstraint(condition=Q(needs__in=Needs.values), name="return_rule_known_needs"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.when} → {self.needs}"
