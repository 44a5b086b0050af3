"""Records into their tables, many at once; each kind after those that it can belong to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from palermo.foundation.keys import among
from palermo.protection.directory.actions import rows
from palermo.protection.directory.actions.finding import refresh, refresh_many, services_touched
from palermo.protection.directory.actions.foreign import GIVING_SERVICES, kept_by_others, without_owners_of_others
from palermo.protection.directory.actions.said_anew import forget_said_anew
from palermo.protection.directory.actions.standing import told
from palermo.protection.directory.actions.touching import touch
from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.json_values import Document, says_the_same
from palermo.protection.directory.hsds.parting import Record as Part
from palermo.protection.directory.hsds.parting import key_of, links_of, terms_of
from palermo.protection.directory.models import (
    BY_KIND,
    Given,
    Intake,
    Location,
    OwnTerm,
    Record,
    SealedPlace,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    Source,
)
from palermo.protection.directory.models.record import Owned
from palermo.protection.directory.queries.service_types import needs_answered
from palermo.protection.directory.sealing import opened, seal


def store(
    kind: str, documents: Iterable[Sequence[Part]], source: Source | None = None, seen_in: Intake | None = None
) -> dict[str, int]:
    """Write the records of documents of one kind, and say how many of each kind there were.

    The record that a document is of is replaced, and so is what stands whole in it and nowhere else; all others are
    what was kept of them and what is said now.

    Args:
        kind: what the documents are.
        documents: their records.
        source: who says this. It keeps what nobody keeps yet, and of what others keep nothing is written.
        seen_in: the file in which the source tells of services, where these documents give services whole. New ones
            are noted as told of there; for those that are there already see `seen.see`.
    """
    given: dict[str, dict[UUID, Part]] = {name: {} for name in BY_KIND}
    for parts in documents:
        for part in parts:
            known = given[part.kind].get(part.key)
            if known is None or part.kind == kind:
                given[part.kind][part.key] = part
            else:
                known.document = confidential.together(known.document, part.document)
                known.links |= part.links
    whole = {name: _whole(name, kind, given) for name in BY_KIND}
    if source is not None:
        _leave_to_others(given, source)
    were_there = {name: _write(model, given[name], whole[name], source, seen_in) for name, model in BY_KIND.items()}
    _refresh(given, were_there)
    forget_said_anew(given, whole if source else {})
    return {name: len(records) for name, records in given.items() if records}


def _leave_to_others(given: Mapping[str, dict[UUID, Part]], source: Source) -> None:
    for name, records in given.items():
        for key in kept_by_others(name, records.keys(), source):
            del records[key]
    without_owners_of_others([*given["program"].values(), *given["location"].values()], source)


def _whole(name: str, kind: str, given: Mapping[str, Mapping[UUID, Part]]) -> Collection[UUID]:
    """The records of a kind that what is said now replaces.

    Where lists belong to them, a service stands whole within its organization, and a place within the only services
    that are given there; so does a service at a place with its own lists or those of the place. The standard lets
    others be told by their names alone. A confidential place only gains: who is not to know its address cannot say it.
    """
    said = given[name]
    full = {key for key, part in said.items() if name == kind or _has_lists(part)}
    if name == "location":
        full = {key for key in full if not confidential.is_confidential(said[key].document)}
    if name == kind or (kind, name) == ("organization", "service"):
        return full
    if kind in GIVING_SERVICES and name == "location":
        elsewhere = ServiceAtLocation.objects.filter(location__in=among(full)).exclude(
            service__in=among(given["service"])
        )
        return full - set(elsewhere.values_list("location", flat=True))
    if kind in GIVING_SERVICES and name == "service_at_location":
        places = {key for key, part in given["location"].items() if _has_lists(part)}
        return full | {key for key, part in said.items() if key_of(part.links["location_id"]) in places}
    return ()


def _has_lists(part: Part) -> bool:
    return any(isinstance(value, list) for value in part.document.values())


def _refresh(given: Mapping[str, Mapping[UUID, Part]], were_there: Mapping[str, Mapping[UUID, Record]]) -> None:
    """See to it that the finder knows what was written; of what was not there before, nothing else can know."""
    since, touched = timezone.now(), set(given["service"])
    touched |= services_touched(
        *(were_there[kind].keys() for kind in ("location", "service_at_location", "organization"))
    )
    touched |= {key_of(part.links["service_id"]) for part in given["service_at_location"].values()}
    touched |= _left_behind(given, were_there)
    owners = {*given["organization"], *_owners(were_there["service"].values())}
    if touched or owners:
        new = {kind: given[kind].keys() - old.keys() for kind, old in were_there.items()}
        refresh(touched, given, new, owners)
    if terms := [key for key, old in were_there["taxonomy_term"].items() if _means_otherwise(old, given)]:
        described = ServiceTerm.objects.filter(term__in=among(terms)).values_list("service", flat=True).distinct()
        refresh_many([key for key in described if key not in touched])
    touch(given, were_there, since)


def _owners(services: Iterable[Record]) -> Iterator[UUID]:
    for one in services:
        if isinstance(one, Service) and one.organization_id:
            yield one.organization_id


def _left_behind(
    given: Mapping[str, Mapping[UUID, Part]], were_there: Mapping[str, Mapping[UUID, Record]]
) -> set[UUID]:
    """The services of which one at a place went over to another service, and those under which it stood."""
    found: set[UUID] = set()
    for key, old in were_there["service_at_location"].items():
        owner = key_of(given["service_at_location"][key].links["service_id"])
        if isinstance(old, ServiceAtLocation) and old.service_id != owner:
            found |= {old.service_id, old.entry_id}
    return found


def _means_otherwise(term: Record, given: Mapping[str, Mapping[UUID, Part]]) -> bool:
    """Whether other needs are answered by what a term describes since it is called as it is now."""
    now = given["taxonomy_term"][term.pk].document
    return needs_answered(term.pk, term.document) != needs_answered(term.pk, now)


def _write(
    model: type[Record],
    given: Mapping[UUID, Part],
    whole: Collection[UUID],
    source: Source | None,
    seen_in: Intake | None,
) -> Mapping[UUID, Record]:
    """Write the records of a kind, and return those that were there before, as they were."""
    if not given:
        return {}
    before = {one.pk: one for one in model._default_manager.filter(pk__in=among(given))}
    _complete(model, given, {key: old for key, old in before.items() if key not in whole})
    anew = _keep_changes(given, before) if model is Service else set()
    secrets: dict[UUID, Document] = {}
    if model is Location:
        for key, part in given.items():
            if confidential.is_confidential(part.document):
                part.document, secrets[key] = confidential.split(part.document)
    now = timezone.now()
    said = {key: _row(key, part, None if key in anew else before.get(key), now) for key, part in given.items()}
    _write_rows(model, said, before, source, seen_in)
    if model is Location:
        _seal(before, secrets)
    if model is Service:
        _describe(given, before)
    if model.kind in _DESCRIBED_ITSELF:
        _describe_itself(model.kind, given, before)
    return before


def _write_rows(
    model: type[Record],
    said: Mapping[UUID, tuple[object, ...]],
    before: Mapping[UUID, Record],
    source: Source | None,
    seen_in: Intake | None,
) -> None:
    """Write what is said over what was there, and beside it what is new, with where it comes from."""
    names = ("id", "document", "changed_at", *links_of(model.kind), *_OWN.get(model.kind, {}))
    if issubclass(model, Owned | Service):
        names = (*names, "source")
        said = {key: (*row, _keeper(before.get(key), source)) for key, row in said.items()}
    rows.write(model, names, [row for key, row in said.items() if key in before], over=True)
    new = [row for key, row in said.items() if key not in before]
    if model is Service and seen_in:
        names, new = (*names, "seen_in"), [(*row, seen_in.pk) for row in new]
    rows.write(model, names, new)


def _keeper(old: Record | None, source: Source | None) -> int | None:
    """Whose a record is: whoever said it first."""
    known = old.source_id if isinstance(old, Owned | Service) else None
    return known or (source.pk if source else None)


def _complete(model: type[Record], given: Mapping[UUID, Part], before: Mapping[UUID, Record]) -> None:
    """Add to what is said now what was kept and is not said; what was sealed only where it will be sealed again."""
    if not before:
        return
    sealed = {}
    if model is Location:
        kept = SealedPlace.objects.filter(pk__in=among(before))
        sealed = {place.pk: opened(place.pk, bytes(place.sealed)) for place in kept}
    sources = {}
    if model is Service:
        sources = dict(Given.objects.filter(pk__in=among(before)).values_list("pk", "document"))
    for key, old in before.items():
        part = given[key]
        secret = sealed.get(key, {}) if confidential.is_confidential(part.document) else {}
        part.document = {**sources.get(key, old.document), **secret, **part.document}
        links = {name: str(getattr(old, name)) for name in links_of(model.kind) if getattr(old, name)}
        part.links = links | part.links


def _keep_changes(given: Mapping[UUID, Part], before: Collection[UUID]) -> set[UUID]:
    """Put what people changed over what a source says now, and keep the latter beside it. Where that is new."""
    kept = {one.pk: one for one in Given.objects.filter(pk__in=among(before))}
    anew = {key for key, one in kept.items() if not says_the_same(one.document, given[key].document)}
    for one in kept.values():
        one.document = given[one.pk].document
    Given.objects.bulk_update(kept.values(), ["document"])
    for key, said in told({key: one.document for key, one in kept.items()}).items():
        given[key].document = said
    return anew


_OWN: dict[str, dict[str, Callable[[Document], object]]] = {
    "location": {"is_confidential": confidential.is_confidential},
    "service": {"status": lambda said: said["status"]},
}
"""The columns that repeat what a document says, and how it says that."""


def _row(key: UUID, part: Part, old: Record | None, now: datetime) -> tuple[object, ...]:
    """What stands in the table for a record; it changes only where it, or its source, comes to say something else."""
    owners = [key_of(owner) if (owner := part.links.get(name)) else None for name in links_of(part.kind)]
    is_same = (
        old
        and says_the_same(old.document, part.document)
        and owners == [getattr(old, name) for name in links_of(part.kind)]
    )
    own = (way(part.document) for way in _OWN.get(part.kind, {}).values())
    return (key, part.document, old.changed_at if old and is_same else now, *owners, *own)


def _seal(before: Collection[UUID], secrets: Mapping[UUID, Document]) -> None:
    SealedPlace.objects.filter(pk__in=among(before)).delete()
    SealedPlace.objects.bulk_create(
        SealedPlace(location_id=key, sealed=seal(key, place)) for key, place in secrets.items()
    )


def _describe(given: Mapping[UUID, Part], before: Collection[UUID]) -> None:
    """Keep beside services by which terms their attributes describe them."""
    ServiceTerm.objects.filter(service__in=among(before)).delete()
    terms = ((key, key_of(term)) for key, part in given.items() for term in sorted(terms_of(part.document)))
    rows.write(ServiceTerm, ("service", "term"), terms)


_DESCRIBED_ITSELF = ("organization", "program", "location", "service_at_location")
"""The kinds that have terms besides those of services. What is sealed of a place describes it to nobody."""


def _describe_itself(kind: str, given: Mapping[UUID, Part], before: Collection[UUID]) -> None:
    """The same for entries of these kinds."""
    OwnTerm.objects.filter(kind=kind, record__in=among(before)).delete()
    terms = ((kind, key, key_of(term)) for key, part in given.items() for term in sorted(terms_of(part.document)))
    rows.write(OwnTerm, ("kind", "record", "term"), terms)
