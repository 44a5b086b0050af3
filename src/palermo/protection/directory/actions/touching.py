"""Entries count as changed where what their answers show beside them did: who keeps a copy asks for those alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from palermo.foundation.keys import among
from palermo.protection.directory.actions.reaching import Written
from palermo.protection.directory.hsds.json_values import says_the_same
from palermo.protection.directory.hsds.parting import key_of, links_of
from palermo.protection.directory.models import (
    BY_KIND,
    Location,
    OwnTerm,
    Program,
    Record,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    TaxonomyTerm,
)
from palermo.protection.directory.models.service import ENTRY, standing_under

Before: TypeAlias = Mapping[str, Mapping[UUID, Record]]


def touch(given: Written, before: Before, since: datetime) -> None:
    """Have services, alone and at locations, count as changed now that show something that came to say something else.

    Those that changed themselves do already; what is new is shown by nothing but what was written with it.

    Args:
        given: what was written, by kinds and keys.
        before: what of it was there, as it was.
        since: from when on entries that stand for others were told anew.
    """
    new = {kind: {key for key in given[kind] if _says_otherwise(given, before, kind, key)} for kind in BY_KIND}
    described = _described(new["taxonomy_term"], new["taxonomy"])
    there = {kind: (keys & before[kind].keys()) | (described[kind] - keys) for kind, keys in new.items()}
    owners = {owner for kind in ("program", "location") for owner in _owners(given, before, kind, new[kind])}
    organizations = there["organization"] | (owners - (new["organization"] - there["organization"]))
    around = _around(organizations, there) | _told_anew(since)
    at_places = list(ServiceAtLocation.objects.filter(location__in=among(there["location"])))
    services = around | {key for one in at_places for key in (one.service_id, one.entry_id)}
    services |= _owners(given, before, "service_at_location", new["service_at_location"])
    visits = ServiceAtLocation.objects.filter(pk__in=among(there["service_at_location"]))
    services |= set(visits.order_by().values_list(ENTRY, flat=True))
    now = timezone.now()
    Service.objects.filter(pk__in=among(services - new["service"])).update(changed_at=now)
    themselves = there["service_at_location"].union(one.pk for one in at_places)
    shown = _shown_with(around | there["service"], themselves) - new["service_at_location"]
    ServiceAtLocation.objects.filter(pk__in=among(shown)).update(changed_at=now)


def _says_otherwise(given: Written, before: Before, kind: str, key: UUID) -> bool:
    part, old = given[kind][key], before[kind].get(key)
    return (
        old is None
        or not says_the_same(old.document, part.document)
        or any(
            getattr(old, name) != (key_of(owner) if (owner := part.links.get(name)) else None)
            for name in links_of(kind)
        )
    )


def _owners(given: Written, before: Before, kind: str, keys: set[UUID]) -> set[UUID]:
    """What records of a kind belong to or belonged to, by the first of their links."""
    link = links_of(kind)[0]
    now = {key_of(owner) for key in keys if (owner := given[kind][key].links.get(link))}
    return now | {owner for key in keys if (old := before[kind].get(key)) and (owner := getattr(old, link))}


def _described(terms: set[UUID], lists: set[UUID]) -> dict[str, set[UUID]]:
    """What other entries than services are described by these terms, or some of these lists, and whose these are.

    They may have been so before the term was told itself.
    """
    found: dict[str, set[UUID]] = {kind: set() for kind in BY_KIND}
    listed = TaxonomyTerm.objects.filter(taxonomy__in=among(lists)).values_list("pk", flat=True)
    own = OwnTerm.objects.filter(term__in=among(terms.union(listed)))
    for kind, key in own.values_list("kind", "record"):
        found.setdefault(kind, set()).add(key)
    for model in (Program, Location):
        theirs = model._default_manager.filter(pk__in=among(found[model.kind]), organization__isnull=False)
        found["organization"].update(theirs.values_list("organization", flat=True))
    return found


def _around(organizations: set[UUID], there: Mapping[str, set[UUID]]) -> set[UUID]:
    """The services that show these organizations, and those programs and terms that were there."""
    found: set[UUID] = set()
    if organizations or there["program"]:
        theirs = Q(organization__in=among(organizations)) | Q(program__in=among(there["program"]))
        found |= set(Service.objects.filter(theirs).values_list("pk", flat=True))
    if there["taxonomy_term"] or there["taxonomy"]:
        by_term = Q(term__in=among(there["taxonomy_term"])) | Q(term__taxonomy__in=among(there["taxonomy"]))
        found |= set(ServiceTerm.objects.filter(by_term).values_list("service", flat=True))
    return found


def _told_anew(since: datetime) -> set[UUID]:
    """The entries that stand for others and say something else by what one of those says."""
    merged = Service.objects.filter(merged_into__isnull=False).order_by().values("merged_into")
    return set(Service.objects.filter(pk__in=merged, changed_at__gte=since).values_list("pk", flat=True))


def _shown_with(services: set[UUID], at_places: set[UUID]) -> set[UUID]:
    """The services at locations that show these services, and those that are named."""
    found = ServiceAtLocation.objects.filter(standing_under(services))
    return at_places | set(found.values_list("pk", flat=True))
