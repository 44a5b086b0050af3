"""What of an entry another source keeps: no source changes what is another's, or says where it is given."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from django.db import models

from palermo.protection.directory.hsds.confidential import is_confidential
from palermo.protection.directory.hsds.parting import Record, key_of
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import Location, Organization, Program, Service, ServiceAtLocation, Source
from palermo.protection.directory.models.record import Owned

OWNED: dict[str, type[Owned]] = {model.kind: model for model in (Organization, Program, Location)}
"""What others may name within their own entries; then only its id is used."""
GIVING_SERVICES = frozenset({"service", "organization"})
"""What gives services whole."""
Names: TypeAlias = Mapping[tuple[str, UUID], str]
"""Which source keeps a record, by its kind and key; empty where people here do."""


def services_in(kind: str, right: Iterable[Sequence[Record]]) -> set[UUID]:
    """The services that entries give whole; elsewhere they may stand in part."""
    if kind not in GIVING_SERVICES:
        return set()
    return {one.key for records in right for one in records if one.kind == "service"}


def kept_by_others(kind: str, keys: Collection[UUID], source: Source) -> set[UUID]:
    """Which of these records another source keeps, or people here do because they are confidential."""
    if kind not in OWNED:
        return set()
    found = {key for key, _name in _theirs(OWNED[kind], keys, "source", source)}
    if kind == "location":
        by_hand = Location.objects.filter(pk__in=keys, is_confidential=True, source__isnull=True)
        found |= set(by_hand.values_list("pk", flat=True))
    return found


def of_others(
    kind: str, right: Sequence[tuple[int, Sequence[Record]]], source: Source, opened: Collection[UUID]
) -> dict[int, list[Problem]]:
    """Which entries change what another source keeps, or open a place that is not this source's to open.

    Args:
        kind: what the entries are.
        right: their records, by their numbers.
        source: whose entries these are.
        opened: the confidential places that they say not to be any more.
    """
    names = _names(kind, [one for _number, records in right for one in records], source, opened)
    found: dict[int, list[Problem]] = {}
    for number, records in right if names else ():
        told = (names[each] for one in records for each in _changed(kind, one, opened) if each in names)
        if (name := next(told, None)) is not None:
            found[number] = [Problem(("id",), "source" if name else "kept_here", name)]
    return found


def _changed(kind: str, one: Record, opened: Collection[UUID]) -> Iterator[tuple[str, UUID]]:
    """What an entry of a kind changes by a record in it."""
    if one.kind in {"service", kind}:
        yield one.kind, one.key
    if one.kind == "service_at_location":
        yield one.kind, one.key
        if service := one.links.get("service_id"):
            yield "service", key_of(service)
    if one.kind == "location" and one.key in opened and not is_confidential(one.document):
        yield "opened", one.key


def _names(kind: str, records: Sequence[Record], source: Source, opened: Collection[UUID]) -> Names:
    keys: dict[str, set[UUID]] = {name: set() for name in ("service", "service_at_location", kind)}
    for one in records:
        for name, key in _changed(kind, one, ()):
            keys[name].add(key)
    found = {("service", key): name for key, name in _theirs(Service, keys["service"], "source", source)}
    visits = _theirs(ServiceAtLocation, keys["service_at_location"], "service__source", source)
    found |= {("service_at_location", key): name for key, name in visits}
    if kind in OWNED:
        found |= {(kind, key): name for key, name in _theirs(OWNED[kind], keys[kind], "source", source)}
    places = Location.objects.filter(pk__in=opened).exclude(source=source).values_list("pk", "source__name")
    return found | {("opened", key): name or "" for key, name in places}


def _theirs(model: type[models.Model], keys: Collection[UUID], link: str, source: Source) -> Iterable[tuple[UUID, str]]:
    """Which of these another source keeps, with its name; `link` leads to the source."""
    rows = model._default_manager.filter(pk__in=keys, **{f"{link}__isnull": False}).exclude(**{link: source})
    return rows.values_list("pk", f"{link}__name") if keys else ()
