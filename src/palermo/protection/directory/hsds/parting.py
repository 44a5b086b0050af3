"""Whole documents taken apart into the records that are kept, and put together again.

The standard hands out entries inside each other: a service with its organization, its places and theirs. Seven kinds
are kept as records of their own, so that each is kept once; all others stay inside the record that they describe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from uuid import UUID

from palermo.protection.directory.hsds.at_places import CORRECTED, said_at
from palermo.protection.directory.hsds.confidential import together
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.shape import ENTITIES, Parts, parts_of

KEPT = ("taxonomy", "taxonomy_term", "organization", "program", "location", "service", "service_at_location")
"""The kinds of record, each after those that it can belong to."""
ROW = "row"
"""The kind of what stands in a file and is no entry at all."""

_LINKS = {"taxonomy_detail": "taxonomy_id"}
"""What links to a single part, where it is not called as the part is."""


@dataclass
class Record:
    """One entry by itself: what it says, and the ids of what it belongs to, by the name of the link."""

    kind: str
    document: Document
    links: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The identifier that the standard knows it by."""
        return str(self.document["id"])

    @cached_property
    def key(self) -> UUID:
        """The same as a key."""
        return key_of(self.id)


@lru_cache(maxsize=20_000)
def key_of(identifier: str) -> UUID:
    """An identifier as a key; the same ones come again and again while entries are taken apart."""
    return UUID(identifier)


@cache
def links_of(kind: str) -> tuple[str, ...]:
    """The properties of a kind of record that say what other record it belongs to."""
    return tuple(name for name in ENTITIES[kind].values if name.removesuffix("_id") in KEPT and name.endswith("_id"))


def terms_of(document: Mapping[str, Json]) -> set[str]:
    """The ids of the terms by which the attributes of a record describe it."""
    attributes = document.get("attributes")
    said = attributes if isinstance(attributes, list) else []
    terms = (one.get("taxonomy_term_id") for one in said if isinstance(one, Mapping))
    return {str(term).lower() for term in terms if term}


def apart(kind: str, document: Mapping[str, Json]) -> list[Record]:
    """The records in a document that fulfils its schema, each once, each after those that it belongs to.

    A record that stands in several places is what all of them say of it together.
    """
    found: dict[tuple[str, str], Record] = {}
    for record in _apart(kind, document, {}):
        known = found.setdefault((record.kind, record.id.lower()), record)
        if known is not record:
            known.document = together(known.document, record.document)
            known.links |= record.links
    return sorted(found.values(), key=lambda record: KEPT.index(record.kind))


def _apart(kind: str, document: Mapping[str, Json], links: Mapping[str, str]) -> Iterator[Record]:
    own: Document = dict(document)
    record = Record(kind, own, dict(links))
    for name in links_of(kind):
        said = own.pop(name, None)
        if said is not None:
            record.links[name] = str(said)
    yield from _without_records(own, kind, record)
    yield record


def _without_records(own: Document, kind: str, record: Record) -> Iterator[Record]:
    """Take the records out of an entry, which itself stays inside `record`."""
    held = parts_of(kind)
    if held.keys().isdisjoint(own):
        return
    for name, parts in held.items():
        if name not in own:
            continue
        entries = _entries(own, name, parts)
        if parts.entity not in KEPT:
            copies = [dict(entry) for entry in entries]
            own[name] = copies if parts.many else copies[0]
            for copy in copies:
                yield from _without_records(copy, parts.entity, record)
            continue
        del own[name]
        for entry in entries:
            if parts.many:
                yield from _apart(parts.entity, entry, {f"{kind}_id": str(own["id"])})
                continue
            link = _LINKS.get(name, f"{name}_id")
            (record.links if kind == record.kind else own)[link] = str(entry["id"])
            yield from _apart(parts.entity, entry, {})


def _entries(own: Mapping[str, Json], name: str, parts: Parts) -> list[Mapping[str, Json]]:
    said = own[name]
    entries = said if parts.many else [said]
    # Read from JSON they are dictionaries, which is seen sooner than that they are mappings.
    if type(entries) is list and all(type(entry) is dict for entry in entries):
        return entries
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise TypeError(name)
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _corrected(records: list[Record]) -> list[Record]:
    """The same, where services at places say what people corrected of them, and services do not say so any more."""
    services = {one.id.lower(): one.document for one in records if one.kind == "service" and CORRECTED in one.document}
    if not services:
        return records
    return [_seen(one, services) for one in records]


def _seen(one: Record, services: Mapping[str, Document]) -> Record:
    if one.kind == "service_at_location" and (service := services.get(one.links.get("service_id", "").lower())):
        return Record(one.kind, said_at(service, one.id, one.document), one.links)
    if one.kind == "service" and CORRECTED in one.document:
        return Record(one.kind, {name: said for name, said in one.document.items() if name != CORRECTED}, one.links)
    return one


class Shelf:
    """Records that belong to each other, from which whole documents are put together."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Those that are shown belong here with all that they are shown with; what is missing is left out."""
        self._records: dict[tuple[str, str], Record] = {}
        self._under: dict[tuple[str, str, str], list[Record]] = {}
        for record in _corrected(list(records)):
            self._records[record.kind, record.id.lower()] = record
            for link, owner in record.links.items():
                self._under.setdefault((record.kind, link, owner.lower()), []).append(record)

    def whole(self, kind: str, identifier: str) -> Document:
        """A record with everything that belongs to it, and all that those have of their own.

        Raises:
            KeyError: it is not on the shelf.
        """
        record = self._records[kind, identifier.lower()]
        return self._whole(record, tuple(parts_of(kind)))

    def flat(self, kind: str, identifier: str, *beside: str) -> Document:
        """A record's own values, and those of the single records `beside` it.

        Raises:
            KeyError: it is not on the shelf.
        """
        record = self._records[kind, identifier.lower()]
        found = {name: said for name, said in record.document.items() if name not in parts_of(kind)}
        for name in beside:
            other = self._linked(record, name)
            if other:
                found[name] = self.flat(other.kind, other.id, *_BESIDE.get(other.kind, ()))
        return found

    def _whole(self, record: Record, shown: tuple[str, ...]) -> Document:
        found = {name: self._with_terms(name, record.kind, said) for name, said in record.document.items()}
        for name in shown:
            parts = parts_of(record.kind)[name]
            if parts.entity not in KEPT:
                continue
            within = _WITHIN.get((record.kind, parts.entity), tuple(ENTITIES[parts.entity].parts))
            if parts.many:
                under = self._under.get((parts.entity, f"{record.kind}_id", record.id.lower()), [])
                if under:
                    found[name] = [self._whole(one, within) for one in under]
            elif other := self._linked(record, name):
                found[name] = self._whole(other, within)
        return found

    def _linked(self, record: Record, name: str) -> Record | None:
        owner = record.links.get(_LINKS.get(name, f"{name}_id"), "")
        return self._records.get((parts_of(record.kind)[name].entity, owner.lower()))

    def _with_terms(self, name: str, kind: str, said: Json) -> Json:
        """What an entry says, with the terms that it is described by written out."""
        parts = ENTITIES[kind].parts.get(name)
        if parts is None:
            return said
        if isinstance(said, list):
            return [self._entry(parts.entity, one) for one in said if isinstance(one, Mapping)]
        return self._entry(parts.entity, said) if isinstance(said, Mapping) else said

    def _entry(self, kind: str, said: Mapping[str, Json]) -> Document:
        found = {name: self._with_terms(name, kind, one) for name, one in said.items()}
        term = self._records.get(("taxonomy_term", str(said.get("taxonomy_term_id", "")).lower()))
        if kind == "attribute" and term:
            del found["taxonomy_term_id"]
            found["taxonomy_term"] = self._whole(term, ("taxonomy_detail",))
        return found


_BESIDE = {"service": ("organization", "program")}
"""What a list shows beside a record that it holds."""

_WITHIN = {
    ("organization", "service"): ("program", "service_at_locations"),
    ("service_at_location", "service"): ("organization", "program"),
}
"""What a kind shows within another, where it would otherwise lead back there."""
