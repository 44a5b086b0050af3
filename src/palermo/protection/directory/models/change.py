"""What people change of services, beside what the source says, so that the next pull of a feed loses nothing."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models.documents import JSONField
from palermo.protection.directory.models.organization import Organization
from palermo.protection.directory.models.service import Service


class ProviderLink(models.Model):
    """A secret address by which the people of an organization keep their own services. Only its hash is stored."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(max_length=100)
    """Who was given it, such as a post in the organization; never a person's name."""
    token_sha256 = models.CharField(max_length=64, unique=True)
    is_reviewed = models.BooleanField(default=False)
    """Whether changes made by it wait until a coordinator has looked at them; confirming and a new count never do."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="provider_link_good_for_a_while"),
        ]

    def __str__(self) -> str:
        return self.label


class State(models.TextChoices):
    """What became of a change."""

    PROPOSED = "proposed", _("waits for review")
    APPLIED = "applied", _("applied")
    DECLINED = "declined", _("declined")
    UNDONE = "undone", _("undone")


class Kind(models.TextChoices):
    """Which changes make one another void: of those that only count beds, or only confirm, the newest stands alone."""

    COUNT = "count"
    CONFIRMATION = "confirmation"
    OTHER = "other"


class Change(models.Model):
    """What a person says of a service instead of what its source says: a merge patch over its document.

    Those that are applied stand over what the source says, in the order in which they were made. Confirming that all is
    right is a change of the day and of who did so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    """Its place among the changes of the service, from 1."""
    patch: JSONField[Document, Document] = JSONField()
    state = models.CharField(max_length=10, choices=State.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER, db_default=Kind.OTHER)
    """Of those that are `OTHER` every one stands. It never changes, whatever becomes of the change."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(ProviderLink, null=True, blank=True, on_delete=models.PROTECT, related_name="changes")
    """By which link it was made, if not by somebody who signed in."""
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    """Why it was declined or undone."""

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["service", "kind", "state", "number"], name="change_newest_of_a_kind")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="change_known_state"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="change_known_kind"),
            models.UniqueConstraint(fields=["service", "number"], name="change_numbered_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="change_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.DECLINED, State.UNDONE]) | Q(decided_at__isnull=False),
                name="change_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.number}"


class Given(models.Model):
    """What the source of a service says of it, kept from when a person first changed it."""

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="given")
    document: JSONField[Document, Document] = JSONField()

    def __str__(self) -> str:
        return str(self.service_id)
