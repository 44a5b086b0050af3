"""Which changes of services still tell something: as many of them are replayed, however often beds are counted."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain
from uuid import UUID

from django.db.models import OuterRef, Subquery

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Change, Kind, Service, State


def standing(services: Collection[UUID]) -> dict[UUID, list[Document]]:
    """The patches that stand over what the source of each service says, in order; two queries for however many.

    They come to the same as all that are applied: a list of beds is replaced whole, so that the newest count makes
    those before it void; and the days of confirmations never go back, so that the newest is of the latest day.
    """
    newest = Service.objects.filter(pk__in=services).values_list(_newest(Kind.COUNT), _newest(Kind.CONFIRMATION))
    changes = Change.objects.order_by()
    alone = changes.filter(pk__in=[key for key in chain.from_iterable(newest) if key])
    others = changes.filter(service__in=services, kind=Kind.OTHER, state=State.APPLIED)
    # Joined by OR they may be looked for by reading every change of the services; of a union each half has its index.
    both = others.union(alone, all=True).order_by("service", "number")
    patches: dict[UUID, list[Document]] = {key: [] for key in services}
    for key, _number, patch in both.values_list("service", "number", "patch"):
        patches[key].append(patch)
    return patches


def _newest(kind: Kind) -> Subquery:
    applied = Change.objects.filter(service=OuterRef("pk"), kind=kind, state=State.APPLIED)
    return Subquery(applied.order_by("-number").values("pk")[:1])
