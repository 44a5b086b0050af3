"""What each kind of entry of the Human Services Data Specification 3.1 holds.

Names, formats and what is required follow the specification (Open Referral, HSDS 3.1); the Canadian profile adds to it
in `profile.py`. A property either holds a value or further entries, its parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["string", "number", "boolean"]
Format: TypeAlias = Literal["", "uuid", "uri", "email", "date-time"]

VERSION = "3.1"


@dataclass(frozen=True)
class Value:
    """A property that holds a value. `is_text` marks words for people, which the profile has in both languages."""

    kind: Kind = "string"
    format: Format = ""
    choices: tuple[str, ...] = ()
    is_text: bool = False


@dataclass(frozen=True)
class Parts:
    """A property that holds entries of another kind: a list of them, or one."""

    entity: str
    many: bool = True


@dataclass(frozen=True)
class Entity:
    """A kind of entry. `table` is the name of its file in a tabular package."""

    table: str
    values: Mapping[str, Value]
    parts: Mapping[str, Parts] = field(default_factory=dict)
    required: tuple[str, ...] = ("id",)


def _values(
    text: str = "",
    *,
    plain: str = "",
    ids: str = "",
    uris: str = "",
    emails: str = "",
    moments: str = "",
    numbers: str = "",
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> dict[str, Value]:
    """Properties by how they are checked, each argument a list of names with spaces between."""
    found = {"id": Value(format="uuid")}
    found |= {name: Value(format="uuid") for name in ids.split()}
    found |= {name: Value(is_text=True) for name in text.split()}
    found |= {name: Value() for name in plain.split()}
    found |= {name: Value(format="uri") for name in uris.split()}
    found |= {name: Value(format="email") for name in emails.split()}
    found |= {name: Value(format="date-time") for name in moments.split()}
    found |= {name: Value("number") for name in numbers.split()}
    found |= {name: Value(choices=known) for name, known in (choices or {}).items()}
    return found


def _parts(one: Mapping[str, str] | None = None, **many: str) -> dict[str, Parts]:
    """Properties that hold entries; nearly every kind can be described further and says what was changed in it."""
    found = {name: Parts(entity) for name, entity in many.items()}
    found |= {name: Parts(entity, many=False) for name, entity in (one or {}).items()}
    return found | {"attributes": Parts("attribute"), "metadata": Parts("metadata")}


_PLACE = ("physical", "postal", "virtual")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ONLY_CHANGES = {"metadata": Parts("metadata")}

ENTITIES: Mapping[str, Entity] = {
    "organization": Entity(
        "organizations",
        _values(
            "name alternate_name description tax_status legal_status",
            plain="tax_id logo",
            ids="parent_organization_id",
            uris="website uri",
            emails="email",
            numbers="year_incorporated",
        ),
        _parts(
            additional_websites="url",
            funding="funding",
            contacts="contact",
            phones="phone",
            locations="location",
            programs="program",
            organization_identifiers="organization_identifier",
        ),
        required=("id", "name", "description"),
    ),
    "service": Entity(
        "services",
        _values(
            "name alternate_name description interpretation_services application_process fees_description wait_time "
            "fees accreditations eligibility_description licenses alert",
            plain="assured_date",
            ids="organization_id program_id",
            uris="url",
            emails="email assurer_email",
            moments="last_modified",
            numbers="minimum_age maximum_age",
            choices={"status": ("active", "inactive", "defunct", "temporarily closed")},
        ),
        _parts(
            {"organization": "organization", "program": "program"},
            additional_urls="url",
            phones="phone",
            schedules="schedule",
            service_areas="service_area",
            service_at_locations="service_at_location",
            languages="language",
            funding="funding",
            cost_options="cost_option",
            required_documents="required_document",
            contacts="contact",
            capacities="service_capacity",
        ),
        required=("id", "name", "status"),
    ),
    "service_at_location": Entity(
        "service_at_location",
        _values("description", ids="service_id location_id"),
        _parts(
            {"location": "location"},
            service_areas="service_area",
            contacts="contact",
            phones="phone",
            schedules="schedule",
        ),
    ),
    "location": Entity(
        "locations",
        _values(
            "name alternate_name description transportation",
            plain="external_identifier external_identifier_type",
            ids="organization_id",
            uris="url",
            numbers="latitude longitude",
            choices={"location_type": _PLACE},
        ),
        _parts(
            languages="language",
            addresses="address",
            contacts="contact",
            accessibility="accessibility",
            phones="phone",
            schedules="schedule",
        ),
        required=("id", "location_type"),
    ),
    "program": Entity(
        "programs",
        _values("name alternate_name description", ids="organization_id"),
        _parts(),
        required=("id", "name", "description"),
    ),
    "address": Entity(
        "addresses",
        _values(
            plain="attention address_1 address_2 city region state_province postal_code country",
            ids="location_id",
            choices={"address_type": _PLACE},
        ),
        _parts(),
        required=("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    ),
    "contact": Entity(
        "contacts",
        _values(
            "title department",
            plain="name",
            ids="organization_id service_id service_at_location_id location_id",
            emails="email",
        ),
        _parts(phones="phone"),
    ),
    "phone": Entity(
        "phones",
        _values(
            "description",
            plain="number type",
            ids="location_id service_id organization_id contact_id service_at_location_id",
            numbers="extension",
        ),
        _parts(languages="language"),
        required=("id", "number"),
    ),
    "language": Entity(
        "languages", _values("name note", plain="code", ids="service_id location_id phone_id"), _parts()
    ),
    "schedule": Entity(
        "schedules",
        _values(
            "description attending_type notes",
            plain="valid_from valid_to dtstart until byday byweekno bymonthday byyearday opens_at closes_at",
            ids="service_id location_id service_at_location_id",
            uris="schedule_link",
            numbers="timezone count interval",
            choices={"wkst": _DAYS, "freq": ("WEEKLY", "MONTHLY")},
        ),
        _parts(),
    ),
    "service_area": Entity(
        "service_areas",
        _values("name description", plain="extent extent_type uri", ids="service_id service_at_location_id"),
        _parts(),
    ),
    "accessibility": Entity(
        "accessibility", _values("description details", ids="location_id", uris="url"), _parts()
    ),
    "cost_option": Entity(
        "cost_options",
        _values(
            "option amount_description", plain="valid_from valid_to currency", ids="service_id", numbers="amount"
        ),
        _parts(),
    ),
    "funding": Entity("funding", _values("source", ids="organization_id service_id"), _parts()),
    "required_document": Entity(
        "required_documents", _values("document", ids="service_id", uris="uri"), _parts()
    ),
    "service_capacity": Entity(
        "service_capacity",
        _values("description", ids="service_id unit_id", moments="updated", numbers="available maximum"),
        _parts({"unit": "unit"}),
        required=("id", "unit", "available", "updated"),
    ),
    "unit": Entity("units", _values("name", plain="scheme identifier", uris="uri"), _parts(), required=("id", "name")),
    "url": Entity(
        "url", _values("label", ids="organization_id service_id", uris="url"), _parts(), required=("id", "url")
    ),
    "organization_identifier": Entity(
        "organization_identifiers",
        _values(plain="identifier_scheme identifier_type identifier", ids="organization_id"),
        _parts(),
        required=("id", "identifier_type", "identifier"),
    ),
    "taxonomy": Entity(
        "taxonomies",
        _values("name description", plain="version", uris="uri"),
        _ONLY_CHANGES,
        required=("id", "name", "description"),
    ),
    "taxonomy_term": Entity(
        "taxonomy_terms",
        _values(
            "name description", plain="code taxonomy language", ids="parent_id taxonomy_id", uris="term_uri"
        ),
        {"taxonomy_detail": Parts("taxonomy", many=False), **_ONLY_CHANGES},
        required=("id", "name", "description"),
    ),
    "attribute": Entity(
        "attributes",
        _values("label value", plain="link_type link_entity", ids="link_id taxonomy_term_id"),
        {"taxonomy_term": Parts("taxonomy_term", many=False), **_ONLY_CHANGES},
    ),
    "metadata": Entity(
        "metadata",
        _values(
            plain="resource_type last_action_date last_action_type field_name previous_value replacement_value "
            "updated_by",
            ids="resource_id",
        ),
        required=(
            "id", "last_action_date", "last_action_type", "field_name", "previous_value", "replacement_value",
            "updated_by",
        ),
    ),
    "meta_table_description": Entity(
        "meta_table_descriptions", _values(plain="name language character_set"), _parts()
    ),
}  # fmt: skip
"""Every kind of entry by its name in the specification."""

ALSO: Mapping[str, Mapping[str, Parts]] = {
    "organization": {"services": Parts("service")},
    "service_at_location": {"service": Parts("service", many=False)},
}
"""What the standard's schemas do not name, but its API and its examples hand out."""


@cache
def parts_of(kind: str) -> Mapping[str, Parts]:
    """The properties of a kind of entry that hold other entries."""
    return {**ENTITIES[kind].parts, **ALSO.get(kind, {})}
