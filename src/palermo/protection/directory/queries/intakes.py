"""What was taken in, what waits because something is wrong with it, and which services may be the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from palermo.people.policies import Viewer
from palermo.protection.directory.models import Fate, Intake, Likeness, PutAside, Service, Source, Verdict
from palermo.protection.directory.policies import may_keep


def intakes(viewer: Viewer) -> QuerySet[Intake]:
    """Files that were taken in, the newest first. Nothing for who does not keep the directory."""
    return Intake.objects.select_related("source", "by") if may_keep(viewer) else Intake.objects.none()


def sources(viewer: Viewer) -> QuerySet[Source]:
    """Sources with how many services each keeps, how many are missing, and how many entries wait."""
    if not may_keep(viewer):
        return Source.objects.none()
    return Source.objects.annotate(
        kept=_count(Service.objects.all()),
        missing=_count(Service.objects.filter(missing_since__isnull=False)),
        waiting=_count(PutAside.objects.filter(fate=Fate.OPEN)),
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of these a source has. Each is counted by itself: joined, every one would stand beside every other."""
    counts = rows.filter(source=OuterRef("pk")).order_by().values("source").annotate(count=Count("*"))
    return Coalesce(Subquery(counts.values("count")), 0, output_field=IntegerField())


def put_aside(viewer: Viewer) -> QuerySet[PutAside]:
    """Entries that wait to be mended, the oldest first."""
    if not may_keep(viewer):
        return PutAside.objects.none()
    return PutAside.objects.filter(fate=Fate.OPEN).select_related("source")


def waiting_sealed(viewer: Viewer) -> Iterator[tuple[UUID, bytes]]:
    """All that waits, each with its key, still sealed."""
    for key, sealed in put_aside(viewer).order_by().values_list("pk", "sealed").iterator():
        yield key, bytes(sealed)


def likenesses(viewer: Viewer, verdict: Verdict = Verdict.OPEN) -> QuerySet[Likeness]:
    """Pairs of services that may be the same, the likeliest first; or those that were decided on, the newest first."""
    if not may_keep(viewer):
        return Likeness.objects.none()
    found = Likeness.objects.filter(verdict=verdict)
    if verdict != Verdict.OPEN:
        found = found.order_by("-decided_at", "pk")
    return found.select_related("first__organization", "second__organization", "first__source", "second__source")
