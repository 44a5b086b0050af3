"""What the independent assessor says, beside what was claimed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.people.models import User
from palermo.plan.register.models import Deliverable
from palermo.plan.register.vocabulary import Status
from palermo.plan.returns.models.cycle import Cycle
from palermo.plan.returns.models.returns import CLAIMABLE


class Assessment(models.Model):
    """The assessor's status and note on a deliverable in a period. A later one stands beside, the earlier ones stay."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="assessments")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="assessments")
    status = models.CharField(max_length=20, choices=Status.choices)
    note_en = models.TextField(blank=True)
    note_fr = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["cycle", "deliverable", "at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=CLAIMABLE), name="assessment_known_status"),
            models.CheckConstraint(condition=~Q(note_en="", note_fr=""), name="assessment_has_note"),
            models.UniqueConstraint(
                fields=["cycle", "deliverable"], condition=Q(is_current=True), name="assessment_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.deliverable}: {self.status}"
