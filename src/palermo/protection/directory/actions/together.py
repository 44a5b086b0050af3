"""Entries that stand for others, which name the same service: what they say, and where the service is given.

All of it follows what the sources of every one of them say now. It is made anew whenever one of them changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from palermo.foundation.keys import among
from palermo.protection.directory.actions import rows
from palermo.protection.directory.actions.reaching import Written
from palermo.protection.directory.actions.standing import beside, told
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import key_of, terms_of
from palermo.protection.directory.hsds.same_place import Visit, shown
from palermo.protection.directory.models import OPEN, Given, Service, ServiceAtLocation, ServiceTerm


def retold(services: Collection[UUID], written: Written) -> tuple[Collection[UUID], Written]:
    """Have entries that stand for others say anew what all of them say, where some services are among either.

    Args:
        services: their keys.
        written: what was written just now, by kinds and keys.

    Returns:
        The services, with all that stand together with them, and what of what was written is still as it was.
    """
    found = _families(set(services))
    if not found:
        return services, written
    _say(found.keys())
    for stays, merged in found.items():
        place(stays, merged)
    together = set(found).union(*found.values())
    still = {key: part for key, part in written.get(Service.kind, {}).items() if key not in together}
    return together.union(services), {**written, Service.kind: still}


def _families(services: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The entries that stand for others, each with these others, where some services are among either."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    merged_away = Service.objects.filter(merged_into__isnull=False).order_by()
    for key, stays in merged_away.values_list("pk", "merged_into"):
        if stays:
            found[stays].add(key)
    return {stays: merged for stays, merged in found.items() if not merged.union({stays}).isdisjoint(services)}


def _say(services: Collection[UUID]) -> None:
    sources = dict(Given.objects.filter(pk__in=among(services)).values_list("pk", "document"))
    said, others = told(sources), beside(services)
    for one in Service.objects.filter(pk__in=among(sources)):
        believed = others[one.pk].believed if one.pk in others else None
        told_by = key_of(str(believed["id"])) if believed else None
        if (one.document, one.told_by_id) != (said[one.pk], told_by):
            Service.objects.filter(pk=one.pk).update(document=said[one.pk], told_by=told_by, changed_at=timezone.now())
            describe(one.pk, said[one.pk])


def describe(service: UUID, said: Document) -> None:
    """Keep beside a service by which terms its attributes describe it."""
    ServiceTerm.objects.filter(service=service).delete()
    rows.write(ServiceTerm, ("service", "term"), [(service, key_of(term)) for term in sorted(terms_of(said))])


def place(stays: UUID, merged: Collection[UUID]) -> None:
    """Show under an entry where the services of all that it stands for are given, each place once.

    Args:
        stays: the entry; where it stands for nothing any more, it shows its own.
        merged: those that it stands for. Where their help is not offered any more, their places are not shown.
    """
    order = {key: number for number, key in enumerate((stays, *sorted(merged)))}
    visits = list(ServiceAtLocation.objects.filter(service__in=order).select_related("location"))
    visits.sort(key=lambda one: (order[one.service_id], one.pk))
    offered = {stays, *Service.objects.filter(pk__in=merged, status=OPEN).values_list("pk", flat=True)}
    told_of = {_told(one): one for one in visits if one.service_id in offered}
    seen = {told_of[one].pk for one in shown(list(told_of))}
    elsewhere = ServiceAtLocation.objects.filter(shown_for__in=order).exclude(service__in=order)
    moved = elsewhere.update(shown_for=None, changed_at=timezone.now()) > 0
    for one in visits:
        # What is left out stands under an entry that is not shown either.
        under = stays if one.pk in seen else min(merged) if one.service_id == stays else one.service_id
        shown_for = None if under == one.service_id else under
        if one.shown_for_id != shown_for:
            ServiceAtLocation.objects.filter(pk=one.pk).update(shown_for=shown_for, changed_at=timezone.now())
            moved = True
    if moved:
        Service.objects.filter(pk=stays).update(changed_at=timezone.now())


def _told(one: ServiceAtLocation) -> Visit:
    return Visit(str(one.service_id), one.document, one.location.document)
