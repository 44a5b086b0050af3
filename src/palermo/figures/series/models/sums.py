"""Sums that must hold, such as first and subsequent permits making all permits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.figures.series.models.series import Series


class Sum(models.Model):
    """That some values add up to another, for each span and document that has all of them."""

    code = models.SlugField(unique=True, max_length=80)
    title_en = models.CharField(max_length=300, blank=True)
    title_fr = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="sum_title_not_empty"),
        ]

    def __str__(self) -> str:
        return self.code


class SumTerm(models.Model):
    """One of the values that are added, or the one that they make."""

    sum = models.ForeignKey(Sum, on_delete=models.CASCADE, related_name="terms")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="sum_terms")
    key = models.CharField(max_length=500, blank=True)
    """Which value of the series, as `Observation.key` writes it."""
    is_total = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["sum", "is_total", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sum", "series", "key"], name="sum_term_once"),
            models.UniqueConstraint(fields=["sum"], condition=Q(is_total=True), name="sum_one_total"),
        ]

    def __str__(self) -> str:
        return f"{self.sum}: {self.series} {self.key}"
