"""The words of a report, written on the site before it is published."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from palermo.people.models import User
from palermo.plan.register.models import Plan, ReportingPeriod

LONGEST_TEXT = 100_000
"""Characters that one part may have in one language."""


class NarrativePart(models.TextChoices):
    """The parts of a report that people write, in the order of the report."""

    FOREWORD = "foreword", _("Foreword")
    INTRODUCTION = "introduction", _("Introduction")
    ACHIEVEMENTS = "achievements", _("Key achievements")
    PREVENTION = "prevention", _("Prevention")
    PROTECTION = "protection", _("Protection")
    PROSECUTION = "prosecution", _("Prosecution")
    PARTNERSHIP = "partnership", _("Partnership")
    EMPOWERMENT = "empowerment", _("Empowerment")
    WAY_FORWARD = "way_forward", _("The way forward")
    CONCLUSION = "conclusion", _("Conclusion")
    RESOURCES = "resources", _("Resources")


class Narrative(models.Model):
    """One part of the report on one period, as Markdown in both languages."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="narratives")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.CASCADE, related_name="narratives")
    part = models.CharField(max_length=20, choices=NarrativePart.choices)
    text_en = models.TextField(blank=True)
    text_fr = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    """Goes up with each save; a save made from an older one is a conflict."""
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["plan", "period", "part"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "part"], name="narrative_part_once"),
            models.CheckConstraint(condition=Q(part__in=NarrativePart.values), name="narrative_known_part"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.part}"
