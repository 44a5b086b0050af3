"""The entries of any file that a directory can be brought in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.nesting import levelled
from palermo.protection.directory.hsds.parting import ROW
from palermo.protection.directory.hsds.reading import UnreadableError, all_of
from palermo.protection.directory.hsds.schema import Problem, nested
from palermo.protection.directory.hsds.spreadsheet import spreadsheet_entries
from palermo.protection.directory.hsds.tabular import Loose, tabular_entries

JSON = frozenset({".json", ".ndjson", ".jsonl"})
"""Endings of files of the standard as JSON; `.ndjson` and `.jsonl` hold an entry a line."""
SHEETS = frozenset({".xlsx", ".csv"})
"""Endings of plain spreadsheets, with a service a row."""
READ = JSON | SHEETS | {".zip"}
"""Endings of all files that are read."""


HELD_BACK = frozenset(
    {
        "confidential_by_address", "confidential_unclear", "error", "formula", "no_name", "not_a_text", "same_entry",
        "status_unknown", "telephone_unsure",
    }
)  # fmt: skip
"""Doubts of a row of a sheet with which it waits for a person: it may tell a secret, or send somebody astray."""


@dataclass(frozen=True)
class Arrived:
    """One entry of a file: its place from 1, its kind, what it says, what is wrong, and what was left out of it.

    Remarks are codes with the heading of the column that they are about. Of what is no entry, `ids` are those of the
    entries that it tells of; None where nobody knows.
    """

    number: int
    kind: str
    document: Document
    wrong: tuple[Problem, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    ids: tuple[UUID, ...] | None = ()


def arrived(path: Path, kind: str, source: str) -> Iterator[Arrived]:
    """The entries of a file, in its order, read by its ending.

    Args:
        path: JSON or NDJSON of the standard, a tabular package (a folder or .zip), or a plain spreadsheet.
        kind: what the entries of JSON are; the other forms say so themselves.
        source: whose entries these are, by which rows of a spreadsheet are known again.

    Raises:
        OSError: the file cannot be opened.
        UnreadableError: it makes no sense.
    """
    ending = path.suffix.lower()
    if path.is_dir() or ending == ".zip":
        yield from _of_package(path)
    elif ending in SHEETS:
        yield from _of_sheet(path, source)
    elif ending in JSON:
        yield from _of_json(path, kind)
    else:
        raise UnreadableError(f"files that end in “{ending}” are none of a directory", 1)


def _of_json(path: Path, kind: str) -> Iterator[Arrived]:
    broken: list[Arrived] = []
    for one in all_of(path):
        if one.rule in {"", "same_id"}:
            document, deep = levelled(kind, one.document)
            # One that came first is as likely to be wrong, so that this one is kept with what it says.
            twice = (Problem(("id",), "same_id", str(document.get("id"))),) * bool(one.rule)
            yield Arrived(one.number, kind, document, (*twice, *nested(deep)))
        else:
            said: Document = {"line": one.line, "digest": one.digest}
            # Of the services of an organization, those that are lost with the rest of the line are not known.
            told = None if kind == "organization" else one.ids or None
            wrong = (Problem((one.line,), one.rule, ""),)
            broken.append(Arrived(one.number, ROW, said, wrong, ids=told))
    # After the entries, which are taken in many at a time as long as they are of one kind.
    yield from broken


def _of_package(path: Path) -> Iterator[Arrived]:
    loose: list[Loose] = []
    number = 0
    for kind, document in tabular_entries(path, loose):
        number += 1
        yield Arrived(number, kind, document)
    for one in loose:
        number += 1
        if one.code == "describes_tables":
            yield Arrived(number, ROW, {}, (), ((one.code, one.file),))
            continue
        problem = Problem((one.file, one.line), one.code, one.said)
        yield Arrived(number, ROW, {"file": one.file, "line": one.line}, (problem,))


def _of_sheet(path: Path, source: str) -> Iterator[Arrived]:
    for number, row in enumerate(spreadsheet_entries(path, source), start=1):
        place = (row.sheet,) * bool(row.sheet)
        wrong = tuple(
            Problem((*place, row.number, one.column), one.code, one.text) for one in row.doubts if one.code in HELD_BACK
        )
        remarks = tuple((one.code, one.column) for one in row.doubts if one.code not in HELD_BACK)
        if row.document is not None:
            yield Arrived(number, "service", row.document, wrong, remarks)
        elif wrong:
            told = None if any(one.code == "no_name" for one in row.doubts) else ()
            yield Arrived(number, ROW, {"sheet": row.sheet, "row": row.number}, wrong, remarks, told)
        else:
            yield Arrived(number, ROW, {}, (), remarks)
