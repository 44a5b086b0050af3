"""That tips were erased, and that members were reminded of theirs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from palermo.people.models import User
from palermo.prosecution.tips.models.tip import Tip


class Erasure(models.Model):
    """The proof that a tip was erased. It names nothing that was told."""

    tip = models.OneToOneField(Tip, primary_key=True, on_delete=models.PROTECT, related_name="erasure")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    """Whoever erased it; the account of the command line where its day had come."""
    at = models.DateTimeField(auto_now_add=True)
    slot = models.BigIntegerField()
    """Where its key lay, so that anybody can look whether nothing lies there now."""
    messages = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    """Bytes of all that was sealed."""
    sha256 = models.CharField(max_length=64)
    """Of all that was sealed, in the order of the messages: by it a copy that somebody kept is known for what it is."""

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return str(self.tip_id)


class DeskReminder(models.Model):
    """That a member was reminded on a day of what waits at their desks. It is made before the mail is sent."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    new = models.PositiveIntegerField(default=0)
    """How many things had come on that day when it was made: what comes later on it is told the next day."""

    class Meta:
        ordering: ClassVar = ["-day", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "day"], name="desk_reminder_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.pk}"
