"""The schemas of the standard and of the profile, made from `shape`, and what is wrong with a document by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import jsonschema_rs

from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.profile import patched, patches
from palermo.protection.directory.hsds.shape import ENTITIES, Entity, Value

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Problem:
    """What is wrong with one value: where it stands, and which rule (`rule`, with `wanted`) it breaks."""

    path: tuple[str | int, ...]
    rule: str
    wanted: str


def schema_of(name: str, *, with_profile: bool = True) -> Document:
    """The schema of one kind of entry, with those of its parts beside it.

    Raises:
        KeyError: the standard has no such kind.
    """
    kinds = {kind: _plain(entity) for kind, entity in ENTITIES.items()}
    if with_profile:
        kinds = {kind: patched(plain, patches().get(kind, {})) for kind, plain in kinds.items()}
    used = {kind: kinds[kind] for kind in sorted(_reached(name))}
    return {"$schema": _DIALECT, "$ref": f"#/$defs/{name}", "$defs": used}


def problems(name: str, document: Json) -> list[Problem]:
    """Everything that is wrong with a document of this kind, in the order in which it stands there."""
    checker = _checker(name)
    if checker.is_valid(document):
        return []
    return list(_told(checker, document))


def _told(checker: jsonschema_rs.Draft202012Validator, document: Json) -> Iterator[Problem]:
    for error in checker.iter_errors(document):
        kind = error.kind
        wanted = getattr(kind, "property", None) or getattr(kind, "format", None) or getattr(kind, "types", None)
        wanted = wanted or getattr(kind, "options", None) or getattr(kind, "pattern", None) or ""
        words = ", ".join(str(one) for one in wanted) if isinstance(wanted, list) else str(wanted)
        yield Problem(tuple(error.instance_path), kind.name, words)


@cache
def _checker(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema_of(name), validate_formats=True)


def _reached(name: str) -> set[str]:
    """The kinds of entry that one kind can hold, itself included."""
    found, waiting = set(), [name]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            waiting += [parts.entity for parts in ENTITIES[kind].parts.values()]
    return found


def _plain(entity: Entity) -> Document:
    properties: Document = {name: _of_value(value) for name, value in entity.values.items()}
    for name, parts in entity.parts.items():
        one: Json = {"$ref": f"#/$defs/{parts.entity}"}
        properties[name] = {"type": "array", "items": one} if parts.many else one
    return {"type": "object", "properties": properties, "required": list(entity.required)}


def _of_value(value: Value) -> Json:
    found: Document = {"type": value.kind}
    if value.format:
        found["format"] = value.format
    if value.choices:
        found["enum"] = list(value.choices)
    return found
