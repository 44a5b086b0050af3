"""What those who keep the directory see: services by how long nobody confirmed them, changes that wait, and links."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.invitations import hashed
from palermo.people.policies import Viewer
from palermo.protection.directory.hsds.days import AHEAD
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.models import (
    OPEN,
    Change,
    FinderEntry,
    Organization,
    ProviderLink,
    Service,
    ServiceAtLocation,
    State,
    TaxonomyTerm,
)
from palermo.protection.directory.models.service import standing_under
from palermo.protection.directory.policies import is_good, may_keep, may_refer
from palermo.protection.directory.queries.names import MOST_WORDS, named
from palermo.protection.directory.queries.needs import needs
from palermo.protection.directory.queries.service_types import needs_answered, needs_said, other_terms
from palermo.protection.directory.queries.withheld import lost_something

STALE = timedelta(days=365)
"""What nobody confirmed for so long is said to be uncertain."""
DUE = timedelta(days=180)
"""What nobody confirmed for so long should be asked about."""
_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
"""How days are written that come in their order as text."""


def services(viewer: Viewer, *, words: str = "", only: str = "") -> QuerySet[Service]:
    """Services for who works with them: the least lately confirmed first. Nothing for anybody else.

    Those in whose place another one is shown are left out.

    Args:
        viewer: who asks.
        words: these stand in their names.
        only: one of `ONLY`; all of them for anything else.
    """
    found = _services(viewer).filter(merged_into__isnull=True)
    if words:
        found = found.filter(_named(viewer, words))
    if only in ONLY:
        found = found.filter(ONLY[only]())
    return found.order_by(F("assured").asc(nulls_first=True), "pk")


def _due() -> Q:
    return Q(assured__isnull=True, status=OPEN) | Q(assured__lt=str(_today() - DUE), status=OPEN)


def _missing() -> Q:
    """As `Service.is_missing` says of one."""
    since = Cast("missing_since", TextField())
    return Q(missing_since__isnull=False, told_by__isnull=True) & (Q(assured__isnull=True) | Q(assured__lt=since))


ONLY: dict[str, Callable[[], Q]] = {
    "due": _due,
    "waits": lambda: Q(has_waiting=True),
    "missing": _missing,
    "unfound": lambda: Q(is_found=False, status=OPEN),
    "withheld": lost_something,
}
"""Which services can be asked for: not confirmed for long, with a change that waits, gone from their sources, such that
nobody can find, or such that lost a text which told where a confidential place is.
"""


def service(viewer: Viewer, key: UUID) -> Service | None:
    """One service, for who works with them; also one in whose place another one is shown, which comes with it."""
    stands = Exists(Service.objects.filter(merged_into=OuterRef("pk")))
    found = _services(viewer).select_related("merged_into").annotate(stands_for_others=stands)
    return found.filter(pk=key).first()


def merged_into(viewer: Viewer, one: Service) -> QuerySet[Service]:
    """The entries in whose place a service is shown, for who works with it."""
    stands_for_others = getattr(one, "stands_for_others", True)
    return one.merged_services.order_by("pk") if stands_for_others and may_refer(viewer) else Service.objects.none()


def _services(viewer: Viewer) -> QuerySet[Service]:
    if not may_refer(viewer):
        return Service.objects.none()
    # As plain text: what stands in a document is otherwise compared as JSON, and no date is any.
    said = Cast(KeyTextTransform("assured_date", "document"), TextField())
    # What is no day, or one that is yet to come, says no more than nothing.
    is_past = Q(said__regex=_DAY, said__lt=str(_today() + AHEAD + timedelta(days=1)))
    assured = Case(When(is_past, then=F("said")), output_field=TextField())
    found = Service.objects.select_related("organization").alias(said=said)
    return _marked(found.annotate(assured=assured))


def organization(viewer: Viewer, key: UUID) -> Organization | None:
    """One organization, for who works with services."""
    return Organization.objects.filter(pk=key).first() if may_refer(viewer) else None


def services_of(viewer: Viewer, one: Organization) -> QuerySet[Service]:
    """The services of an organization, the least lately confirmed first."""
    return services(viewer).filter(organization=one)


@dataclass(frozen=True)
class Around:
    """What belongs to some services: where each is given, and what the finder knows of it there (None: anywhere)."""

    visits: dict[UUID, list[ServiceAtLocation]]
    found: dict[tuple[UUID, UUID | None], FinderEntry]
    needs: dict[UUID, list[Document]]
    """The needs that each answers, in the order in which they are offered."""


def around(viewer: Viewer, some: Sequence[Service]) -> Around:
    """What belongs to services that somebody may see: as many queries for few as for many."""
    keys = [one.pk for one in some]
    visits: dict[UUID, list[ServiceAtLocation]] = {key: [] for key in keys}
    # One in whose place another one is shown says what its own source says, wherever that stands.
    merged = {one.pk for one in some if one.merged_into_id}
    given = ServiceAtLocation.objects.filter(standing_under(visits.keys() - merged) | Q(service__in=merged))
    for visit in given.select_related("location").order_by("pk"):
        for key in {visit.service_id} & merged | {visit.entry_id} & visits.keys() - merged:
            visits[key].append(visit)
    entries = FinderEntry.objects.filter(service__in=keys).order_by("-pk")
    return Around(visits, {(one.service_id, one.visit_id): one for one in entries}, _needs_of(some))


def needs_besides(said: Mapping[str, Json]) -> list[Document]:
    """The needs that a service answers by terms that are none, such as those of a feed, and that it does not say."""
    terms = other_terms(said)
    return _in_order(frozenset().union(*_answered(terms).values()) - needs_said(said))


def _needs_of(some: Iterable[Service]) -> dict[UUID, list[Document]]:
    """The needs that services answer, by what they are described by; a feed may have terms of its own for them."""
    others = {one.pk: other_terms(one.document) for one in some}
    answered = _answered({term for terms in others.values() for term in terms})
    return {
        one.pk: _in_order(needs_said(one.document).union(*(answered.get(term, ()) for term in others[one.pk])))
        for one in some
    }


def _answered(terms: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The needs that services answer which are described by these terms."""
    known = TaxonomyTerm.objects.in_bulk(terms)
    return {key: needs_answered(key, term.document) for key, term in known.items()}


def _in_order(found: Collection[UUID]) -> list[Document]:
    return [one for one in needs() if UUID(str(one["id"])) in found]


def changes(viewer: Viewer, service: Service) -> QuerySet[Change]:
    """What people changed of a service, the newest first. Nothing for who does not keep the directory."""
    if not may_keep(viewer):
        return Change.objects.none()
    return service.changes.select_related("by", "decided_by", "link").order_by("-number")


def waiting(viewer: Viewer) -> QuerySet[Change]:
    """Changes that wait for review, the oldest first."""
    if not may_keep(viewer):
        return Change.objects.none()
    found = Change.objects.filter(state=State.PROPOSED).select_related("service__organization", "link", "by")
    return found.order_by("made_at", "pk")


def change(viewer: Viewer, key: UUID) -> Change | None:
    """One change, whatever became of it. None for who does not keep the directory."""
    return Change.objects.filter(pk=key).first() if may_keep(viewer) else None


def links(viewer: Viewer, organization: Organization) -> QuerySet[ProviderLink]:
    """The links that an organization was given, the newest first, with how often something was refused from each."""
    if not may_keep(viewer):
        return ProviderLink.objects.none()
    about = AuditEvent.objects.filter(act="directory.refuse", about_kind=ProviderLink._meta.label_lower)
    refused = about.filter(about_id=Cast(OuterRef("pk"), TextField())).order_by().values("about_id")
    counts = Subquery(refused.annotate(count=Count("*")).values("count"))
    return organization.links.select_related("made_by").annotate(refusals=Coalesce(counts, 0))


def link_of(token: str) -> ProviderLink | None:
    """The link with a secret, if it opens anything today."""
    found = ProviderLink.objects.select_related("organization").filter(token_sha256=hashed(token)).first()
    return found if found and is_good(found) else None


def services_by_link(link: ProviderLink) -> list[Service]:
    """The services that a link keeps, by name, with what waits of each.

    Those in whose place the entry of another organization is shown are among them: what is said of them completes it.
    """
    # Where their own stands for it, they keep that one.
    theirs = Service.objects.filter(organization=link.organization_id).exclude(
        merged_into__organization=F("organization")
    )
    return sorted(_marked(theirs.select_related("organization", "merged_into")), key=str)


def _marked(found: QuerySet[Service]) -> QuerySet[Service]:
    """Services with whether a change of them waits, and whether they can be found by any need."""
    is_found = Exists(FinderEntry.objects.filter(service=OuterRef("pk")))
    return found.annotate(has_waiting=Exists(_proposed()), is_found=is_found)


def _proposed() -> QuerySet[Change]:
    return Change.objects.filter(service=OuterRef("pk"), state=State.PROPOSED)


def _named(viewer: Viewer, words: str) -> Q:
    """Services with these words in their names, and those that nobody else finds, which no list of words holds."""
    found = Q()
    for word in words.split()[:MOST_WORDS]:
        found &= _says(word, ("document__name", "document__name_fr", "document__alternate_name"))
    return Q(pk__in=named(viewer, words).values("pk")) | (~Q(status=OPEN) & found)


def _says(word: str, paths: Iterable[str]) -> Q:
    found = Q()
    for path in (*paths, "organization__document__name", "organization__document__name_fr"):
        found |= Q(**{f"{path}__icontains": word})
    return found


def _today() -> date:
    return timezone.localdate()
