"""Pairs of services that may be the same, and what a person said of each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.models.documents import JSONField
from palermo.protection.directory.models.service import Service

PLACE = "place"
"""What a reason is about that says how far apart two services are."""


class Verdict(models.TextChoices):
    """What a person said of a pair."""

    OPEN = "open", _("waits")
    MERGED = "merged", _("the same")
    APART = "apart", _("two services")


class Likeness(models.Model):
    """That two services may be the same. The key of the first is the smaller one, so that each pair is there once."""

    first = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField()
    reasons: JSONField[list[Json], list[Json]] = JSONField()
    """Coded facts, as `hsds.likeness` gives them."""
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    found_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-probability", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likeness_in_order"),
            models.CheckConstraint(condition=Q(probability__range=(0, 1)), name="likeness_probability"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="likeness_known_verdict"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.OPEN, decided_at__isnull=True)
                | (~Q(verdict=Verdict.OPEN) & Q(decided_at__isnull=False)),
                name="likeness_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
