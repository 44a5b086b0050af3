"""Parts of a report that were filled from returns, and what stood in them before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.people.models import User
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.report.models.narrative import NarrativePart


class Filling(models.Model):
    """One act of filling the parts of a report from accepted returns. It can be undone."""

    period = models.ForeignKey(ReportingPeriod, on_delete=models.CASCADE, related_name="fillings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["period", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="filling_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.pk}"


class FilledPart(models.Model):
    """One part that an act filled: what it wrote, and what stood there before."""

    filling = models.ForeignKey(Filling, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=20, choices=NarrativePart.choices)
    before_en = models.TextField(blank=True)
    before_fr = models.TextField(blank=True)
    text_en = models.TextField()
    """What was written. While the part still says just this, nobody has touched it since."""
    text_fr = models.TextField()

    class Meta:
        ordering: ClassVar = ["filling", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filling", "part"], name="filling_part_once"),
            models.CheckConstraint(condition=Q(part__in=NarrativePart.values), name="filling_known_part"),
        ]

    def __str__(self) -> str:
        return f"{self.filling} {self.part}"
