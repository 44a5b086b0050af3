"""Published reports. What is in an edition never changes again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palermo.people.models import User
from palermo.plan.register.models import Plan, ReportingPeriod


class EditionState(models.TextChoices):
    """Whether the files of an edition are there."""

    BUILDING = "building", _("Files are being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Files could not be made")


class Edition(models.Model):
    """A published report on a period. A correction is the next edition and says what it corrects."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    """1 for the first edition on a period."""
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by")
    correction_en = models.TextField(blank=True)
    correction_fr = models.TextField(blank=True)
    content_en = models.TextField()
    """The report's description as JSON, frozen with its labels; the rows of the chart are kept one by one."""
    content_fr = models.TextField()
    sha256 = models.CharField(max_length=64)
    """Of both descriptions, every row and every account, so that an edition can be recognised."""
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.BUILDING)

    class Meta:
        ordering: ClassVar = ["plan", "-period__starts_on", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, corrects__isnull=True) | Q(number__gt=1, corrects__isnull=False),
                name="edition_after_first_corrects",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_en="", correction_fr=""),
                name="edition_correction_says_what",
            ),
            models.CheckConstraint(condition=~Q(corrects=F("pk")), name="edition_not_its_own_correction"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.period} ({self.number})"


class EditionRow(models.Model):
    """One row of the action chart as it was published, its labels included."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    cells_en = models.TextField()
    """The cells as JSON, in the order of the chart's columns, labels included."""
    cells_fr = models.TextField()

    class Meta:
        ordering: ClassVar = ["edition", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "position"], name="edition_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.code}"


class EditionAccount(models.Model):
    """What one organisation said of one deliverable, as it was published, its labels included."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="accounts")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    """Of the deliverable."""
    return_number = models.PositiveBigIntegerField()
    """The return that every word of it was taken from."""
    cells_en = models.TextField()
    """The cells as JSON, in the order of the columns of the accounts, labels included."""
    cells_fr = models.TextField()

    class Meta:
        ordering: ClassVar = ["edition", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "position"], name="edition_account_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.code} ({self.return_number})"


class EditionFile(models.Model):
    """One file of an edition, under a random name, with the hash by which it can be recognised."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    file = models.FileField(upload_to="editions/")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["edition", "format", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "format", "language"], name="edition_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.format} {self.language}"
