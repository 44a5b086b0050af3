"""Who offers help."""

from __future__ import annotations

from django.db import models

from palermo.protection.directory.models.record import Owned


class Organization(Owned):
    """A shelter, clinic, legal aid office, association or other body that runs services."""

    kind = "organization"


class Program(Owned):
    """Services of one organization that belong together."""

    kind = "program"

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="programs"
    )
