"""What organisations said of a deliverable, as it was accepted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.people.models import Organisation
from palermo.plan.register.models.deliverable import Deliverable
from palermo.plan.register.models.plan import ReportingPeriod
from palermo.plan.register.vocabulary import Status


class Account(models.Model):
    """One organisation's account of one deliverable in one closed period: the public part of its return.

    An organisation that led a deliverable and never answered has one too, with the status `not_reported`.
    A period that is reopened and closed again leaves further accounts; the earlier ones stay.
    """

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="accounts")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="accounts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="accounts")
    return_number = models.PositiveBigIntegerField()
    """The return that every word here was taken from."""
    status = models.CharField(max_length=20, choices=Status.choices)
    narrative_en = models.TextField(blank=True)
    narrative_fr = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    """Why it is behind, has no end, or is no longer pursued."""
    reason_fr = models.TextField(blank=True)
    proof_en = models.TextField(blank=True)
    """What would show that something without an end works."""
    proof_fr = models.TextField(blank=True)
    figures = models.JSONField(default=list, blank=True)
    """A list of {label_en, label_fr, value, unit_en, unit_fr}; the value is text, so that no digit is lost."""
    recorded_at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=True)
    """False once the period was reopened and closed again with another account."""

    class Meta:
        ordering: ClassVar = ["deliverable", "period", "organisation", "recorded_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="account_known_status"),
            models.UniqueConstraint(
                fields=["deliverable", "period", "organisation"],
                condition=Q(is_current=True),
                name="account_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.deliverable} {self.period}: {self.status}"
