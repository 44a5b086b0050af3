"""A document without what tells where a place is: those sentences are taken out, and the rest is as it has to be."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping, Sequence

from palermo.protection.directory.hsds.confidential import Path
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.points import decimals_in

TAKEN_OUT = "…"
"""Stands where something has to stand."""
_BETWEEN = re.compile(r"(?<=[.!?…])\s+|\s*[\r\n]+\s*")
"""What parts sentences, and lines."""


def without(
    said: Mapping[str, Json],
    telling: Callable[[Document], Sequence[Path]],
    is_right: Callable[[Document], bool],
    *,
    has_to_stand: bool = False,
) -> Document:
    """The same without what tells.

    Args:
        said: the document.
        telling: where a document tells.
        is_right: whether a document can be kept so; what it cannot do without becomes “…”.
        has_to_stand: whether every text becomes “…”, since what is left out would be completed by what was kept.
    """
    found: Document = copy.deepcopy(dict(said))
    while paths := telling(found):
        _take_out(found, paths[0], telling, is_right, has_to_stand=has_to_stand)
    return found


def _take_out(
    found: Document,
    path: Path,
    telling: Callable[[Document], Sequence[Path]],
    is_right: Callable[[Document], bool],
    *,
    has_to_stand: bool,
) -> None:
    """Take out what stands at a path; of an object, the names in it that tell, or else the numbers of a point."""
    there = _at(found, path)
    if isinstance(there, dict):
        names = [name for name in there if telling({name: None})]
        names = names or [name for name, one in there.items() if decimals_in(str({name: one}))]
        names = names or [name for name in there if name != "id"] or list(there)
        was_right = is_right(found)
        removed = {name: there.pop(name) for name in names}
        if was_right and not is_right(found):
            there |= {name: TAKEN_OUT for name, one in removed.items() if isinstance(one, str)}
        return
    was_right = is_right(found)
    holder, step = _at(found, path[:-1]), path[-1]
    if isinstance(there, str) and (rest := _other_sentences(there, telling)):
        _put(holder, step, rest)
        return
    if isinstance(holder, dict) and not has_to_stand:
        there = holder.pop(str(step))
        if is_right(found) or not was_right:
            return
    if isinstance(there, str):
        _put(holder, step, TAKEN_OUT)
        if is_right(found) or not was_right or not path[:-1]:
            return
    # Without it the entry of a list that holds it cannot stand.
    outer = next((path[:depth] for depth in range(len(path) - 1, 0, -1) if isinstance(path[depth - 1], int)), path[:1])
    _remove(found, outer)


def _other_sentences(text: str, telling: Callable[[Document], Sequence[Path]]) -> str:
    """A text without its sentences that tell; nothing where none is left, or what is left still tells."""
    parts = [part for part in _BETWEEN.split(text) if part]
    rest = " ".join(part for part in parts if not telling({"text": part}))
    return "" if len(parts) < 2 or telling({"text": rest}) else rest


def _put(holder: Json, step: str | int, said: Json) -> None:
    if isinstance(holder, dict):
        holder[str(step)] = said
    elif isinstance(holder, list) and isinstance(step, int):
        holder[step] = said


def _remove(found: Document, path: Path) -> None:
    holder, step = _at(found, path[:-1]), path[-1]
    if isinstance(holder, dict):
        holder.pop(str(step), None)
    elif isinstance(holder, list) and isinstance(step, int):
        del holder[step]


def _at(said: Json, path: Path) -> Json:
    for step in path:
        if isinstance(said, dict):
            said = said.get(str(step))
        elif isinstance(said, list) and isinstance(step, int):
            said = said[step]
    return said
