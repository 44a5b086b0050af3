"""An entry that was put aside, as somebody mends it: one field for each value that is wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from palermo.protection.directory.actions.secrecy import Sealed, Secrecy
from palermo.protection.directory.actions.waiting import Waiting, said_of, secrets_in
from palermo.protection.directory.hsds.confidential import SHOWN, is_marked
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.points import decimals_in
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.sealing import opened
from palermo.protection.directory.words import sentence

Path = tuple[str | int, ...]
SealedEntries = Iterable[tuple[UUID, bytes]]
"""Keys of entries that were put aside, and what is sealed of each."""
HIDDEN = "…"
"""Stands where something is that nobody may read here."""
_FIELD = "at-"
_NO_TEXT = ("number", "integer", "boolean")
_OF_SECRECY = ("confidential_by_address", "confidential_unclear")


@dataclass(frozen=True)
class Wound:
    """One value that is wrong: the name of its field, where it stands, what it says, and why that is wrong."""

    name: str
    label: str
    value: str
    why: str
    is_editable: bool
    path: Path
    is_hidden: bool
    """Whether something stands there that is not shown; left empty, it stays."""
    is_text: bool
    """Whether words are wanted there, rather than a number or a yes or no."""
    is_of_secrecy: bool = False
    """Whether it is not certain that a place is confidential, so that it comes in as if it were."""


def secrecy_over(waiting: SealedEntries) -> Secrecy:
    """What must not be told to whoever mends: where hidden places are, and those that an entry which waits would hide.

    Raises:
        SealedError: the site's secret is not the one under which they were sealed.
    """
    sealed = Sealed()
    known = Secrecy(sealed=sealed, waiting=Waiting().places())
    secrets = (one for key, said in waiting for one in secrets_in(opened(key, said).get("document"), known.is_hidden))
    return Secrecy(said_of(secrets), sealed)


def wounds(
    document: Mapping[str, Json], problems: Sequence[Problem], secrecy: Secrecy, also: Iterable[Path] = ()
) -> list[Wound]:
    """What has to be mended, each value once, and what somebody has written `also`, of which nothing is wrong any more.

    A field is named by where its value stands: meanwhile other values may be wrong than when the page was made.
    """
    found: dict[Path, Wound] = {}
    open_half = shown(document, problems, secrecy)
    named = [as_told(problem, secrecy) for problem in problems]
    for problem in [*named, *(Problem(path, "", "") for path in also)]:
        path = (*problem.path, problem.wanted) if problem.rule == "required" else problem.path
        value = _at(document, path)
        is_editable = not isinstance(value, Mapping | list) and HIDDEN not in path and _can_stand(document, path)
        label = " › ".join(str(step + 1) if isinstance(step, int) else step for step in path)
        told = _at(open_half, path)
        # What stands within what is hidden leads nowhere there, and so is not shown either.
        written = "" if told in (None, HIDDEN) or isinstance(told, Mapping | list) else _written(told)
        is_hidden = not written and isinstance(value, str | int | float)
        is_text = not (problem.rule == "type" and problem.wanted in _NO_TEXT) and isinstance(value, str | None)
        why, name = sentence(problem) if problem.rule else "", _FIELD + json.dumps(path)
        is_of_secrecy = problem.rule in _OF_SECRECY
        found.setdefault(path, Wound(name, label, written, why, is_editable, path, is_hidden, is_text, is_of_secrecy))
    return list(found.values())


def written_at(fields: Iterable[str]) -> list[Path]:
    """Where the values of these fields stand, as far as they are fields of a page like this."""
    found = []
    for name in fields:
        with suppress(ValueError, RecursionError):
            path = json.loads(name.removeprefix(_FIELD)) if name.startswith(_FIELD) else None
            if isinstance(path, list) and path and all(type(step) in (str, int) for step in path):
                found.append(tuple(path))
    return found


def shown(document: Mapping[str, Json], problems: Sequence[Problem], secrecy: Secrecy) -> Document:
    """What may be shown of an entry to whoever mends it: not where a confidential place is, wherever that is told.

    Not every entry that waits was looked through for that, and of a place an entry may not know that it is hidden.
    """
    found: Document = copy.deepcopy(dict(document))
    told = [problem.path for problem in problems if problem.rule == "confidential"]
    for path in [*told, *secrecy.given_away(found)]:
        if not path:
            _hide_own(found, secrecy)
        holder, step = _at(found, path[:-1]), path[-1] if path else ""
        if (isinstance(holder, dict) and step in holder) or (isinstance(holder, list) and isinstance(step, int)):
            holder[step] = HIDDEN  # type: ignore[index]
    _hide(found, secrecy)
    return found


def _hide_own(found: Document, secrecy: Secrecy) -> None:
    """Leave out of an entry the properties whose names tell, and numbers that may be a point of the map."""
    for name in list(found):
        if secrecy.given_away({name: None}):
            del found[name]
        elif decimals_in(str(found[name])):
            found[name] = HIDDEN


def as_told(problem: Problem, secrecy: Secrecy) -> Problem:
    """What is wrong, without what tells where a confidential place is: a name may, and so may what stands there."""

    def told(words: str) -> str:
        return HIDDEN if secrecy.given_away({"words": words}) else words

    path = tuple(told(step) if isinstance(step, str) else step for step in problem.path)
    return Problem(path, problem.rule, told(problem.wanted))


def _hide(said: Json, secrecy: Secrecy) -> None:
    """Leave of each confidential place within an entry only what everybody sees."""
    if isinstance(said, dict):
        if is_marked(said) or secrecy.is_hidden(said.get("id")) or secrecy.stands_at_one(said):
            for name in said.keys() - SHOWN:
                said[name] = HIDDEN
        for one in said.values():
            _hide(one, secrecy)
    elif isinstance(said, list):
        for one in said:
            _hide(one, secrecy)


def mended(document: Mapping[str, Json], some: Sequence[Wound], said: Mapping[str, str]) -> Document:
    """The entry with what somebody wrote; what they emptied is gone from it."""
    found: Document = copy.deepcopy(dict(document))
    for one in some:
        if not one.is_editable or one.name not in said or (one.is_hidden and not said[one.name].strip()):
            continue
        holder = _at(found, one.path[:-1])
        written, step = said[one.name].strip(), one.path[-1]
        if isinstance(holder, dict) and isinstance(step, str):
            if written:
                holder[step] = _read(written, is_text=one.is_text)
            else:
                holder.pop(step, None)
        elif isinstance(holder, list) and isinstance(step, int):
            holder[step] = _read(written, is_text=one.is_text)
    return found


def _read(written: str, *, is_text: bool) -> Json:
    if is_text:
        return written
    try:
        found: Json = json.loads(written)
    except ValueError:
        return written
    return found if isinstance(found, bool | int | float) else written


def _written(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _can_stand(document: Mapping[str, Json], path: Path) -> bool:
    """Whether a value can be written there: the name of a property, or the place of what stands in a list already."""
    holder, step = _at(document, path[:-1]), path[-1] if path else None
    if isinstance(holder, list):
        return isinstance(step, int) and 0 <= step < len(holder)
    return isinstance(holder, Mapping) and isinstance(step, str)


def _at(said: Json, path: Sequence[str | int]) -> Json:
    for step in path:
        if isinstance(said, Mapping) and isinstance(step, str):
            said = said.get(step)
        elif isinstance(said, list) and isinstance(step, int) and 0 <= step < len(said):
            said = said[step]
        else:
            return None
    return said
