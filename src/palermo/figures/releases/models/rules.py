"""Rule sets: what is too small to publish, and what is done about it, with who decided that and why."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from palermo.figures.protection import rules as protection
from palermo.figures.protection.rules import Dominance, Rules
from palermo.figures.releases.vocabulary import Method
from palermo.people.models import Organisation, User


class RuleSet(models.Model):
    """One version of a rule set. No version ever changes: another decision is another version."""

    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rule_sets")
    title_en = models.CharField(max_length=200, blank=True)
    title_fr = models.CharField(max_length=200, blank=True)
    threshold = models.PositiveSmallIntegerField(default=5)
    hide_zeros = models.BooleanField(default=False)
    dominance_largest = models.PositiveSmallIntegerField(null=True, blank=True)
    dominance_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    method = models.CharField(max_length=20, choices=Method.choices, default=Method.SUPPRESS)
    hide_size = models.BooleanField(default=True)
    base = models.PositiveSmallIntegerField(default=5)
    epsilon = models.DecimalField(max_digits=8, decimal_places=4, default=1)
    """What one release may give away, as differential privacy counts it; used by noise and synthetic records."""
    delta = models.DecimalField(max_digits=16, decimal_places=12, default=0)
    decided_by_en = models.CharField(max_length=200, blank=True)
    """The body that decided it, such as a committee."""
    decided_by_fr = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    reason_en = models.TextField(blank=True)
    reason_fr = models.TextField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["code", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="rule_set_version_once"),
            models.CheckConstraint(
                condition=Q(version__gte=1, threshold__gte=1, base__gte=2, epsilon__gt=0, delta__gte=0, delta__lt=1),
                name="rule_set_numbers_possible",
            ),
            models.CheckConstraint(
                condition=Q(dominance_largest__isnull=True, dominance_percent__isnull=True)
                | Q(dominance_largest__isnull=False, dominance_percent__isnull=False)
                & Q(dominance_largest__gte=1, dominance_percent__gte=1, dominance_percent__lte=100),
                name="rule_set_dominance_whole",
            ),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="rule_set_known_method"),
            models.CheckConstraint(
                condition=~Q(method=Method.SYNTHETIC) | Q(delta__gt=0), name="rule_set_synthetic_has_delta"
            ),
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="rule_set_title_not_empty"),
            models.CheckConstraint(condition=~Q(reason_en="", reason_fr=""), name="rule_set_has_reason"),
            models.CheckConstraint(
                condition=~Q(decided_by_en="", decided_by_fr=""), name="rule_set_decided_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def rules(self) -> Rules:
        """The same, as whoever protects reads it."""
        dominance = None
        if self.dominance_largest and self.dominance_percent:
            dominance = Dominance(self.dominance_largest, self.dominance_percent)
        return Rules(
            threshold=self.threshold,
            hide_zeros=self.hide_zeros,
            dominance=dominance,
            method=cast(protection.Method, self.method),
            hide_size=self.hide_size,
            base=self.base,
            epsilon=float(self.epsilon),
            delta=float(self.delta),
        )
