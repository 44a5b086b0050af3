"""An entry that was put aside, as somebody mends it: one field for each value that is wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from palermo.protection.directory.hsds.confidential import SHOWN, is_confidential
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.words import sentence

Path = tuple[str | int, ...]
HIDDEN = "…"
"""Stands where something is that nobody may read here."""
_NO_TEXT = ("number", "integer", "boolean")


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


def problems_of(said: Mapping[str, Json]) -> list[Problem]:
    """The problems that were sealed with an entry."""
    found = said.get("problems")
    return [_problem(one) for one in (found if isinstance(found, list) else []) if isinstance(one, Mapping)]


def wounds(document: Mapping[str, Json], problems: Sequence[Problem]) -> list[Wound]:
    """What has to be mended, each value once."""
    found: dict[Path, Wound] = {}
    open_half = shown(document, problems)
    for problem in problems:
        path = (*problem.path, problem.wanted) if problem.rule == "required" else problem.path
        value = _at(document, path)
        is_editable = bool(path) and not isinstance(value, Mapping | list) and _at(document, path[:-1]) is not None
        label = " › ".join(str(step + 1) if isinstance(step, int) else step for step in path)
        told = _at(open_half, path)
        # What stands within what is hidden leads nowhere there, and so is not shown either.
        written = "" if told in (None, HIDDEN) or isinstance(told, Mapping | list) else _written(told)
        is_hidden = not written and isinstance(value, str | int | float)
        is_text = not (problem.rule == "type" and problem.wanted in _NO_TEXT) and isinstance(value, str | None)
        found.setdefault(
            path, Wound(f"at-{len(found)}", label, written, sentence(problem), is_editable, path, is_hidden, is_text)
        )
    return list(found.values())


def shown(document: Mapping[str, Json], problems: Sequence[Problem]) -> Document:
    """What may be shown of an entry to whoever mends it: not where a confidential place is, wherever that is told."""
    found: Document = copy.deepcopy(dict(document))
    for problem in problems:
        holder = _at(found, problem.path[:-1])
        step = problem.path[-1] if problem.path else ""
        if problem.rule == "confidential" and isinstance(holder, dict) and step in holder:
            holder[str(step)] = HIDDEN
    _hide(found)
    return found


def _hide(said: Json) -> None:
    """Leave of each confidential place within an entry only what everybody sees."""
    if isinstance(said, dict):
        if is_confidential(said):
            for name in said.keys() - SHOWN:
                said[name] = HIDDEN
        for one in said.values():
            _hide(one)
    elif isinstance(said, list):
        for one in said:
            _hide(one)


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


def _at(said: Json, path: Sequence[str | int]) -> Json:
    for step in path:
        if isinstance(said, Mapping) and isinstance(step, str):
            said = said.get(step)
        elif isinstance(said, list) and isinstance(step, int) and step < len(said):
            said = said[step]
        else:
            return None
    return said


def _problem(one: Mapping[str, Json]) -> Problem:
    path = one.get("path")
    steps = tuple(step for step in (path if isinstance(path, list) else []) if isinstance(step, str | int))
    return Problem(steps, str(one.get("rule")), str(one.get("wanted")))
