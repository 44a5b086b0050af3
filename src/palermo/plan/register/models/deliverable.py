"""Sections and deliverables: what a plan promises."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from palermo.plan.register.models.plan import Plan, PlanLevel, ReportingPeriod
from palermo.plan.register.vocabulary import P


class Section(models.Model):
    """A pillar, objective, task or whatever the plan calls it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    level = models.ForeignKey(PlanLevel, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveIntegerField()
    """Place in the plan read from top to bottom, over all levels."""
    code = models.CharField(max_length=60)
    title_en = models.CharField(max_length=500, blank=True)
    title_fr = models.CharField(max_length=500, blank=True)
    text_en = models.TextField(blank=True)
    text_fr = models.TextField(blank=True)
    p = models.CharField(max_length=20, choices=P.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["plan", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="section_code_once"),
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="section_title_not_empty"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="section_not_its_own_parent"),
            models.CheckConstraint(condition=Q(p="") | Q(p__in=P.values), name="section_known_p"),
        ]

    def __str__(self) -> str:
        return self.code


class Deliverable(models.Model):
    """The smallest thing with a status of its own."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="deliverables")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT, related_name="deliverables")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    code_is_printed = models.BooleanField(default=True)
    row = models.PositiveIntegerField()
    """The printed row that it stands in; several deliverables may share one."""
    lead_in_en = models.TextField(blank=True)
    lead_in_fr = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    text_fr = models.TextField(blank=True)
    own_p = models.CharField(max_length=20, choices=P.choices, blank=True)
    """Where it stands in no section, or under another P than its section."""
    p = models.CharField(max_length=20, choices=P.choices, blank=True)
    """Its own P, else the nearest one above: kept here so that plans are counted by P in one query."""
    printed_start = models.CharField(max_length=120, blank=True)
    start_on = models.DateField(null=True, blank=True)
    added_in = models.ForeignKey(
        ReportingPeriod, null=True, blank=True, on_delete=models.SET_NULL, related_name="added_deliverables"
    )
    printed_added = models.CharField(max_length=60, blank=True)
    is_survivor_commitment = models.BooleanField(default=False, db_default=False)
    """A promise made to survivors, which is followed in a list of its own."""
    search_en = models.TextField(blank=True, editable=False)
    search_fr = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["plan", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="deliverable_code_once"),
            models.CheckConstraint(condition=~Q(text_en="", text_fr=""), name="deliverable_text_not_empty"),
            models.CheckConstraint(condition=Q(p="") | Q(p__in=P.values), name="deliverable_known_p"),
            models.CheckConstraint(condition=Q(own_p="") | Q(own_p__in=P.values), name="deliverable_known_own_p"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["plan", "position"], name="deliverable_in_order"),
            models.Index(fields=["plan", "p"], name="deliverable_by_p"),
        ]

    def __str__(self) -> str:
        return self.code
