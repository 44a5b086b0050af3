"""By which terms organizations, and services at locations, are listed: by their own, and by those of services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias
from uuid import UUID

from django.db import transaction

from palermo.foundation.keys import among
from palermo.protection.directory.actions import rows
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.reaching import NOTHING, GivenAt, New, given_at
from palermo.protection.directory.models import (
    Organization,
    OrganizationTerm,
    OwnTerm,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    VisitTerm,
)

Pairs: TypeAlias = set[tuple[UUID, UUID]]
"""What is listed, each with a term."""
BATCH = 1_000
"""So many entries are looked at at once."""


def list_all() -> None:
    """List everything anew."""
    organizations = list(Organization.objects.order_by().values_list("pk", flat=True))
    for start in range(0, len(organizations), BATCH):
        with transaction.atomic():
            one_at_a_time()
            list_organizations(organizations[start : start + BATCH])
    services = list(Service.objects.order_by().values_list("pk", flat=True))
    for start in range(0, len(services), BATCH):
        some = services[start : start + BATCH]
        with transaction.atomic():
            one_at_a_time()
            list_visits(given_at(some), described_by_terms(some))


def described_by_terms(services: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """Services, each with a term that describes it."""
    return list(ServiceTerm.objects.filter(service__in=among(services)).values_list("service", "term"))


def list_organizations(organizations: Collection[UUID], new: New = NOTHING) -> None:
    """List organizations by their own terms and by those of all their services.

    Args:
        organizations: their keys.
        new: what was not there before, by kinds, so that it is not listed yet.
    """
    theirs = ServiceTerm.objects.filter(service__organization__in=among(organizations)).order_by().distinct()
    wanted = set(theirs.values_list("service__organization", "term")) | _own(Organization.kind, organizations)
    known = set(organizations).difference(new.get(Organization.kind, ()))
    was = OrganizationTerm.objects.filter(organization__in=among(known)).values_list("organization", "term")
    _change(OrganizationTerm, "organization", set(was), wanted)


def list_visits(visits: Sequence[GivenAt], described: Iterable[tuple[UUID, UUID]], new: New = NOTHING) -> None:
    """List services at locations by their own terms and by those of the entries under which they stand.

    Args:
        visits: where services are given.
        described: these services, each with a term that describes it.
        new: what was not there before, by kinds, so that it is not listed yet.
    """
    terms: dict[UUID, list[UUID]] = defaultdict(list)
    for entry, term in described:
        terms[entry].append(term)
    keys = {key for key, *_rest in visits}
    wanted = {(key, term) for key, entry, _place in visits for term in terms[entry]}
    known = keys.difference(new.get(ServiceAtLocation.kind, ()))
    was = VisitTerm.objects.filter(visit__in=among(known)).values_list("visit", "term")
    _change(VisitTerm, "visit", set(was), wanted | _own(ServiceAtLocation.kind, keys))


def _own(kind: str, keys: Iterable[UUID]) -> Pairs:
    return set(OwnTerm.objects.filter(kind=kind, record__in=among(keys)).values_list("record", "term"))


def _change(model: type[OrganizationTerm | VisitTerm], owner: str, was: Pairs, wanted: Pairs) -> None:
    gone: dict[UUID, list[UUID]] = defaultdict(list)
    for key, term in was - wanted:
        gone[term].append(key)
    for term, keys in gone.items():
        model._default_manager.filter(term=term, **{f"{owner}__in": among(keys)}).delete()
    rows.write(model, (owner, "term"), wanted - was)
