"""Observations: single values, each with its mark and source. They are only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from palermo.figures.series.models.codes import Code
from palermo.figures.series.models.documents import SourceDocument
from palermo.figures.series.models.series import Series, SeriesDimension
from palermo.figures.series.vocabulary import WITHOUT_VALUE, Mark
from palermo.people.models import Organisation, User

_NONE = sorted(WITHOUT_VALUE)


class Observation(models.Model):
    """One value of a series over some days, for one combination of codes, as one document gives it.

    What the same document is later known to say is a revision: another observation that names the one it revises. What
    another document says of the same days is an observation of its own, and both stand side by side.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="observations")
    starts_on = models.DateField()
    ends_on = models.DateField()
    key = models.CharField(max_length=500, blank=True)
    """Its codes as `province=CA-AB;sex=F`, by dimension in alphabetical order; empty for the total over all."""
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    mark = models.CharField(max_length=20, choices=Mark.choices, default=Mark.FINAL)
    footnote_en = models.TextField(blank=True)
    footnote_fr = models.TextField(blank=True)
    document = models.ForeignKey(
        SourceDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    page = models.CharField(max_length=40, blank=True)
    known_on = models.DateField()
    """The day on which the source made it known."""
    revises = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="revised_by")
    reason_en = models.TextField(blank=True)
    """Why it was revised."""
    reason_fr = models.TextField(blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """The organisation in whose name it was entered: what the public sees in place of a person."""
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["series", "starts_on", "ends_on", "key", "document", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mark__in=Mark.values), name="observation_known_mark"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, mark__in=_NONE) | (Q(value__isnull=False) & ~Q(mark__in=_NONE)),
                name="observation_value_or_mark",
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="observation_not_negative"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="observation_days_in_order"),
            models.CheckConstraint(
                condition=Q(revises__isnull=True) | (~Q(reason_en="", reason_fr="") & ~Q(revises=F("pk"))),
                name="observation_revised_with_reason",
            ),
            # A document without another in its place: two conditions, because not every database takes two nothings
            # for the same.
            models.UniqueConstraint(
                fields=["series", "starts_on", "ends_on", "key", "document"],
                condition=Q(revises__isnull=True, document__isnull=False),
                name="observation_once_a_document",
            ),
            models.UniqueConstraint(
                fields=["series", "starts_on", "ends_on", "key"],
                condition=Q(revises__isnull=True, document__isnull=True),
                name="observation_once_without_document",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["series", "key", "starts_on"], name="observation_of_a_key")]

    def __str__(self) -> str:
        return f"{self.series} {self.starts_on}–{self.ends_on} {self.key}"


class ObservationCode(models.Model):
    """The code that an observation has in one dimension: what stands in its key, held by the database."""

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="codes")
    dimension = models.ForeignKey(SeriesDimension, on_delete=models.PROTECT, related_name="+")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["observation", "dimension"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["observation", "dimension"], name="observation_one_code_a_dimension"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension.code}={self.code}"
