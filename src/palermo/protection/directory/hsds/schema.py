"""The schemas of the standard and of the profile, made from `shape`, and what is wrong with a document by them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import jsonschema_rs

from palermo.protection.directory.hsds.json_values import Document, Json, written
from palermo.protection.directory.hsds.nesting import DEEPEST, Path, too_deep
from palermo.protection.directory.hsds.profile import patched, patches
from palermo.protection.directory.hsds.shape import ENTITIES, Entity, Parts, Value, parts_of

UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database keeps: a sign that is none, and halves of characters."""
_DIGITS = bytes.maketrans(b"0123456789", b"0" * 10)
_MANY_DIGITS = b"0" * 300
"""Every whole number that is too large to be reckoned with holds as much: the largest that is not has 309 digits."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Problem:
    """What is wrong with one value: where it stands, and which rule (`rule`, with `wanted`) it breaks."""

    path: Path
    rule: str
    wanted: str


def schema_of(name: str, *, with_profile: bool = True) -> Document:
    """The schema of one kind of entry, with those of its parts beside it.

    With the profile, it also holds to their own schemas what only the API of the standard hands out.

    Raises:
        KeyError: the standard has no such kind.
    """
    used: Document = {}
    waiting = [name]
    while waiting:
        kind = waiting.pop()
        if kind not in used:
            parts = parts_of(kind) if with_profile else ENTITIES[kind].parts
            plain = _plain(ENTITIES[kind], parts)
            used[kind] = patched(plain, patches().get(kind, {})) if with_profile else plain
            waiting += [one.entity for one in parts.values()]
    return {"$schema": _DIALECT, "$ref": f"#/$defs/{name}", "$defs": dict(sorted(used.items()))}


def problems(name: str, document: Json) -> list[Problem]:
    """Everything that is wrong with a document of this kind, in the order in which it stands there."""
    if deep := too_deep(name, document):
        return nested(deep)
    checker = _checker(name)
    unwritable = list(_unwritable(document, ())) if _may_be_unwritable(document) else []
    if unwritable or checker.is_valid(document):
        return unwritable
    return list(_told(checker, document))


def nested(deep: Iterable[Path]) -> list[Problem]:
    """That something is nested too deeply, for each place where it is."""
    return [Problem(path, "too_deep", str(DEEPEST)) for path in deep]


def _may_be_unwritable(said: Json) -> bool:
    """Whether it is worth looking for where; written down, nearly every document shows that it is not."""
    try:
        text = written(said)
    except (TypeError, ValueError):
        return True
    # A number that is none is written as nothing.
    return b"\\u0000" in text or b"null" in text or _MANY_DIGITS in text.translate(_DIGITS)


def _unwritable(said: Json, path: Path) -> Iterator[Problem]:
    """Where it holds what no page can show or no database keep: NUL, halves of characters, numbers that never end.

    Whole numbers that are too large to be reckoned with are among them.
    """
    if isinstance(said, str | int | float):
        if UNWRITABLE.search(said) if isinstance(said, str) else not _is_finite(said):
            yield Problem(path, "unwritable", "")
    elif isinstance(said, Mapping):
        for name, one in said.items():
            yield from _unwritable(name, path)
            yield from _unwritable(one, (*path, name))
    elif isinstance(said, list):
        for place, one in enumerate(said):
            yield from _unwritable(one, (*path, place))


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:
        return False


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


def _plain(entity: Entity, held: Mapping[str, Parts]) -> Document:
    properties: Document = {name: _of_value(value) for name, value in entity.values.items()}
    for name, parts in held.items():
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
