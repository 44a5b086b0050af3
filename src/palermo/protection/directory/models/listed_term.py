"""By which terms organizations, and services at locations, are listed. Made from the records, and anew with them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from palermo.protection.directory.models.organization import Organization
from palermo.protection.directory.models.service import ServiceAtLocation

# They stand in the order in which lists show them, and are counted by their indexes alone. Terms are known by their
# ids: they may be told before their list is. PostgreSQL looks up none of it, as with the words of names.


class OrganizationTerm(models.Model):
    """That a term describes an organization or one of its services."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, db_constraint=False)
    term = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "organization"], name="organization_term_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.term}"


class VisitTerm(models.Model):
    """That a term describes a service at a location, or the entry under which that stands."""

    visit = models.ForeignKey(ServiceAtLocation, on_delete=models.CASCADE, db_constraint=False)
    term = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["term", "visit"], name="visit_term_once")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.term}"
