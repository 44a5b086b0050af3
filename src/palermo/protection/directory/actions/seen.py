"""That a source tells of services, by which it is known which of its services it has lost."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from palermo.foundation.keys import among
from palermo.protection.directory.actions.finding import refresh_many
from palermo.protection.directory.models import Intake, Service, Source


def see(services: Collection[UUID], source: Source, intake: Intake | None) -> None:
    """Note that a source told of these services in a file: they are its own, and none of them is missing."""
    noted = Q(source=source, seen_in=intake, missing_since=None)
    told = Service.objects.filter(pk__in=among(services)).exclude(noted)
    back = list(told.filter(missing_since__isnull=False).values_list("pk", flat=True))
    told.update(source=source, seen_in=intake, missing_since=None)
    refresh_many(back)
