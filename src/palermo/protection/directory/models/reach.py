"""Where a service at a place is and what area it serves, for whoever asks from a postal code."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.protection.directory.models.service import ServiceAtLocation


class Reach(models.Model):
    """How far a service at a place reaches, whatever its status. Made from the records, and anew whenever they change.

    Where a place is confidential, or needs no way there, there is no point.
    """

    # Not looked up by PostgreSQL, as with what the finder knows.
    visit = models.OneToOneField(
        ServiceAtLocation, primary_key=True, on_delete=models.CASCADE, related_name="reach", db_constraint=False
    )
    provinces = models.CharField(max_length=60, blank=True)
    """The abbreviations of the provinces that it says to serve, with spaces between; empty where it says none."""
    x = models.FloatField(null=True, blank=True)
    """With `y` and `z`, the point on a ball of radius 1 (`hsds.globe`)."""
    y = models.FloatField(null=True, blank=True)
    z = models.FloatField(null=True, blank=True)

    class Meta:
        # Each holds all that is asked of it: in the order of lists, and from one side of Canada to the other.
        indexes: ClassVar = [
            models.Index(fields=["visit", "provinces"], name="reach_in_order"),
            models.Index(fields=["x", "y", "z", "provinces", "visit"], name="reach_across"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True, z__isnull=True)
                | Q(x__range=(-1, 1), y__range=(-1, 1), z__range=(-1, 1)),
                name="reach_on_the_globe",
            ),
        ]

    def __str__(self) -> str:
        return str(self.visit_id)
