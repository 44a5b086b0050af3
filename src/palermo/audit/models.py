"""The trail: one row an act, each carrying a hash of itself and of the row before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

GENESIS = "0" * 64
"""What stands before the first event."""


class AuditEvent(models.Model):
    """One act. It has no foreign keys, so that nothing it tells of is kept from being deleted."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    act = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=60)
    about_id = models.CharField(max_length=80)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["about_kind", "about_id"], name="audit_about")]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class AuditSubject(models.Model):
    """That an event speaks of something: so that what was done about one deliverable is found among a million events.

    It holds nothing that the event does not say (`keys.keys_of`), so that it can be checked against the chain and is no
    part of it. It has no foreign key, as the events have none.
    """

    key = models.CharField(max_length=130)
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "number"], name="audit_subject_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.number}"


class AuditHead(models.Model):
    """The end of the chain, in one row: writers lock it in turn, and a cut-off end shows against it."""

    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"{self.count} events"
