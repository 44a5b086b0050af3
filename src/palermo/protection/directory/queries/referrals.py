"""Referrals, as who made them sees them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from palermo.people.policies import Viewer
from palermo.protection.directory.models import Referral, Service, ServiceAtLocation
from palermo.protection.directory.models.service import standing_under
from palermo.protection.directory.policies import may_refer


def referrals(viewer: Viewer) -> QuerySet[Referral]:
    """The referrals that the viewer made, the newest first. Nobody sees those of others."""
    if not may_refer(viewer):
        return Referral.objects.none()
    found = Referral.objects.filter(made_by=viewer.pk).select_related("service__organization", "visit__location")
    return found.annotate(addresses=Count("addresses_given")).order_by("-made_at", "pk")


def to_refer_to(viewer: Viewer, key: UUID) -> Service | None:
    """The service with this id, for who refers people to it."""
    if not may_refer(viewer):
        return None
    return Service.objects.select_related("organization").filter(pk=key).first()


def visits_of(viewer: Viewer, service: Service) -> list[ServiceAtLocation]:
    """The places where a service is given."""
    found = ServiceAtLocation.objects.filter(standing_under([service.pk])).select_related("location").order_by("pk")
    return list(found) if may_refer(viewer) else []
