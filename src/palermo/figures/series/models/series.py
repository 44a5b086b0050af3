"""A series: a number that is defined once and then followed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from palermo.figures.series.models.codes import CodeList
from palermo.figures.series.vocabulary import Counted, Effect, Frequency
from palermo.people.models import Organisation


class Series(models.Model):
    """What is counted, of whom, how and by whom. Its values are observations."""

    code = models.SlugField(unique=True, max_length=80)
    title_en = models.CharField(max_length=300, blank=True)
    title_fr = models.CharField(max_length=300, blank=True)
    definition_en = models.TextField(blank=True)
    definition_fr = models.TextField(blank=True)
    population_en = models.TextField(blank=True)
    """Among whom or what is counted, such as “foreign nationals in Canada”."""
    population_fr = models.TextField(blank=True)
    counts = models.CharField(max_length=20, choices=Counted.choices)
    currency = models.CharField(max_length=3, blank=True)
    """The ISO 4217 code of an amount of money, and empty for everything else."""
    frequency = models.CharField(max_length=2, choices=Frequency.choices, default=Frequency.FISCAL)
    effect = models.CharField(max_length=10, choices=Effect.choices, default=Effect.OUTPUT)
    source = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="series_from")
    """Whose records the numbers come from."""
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="series_owned")
    """Who enters the numbers and answers for them."""
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="series_kept")
    """In whose name the series was defined, and who may change its definition beside the owner."""
    method_en = models.TextField(blank=True)
    method_fr = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    measure = models.CharField(max_length=80, blank=True)
    """The code of the measure that the system counts it by; empty where people enter it."""
    retired_on = models.DateField(null=True, blank=True)
    retired_because_en = models.TextField(blank=True)
    retired_because_fr = models.TextField(blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    version = models.PositiveIntegerField(default=1)
    """Goes up with each change of the definition; what was made from an older one is a conflict."""

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name_plural = "series"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="series_title_not_empty"),
            models.CheckConstraint(
                condition=~Q(definition_en="", definition_fr=""), name="series_definition_not_empty"
            ),
            models.CheckConstraint(condition=Q(counts__in=Counted.values), name="series_known_counted"),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="series_known_frequency"),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="series_known_effect"),
            models.CheckConstraint(
                condition=(Q(counts=Counted.DOLLAR) & ~Q(currency="")) | (~Q(counts=Counted.DOLLAR) & Q(currency="")),
                name="series_currency_of_money_alone",
            ),
            models.CheckConstraint(
                condition=(Q(retired_on__isnull=True) & Q(retired_because_en="", retired_because_fr=""))
                | (Q(retired_on__isnull=False) & ~Q(retired_because_en="", retired_because_fr="")),
                name="series_retired_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | (Q(retired_on__isnull=False) & ~Q(successor=F("pk"))),
                name="series_followed_once_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SeriesDimension(models.Model):
    """Something that the values of a series may be cut by, such as sex or province."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="dimensions")
    code = models.SlugField(max_length=40)
    label_en = models.CharField(max_length=120, blank=True)
    label_fr = models.CharField(max_length=120, blank=True)
    code_list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="used_by")
    position = models.PositiveSmallIntegerField(default=0)
    adds_up = models.BooleanField(default=False)
    """Whether every one counted has exactly one of its codes, so that the parts must sum to the total."""

    class Meta:
        ordering: ClassVar = ["series", "position", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "code"], name="series_dimension_once"),
            models.CheckConstraint(condition=~Q(label_en="", label_fr=""), name="series_dimension_label_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.code}"


class Break(models.Model):
    """A day from which the numbers mean something else, so that earlier and later ones do not compare."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="breaks")
    on = models.DateField()
    what_en = models.TextField(blank=True)
    what_fr = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["series", "on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "on"], name="break_once_a_day"),
            models.CheckConstraint(condition=~Q(what_en="", what_fr=""), name="break_what_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.on}"
