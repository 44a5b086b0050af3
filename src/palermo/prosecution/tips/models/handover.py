"""Handing a tip on to another desk, and what that desk says of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.people.models import User
from palermo.prosecution.tips.models.desk import Desk
from palermo.prosecution.tips.models.filing import Outcome
from palermo.prosecution.tips.models.tip import Tip


class Handover(models.Model):
    """That another desk has a tip of this desk, and what came of it there. What was said is sealed in the tips."""

    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="handovers")
    to = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    made = models.OneToOneField(Tip, on_delete=models.PROTECT, related_name="handed_from")
    """The tip of the other desk: sealed anew, with a key of its own."""
    acknowledged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    """When the desk said that it has all that was handed on to it until then."""
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    """What came of it, as the other desk closed it."""
    outcome_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="handover_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True) | ~Q(outcome="") & Q(outcome_on__isnull=False),
                name="handover_outcome_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} {self.to_id}"


class Handing(models.Model):
    """One act of handing on: by whom, why, and on what basis in law. There may be several to the same desk."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="handings")
    reason = models.CharField(max_length=24)
    """A code of `data/handing_on.json`."""
    basis = models.CharField(max_length=24)
    """A code of `data/handing_on.json`."""
    messages = models.PositiveIntegerField()
    """How many were handed on."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(basis=""), name="handing_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.reason}"
