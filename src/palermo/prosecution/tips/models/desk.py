"""Desks that receive tips, and the keys of their members."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palermo.people.models import Organisation, User


class Desk(models.Model):
    """Those of an organisation who receive tips: from the public, or handed on by another desk."""

    code = models.SlugField(unique=True, max_length=80)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="desks")
    is_public = models.BooleanField(default=False)
    """Whether what the public tells comes here. Of all desks, one is."""

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_public"], condition=Q(is_public=True), name="desk_one_public"),
        ]

    def __str__(self) -> str:
        return self.code


class DeskKey(models.Model):
    """The key of a member of a desk. It was made in their browser, and its private half never left that unlocked."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="keys")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="desk_keys")
    point = models.BinaryField(max_length=65, unique=True)
    """The public half: a point on the curve P-256, not compressed."""
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who compared its fingerprint with its owner. Nothing is sealed to a key that nobody confirmed."""
    confirmed_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    """From when on nothing is sealed to it any more."""
    retiring_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who proposed to retire it, where that is for two."""

    class Meta:
        ordering: ClassVar = ["made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["desk", "user"], condition=Q(retired_at__isnull=True), name="desk_key_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="desk_key_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("made_at")), name="desk_key_in_order"
            ),
            models.CheckConstraint(
                condition=Q(retiring_by__isnull=True) | ~Q(retiring_by=F("user")), name="desk_key_retired_by_others"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class KeyLock(models.Model):
    """One way in which a member unlocks their key: what is kept here opens with what they alone have or know."""

    class Kind(models.TextChoices):
        """By what it is unlocked."""

        PASSPHRASE = "passphrase", _("a passphrase")
        PASSKEY = "passkey", _("a passkey")

    key = models.ForeignKey(DeskKey, on_delete=models.CASCADE, related_name="locks")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    salt = models.BinaryField(max_length=32)
    rounds = models.PositiveIntegerField(default=0)
    """Of PBKDF2, for a passphrase."""
    credential = models.BinaryField(max_length=1023, default=b"")
    """The id of the passkey (WebAuthn, at most 1,023 bytes)."""
    locked = models.BinaryField(max_length=512)
    """The private half, encrypted."""
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="passphrase", rounds__gte=1_000_000, credential=b"")
                | Q(kind="passkey", rounds=0) & ~Q(credential=b""),
                name="key_lock_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_id} {self.kind}"
