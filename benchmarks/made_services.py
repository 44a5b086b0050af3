"""Made-up services of the directory, a line each, around the places of the gazetteer."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from palermo.protection.directory.hsds.places import Place

PER_ORGANIZATION = 4
HIDDEN = 0.02
"""The share of places that are confidential."""
WORDS = (
    *("shelter", "counsel", "clinic", "rights", "family", "worker", "river", "north"),
    *("harbour", "maple", "advice", "youth", "street", "nurse", "court"),
)
LANGUAGES = ("English", "French", "Spanish", "Tagalog", "Cree", "Arabic")


def write_services(path: Path, size: int) -> None:
    """Write NDJSON with this many services, the same every time."""
    with path.open("w", encoding="utf-8") as file:
        for one in _services(size):
            file.write(json.dumps(one, ensure_ascii=False) + "\n")


def _services(size: int) -> Iterator[dict[str, object]]:
    from palermo.protection.directory.hsds.places import _names
    from palermo.protection.directory.queries.needs import needs

    chance = random.Random(1)  # noqa: S311 - made-up services, nothing to guess
    places = sorted({places[0] for places in _names().values()}, key=lambda place: place.label)
    terms = [str(one["id"]) for one in needs()]
    ids = iter(range(1, 20 * size))

    def new_id() -> str:
        return str(UUID(int=next(ids) * 2**64 + chance.getrandbits(64)))

    organization: dict[str, object] = {}
    for number in range(size):
        if number % PER_ORGANIZATION == 0:
            name = " ".join(chance.sample(WORDS, 2)).title()
            organization = {"id": new_id(), "name": f"{name} {number}", "description": "A made-up organization."}
        yield _service(chance, new_id, organization, chance.choice(places), chance.sample(terms, 2))


def _service(
    chance: random.Random, new_id: Callable[[], str], organization: dict[str, object], place: Place, terms: list[str]
) -> dict[str, object]:
    address = {
        "id": new_id(), "address_1": f"{chance.randint(1, 999)} Made-up Street", "city": place.name,
        "state_province": place.province, "postal_code": "A0A 0A0", "country": "CA", "address_type": "physical",
    }  # fmt: skip
    location: dict[str, object] = {
        "id": new_id(), "location_type": "physical", "addresses": [address],
        "latitude": round(place.point.latitude + chance.gauss(0, 0.1), 4),
        "longitude": round(place.point.longitude + chance.gauss(0, 0.1), 4),
    }  # fmt: skip
    if chance.random() < HIDDEN:
        # An address of its own: what tells where a hidden place is must stand nowhere else.
        address = {**address, "address_1": f"{chance.randint(1, 999)} Lane {new_id()}", "postal_code": ""}
        location |= {"addresses": [address], "is_confidential": True, "area": place.name}
    hours = [
        {"id": new_id(), "freq": "WEEKLY", "byday": day, "opens_at": "09:00", "closes_at": "17:00"}
        for day in ("MO,TU,WE", "TH,FR")
    ]
    return {
        "id": new_id(),
        "name": " ".join(chance.sample(WORDS, 3)),
        "name_fr": " ".join(chance.sample(WORDS, 3)),
        "description": " ".join(chance.choices(WORDS, k=30)),
        "status": "active",
        "assured_date": f"2026-{chance.randint(1, 10):02}-{chance.randint(1, 28):02}",
        "organization": organization,
        "phones": [{"id": new_id(), "number": f"604-555-{chance.randint(100, 199):04}"}],
        "languages": [{"id": new_id(), "name": name} for name in chance.sample(LANGUAGES, 2)],
        "schedules": hours,
        "attributes": [{"id": new_id(), "link_entity": "service", "taxonomy_term_id": term} for term in terms],
        "service_at_locations": [{"id": new_id(), "location": location}],
    }
