"""What describes organizations, and services at locations, beside what describes their services."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OwnTerm(models.Model):
    """That an organization or a service at a location has an attribute with a term. Kept beside its document.

    Both are known by their ids alone: such a term may be told before its list is.
    """

    record = models.UUIDField(db_index=True)
    term = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["term", "record"], name="own_term_once")]

    def __str__(self) -> str:
        return f"{self.record} {self.term}"
