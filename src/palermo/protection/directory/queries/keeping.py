"""What those who keep the directory see: services by how long nobody confirmed them, changes that wait, and links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from palermo.people.invitations import hashed
from palermo.people.policies import Viewer
from palermo.protection.directory.hsds.days import AHEAD
from palermo.protection.directory.models import (
    OPEN,
    Change,
    FinderEntry,
    Organization,
    ProviderLink,
    Service,
    ServiceAtLocation,
    State,
)
from palermo.protection.directory.policies import is_good, may_keep, may_refer
from palermo.protection.directory.queries.names import MOST_WORDS, named

STALE = timedelta(days=365)
"""What nobody confirmed for so long is said to be uncertain."""
DUE = timedelta(days=180)
"""What nobody confirmed for so long should be asked about."""
_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
"""How days are written that come in their order as text."""


def services(viewer: Viewer, *, words: str = "", stale: bool = False, waits: bool = False) -> QuerySet[Service]:
    """Services for who works with them: the least lately confirmed first. Nothing for anybody else.

    Those in whose place another one is shown are left out.
    """
    found = _services(viewer).filter(merged_into__isnull=True)
    if words:
        found = found.filter(_named(viewer, words))
    if stale:
        found = found.filter(Q(assured__isnull=True) | Q(assured__lt=str(_today() - DUE)), status=OPEN)
    if waits:
        found = found.filter(Exists(_proposed()))
    return found.order_by(F("assured").asc(nulls_first=True), "pk")


def service(viewer: Viewer, key: UUID) -> Service | None:
    """One service, for who works with them; also one in whose place another one is shown, which comes with it."""
    return _services(viewer).select_related("merged_into").filter(pk=key).first()


def _services(viewer: Viewer) -> QuerySet[Service]:
    if not may_refer(viewer):
        return Service.objects.none()
    # As plain text: what stands in a document is otherwise compared as JSON, and no date is any.
    said = Cast(KeyTextTransform("assured_date", "document"), TextField())
    # What is no day, or one that is yet to come, says no more than nothing.
    is_past = Q(said__regex=_DAY, said__lt=str(_today() + AHEAD + timedelta(days=1)))
    assured = Case(When(is_past, then=F("said")), output_field=TextField())
    found = Service.objects.select_related("organization").alias(said=said)
    return found.annotate(assured=assured, has_waiting=Exists(_proposed()))


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


def around(viewer: Viewer, some: Sequence[Service]) -> Around:
    """What belongs to services that somebody may see: as many queries for few as for many."""
    keys = [one.pk for one in some]
    visits: dict[UUID, list[ServiceAtLocation]] = {key: [] for key in keys}
    for visit in ServiceAtLocation.objects.filter(service__in=keys).select_related("location").order_by("pk"):
        visits[visit.service_id].append(visit)
    entries = FinderEntry.objects.filter(service__in=keys).order_by("-pk")
    return Around(visits, {(one.service_id, one.visit_id): one for one in entries})


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
    """The links that an organization was given, the newest first."""
    return organization.links.select_related("made_by") if may_keep(viewer) else ProviderLink.objects.none()


def link_of(token: str) -> ProviderLink | None:
    """The link with a secret, if it opens anything today."""
    found = ProviderLink.objects.select_related("organization").filter(token_sha256=hashed(token)).first()
    return found if found and is_good(found) else None


def services_by_link(link: ProviderLink) -> list[Service]:
    """The services that a link keeps, by name, with what waits of each; none in whose place another one is shown."""
    theirs = Service.objects.filter(organization=link.organization_id, merged_into__isnull=True)
    found = theirs.select_related("organization")
    return sorted(found.annotate(has_waiting=Exists(_proposed())), key=str)


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
