"""Two promises that read alike and are not the same."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from palermo.people.models import User
from palermo.plan.register.models import Deliverable


class Dismissal(models.Model):
    """That somebody said of two deliverables that the later one is another promise. It is not suggested again."""

    before = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="+")
    after = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["after", "before"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["before", "after"], name="dismissal_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="dismissal_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.before} ≠ {self.after}"
