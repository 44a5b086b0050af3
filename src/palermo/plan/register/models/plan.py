"""A plan, its levels, its periods and the documents that it was read from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from palermo.foundation.periods import Period
from palermo.people.models import Organisation
from palermo.plan.register.vocabulary import Gathering


class Plan(models.Model):
    """An action plan of a country, a province or a city."""

    code = models.SlugField(unique=True, max_length=60)
    title_en = models.CharField(max_length=300, blank=True)
    title_fr = models.CharField(max_length=300, blank=True)
    summary_en = models.TextField(blank=True)
    summary_fr = models.TextField(blank=True)
    jurisdiction = models.CharField(max_length=20)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    deliverable_name_en = models.CharField(max_length=60, default="Deliverable")
    deliverable_name_fr = models.CharField(max_length=60, default="Produit livrable")
    deliverable_plural_en = models.CharField(max_length=60, default="Deliverables")
    deliverable_plural_fr = models.CharField(max_length=60, default="Produits livrables")
    predecessor_code = models.CharField(max_length=60, blank=True)
    """The plan before, whether or not it is in the register."""
    is_invented = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["is_invented", "jurisdiction", F("starts_on").desc(nulls_last=True), "code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="plan_title_not_empty"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="plan_dates_in_order",
            ),
            models.CheckConstraint(condition=~Q(predecessor_code=F("code")), name="plan_not_before_itself"),
        ]

    def __str__(self) -> str:
        return self.code


class PlanLevel(models.Model):
    """What a plan calls its sections at one depth, 1 being the top. A plan may have none."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="levels")
    depth = models.PositiveSmallIntegerField()
    name_en = models.CharField(max_length=60, blank=True)
    name_fr = models.CharField(max_length=60, blank=True)
    plural_en = models.CharField(max_length=60, blank=True)
    plural_fr = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["plan", "depth"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "depth"], name="plan_level_once"),
            models.CheckConstraint(condition=Q(depth__gte=1), name="plan_level_from_one"),
        ]

    def __str__(self) -> str:
        return self.name_en or self.name_fr


class ReportingPeriod(models.Model):
    """A span that is reported on, usually a fiscal year."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    gathering = models.CharField(max_length=10, choices=Gathering.choices, default=Gathering.NONE, db_default="none")
    """Whether organisations answer for it by returns. A closed period changes only by being reopened."""

    class Meta:
        ordering: ClassVar = ["plan", "starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(gathering__in=Gathering.values), name="period_known_gathering"),
            models.UniqueConstraint(fields=["plan", "starts_on"], name="period_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="period_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def span(self) -> Period:
        """Its two days."""
        return Period(self.starts_on, self.ends_on)

    @property
    def code(self) -> str:
        """`2013-2014`, for addresses and files."""
        return self.span.code

    @property
    def label(self) -> str:
        """`2013–2014`, for people."""
        return self.span.label


class SourceDocument(models.Model):
    """A published document that something in the plan was taken from."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="documents")
    code = models.SlugField(max_length=80)
    title_en = models.CharField(max_length=300, blank=True)
    title_fr = models.CharField(max_length=300, blank=True)
    publisher_en = models.CharField(max_length=200, blank=True)
    publisher_fr = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["plan", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="document_code_once"),
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="document_title_not_empty"),
        ]

    def __str__(self) -> str:
        return self.code
