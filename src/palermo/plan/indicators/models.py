"""A series that shows whether a deliverable is reached, or what a section of a plan is for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from palermo.figures.series.models import Series
from palermo.plan.register.models import Deliverable, Plan, Section


class Indicator(models.Model):
    """One series shows one deliverable or one section; who looks at either finds the other."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="indicators")
    deliverable = models.ForeignKey(
        Deliverable, null=True, blank=True, on_delete=models.CASCADE, related_name="indicators"
    )
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.CASCADE, related_name="indicators")
    note_en = models.TextField(blank=True)
    """What the series shows of it, and what it does not, where that is not plain."""
    note_fr = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    """Place among the indicators of the same deliverable or section."""

    class Meta:
        ordering: ClassVar = [
            F("deliverable").asc(nulls_last=True),
            F("section").asc(nulls_last=True),
            "position",
            "pk",
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(deliverable__isnull=False, section__isnull=True)
                | Q(deliverable__isnull=True, section__isnull=False),
                name="indicator_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["series", "deliverable"],
                condition=Q(deliverable__isnull=False),
                name="indicator_of_deliverable_once",
            ),
            models.UniqueConstraint(
                fields=["series", "section"], condition=Q(section__isnull=False), name="indicator_of_section_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} → {self.place}"

    @property
    def place(self) -> Deliverable | Section:
        """What it shows."""
        place = self.deliverable or self.section
        if place is None:
            raise ValueError("An indicator shows a deliverable or a section.")
        return place

    @property
    def plan(self) -> Plan:
        """The plan in which that stands."""
        return self.place.plan
