"""Referrals, as who made them sees them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from palermo.people.policies import Viewer
from palermo.protection.directory.models import Referral, SealedPlace, Service, ServiceAtLocation
from palermo.protection.directory.models.service import standing_under
from palermo.protection.directory.places_said import whole_address
from palermo.protection.directory.policies import may_refer
from palermo.protection.directory.sealing import SealedError, opened


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


def has_secret_address(viewer: Viewer, referral: Referral) -> bool:
    """Whether an address is sealed for the confidential place that a referral leads to; also where it does not open.

    Every such place is sealed, also one of which nobody said where it is.
    """
    visit = referral.place if may_refer(viewer) else None
    place = SealedPlace.objects.filter(location=visit.location_id).first() if visit else None
    try:
        return place is not None and bool(whole_address({**opened(place.pk, bytes(place.sealed))}))
    except SealedError:
        # Whoever asks for it is told why it cannot be shown.
        return True
