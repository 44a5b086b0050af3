"""What describes organizations, programs, locations and services at them, beside what describes the services."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OwnTerm(models.Model):
    """That an entry other than a service has an attribute with a term. Kept beside its document.

    Both are known by their ids alone: such a term may be told before its list is.
    """

    kind = models.CharField(max_length=20, db_default="")
    """What the entry is: an id tells one only from others of its kind."""
    record = models.UUIDField(db_index=True)
    term = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["term", "kind", "record"], name="own_term_once")]

    def __str__(self) -> str:
        return f"{self.record} {self.term}"
