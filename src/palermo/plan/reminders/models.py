"""Digests: the one mail a day in which a person is reminded, and of what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.people.models import User
from palermo.plan.returns.models import Return


class Digest(models.Model):
    """One mail of reminders to one person. Until it is sent it waits, and is made anew at each attempt."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="digests")
    day = models.DateField()
    """The day that it was last made for."""
    claimed_until = models.DateTimeField(null=True, blank=True)
    """A lease: until then one process alone may send it. It ends by itself if that process dies."""
    retry_at = models.DateTimeField(null=True, blank=True)
    """After a failure: when it is tried again."""
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=80, blank=True)
    """The kind of the last error alone; its message could repeat an address."""
    message_id = models.CharField(max_length=120, blank=True)
    """Follows from what is in it, so that the same mail sent twice is known to be the same."""
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-day", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="digest_one_a_day"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(sent_at__isnull=True), name="digest_one_waits_for_a_person"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(claimed_until__isnull=True, last_error=""),
                name="digest_sent_is_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.pk}"


class DigestItem(models.Model):
    """That a person is reminded of a return at one distance from one due date. The database refuses a second time."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="items")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    """The person of the digest, here for the constraint."""
    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    """The due date of then. A period that is reopened has another, and is reminded of anew."""
    distance = models.IntegerField()
    """Days after the due date; negative before it."""
    task = models.CharField(max_length=10)
    """What the person was asked to do: a value of `planning.Task`."""

    class Meta:
        ordering: ClassVar = ["digest", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "of", "due_on", "distance"], name="reminder_never_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.distance:+}"
