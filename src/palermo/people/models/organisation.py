"""Organisations, which outlive their names."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from palermo.foundation.bilingual import Language, Shown, choose


class Organisation(models.Model):
    """A department, agency, police service or group that does something in a plan."""

    code = models.SlugField(unique=True, max_length=80)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units")

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="organisation_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.code

    def named_on(self, day: date | None = None) -> OrganisationName | None:
        """The name on a day, or without a day the newest. Reads prefetched names where there are some."""
        names = sorted(self.names.all(), key=lambda name: name.from_date or date.min)
        if day is None:
            return names[-1] if names else None
        held = [name for name in names if name.holds_on(day)]
        return held[-1] if held else (names[0] if names else None)


class OrganisationName(models.Model):
    """A name and acronym in both languages, from a day to a day; no day means as far as is known."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name_en = models.CharField(max_length=200, blank=True)
    name_fr = models.CharField(max_length=200, blank=True)
    acronym_en = models.CharField(max_length=60, blank=True)
    acronym_fr = models.CharField(max_length=60, blank=True)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation", F("from_date").asc(nulls_first=True)]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name_en="", name_fr=""), name="organisation_name_not_empty"),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(from_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="organisation_name_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["organisation", "from_date"], name="organisation_one_name_from_a_day", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name_en or self.name_fr

    def holds_on(self, day: date) -> bool:
        """Whether the organisation bore this name on that day."""
        return (self.from_date is None or self.from_date <= day) and (self.to_date is None or day <= self.to_date)

    def full(self, language: Language | None = None) -> Shown:
        """The whole name as the reader sees it."""
        return choose(self.name_en, self.name_fr, language)

    def short(self, language: Language | None = None) -> Shown:
        """The acronym as the reader sees it, or the whole name where there is none."""
        acronym = choose(self.acronym_en, self.acronym_fr, language)
        return acronym if acronym.text else self.full(language)
