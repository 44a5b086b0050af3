"""Where entries come from, what was taken in of each file, and what waits because something is wrong with it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from palermo.protection.directory.hsds.parting import KEPT, ROW

LONGEST_NAME, LONGEST_ADDRESS = 100, 500
"""So many characters the name of a source and the address of its feed have at most."""


class Source(models.Model):
    """Whoever entries come from: another directory, an association, or the people here. Its entries stay its own."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    address = models.URLField(max_length=LONGEST_ADDRESS, blank=True)
    """Where its feed is pulled from; empty where somebody brings files."""
    kind = models.CharField(max_length=20, default="service")
    """What the entries of its feed are."""

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(kind__in=KEPT), name="source_known_kind")]

    def __str__(self) -> str:
        return self.name


class Intake(models.Model):
    """One file of a source being taken in, some entries at a time. It goes on where it stopped."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="intakes")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    total = models.PositiveIntegerField()
    """How many entries the file holds."""
    done = models.PositiveIntegerField(default=0)
    """How many of them were looked at, from the first one on."""
    aside = models.PositiveIntegerField(default=0)
    counts: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    """How many records of each kind came in."""
    remarks: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    """What was not understood and left out, by a code and a heading of the sheet, and in how many rows."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-begun_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="intake_no_more_than_all"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(done=F("total")), name="intake_finished_when_all_are_done"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Fate(models.TextChoices):
    """What became of an entry that was put aside."""

    OPEN = "open", _("waits")
    CORRECTED = "corrected", _("corrected here")
    ARRIVED = "arrived", _("came in right later")
    DISCARDED = "discarded", _("left out")
    GONE = "gone", _("not said any more")


class PutAside(models.Model):
    """An entry with which something is wrong, as it came, with the reasons, until a person corrects or discards it.

    It may tell where a confidential place is, so that all of it is encrypted. What a person corrected is kept in it as
    a merge patch, by which the same entry comes in when its source says it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="put_aside")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    """By which the same entry is known when it comes again: its id, or the digest of what is no UUID; else the digest
    of all of it.
    """
    number = models.PositiveIntegerField()
    """Its place in the file, from 1."""
    sealed = models.BinaryField()
    """The entry as it came (`document`), what is wrong with it (`problems`) and what was corrected in it (`patch`); or
    these three of an earlier time (`before`), when it said something else.
    """
    digest = models.CharField(max_length=64)
    """SHA-256 of the entry as it came: what was discarded is not asked about again while it stays the same."""
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.OPEN)
    may_hide = models.BooleanField(default=True, db_default=True)
    """Whether something in it is marked confidential or is a place that is hidden, by its id.

    Such entries are opened whenever something is written.
    """
    arrived_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["arrived_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["source"], condition=Q(fate="open", may_hide=True), name="put_aside_may_hide")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fate__in=Fate.values), name="put_aside_known_fate"),
            models.CheckConstraint(condition=Q(kind__in=[*KEPT, ROW]), name="put_aside_known_kind"),
            models.UniqueConstraint(fields=["source", "kind", "key"], name="put_aside_once"),
        ]

    def __str__(self) -> str:
        return self.key
