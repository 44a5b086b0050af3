"""Entries as the standard has them: whole, or as lists show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from palermo.people.policies import Viewer
from palermo.protection.directory.hsds.capacity import without_live
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record as Part
from palermo.protection.directory.hsds.parting import Shelf, links_of
from palermo.protection.directory.models import (
    BY_KIND,
    Location,
    Organization,
    Program,
    Record,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from palermo.protection.directory.models.service import ENTRY, standing_under
from palermo.protection.directory.queries import by_terms
from palermo.protection.directory.queries.names import named
from palermo.protection.directory.queries.reaches import reaching, within
from palermo.protection.directory.queries.wanted import Searched, Wanted, WantedServices, WantedTerms, WantedVisits

R = TypeVar("R", bound=Record)
BESIDE: dict[str, tuple[str, ...]] = {
    "service": ("organization", "program"),
    "service_at_location": ("location", "service"),
    "taxonomy_term": ("taxonomy_detail",),
}
"""What a list shows beside each of its items."""


@dataclass(frozen=True)
class Listed(Generic[R]):
    """Entries in a fixed order. Of all that are asked for, the few are hidden in whose place others are shown."""

    asked: QuerySet[R]
    hidden: Q = field(default_factory=lambda: Q(pk__in=[]))
    as_many: QuerySet[Any] | None = None
    """Rows of which there are as many as are asked for, where those are counted more quickly."""
    keyed: QuerySet[Any] | None = None
    """Rows with the same keys, where those are found more quickly."""

    def keys(self, start: int, end: int) -> list[UUID]:
        """The keys of some of them, counted from the first one."""
        rows = self.shown if self.keyed is None else self.keyed.exclude(self.hidden).order_by("pk")
        return list(rows.values_list("pk", flat=True)[start:end])

    @property
    def shown(self) -> QuerySet[R]:
        """Those that are not hidden."""
        return self.asked.exclude(self.hidden)

    def count(self) -> int:
        """How many these are; so that not every one has to be looked at, the few are counted by themselves."""
        asked = self.asked.count() if self.as_many is None else self.as_many.count()
        return asked - self.asked.filter(self.hidden).count()


def services(viewer: Viewer, wanted: WantedServices) -> Listed[Service]:
    """Services in a fixed order."""
    by_terms_alone, as_many = by_terms.services(wanted)
    found = by_terms_alone
    if wanted.organization_id is not None:
        found = found.filter(organization=wanted.organization_id)
    if wanted.modified_after is not None:
        found = found.filter(changed_at__gte=wanted.modified_after)
    if wanted.search:
        found = found.filter(pk__in=named(viewer, wanted.search).values("pk"))
    return Listed(found, Q(pk__in=_merged()), as_many if found is by_terms_alone else None)


def _merged() -> QuerySet[Service, Any]:
    """The few services in whose place others are shown. To leave them out by their keys, no entry has to be read."""
    return Service.objects.filter(merged_into__isnull=False).order_by().values("pk")


def organizations(viewer: Viewer, wanted: Wanted) -> Listed[Organization]:
    """Organizations in a fixed order.

    Where terms or words are asked for, those that are described by one, or have a service that is or that is named by
    all of them.
    """
    found, as_many = by_terms.organizations(wanted)
    if wanted.search:
        found, as_many = found.filter(pk__in=named(viewer, wanted.search).values("organization")), None
    return Listed(found, as_many=as_many)


def service_at_locations(viewer: Viewer, wanted: WantedVisits) -> Listed[ServiceAtLocation]:
    """Services at their places in a fixed order."""
    elsewhere = ServiceAtLocation.objects.filter(_by_service(viewer, wanted, "shown_for"), shown_for__isnull=False)
    moved = list(elsewhere.exclude(shown_for__in=_merged()).order_by().values_list("pk", flat=True))
    by_terms_alone, as_many = by_terms.visits(wanted)
    found = by_terms_alone
    if by_service := _by_service(viewer, wanted, "service"):
        found = found.filter(by_service | Q(pk__in=moved))
    if wanted.modified_after is not None:
        found = found.filter(changed_at__gte=wanted.modified_after)
    if wanted.area is not None:
        alone = found is by_terms_alone and wanted.taxonomy_term_id is wanted.taxonomy_id is None
        found = reaching(found, wanted.area, wanted.proximity, alone=alone)
        reached = within(wanted.area, wanted.proximity) if alone else None
        return Listed(found, _hidden_but_for(moved), as_many=reached, keyed=reached)
    return Listed(found, _hidden_but_for(moved), as_many if found is by_terms_alone else None)


def _hidden_but_for(moved: Collection[UUID]) -> Q:
    return Q(pk__in=_not_shown() - set(moved))


def _not_shown() -> set[UUID]:
    """The few services at places of entries in whose place others are shown, and all that stand under another entry.

    Each of the two is found by an index of its own, and to leave them out no other has to be read.
    """
    every = ServiceAtLocation.objects.order_by().values_list("pk", flat=True)
    return set(every.filter(service__in=_merged()).union(every.filter(shown_for__isnull=False)))


def _by_service(viewer: Viewer, wanted: WantedServices, service: str) -> Q:
    """That the service that `service` leads to is of the wanted organization, and named by all wanted words."""
    found = Q()
    if wanted.organization_id is not None:
        found &= Q(**{f"{service}__organization": wanted.organization_id})
    if wanted.search:
        found &= Q(**{f"{service}__in": named(viewer, wanted.search).values("pk")})
    return found


def taxonomies(viewer: Viewer, wanted: Searched) -> Listed[Taxonomy]:
    """Lists of terms in a fixed order."""
    return Listed(Taxonomy.objects.filter(_says(wanted)).order_by("pk"))


def terms(viewer: Viewer, wanted: WantedTerms) -> Listed[TaxonomyTerm]:
    """Terms in a fixed order."""
    found = TaxonomyTerm.objects.filter(_says(wanted)).order_by("pk")
    if wanted.taxonomy_id is not None:
        found = found.filter(taxonomy=wanted.taxonomy_id)
    if wanted.top_only:
        found = found.exclude(document__has_key="parent_id")
    if wanted.parent_id is not None:
        found = found.filter(document__parent_id__iexact=str(wanted.parent_id))
    return Listed(found)


def _says(wanted: Searched) -> Q:
    """That every word stands in a name, in either language. Lists of terms are short, so that all are read."""
    found = Q()
    for word in wanted.search.split():
        found &= Q(document__name__icontains=word) | Q(document__name_fr__icontains=word)
    return found


def listed(viewer: Viewer, kind: str, found: Sequence[Record]) -> list[Document]:
    """Entries as lists show them: their own values, and those of what is beside them."""
    shelf = Shelf(_parts([*found, *_beside(kind, found)]))
    return [shelf.flat(kind, str(one.pk), *BESIDE.get(kind, ())) for one in found]


def whole(viewer: Viewer, kind: str, found: Sequence[Record], *, full_service: bool = True) -> list[Document]:
    """Entries with everything that belongs to them; without `full_service`, services in them say only their own."""
    shelf = Shelf(_parts([*found, *_around(kind, found)]))
    shown = [shelf.whole(kind, str(one.pk)) for one in found]
    for one in () if full_service else shown:
        if isinstance(services := one.get("services"), list):
            one["services"] = [shelf.flat("service", str(each["id"])) for each in services if isinstance(each, dict)]
    return shown


def entry(viewer: Viewer, kind: str, key: UUID, *, full_service: bool = True) -> Document | None:
    """One entry with everything that belongs to it; None where there is none, or another one stands for it.

    Without `full_service`, services in it say only their own.
    """
    found = BY_KIND[kind]._default_manager.filter(pk=key).first()
    service = Service.objects.get(pk=found.entry_id) if isinstance(found, ServiceAtLocation) else found
    if isinstance(service, Service) and service.merged_into_id:
        return None
    return whole(viewer, kind, [found], full_service=full_service)[0] if found else None


def _parts(records: Iterable[Record]) -> Iterable[Part]:
    for one in records:
        links = {name: str(owner) for name in links_of(one.kind) if (owner := getattr(one, name))}
        if isinstance(one, ServiceAtLocation):
            links["service_id"] = str(one.entry_id)
        said = without_live(one.document) if isinstance(one, Service) else one.document
        yield Part(one.kind, said, links)


def _beside(kind: str, found: Sequence[Record]) -> list[Record]:
    """The records that a list shows beside these."""
    if kind == "taxonomy_term":
        return list(Taxonomy.objects.filter(terms__in=[one.pk for one in found]).distinct())
    given = [one for one in found if isinstance(one, Service)]
    more: list[Record] = []
    if kind == "service_at_location":
        visits = [one for one in found if isinstance(one, ServiceAtLocation)]
        given = list(Service.objects.filter(pk__in={one.entry_id for one in visits}))
        more = [*given, *Location.objects.filter(pk__in={one.location_id for one in visits})]
    more += Organization.objects.filter(pk__in={one.organization_id for one in given if one.organization_id})
    more += Program.objects.filter(pk__in={one.program_id for one in given if one.program_id})
    return more


def _around(kind: str, found: Sequence[Record]) -> Iterable[Record]:
    """The records that belong to these or that these belong to, as far as a whole entry shows them.

    As many queries for one entry as for a hundred.
    """
    if kind in {"taxonomy", "taxonomy_term", "location"}:
        yield from _terms()
        return
    keys = [one.pk for one in found]
    services = Service.objects.filter(_of(kind, keys), merged_into__isnull=True) if kind != "service" else found
    given = [one for one in services if isinstance(one, Service) and one.merged_into_id is None]
    visits = list(ServiceAtLocation.objects.filter(standing_under([one.pk for one in given])))
    owners = {one.organization_id for one in given if one.organization_id}
    owners |= set(keys) if kind == "organization" else set()
    yield from given
    yield from visits
    yield from Organization.objects.filter(pk__in=owners)
    programs = {one.program_id for one in given if one.program_id}
    yield from Program.objects.filter(Q(organization__in=owners) | Q(pk__in=programs))
    yield from Location.objects.filter(Q(organization__in=owners) | Q(pk__in={one.location_id for one in visits}))
    yield from _terms()


def _of(kind: str, keys: Sequence[UUID]) -> Q:
    """The services that entries of this kind show."""
    return {
        "organization": Q(organization__in=keys),
        "program": Q(program__in=keys),
        "service_at_location": Q(pk__in=ServiceAtLocation.objects.filter(pk__in=keys).order_by().values(entry=ENTRY)),
    }[kind]


def _terms() -> Iterable[Record]:
    """Every term and its list: there are few, and any entry may be described by any of them."""
    yield from TaxonomyTerm.objects.all()
    yield from Taxonomy.objects.all()
