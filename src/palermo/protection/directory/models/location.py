"""Where help is, and the addresses that nobody may find."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.protection.directory.models.organization import Organization
from palermo.protection.directory.models.record import Owned


class Location(Owned):
    """A place that people can go, write or connect to.

    The document of a confidential place says nothing of where it is; that is in its `SealedPlace` alone.
    """

    kind = "location"

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="locations"
    )
    is_confidential = models.BooleanField(default=False)
    hidden_here = models.BooleanField(default=False, db_default=False)
    """Whether a coordinator hid it, so that no source opens it, its own neither."""
    hidden_with = models.UUIDField(null=True, default=None)
    """The id of a confidential place at the same address: nobody marked this one, and it opens with that one."""

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_confidential=False)
                | ~Q(document__has_any_keys=["addresses", "latitude", "longitude", "name", "transportation"]),
                name="location_confidential_says_no_place",
            ),
        ]


class SealedPlace(models.Model):
    """Where a confidential place is, encrypted: what its document would say if it were not confidential."""

    location = models.OneToOneField(Location, primary_key=True, on_delete=models.CASCADE, related_name="sealed")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.location_id)
