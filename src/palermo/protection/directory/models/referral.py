"""Referrals: that a worker led somebody to a service, with their consent. Nobody is named in them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from palermo.protection.directory.models.location import Location
from palermo.protection.directory.models.service import Service, ServiceAtLocation


class Consent(models.TextChoices):
    """How somebody agreed to what is told of them."""

    SPOKEN = "spoken", _("in words")
    WRITTEN = "written", _("in writing")


class Outcome(models.TextChoices):
    """What came of a referral."""

    OPEN = "open", _("not known yet")
    TAKEN_IN = "taken_in", _("the service takes care of them")
    WAITING = "waiting", _("on a waiting list")
    FULL = "full", _("the service had no place")
    NOT_FOR_THEM = "not_for_them", _("the service was not for them")
    CHANGED_MIND = "changed_mind", _("they decided otherwise")


class Referral(models.Model):
    """That a worker led somebody to a service. The person is known to the worker by a code; no name is kept.

    What is told to the service is told by the worker, and not stored: only what it may be, how they agreed, and until
    when.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals")
    visit = models.ForeignKey(ServiceAtLocation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    code = models.CharField(max_length=40)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    consent = models.CharField(max_length=10, choices=Consent.choices)
    consent_until = models.DateField()
    shared: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """What the service may be told, by the codes of `SHARED`."""
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.OPEN)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(consent__in=Consent.values), name="referral_known_consent"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="referral_known_outcome"),
            models.CheckConstraint(condition=~Q(code=""), name="referral_has_a_code"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("made_at")),
                name="referral_withdrawn_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def place(self) -> ServiceAtLocation | None:
        """Where they are led, as long as it is the same service that is given there: a feed may move a visit."""
        return self.visit if self.visit and self.visit.is_of(self.service_id) else None

    @property
    def stands(self) -> bool:
        """Whether they still agree."""
        return self.withdrawn_at is None and self.consent_until >= timezone.localdate()


class AddressGiven(models.Model):
    """That the address of a confidential place was given for a referral, and to whom, which is encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="addresses_given")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    sealed_to = models.BinaryField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["given_at"]

    def __str__(self) -> str:
        return str(self.referral_id)
