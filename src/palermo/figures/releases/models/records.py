"""Files of records: personal data, encrypted from the first byte on and gone for certain once its key is destroyed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.figures.releases.vocabulary import Erased, FileKind, Use
from palermo.people.models import Organisation, User


class RecordFile(models.Model):
    """An uploaded file. Neither its name nor any value of it stands here; what does may be known to everybody."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Names the encrypted file and the file of its key; see `keeping.py`."""
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="record_files")
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    size = models.PositiveBigIntegerField()
    """In bytes, before it was encrypted."""
    rows = models.PositiveBigIntegerField(null=True, blank=True)
    """How many records were counted in it; None before that."""
    erase_on = models.DateField()
    """The day on which it is erased at the latest, whatever comes of the release."""
    keep_days = models.PositiveSmallIntegerField(default=0)
    """For how many days it is kept once the release is approved; 0: erased in the act of approval."""
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_because = models.CharField(max_length=10, choices=Erased.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="record_file_known_kind"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_because="")
                | Q(erased_at__isnull=False, erased_because__in=Erased.values),
                name="record_file_erased_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.code)


class RecordColumn(models.Model):
    """What a column of a file is for, and for a dimension the codes that may stand in it, in their order.

    The heading of the column stands in the file alone: in a file without headings it would be a value of a record.
    """

    file = models.ForeignKey(RecordFile, on_delete=models.CASCADE, related_name="columns")
    position = models.PositiveSmallIntegerField()
    """From 1, in the order of the file."""
    use = models.CharField(max_length=10, choices=Use.choices, default=Use.LEFT_OUT)
    code = models.CharField(max_length=40, blank=True)
    """What it is called in tables and files."""
    label_en = models.CharField(max_length=200, blank=True)
    label_fr = models.CharField(max_length=200, blank=True)
    codes = models.JSONField(default=list)
    """`[code, label_en, label_fr, the code that it rolls up to or ""]` for each."""
    missing = models.CharField(max_length=60, blank=True)
    """The code that an empty field stands for; empty: a field must not be empty."""

    class Meta:
        ordering: ClassVar = ["file", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "position"], name="record_column_position_once"),
            models.UniqueConstraint(fields=["file", "code"], condition=~Q(code=""), name="record_column_code_once"),
            models.CheckConstraint(condition=Q(use__in=Use.values), name="record_column_known_use"),
            models.CheckConstraint(
                condition=~Q(use__in=[Use.DIMENSION, Use.NUMBER]) | ~Q(code="") & ~Q(label_en="", label_fr=""),
                name="record_column_described",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.position}"
