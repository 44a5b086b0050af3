"""The sample's directory of services: invented, in every province and territory, and marked as a sample."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from palermo.people.models import User
    from palermo.protection.directory.hsds.json_values import Document

FOLDER = Path(__file__).resolve().parents[1] / "protection" / "samples"
FILE = FOLDER / "services.json"
NEIGHBOURS = FOLDER / "neighbours.csv"
"""A list as an association keeps one: an entry that is there already, a new one, and two that are not clear."""
SPACE = UUID("0d6e2c0e-6d52-4c0b-8a5f-5d0a6b5a9e11")
"""What the ids of the sample are made in, so that loading it twice makes nothing twice."""
HIDDEN = "shelter"
"""The kind of service whose place is confidential."""


def load_sample_directory() -> list[str]:
    """Load the needs and the invented services, unless there are services already; a sentence where it did so."""
    from palermo.people.queries import command_line
    from palermo.protection.directory.actions.take_in import take_in
    from palermo.protection.directory.models import Service
    from palermo.protection.directory.queries.needs import needs

    if Service.objects.exists():
        return []
    said = json.loads(FILE.read_text(encoding="utf-8"))
    take_in(by=command_line(), kind="taxonomy_term", documents=needs())
    services = [one for organization in said["organizations"] for one in _services(said, organization)]
    take_in(by=command_line(), kind="service", documents=services)
    return [f"Loaded {len(services)} invented services."]


def load_neighbours(coordinator: User) -> str:
    """Take in the list of an invented association, and have a provider propose a change; a sentence where it did so."""
    from palermo.protection.directory.actions.intake import take_in_file
    from palermo.protection.directory.actions.sources import source_called
    from palermo.protection.directory.models import Intake

    name = "Invented neighbours"
    if Intake.objects.filter(source__name=name, finished_at__isnull=False).exists():
        return ""
    source = source_called(by=coordinator, name=name)
    intake = take_in_file(by=coordinator, path=NEIGHBOURS, kind="service", source=source)
    _propose(coordinator)
    return f"Took in an invented list of {intake.total} services, of which {intake.aside} wait to be mended."


def _propose(coordinator: User) -> None:
    """What a coordinator finds in the morning: something that a provider changed and nobody has looked at yet."""
    from palermo.protection.directory.actions.changes import change, confirm
    from palermo.protection.directory.actions.links import make_link
    from palermo.protection.directory.models import Service

    clinic = Service.objects.select_related("organization").get(pk=_id("bc-harbour clinic"))
    if clinic.organization is None:
        return
    link, _token = make_link(by=coordinator, organization=clinic.organization, label="Front desk", is_reviewed=True)
    confirm(by=link, service=clinic)
    said = {"en": "Everybody, without a health card too.", "fr": "Tout le monde, sans carte santé aussi."}
    change(by=link, service=clinic, patch=dict(_both("eligibility_description", **said)))


def _services(said: dict[str, Any], of: dict[str, Any]) -> Iterator[Document]:
    from palermo.protection.directory.hsds.fitting import languages
    from palermo.protection.directory.queries.needs import need

    organization = {"id": _id(of["id"]), **_both("name", of["en"], of["fr"]), **_both("description", **said["mark"])}
    for kind in of["kinds"]:
        known = said["kinds"][kind]
        name = f"{of['id']} {kind}"
        terms = [need(code) for code in known["needs"]]
        yield {
            "id": _id(name),
            "status": "active",
            **_both("name", known["en"][0], known["fr"][0]),
            **_both("description", f"{known['en'][1]} {said['mark']['en']}", f"{known['fr'][1]} {said['mark']['fr']}"),
            **_both("eligibility_description", known["en"][2], known["fr"][2]),
            "assured_date": (date.today() - timedelta(days=of["confirmed"])).isoformat(),
            "indigenous_led": of.get("indigenous", False),
            "organization": organization,
            "phones": [{"id": _id(f"{name} phone"), "number": _written(of["phone"]), "e164": of["phone"]}],
            "languages": [
                {"id": _id(f"{name} {one['code']}"), **one} for one in languages() if one["code"] in of["languages"]
            ],
            **_fit(known, name),
            "attributes": [
                {"id": _id(f"{name} {code}"), "link_entity": "service", "taxonomy_term_id": term["id"]}
                for code, term in zip(known["needs"], terms, strict=True)
                if term
            ],
            **({} if not of["city"] else _place(of, name, is_secret=kind == HIDDEN)),
        }


def _fit(known: dict[str, Any], name: str) -> Document:
    """For whom a service is, when it is open, and how many beds were free this morning."""
    schedules = [
        {
            "id": _id(f"{name} {days} {opens}"), "freq": "WEEKLY", "byday": days, "opens_at": opens,
            "closes_at": closes, "closed_on_holidays": known.get("holidays", False),
        }
        for days, opens, closes in known["hours"]
    ]  # fmt: skip
    found: Document = {"schedules": schedules, "any_immigration_status": True}
    found |= {key: known[key] for key in ("genders", "takes_children", "minimum_age") if key in known}
    if beds := known.get("beds"):
        unit = {"id": _id("bed"), **_both("name", "bed", "lit")}
        free = len(name) % beds
        found["capacities"] = [
            {
                "id": _id(f"{name} beds"), "unit": unit, "available": free, "maximum": beds, "valid_hours": 24,
                "updated": datetime.now(UTC).isoformat(timespec="seconds"),
            }
        ]  # fmt: skip
    return found


def _place(of: dict[str, Any], name: str, *, is_secret: bool) -> Document:
    place = f"{of['id']} secret" if is_secret else of["id"]
    location: dict[str, Any] = {"id": _id(f"{place} place"), "location_type": "physical"}
    # What is secret is sealed as it comes in; of most such places nobody says where they are.
    street, postal = of.get("secret", ("", "")) if is_secret else (of["address"], of["postal"])
    if street:
        address = {
            "id": _id(f"{place} address"), "address_1": street, "city": of["city"], "state_province": of["province"],
            "postal_code": postal, "country": "CA", "address_type": "physical",
        }  # fmt: skip
        location["addresses"] = [address]
    if is_secret:
        location |= {"is_confidential": True, **_both("area", f"Near {of['city']}", f"Près de {of['city']}")}
    else:
        location |= {"latitude": of["at"][0], "longitude": of["at"][1]}
    return {
        "service_areas": [{"id": _id(f"{name} area"), "name": of["province"], "provinces": [of["province"]]}],
        "service_at_locations": [{"id": _id(f"{name} visit"), "location": location}],
    }


def _both(name: str, en: str, fr: str) -> dict[str, str]:
    """A text in both languages; what exists in French only stands in both places."""
    return {name: en or fr, f"{name}_fr": fr}


def _written(phone: str) -> str:
    """A North American number as people write it."""
    return f"{phone[2:5]}-{phone[5:8]}-{phone[8:]}"


def _id(name: str) -> str:
    return str(uuid5(SPACE, name))
