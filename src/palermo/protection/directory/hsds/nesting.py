"""How deeply lists and objects stand in one another in an entry, and what of it goes too deep to be kept.

Whoever reads, writes or shows an entry goes into each part from the one around it, and that ends after some hundreds.
Here, nobody goes deeper than is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.shape import parts_of

Path: TypeAlias = "tuple[str | int, ...]"
"""Where something stands in an entry: names of properties and places in lists, from the outermost."""

DEEPEST = 50
"""Lists and objects that may stand in one another. Entries of the standard take not half as many."""


def too_deep(kind: str, document: Json) -> list[Path]:
    """Where an entry of this kind is nested too deeply."""
    if not _is_deeper(document, DEEPEST):
        return []
    return levelled(kind, document)[1] if isinstance(document, dict) else [()]


def levelled(kind: str, document: Document) -> tuple[Document, list[Path]]:
    """An entry of this kind without what is nested too deeply in it, and where that stood.

    Parts that the standard knows stay if they are not nested so themselves: they tell what else came.
    """
    deep: list[Path] = []
    return (_without(kind, document, (), deep) if _is_deeper(document, DEEPEST) else document), deep


def _is_deeper(said: Json, most: int) -> bool:
    level: list[Any] = [said] if isinstance(said, dict | list) else []
    while level and most:
        most -= 1
        # Read from JSON they are of these very types, which is seen sooner than that they are like them.
        level = [
            inner
            for one in level
            for inner in (one.values() if type(one) is dict else one)
            if type(inner) is dict or type(inner) is list
        ]
    return bool(level)


def _without(kind: str, said: Document, path: Path, deep: list[Path]) -> Document:
    found, room = dict(said), DEEPEST - len(path) - 1
    for name, one in said.items():
        if not _is_deeper(one, room):
            continue
        part, place = parts_of(kind).get(name), (*path, name)
        entries = _entries(one) if part and room > 1 else None
        if part is None or entries is None:
            deep.append(place)
            found[name] = True  # What is no clear no keeps a place from being told.
            if name != "is_confidential":
                del found[name]
        elif isinstance(one, dict):
            found[name] = _without(part.entity, one, place, deep)
        else:
            found[name] = [_without(part.entity, each, (*place, at), deep) for at, each in enumerate(entries)]
    return found


def _entries(said: Json) -> Sequence[Document] | None:
    """The entries that something holds; None where it holds anything else."""
    some = said if isinstance(said, list) else [said]
    entries = [one for one in some if isinstance(one, dict)]
    return entries if len(entries) == len(some) else None
