"""What every record of the directory has."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models.documents import JSONField
from palermo.protection.directory.models.intake import Source


class Record(models.Model):
    """An entry by itself. What it belongs to are columns; what it says stands in its document, as the standard has it.

    No document says what it belongs to; its `id` stands in both.
    """

    kind: ClassVar[str]
    """What the standard calls such an entry."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    document: JSONField[Document, Document] = JSONField()
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    """When it last came to say something else here."""

    class Meta:
        abstract = True
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.document.get("name") or self.id)


class Owned(Record):
    """An entry that one source keeps. Others may name it, and change nothing of it."""

    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who said it first; None for what was taken in by hand."""

    class Meta(Record.Meta):
        abstract = True
