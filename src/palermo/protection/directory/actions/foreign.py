"""What of an entry another source keeps: no source changes what is another's, or says where it is given."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from django.db import models

from palermo.foundation.keys import among
from palermo.protection.directory.hsds.confidential import is_confidential
from palermo.protection.directory.hsds.parting import Record, key_of
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import (
    Location,
    Organization,
    Program,
    Service,
    ServiceAtLocation,
    Source,
    Taxonomy,
    TaxonomyTerm,
)
from palermo.protection.directory.models.record import Owned
from palermo.protection.directory.queries.service_types import built_in

OWNED: dict[str, type[Owned]] = {
    model.kind: model for model in (Taxonomy, TaxonomyTerm, Organization, Program, Location)
}
"""What others may name within their own entries; then only its id is used."""
GIVING_SERVICES = frozenset({"service", "organization"})
"""What gives services whole."""
Changed: TypeAlias = tuple[str, UUID]
"""What is changed: the kind and key of a record, or of a place that it is `opened` or `hidden`."""
Names: TypeAlias = Mapping[Changed, str]
"""Which source keeps what is changed; empty where people here do."""


def services_in(kind: str, right: Iterable[Sequence[Record]]) -> set[UUID]:
    """The services that entries give whole; elsewhere they may stand in part."""
    if kind not in GIVING_SERVICES:
        return set()
    return {one.key for records in right for one in records if one.kind == "service"}


def kept_by_others(kind: str, keys: Collection[UUID], source: Source) -> set[UUID]:
    """Which of these records another source keeps, or people here do: confidential places, and what is built in."""
    if kind not in OWNED:
        return set()
    found = {key for key, _name in _theirs(OWNED[kind], keys, "source", source)} | _built_in(kind, keys)
    if kind == "location":
        by_hand = Location.objects.filter(pk__in=among(keys), is_confidential=True, source__isnull=True)
        found |= set(by_hand.values_list("pk", flat=True))
    return found


def without_owners_of_others(some: Sequence[Record], source: Source) -> None:
    """Have programs and places belong to no organization that another source keeps: that one says what is its own."""
    owners = {key_of(owner) for one in some if (owner := one.links.get("organization_id"))}
    others = kept_by_others("organization", owners, source)
    for one in some if others else ():
        if key_of(one.links.get("organization_id", one.id)) in others:
            del one.links["organization_id"]


def of_others(
    kind: str, right: Sequence[tuple[int, Sequence[Record]]], source: Source, opened: Collection[UUID]
) -> dict[int, list[Problem]]:
    """Which entries change what another source keeps, or open or hide a place that is not this source's.

    Args:
        kind: what the entries are.
        right: their records, by their numbers.
        source: whose entries these are.
        opened: the confidential places that they say not to be any more.
    """
    changed = {number: [each for one in records for each in _changed(kind, one, opened)] for number, records in right}
    names = _names({each for some in changed.values() for each in some}, source)
    repeated = _repeated(kind, right, names)
    found: dict[int, list[Problem]] = {}
    for number, some in changed.items() if names else ():
        each = next((each for each in some if each in names), None)
        if each is not None and number not in repeated:
            found[number] = [Problem(("id",), _rule(each, names[each]), names[each])]
    return found


def _rule(changed: Changed, name: str) -> str:
    """Which rule it breaks to change what a source of this name keeps."""
    if changed[0] == "hidden":
        return "open_elsewhere"
    return "source" if name else "kept_here" if changed[0] == "opened" else "term_kept_here"


def _changed(kind: str, one: Record, opened: Collection[UUID]) -> Iterator[Changed]:
    """What an entry of a kind changes by a record in it."""
    if one.kind in {"service", kind}:
        yield one.kind, one.key
    if one.kind == "service_at_location":
        yield one.kind, one.key
        if service := one.links.get("service_id"):
            yield "service", key_of(service)
    if one.kind == "location" and is_confidential(one.document):
        yield "hidden", one.key
    elif one.kind == "location" and one.key in opened:
        yield "opened", one.key


def _names(changed: Collection[Changed], source: Source) -> Names:
    def keys(what: str) -> set[UUID]:
        return {key for each, key in changed if each == what}

    found: dict[Changed, str] = {}
    models_of: dict[str, tuple[type[models.Model], str]] = {kind: (model, "source") for kind, model in OWNED.items()}
    models_of |= {"service": (Service, "source"), "service_at_location": (ServiceAtLocation, "service__source")}
    for kind, (model, link) in models_of.items():
        found |= {(kind, key): name for key, name in _theirs(model, keys(kind), link, source)}
        found |= {(kind, key): "" for key in _built_in(kind, keys(kind))}
    opened = (
        Location.objects.filter(pk__in=among(keys("opened"))).exclude(source=source).values_list("pk", "source__name")
    )
    found |= {("opened", key): name or "" for key, name in opened}
    theirs = dict(_theirs(Location, keys("hidden"), "source", source))
    in_the_open = Location.objects.filter(pk__in=among(theirs), is_confidential=False).values_list("pk", flat=True)
    return found | {("hidden", key): theirs[key] for key in in_the_open}


def _repeated(kind: str, right: Sequence[tuple[int, Sequence[Record]]], names: Names) -> set[int]:
    """Which entries say of lists and their terms what is kept of them already: many describe by the same lists."""
    if kind not in {"taxonomy", "taxonomy_term"}:
        return set()
    kept = OWNED[kind]._default_manager.in_bulk([key for _what, key in names])
    return {
        number
        for number, records in right
        if all(_says(kept[one.key], one) for one in records if one.kind == kind and one.key in kept)
    }


def _says(kept: Owned, one: Record) -> bool:
    """Whether what is kept says all that is said of it now."""
    is_there = all(str(getattr(kept, name)) == owner.lower() for name, owner in one.links.items())
    return is_there and all(kept.document.get(name) == said for name, said in one.document.items())


def _built_in(kind: str, keys: Collection[UUID]) -> set[UUID]:
    """Which of these are lists and terms of the needs and kinds of service that are built in, as far as loaded."""
    known = built_in(kind).intersection(keys)
    return (
        set(OWNED[kind]._default_manager.filter(pk__in=among(known)).values_list("pk", flat=True)) if known else set()
    )


def _theirs(model: type[models.Model], keys: Collection[UUID], link: str, source: Source) -> Iterable[tuple[UUID, str]]:
    """Which of these another source keeps, with its name; `link` leads to the source."""
    rows = model._default_manager.filter(pk__in=among(keys), **{f"{link}__isnull": False}).exclude(**{link: source})
    return rows.values_list("pk", f"{link}__name")
