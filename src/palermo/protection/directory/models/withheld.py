"""That a text was taken out of an entry, since it told where a confidential place is. What it said is nowhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Withheld(models.Model):
    """A property of an entry that lost something, until somebody says it anew: a source, or a person here."""

    kind = models.CharField(max_length=20)
    record = models.UUIDField()
    """By its id alone: entries of several kinds lose something."""
    field = models.TextField()
    """The name of the property."""
    left = models.CharField(max_length=64)
    """SHA-256 of what is left of it: once it says something else, it was said anew."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["kind", "record", "field"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "kind", "field"], name="withheld_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record} {self.field}"
