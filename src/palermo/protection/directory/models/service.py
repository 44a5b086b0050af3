"""What help there is, and which of it is where."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.protection.directory.hsds.shape import ENTITIES
from palermo.protection.directory.models.location import Location
from palermo.protection.directory.models.organization import Organization, Program
from palermo.protection.directory.models.record import Record
from palermo.protection.directory.models.taxonomy import TaxonomyTerm

STATUSES = ENTITIES["service"].values["status"].choices


class Service(Record):
    """Help of one kind from one organization, wherever it is given."""

    kind = "service"

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="services"
    )
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.SET_NULL, related_name="services")
    status = models.CharField(max_length=20)
    terms = models.ManyToManyField(TaxonomyTerm, through="ServiceTerm", related_name="services")
    """The terms by which its attributes describe it."""

    class Meta(Record.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="service_known_status"),
        ]


class ServiceTerm(models.Model):
    """That a service is described by a term. Kept beside its document, so that services can be found by it."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE)
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.CASCADE)

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


class FinderEntry(models.Model):
    """That an open service answers a need, at a place or by telephone: what the finder looks through.

    Made anew from the records whenever one of them changes. Where a place is confidential, or help needs no place,
    there is no point.
    """

    term = models.ForeignKey(TaxonomyTerm, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(ServiceAtLocation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    provinces = models.CharField(max_length=60, blank=True)
    """The abbreviations of the provinces that it serves, with spaces between; empty for all of Canada."""
    confirmed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["term", "latitude"], name="finder_by_need")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["term", "service", "visit"], name="finder_entry_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="finder_entry_on_the_map",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} {self.service_id}"
