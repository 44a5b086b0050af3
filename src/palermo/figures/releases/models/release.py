"""Releases: tables on their way to being published, and frozen once they are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from palermo.figures.releases.models.records import RecordFile
from palermo.figures.releases.models.rules import RuleSet
from palermo.figures.releases.vocabulary import Source, State, Work
from palermo.people.models import Organisation, User


class Release(models.Model):
    """A publication of tables. The database refuses to change one that is published (migration 0002)."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="releases")
    population = models.ForeignKey("releases.Population", on_delete=models.PROTECT, related_name="releases")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="releases")
    source = models.CharField(max_length=10, choices=Source.choices)
    source_code = models.CharField(max_length=100, blank=True)
    """Of the measure or the series; empty for records."""
    records = models.ForeignKey(RecordFile, null=True, blank=True, on_delete=models.PROTECT, related_name="releases")
    title_en = models.CharField(max_length=300, blank=True)
    title_fr = models.CharField(max_length=300, blank=True)
    about_en = models.TextField(blank=True)
    """What is counted, and how: the definition."""
    about_fr = models.TextField(blank=True)
    counts = models.CharField(max_length=40)
    """The counting unit."""
    covers_from = models.DateField()
    covers_to = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    """Goes up with each act; one made from an older one is a conflict."""

    work = models.CharField(max_length=10, choices=Work.choices, blank=True)
    work_done = models.PositiveBigIntegerField(default=0)
    """Bytes of the records read so far, while they are counted."""
    problems = models.JSONField(default=list)
    """Why protecting stopped, as `[row, position of the column, problem]`; never a value of a record."""

    protected_from = models.CharField(max_length=64, blank=True)
    """The hash of all that the tables were protected from: rules, tables wanted, earlier releases."""
    attacked_from = models.CharField(max_length=64, blank=True)
    attack_succeeded = models.BooleanField(null=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    """Of every published cell and label, so that a release can be recognised."""
    gap = models.FloatField(null=True, blank=True)
    """How many hidden cells at most, in percent of them, another choice might have spared."""

    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    correction_en = models.TextField(blank=True)
    correction_fr = models.TextField(blank=True)
    hands = models.ManyToManyField(User, related_name="+")
    """Everybody who did something to it before it was submitted. None of them decides about it."""
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    """When it was approved, and so published; or rejected."""
    reason = models.TextField(blank=True)
    """Why it was rejected."""
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    """Counted within the year; together the identifier."""

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="release_known_source"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="release_known_state"),
            models.CheckConstraint(condition=Q(work__in=Work.values), name="release_known_work"),
            models.CheckConstraint(
                condition=Q(source=Source.RECORDS, source_code="")
                | ~Q(source=Source.RECORDS) & ~Q(source_code="") & Q(records__isnull=True),
                name="release_has_its_source",
            ),
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="release_title_not_empty"),
            models.CheckConstraint(condition=Q(covers_to__gte=F("covers_from")), name="release_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SUBMITTED, State.PUBLISHED])
                | Q(attack_succeeded__isnull=False, attack_succeeded=False, attacked_from=F("protected_from"))
                & ~Q(attacked_from=""),
                name="release_withstood_the_attack",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED)
                | Q(year__isnull=False, number__isnull=False, decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(content_sha256=""),
                name="release_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("prepared_by")) & ~Q(decided_by=F("submitted_by")),
                name="release_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REJECTED) | ~Q(reason="") & Q(decided_by__isnull=False),
                name="release_rejected_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_en="", correction_fr=""),
                name="release_correction_says_what",
            ),
            models.CheckConstraint(condition=~Q(corrects=F("pk")), name="release_not_its_own_correction"),
            models.UniqueConstraint(fields=["year", "number"], name="release_number_once"),
            models.UniqueConstraint(
                fields=["corrects"], condition=~Q(state=State.REJECTED), name="release_corrected_once"
            ),
        ]

    def __str__(self) -> str:
        return self.identifier or f"{self.pk}"

    @property
    def identifier(self) -> str:
        """What it is cited by, such as `PAL-2026-0007`; empty before it is published."""
        return identifier(self.year, self.number) if self.year and self.number else ""


def identifier(year: int, number: int) -> str:
    """The identifier of a release."""
    return f"PAL-{year}-{number:04d}"


class AttackRun(models.Model):
    """One attack on a release, and what came of it. Only ever added."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="attacks")
    succeeded = models.BooleanField()
    attacked_from = models.CharField(max_length=64)
    earlier = models.JSONField(default=list)
    """Identifiers of the earlier releases that were attacked with it."""
    hidden = models.PositiveIntegerField()
    """How many cells are not shown."""
    exposed = models.PositiveIntegerField()
    """How many of them somebody could work out."""
    findings = models.JSONField(default=list)
    """The first of them, as `[table, codes]`."""
    epsilon = models.FloatField(default=0)
    """What drawing the noise of these tables gives away, once any of them is published; 0 without noise."""
    delta = models.FloatField(default=0)
    rho = models.FloatField(null=True, blank=True)
    """The same as zero-concentrated differential privacy counts it, where the noise is Gaussian."""
    statement_en = models.TextField()
    statement_fr = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["release", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(succeeded=True) | Q(exposed=0), name="attack_that_failed_exposed_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release} {self.pk}"
