"""Populations, over which releases are compared, and the ledger of what noise has given away of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.figures.releases.models.release import Release
from palermo.people.models import Organisation, User


class Population(models.Model):
    """A group of people or things, such as all permits of a year. Its releases are attacked together."""

    code = models.SlugField(unique=True, max_length=60)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="populations")
    title_en = models.CharField(max_length=200, blank=True)
    title_fr = models.CharField(max_length=200, blank=True)
    epsilon_limit = models.DecimalField(max_digits=8, decimal_places=4, default=4)
    """What all releases with noise together may give away of it."""
    delta_limit = models.DecimalField(max_digits=16, decimal_places=12, default=0)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="population_title_not_empty"),
            models.CheckConstraint(
                condition=Q(epsilon_limit__gte=0, delta_limit__gte=0, delta_limit__lt=1),
                name="population_limits_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class BudgetEntry(models.Model):
    """What one published release gave away of a population by its noise, every draw of it counted. Only ever added."""

    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="spent")
    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="spending")
    epsilon = models.FloatField()
    delta = models.FloatField()
    rho = models.FloatField(null=True, blank=True)
    """The same as zero-concentrated differential privacy counts it, where all noise was Gaussian."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["population", "at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(epsilon__gt=0, delta__gte=0), name="budget_entry_spends"),
        ]

    def __str__(self) -> str:
        return f"{self.population}: {self.epsilon}"
