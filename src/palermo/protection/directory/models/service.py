"""What help there is, and which of it is where."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

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
    terms = models.ManyToManyField(TaxonomyTerm, through="ServiceTerm", related_name="services")
    """The terms by which its attributes describe it."""

    class Meta(Record.Meta):
        # Nearly all are not merged. An index of all `merged_into` would be taken to find those, by going through it.
        indexes: ClassVar = [
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="service_merged"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="service_known_status"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="service_not_merged_into_itself"
            ),
        ]


class ServiceTerm(models.Model):
    """That a service is described by a term. Kept beside its document, so that services can be found by it."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE)
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.CASCADE, db_index=False)
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

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_at_locations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="service_at_locations")

    class Meta(Record.Meta):
        indexes: ClassVar = [models.Index(fields=["id", "service"], name="visit_in_order")]
