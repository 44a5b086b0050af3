"""Entries from tabular packages, in which each kind of entry has a table of its own.

A row says by ids what it belongs to (HSDS 3.1, the schemas' `tabular_required`). Here, each row comes to stand inside
the entries that it belongs to, as in JSON; the kinds that are kept as records stay apart and keep their links.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias

from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.packages import Files, Table, UnreadableTableError, opened, rows_of, tables_of
from palermo.protection.directory.hsds.parting import KEPT
from palermo.protection.directory.hsds.profile import patches
from palermo.protection.directory.hsds.shape import ENTITIES, parts_of

Code: TypeAlias = Literal[
    "unknown_file", "missing_file", "describes_tables", "too_many_cells", "same_id", "no_owner", "unknown_owner"
]  # fmt: skip
Reader: TypeAlias = "Callable[[str], Json]"

MOST_PLACES = 50
"""How many entries a row stands in at most, on average; a telephone of everything stands in some ten."""
_NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?([eE][+-]?\d{1,2})?")
_YES = {"true", "yes", "1", "oui", "vrai"}
_NO = {"false", "no", "0", "non", "faux"}
_OF_TABLES = "meta_table_description"
"""The kind whose rows tell of the tables themselves: no entry has a place for them."""
_POINTERS = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
"""The kinds whose rows belong to any kind of entry: what holds its id, and what names its kind."""


@dataclass(frozen=True)
class Loose:
    """A row that stands in no entry, or a file that gave none.

    Codes: the file is no table of the standard, is named but not there, or tells of the tables themselves (line 0); a
    cell of the row stands under no heading; an earlier row of the table has the same id and says something else (`said`
    is the id); the row says nothing that it belongs to (the id, too), or only what the package does not hold (`said` is
    what). What stands in a loose row goes with it.
    """

    code: Code
    file: str
    line: int
    said: str = ""


@dataclass(slots=True)
class _Row:
    file: str
    line: int
    document: Document
    owners: list[tuple[str, str]]
    """The links to what it stands in: their names and the ids."""
    is_placed: bool = False


@dataclass
class _Tables:
    """All rows by their kind and id, in small letters."""

    rows: dict[str, dict[str, _Row]] = field(default_factory=lambda: {kind: {} for kind in ENTITIES})
    loose: list[Loose] = field(default_factory=list)


def tabular_entries(path: Path, loose: list[Loose]) -> Iterator[tuple[str, Document]]:
    """The entries of a package with their kinds, each kind after those that it can belong to.

    What stands in no entry is added to `loose` before the first one comes.

    Raises:
        OSError: the package or a file of it cannot be opened.
        UnreadableError: a table cannot be read, or its rows are said to belong to too much.
    """
    tables = _Tables()
    with opened(path) as files:
        found, missing = tables_of(files)
        tables.loose += [Loose("missing_file", name, 0) for name in missing]
        for table in found:
            _read(tables, files, table)
    if not any(tables.rows.values()) and not tables.loose:
        raise UnreadableTableError("", 1, "it holds no table of the standard")
    _join(tables)
    loose += tables.loose
    room = MOST_PLACES * sum(map(len, tables.rows.values()))
    for kind in KEPT:
        for row in tables.rows[kind].values():
            document, size = _copied(row.document)
            room -= size
            if room < 0:
                raise UnreadableTableError(row.file, row.line, "the rows belong to too many entries")
            yield kind, document


def _read(tables: _Tables, files: Files, table: Table) -> None:
    """Take in the rows of one file."""
    kind = _kind(table)
    if not kind:
        tables.loose.append(Loose("unknown_file", table.path, 0))
        return
    rows = rows_of(files, table, _headings(kind))
    headings = _named(next(rows, (1, ["id"])), table, kind)
    readers = [_reader(kind, name) for name in headings]
    links = _links(kind)
    for line, cells in rows:
        if any(cell.strip() for cell in cells[len(headings) :]):
            if kind in {*KEPT, "address"}:
                # With it would go what belongs to it, or what nobody may find or tell.
                raise UnreadableTableError(table.path, line, "a cell stands under no heading")
            tables.loose.append(Loose("too_many_cells", table.path, line))
            continue
        document: Document = {}
        owners: list[tuple[str, str]] = []
        for name, reader, cell in zip(headings, readers, cells, strict=False):
            if not cell or cell.isspace():
                continue
            if name in links:
                owners.append((name, cell.strip()))
            else:
                document[name] = reader(cell)
        _add(tables, kind, _Row(table.path, line, document, owners))


def _add(tables: _Tables, kind: str, row: _Row) -> None:
    """Take in a row. Those of one id are one entry, which may be said to stand in several others."""
    # A row without an id is told by the schema of its kind.
    key = str(row.document.get("id") or f"{row.file}:{row.line}").lower()
    other = tables.rows[kind].setdefault(key, row)
    if other is row:
        return
    if other.document == row.document:
        other.owners += row.owners
    elif kind in KEPT:
        # Which one is right, nobody knows: a place may be confidential by one of them only.
        raise UnreadableTableError(row.file, row.line, "an earlier row has the same id and says something else")
    else:
        tables.loose.append(Loose("same_id", row.file, row.line, key))


def _kind(table: Table) -> str:
    """The kind of entry whose table this is, by what the descriptor calls it or by the name of its file."""
    names = _kinds()
    return names.get(table.name.lower(), "") or names.get(PurePosixPath(table.path).stem.lower(), "")


@cache
def _kinds() -> dict[str, str]:
    """The kinds of entry by what their tables are called: as the standard does, or as the kind itself."""
    return {name: kind for kind, entity in ENTITIES.items() for name in (kind, entity.table)}


@cache
def _headings(kind: str) -> frozenset[str]:
    return frozenset({*ENTITIES[kind].values, *_added(kind)})


@cache
def _added(kind: str) -> dict[str, str]:
    """What the profile adds to a kind, and of what type it is."""
    properties = patches().get(kind, {}).get("properties")
    found = properties.items() if isinstance(properties, Mapping) else ()
    return {name: str(said["type"]) for name, said in found if isinstance(said, Mapping)}


def _named(first: tuple[int, list[str]], table: Table, kind: str) -> list[str]:
    """The names of the columns. Those of the standard may be in capitals; others are kept as they are."""
    line, cells = first
    plain = [cell.strip().lstrip("\ufeff") for cell in cells]
    headings = [cell.lower() if cell.lower() in _headings(kind) else cell for cell in plain]
    while headings and not headings[-1]:
        headings.pop()
    if "id" not in headings:
        raise UnreadableTableError(table.path, line, "it has no column “id”")
    twice = next((name for place, name in enumerate(headings) if name in headings[:place] or not name), None)
    if twice is not None:
        raise UnreadableTableError(table.path, line, f"the heading “{twice}” is empty or there twice")
    return headings


def _reader(kind: str, name: str) -> Reader:
    """What makes a value of a cell. A cell that is none of what it should be stays as it is, for the schema to tell."""
    value = ENTITIES[kind].values.get(name)
    if value is None:
        readers: dict[str, Reader] = {"boolean": _flag, "number": _number, "array": _list, "string": str.strip}
        return readers.get(_added(kind).get(name, ""), str)
    if value.kind == "number":
        return _number
    return str.strip if value.format or value.choices else str


def _number(cell: str) -> Json:
    said = cell.strip()
    if not _NUMBER.fullmatch(said):
        return cell
    number = float(said)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number if math.isfinite(number) else cell


def _flag(cell: str) -> Json:
    said = cell.strip().casefold()
    return True if said in _YES else False if said in _NO else cell


def _list(cell: str) -> Json:
    return [part.strip() for part in re.split(r"[;,]", cell) if part.strip()]


@cache
def _links(kind: str) -> dict[str, tuple[str, str]]:
    """What a row of this kind can stand in, by the name of the link: the other kind, and the property there."""
    if kind in KEPT:
        return {}
    if kind in _POINTERS:
        return {_POINTERS[kind][0]: ("", "metadata" if kind == "metadata" else "attributes")}
    return {
        f"{owner}_id": (owner, name)
        for owner in ENTITIES
        for name, parts in parts_of(owner).items()
        if parts.many and parts.entity == kind and f"{owner}_id" in ENTITIES[kind].values
    }


def _join(tables: _Tables) -> None:
    """Put every row into those that it belongs to, and report the rest."""
    for kind, rows in tables.rows.items():
        singles = [name for name, parts in parts_of(kind).items() if not parts.many and parts.entity not in KEPT]
        for row in rows.values():
            for name in singles:
                _hold(tables, kind, name, row)
            for owner, place in dict.fromkeys(_owners(tables, kind, row)):
                held = tables.rows[owner][place].document.setdefault(_property(kind, owner), [])
                if isinstance(held, list):
                    held.append(row.document)
                    row.is_placed = True
    described = dict.fromkeys(row.file for row in tables.rows[_OF_TABLES].values())
    tables.loose += [Loose("describes_tables", file, 0) for file in described]
    for kind, rows in tables.rows.items():
        if kind not in {*KEPT, _OF_TABLES}:
            tables.loose += [_loose(row) for row in rows.values() if not row.is_placed]


def _hold(tables: _Tables, kind: str, name: str, row: _Row) -> None:
    """Put what a row holds a single one of into it, such as the unit of a capacity."""
    held = tables.rows[parts_of(kind)[name].entity].get(str(row.document.get(f"{name}_id") or "").lower())
    if held is not None:
        del row.document[f"{name}_id"]
        row.document[name] = held.document
        held.is_placed = True


def _owners(tables: _Tables, kind: str, row: _Row) -> Iterator[tuple[str, str]]:
    """What a row stands in: kinds and ids of which there is a row."""
    for link, said in row.owners:
        key, owner = said.lower(), _links(kind)[link][0]
        if owner:
            if key in tables.rows[owner]:
                yield owner, key
            continue
        # Ids are the same nowhere else, so that one does without the kind where it is not told or told wrongly.
        named = _kinds().get(str(row.document.get(_POINTERS[kind][1]) or "").lower().removesuffix(".csv"), "")
        for one in (named, *ENTITIES):
            if one and key in tables.rows[one] and _links(kind)[link][1] in parts_of(one):
                yield one, key
                break


def _property(kind: str, owner: str) -> str:
    """The property in which an entry holds others of a kind."""
    return next(name for name, parts in parts_of(owner).items() if parts.many and parts.entity == kind)


def _loose(row: _Row) -> Loose:
    if row.owners:
        return Loose("unknown_owner", row.file, row.line, ", ".join(said for _link, said in row.owners))
    return Loose("no_owner", row.file, row.line, str(row.document.get("id") or ""))


def _copied(said: Document) -> tuple[Document, int]:
    """An entry that shares nothing with others, and how many entries it is."""
    found, size = dict(said), 1
    for name, one in said.items():
        if isinstance(one, dict):
            found[name], more = _copied(one)
            size += more
        elif isinstance(one, list) and one and isinstance(one[0], dict):
            copies = [_copied(each) for each in one if isinstance(each, dict)]
            found[name] = [copy for copy, _size in copies]
            size += sum(more for _copy, more in copies)
    return found, size
