"""What services say by what their sources say, the entries that they stand for, and what people changed.

Not every change still tells something: as many of them are replayed, however often beds are counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

from django.db.models import OuterRef, Subquery

from palermo.foundation.keys import among
from palermo.protection.directory.hsds.changing import changed
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.standing_for import beds_of, counted, together
from palermo.protection.directory.models import OPEN, Change, Kind, Service, State


@dataclass
class Beside:
    """The entries for which a service stands: those of which a source tells, then those that are missing, too."""

    living: list[Document] = field(default_factory=list)
    missing: list[Document] = field(default_factory=list)
    is_told: bool = True
    """Whether its own source tells of the service."""

    @property
    def all(self) -> list[Document]:
        """What all of them say."""
        return [*self.living, *self.missing]

    @property
    def believed(self) -> Document | None:
        """The entry that counts before what its own source said last."""
        return None if self.is_told else next(iter(self.living), None)


def told(sources: Mapping[UUID, Document], then: Sequence[Document] = ()) -> dict[UUID, Document]:
    """What services say: what their sources say, completed by the entries that they stand for, and changed by people.

    Args:
        sources: what the source of each says.
        then: patches that nobody has made yet, of what would be said with them.
    """
    others, found = beside(sources.keys()), {}
    for key, patches in standing(sources.keys()).items():
        own, more = sources[key], others.get(key, Beside())
        said = together(own, more.all, more.believed)
        theirs = set[str]().union(*map(beds_of, more.all)) - beds_of(own)
        found[key] = changed(said, [counted(said, theirs, one) for one in (*patches, *then)])
    return found


def beside(services: Collection[UUID]) -> dict[UUID, Beside]:
    """What the entries say for which some of these services stand, as far as their help is still offered."""
    found: dict[UUID, Beside] = {}
    offered = Service.objects.filter(merged_into__in=among(services), status=OPEN)
    for one in offered.select_related("merged_into").order_by("pk"):
        if stays := one.merged_into:
            known = found.setdefault(stays.pk, Beside(is_told=stays.missing_since is None))
            (known.living if one.missing_since is None else known.missing).append(one.document)
    return found


def standing(services: Collection[UUID]) -> dict[UUID, list[Document]]:
    """The patches that stand over what the source of each service says, in order; two queries for however many.

    They come to the same as all that are applied: a list of beds is replaced whole, so that the newest count makes
    those before it void; and the days of confirmations never go back, so that the newest is of the latest day.
    """
    newest = Service.objects.filter(pk__in=among(services)).values_list(_newest(Kind.COUNT), _newest(Kind.CONFIRMATION))
    changes = Change.objects.order_by()
    alone = changes.filter(pk__in=[key for key in chain.from_iterable(newest) if key])
    others = changes.filter(service__in=among(services), kind=Kind.OTHER, state=State.APPLIED)
    # Joined by OR they may be looked for by reading every change of the services; of a union each half has its index.
    both = others.union(alone, all=True).order_by("service", "number")
    patches: dict[UUID, list[Document]] = {key: [] for key in services}
    for key, _number, patch in both.values_list("service", "number", "patch"):
        patches[key].append(patch)
    return patches


def _newest(kind: Kind) -> Subquery:
    applied = Change.objects.filter(service=OuterRef("pk"), kind=kind, state=State.APPLIED)
    return Subquery(applied.order_by("-number").values("pk")[:1])
