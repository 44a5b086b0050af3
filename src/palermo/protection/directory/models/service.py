"""What help there is, and which of it is where."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from palermo.foundation.keys import among
from palermo.protection.directory.hsds.days import done_on
from palermo.protection.directory.hsds.shape import ENTITIES
from palermo.protection.directory.models.intake import Intake, Source
from palermo.protection.directory.models.location import Location
from palermo.protection.directory.models.organization import Organization, Program
from palermo.protection.directory.models.record import Record
from palermo.protection.directory.models.taxonomy import TaxonomyTerm

STATUSES = ENTITIES["service"].values["status"].choices
OPEN = "active"
"""The status of services that can be found."""


class Service(Record):
    """Help of one kind from one organization, wherever it is given."""

    kind = "service"

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="services"
    )
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.SET_NULL, related_name="services")
    status = models.CharField(max_length=20)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="services")
    """Where it comes from; no other source changes it."""
    seen_in = models.ForeignKey(Intake, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The newest file that held it."""
    missing_since = models.DateField(null=True, blank=True)
    """Since when its source does not tell of it any more."""
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_services", db_index=False
    )
    """The entry that names the same service and is shown in its place."""
    told_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    """One of those in whose place it is shown, of which a source tells, while its own tells of it no more."""
    terms = models.ManyToManyField(TaxonomyTerm, through="ServiceTerm", related_name="services")
    """The terms by which its attributes describe it."""

    class Meta(Record.Meta):
        # Nearly all are not merged. An index of all `merged_into` would be taken to find those, by going through it.
        indexes: ClassVar = [
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="service_merged"),
            # So that organizations of many services, and what changed, are found without reading the services.
            models.Index(fields=["id", "changed_at", "organization"], name="service_in_order"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="service_known_status"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="service_not_merged_into_itself"
            ),
        ]

    @property
    def is_missing(self) -> bool:
        """Whether no source tells of it any more, and nobody confirmed it since."""
        confirmed_on = done_on(self.document.get("assured_date"), timezone.localdate())
        return is_lost(self.missing_since, self.told_by_id, confirmed_on)


def is_lost(missing_since: date | None, told_by: UUID | None, confirmed_on: date | None) -> bool:
    """Whether no source tells of a service any more: neither its own nor another one; and nobody confirmed it since."""
    if missing_since is None or told_by is not None:
        return False
    return confirmed_on is None or confirmed_on < missing_since


class ServiceTerm(models.Model):
    """That a service is described by a term. Kept beside its document, so that services can be found by it."""

    # Not looked up by PostgreSQL, as with what the finder knows.
    service = models.ForeignKey(Service, on_delete=models.CASCADE, db_constraint=False)
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    """The index of the constraint begins with it."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "service"], name="service_term_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.term_id}"


class ServiceAtLocation(Record):
    """That a service is given at a place, with what differs from it there: hours, telephones, areas."""

    kind = "service_at_location"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_at_locations", db_index=False)
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="service_at_locations")
    shown_for = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    """The entry under which it stands, where that is not the one of its source, because one stands for the other.

    It is shown no more than that entry is.
    """

    class Meta(Record.Meta):
        indexes: ClassVar = [
            models.Index(fields=["id", "service"], name="visit_in_order"),
            models.Index(fields=["service", "id"], name="visit_of_service"),
            models.Index(fields=["shown_for"], condition=Q(shown_for__isnull=False), name="visit_shown_for"),
        ]

    @property
    def entry_id(self) -> UUID:
        """The service under which it stands."""
        return self.shown_for_id or self.service_id

    def is_of(self, service: UUID) -> bool:
        """Whether it is of a service, or stands under it."""
        return service in (self.service_id, self.entry_id)


ENTRY = Coalesce("shown_for", "service")
"""The service under which one at a place stands."""


def standing_under(services: Collection[UUID]) -> Q:
    """That services at places stand under these entries."""
    keys = among(services)
    return Q(service__in=keys, shown_for__isnull=True) | Q(shown_for__in=keys)
