"""What the Canadian profile adds to the standard, as the standard's own mechanism has it: a JSON Merge Patch a schema.

Each text has a second property for French: `name` holds the English and `name_fr` the French; where a text exists in
French only, both hold it, so that whoever knows the standard alone still reads something. Merge patches are those of
RFC 7396.
"""

from __future__ import annotations

from collections.abc import Mapping

from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.shape import ENTITIES

FRENCH = "_fr"
"""What is put behind the name of a property for the one that holds its French."""

PROVINCES = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
"""The provinces and territories by their postal abbreviations."""

_FLAG: Mapping[str, Json] = {"type": "boolean"}
_PROVINCE: Mapping[str, Json] = {"type": "string", "enum": list(PROVINCES)}

_ADDED: Mapping[str, Mapping[str, Mapping[str, Json]]] = {
    "service": {
        "genders": {
            "type": "array",
            "items": {"type": "string", "enum": ["women", "men", "two-spirit", "trans", "non-binary"]},
        },
        "takes_children": _FLAG,
        "assured_by": {"type": "string", "enum": ["provider", "coordinator"]},
        "any_immigration_status": _FLAG,
        "indigenous_led": _FLAG,
        "community_led": _FLAG,
        "survivor_led": _FLAG,
        "trauma_informed": _FLAG,
    },
    "location": {
        "is_confidential": _FLAG,
        "area": {"type": "string"},
        "area_fr": {"type": "string"},
        "province": _PROVINCE,
    },
    "service_area": {"provinces": {"type": "array", "items": _PROVINCE}},
    "language": {"is_indigenous": _FLAG},
    "schedule": {"timezone_name": {"type": "string"}, "closed_on_holidays": _FLAG},
    "phone": {"e164": {"type": "string", "pattern": r"^\+[1-9][0-9]{1,14}$"}},
    "address": {
        "canadian_postal_code": {
            "type": "string",
            "pattern": "^[ABCEGHJKLMNPRSTVXY][0-9][ABCEGHJKLMNPRSTVWXYZ] [0-9][ABCEGHJKLMNPRSTVWXYZ][0-9]$",
        }
    },
    "service_capacity": {
        "valid_hours": {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": (
                "For so many hours after `updated` the number of what is available is good; then nobody knows. "
                "Capacities that say so are for workers, and public answers leave them out."
            ),
        }
    },
}


def patches() -> dict[str, Document]:
    """The merge patch of each kind of entry that the profile adds something to."""
    found: dict[str, Document] = {}
    for name, entity in ENTITIES.items():
        french: dict[str, Json] = {
            f"{key}{FRENCH}": {"type": "string"} for key, value in entity.values.items() if value.is_text
        }
        added = french | dict(_ADDED.get(name, {}))
        if added:
            found[name] = {"properties": added}
    return found


def patched(document: Mapping[str, Json], patch: Mapping[str, Json]) -> Document:
    """A document with a merge patch applied: what the patch says null of is gone, lists are replaced whole."""
    found = dict(document)
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        elif isinstance(value, Mapping):
            old = found.get(name)
            found[name] = patched(old if isinstance(old, Mapping) else {}, value)
        else:
            found[name] = value
    return found
