"""Which services entries give whole, and what of theirs another source keeps: no source changes what is another's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from palermo.protection.directory.hsds.confidential import is_confidential
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import Service, ServiceAtLocation, Source


def services_in(kind: str, right: Iterable[Sequence[Record]]) -> set[UUID]:
    """The services that entries give whole; elsewhere they may stand in part."""
    if kind not in {"service", "organization"}:
        return set()
    return {one.key for records in right for one in records if one.kind == "service"}


def of_others(
    kind: str, right: Sequence[tuple[int, Sequence[Record]]], source: Source, opened: Collection[UUID]
) -> dict[int, list[Problem]]:
    """Which entries give a service that another source keeps, or open a place where one of its services is.

    Args:
        kind: what the entries are.
        right: their records, by their numbers.
        source: whose entries these are.
        opened: the confidential places that they say not to be any more.
    """
    names = _services_of_others(kind, right, source) | _places_of_others(source, opened)
    found: dict[int, list[Problem]] = {}
    for number, records in right if names else ():
        told = (names.get(str(one.key), "") for one in records if not is_confidential(one.document))
        if name := next(filter(None, told), ""):
            found[number] = [Problem(("id",), "source", name)]
    return found


def _places_of_others(source: Source, opened: Collection[UUID]) -> dict[str, str]:
    visits = ServiceAtLocation.objects.filter(location__in=opened, service__source__isnull=False)
    theirs = visits.exclude(service__source=source).order_by("pk")
    return {str(key): name for key, name in theirs.values_list("location", "service__source__name")}


def _services_of_others(kind: str, right: Sequence[tuple[int, Sequence[Record]]], source: Source) -> dict[str, str]:
    keys = services_in(kind, (records for _number, records in right))
    theirs = Service.objects.filter(pk__in=keys, source__isnull=False).exclude(source=source)
    return {str(key): name for key, name in theirs.values_list("pk", "source__name")}
