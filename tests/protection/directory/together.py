"""The same service as two directories have it, and what is shown and kept of it."""

from __future__ import annotations

import json
from pathlib import Path

from django.test import Client

from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.merging import merge
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import (
    FinderEntry,
    Likeness,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    ServiceWord,
    Source,
)
from palermo.protection.directory.queries.needs import needs
from tests.protection.directory.samples import key, place, service, taken

NEEDS = {str(one["code"]): one for one in needs()}
SOCIETY: Document = {"id": key("society"), "name": "Harbour Society", "description": "A society."}
ELSEWHERE: Document = {
    "id": key("address elsewhere"), "address_1": "900 Main Street", "city": "Moncton", "state_province": "NB",
    "postal_code": "E1C 1G4", "country": "CA", "address_type": "physical",
}  # fmt: skip


def ours(**said: object) -> Document:
    """What our own directory says of a service; it knows no place of it, and no need that it answers."""
    found: Document = service("Ours", **{"service_at_locations": [], **said})
    return found


def theirs(*, at: list[Document] | None = None, **said: object) -> Document:
    """What the directory of a society says of it."""
    places = [visit("theirs")] if at is None else at
    terms = [{"id": key("their need"), "link_id": key("Theirs"), "taxonomy_term": NEEDS["safe-place"]}]
    found: Document = service(
        "Theirs", **{"organization": SOCIETY, "attributes": terms, "service_at_locations": places, **said}
    )
    return found


def visit(name: str, **said: object) -> Document:
    """That it is given at a place."""
    return {"id": key(f"visit to {name}"), "location": place(name, **said)}


def phone(number: str) -> list[Document]:
    """One telephone."""
    return [{"id": key("phone"), "number": number}]


def beds(available: int, updated: str = "2026-11-06T18:30:00Z") -> list[Document]:
    """Beds of one kind."""
    return [{"id": key("beds"), "unit": {"id": key("unit"), "name": "bed"}, "available": available, "updated": updated}]


def pair_of(*, our: Document | None = None, their: Document | None = None) -> Likeness:
    """Both, taken in, as a pair that may be the same."""
    taken(our or ours(), their or theirs())
    first, second = sorted((one("Ours"), one("Theirs")), key=lambda each: each.pk)
    return Likeness.objects.create(first=first, second=second, probability=0.9, reasons=[])


def merged(by: User, *, our: Document | None = None, their: Document | None = None) -> Likeness:
    """The same pair, merged: ours stands for both."""
    pair = pair_of(our=our, their=their)
    merge(by=by, pair=pair, kept=one("Ours"))
    pair.refresh_from_db()
    return pair


def one(name: str) -> Service:
    """A service by its name."""
    return Service.objects.get(document__name=name)


def pulled(folder: Path, source: str, *documents: Document, kind: str = "service") -> None:
    """What the feed of a source says today."""
    path = folder / "feed.ndjson"
    path.write_text("".join(json.dumps(each) + "\n" for each in documents), encoding="utf-8")
    made, _is_new = Source.objects.get_or_create(name=source)
    take_in_file(by=command_line(), path=path, kind=kind, source=made)


def listed(client: Client, path: str, **wanted: str) -> list[Document]:
    """What a list of the API holds."""
    answer = client.get(f"/api/hsds/{path}", wanted).json()
    assert answer["total_items"] == len(answer["contents"])
    found: list[Document] = answer["contents"]
    return found


def whole(client: Client, name: str) -> Document:
    """A service as the API gives it."""
    found: Document = client.get(f"/api/hsds/services/{key(name)}").json()
    return found


def places(client: Client, name: str = "Ours") -> list[str]:
    """Where a service is given, by the names of the places, as the API gives it."""
    held = whole(client, name).get("service_at_locations", [])
    return sorted(str(each["location"].get("name", "confidential")) for each in held)  # type: ignore[union-attr,index,call-overload]


def all_of_it() -> list[object]:
    """All that is kept and found of the services, but for when it changed."""
    return [
        sorted(Service.objects.values_list("pk", "document", "merged_into", "told_by"), key=str),
        sorted(ServiceAtLocation.objects.values_list("pk", "document", "service", "shown_for"), key=str),
        sorted(ServiceTerm.objects.values_list("service", "term"), key=str),
        sorted(ServiceWord.objects.values_list("service", "word__text"), key=str),
        sorted(FinderEntry.objects.values_list("term", "service", "visit", "latitude", "confirmed_on"), key=str),
    ]
