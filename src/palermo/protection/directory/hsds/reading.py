"""Entries from files: one entry, a list of them as JSON, or NDJSON with one a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from palermo.protection.directory.hsds.broken_lines import ids_in
from palermo.protection.directory.hsds.json_values import Document, Json, digest_of, read
from palermo.protection.directory.hsds.pages import is_one_of_several

LONGEST_LINE = 8 << 20
"""Bytes of a line of NDJSON; no entry comes near it."""
LARGEST_WHOLE = 200_000_000
"""Bytes of JSON that is not read line by line; in memory it takes some six times as much."""
MOST_BROKEN = 10_000
"""A file with more lines that are no entries is something else than NDJSON."""
REASONS = {
    "not_json": "it is not JSON in UTF-8",
    "no_entry": "it is no entry",
    "line_too_long": "it is too long",
    "line_too_deep": "it is nested too deeply",
    "same_id": "an earlier entry has the same id and says something else",
}
"""The rules that something in a file may break before it is looked at as an entry, and why it does."""


class UnreadableError(ValueError):
    """The file holds no entries that can be read. `line` says where it stops making sense, from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.reason, self.line = reason, line


@dataclass(slots=True)
class Place:
    """What stands in one place of a file: on which line of NDJSON, and the entry.

    Where it breaks a rule of `REASONS`, there is no entry, unless an earlier one has its id; `digest` tells what stands
    there from what will stand there next month.
    """

    line: int
    document: Document
    rule: str = ""
    digest: str = ""
    number: int = 0
    """Of all places, from 1."""
    ids: tuple[UUID, ...] = ()
    """Of the entries that stand there, where it is a line that cannot be read; none where they are not known."""


def entries_of(path: Path) -> Iterator[Document]:
    """The entries of a file; NDJSON (by its ending) line by line, so that a large one never is in memory whole.

    Raises:
        OSError: the file cannot be opened.
        UnreadableError: it is no JSON, not one of entries, one page of several, or too large.
    """
    for one in all_of(path):
        if one.rule:
            raise UnreadableError(REASONS[one.rule], one.line)
        yield one.document


def all_of(path: Path) -> Iterator[Place]:
    """The same, with what is no entry: in NDJSON it is certain where the next one begins.

    An entry that came before just so is left out.

    Raises:
        OSError: the file cannot be opened.
        UnreadableError: as above; or NDJSON breaks off within a line, or hardly any line is an entry.
    """
    said: dict[bytes, bytes] = {}
    with path.open("rb") as file:
        is_ndjson = path.suffix.lower() in {".ndjson", ".jsonl"}
        for number, one in enumerate(_lines(file) if is_ndjson else _whole(file), start=1):
            one.number, one.rule = number, one.rule or _before(said, one.document)
            if one.rule != "same":
                yield one


def _before(said: dict[bytes, bytes], document: Document) -> str:
    """Whether an entry with this id came before: empty, `same` or, where it says something else, `same_id`.

    Only digests are kept of each: of 100,000, some twenty megabytes.
    """
    identifier = document.get("id")
    if not isinstance(identifier, str):
        return ""
    try:
        digest = digest_of(document)
    except ValueError:
        digest = b""
    key = digest_of(identifier.lower())
    if key not in said:
        said[key] = digest
        return ""
    return "same" if digest and said[key] == digest else "same_id"


def _whole(file: BinaryIO) -> Iterator[Place]:
    data = file.read(LARGEST_WHOLE + 1)
    if len(data) > LARGEST_WHOLE:
        raise UnreadableError("it is too large for JSON; as NDJSON, with an entry a line, it may be larger", 1)
    try:
        said = _said(data)
    except RecursionError:
        raise UnreadableError(REASONS["line_too_deep"], 1) from None
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise UnreadableError(REASONS["not_json"], line) from None
    if isinstance(said, Mapping) and is_one_of_several(said):
        raise UnreadableError("it is one page of several; all of them have to be in one file", 1)
    contents = said.get("contents", said) if isinstance(said, Mapping) else said
    for one in contents if isinstance(contents, list) else [contents]:
        if not isinstance(one, dict):
            raise UnreadableError(REASONS["no_entry"], 1)
        yield Place(1, one)


def _lines(file: BinaryIO) -> Iterator[Place]:
    found = broken = 0
    first: Place | None = None
    for number, (line, is_ended) in enumerate(_cut(file), start=1):
        if not line.strip():
            continue
        one = _of_line(line, number)
        if not one.rule:
            found += 1
        else:
            first, broken = first or one, broken + 1
            if not is_ended or broken > MOST_BROKEN:
                raise UnreadableError(REASONS[one.rule], number)
        yield one
    if first and not found:
        raise UnreadableError(REASONS[first.rule], first.line)


def _cut(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The lines, and whether each one has an end; of one that is too long, the beginning."""
    while line := file.readline(LONGEST_LINE + 1):
        end = line
        while len(end) > LONGEST_LINE and not end.endswith(b"\n"):
            end = file.readline(LONGEST_LINE + 1)
        yield line, end.endswith(b"\n")


def _of_line(line: bytes, number: int) -> Place:
    said: Json = None
    try:
        rule = "no_entry" if len(line) <= LONGEST_LINE else "line_too_long"
        said = _said(line.strip()) if rule == "no_entry" else None
    except RecursionError:
        rule = "line_too_deep"
    except ValueError:
        rule = "not_json"
    if isinstance(said, dict):
        return Place(number, said)
    return Place(number, {}, rule, hashlib.sha256(line).hexdigest(), ids=ids_in(line))


def _said(data: bytes) -> Json:
    """What JSON says.

    Raises:
        ValueError: it is none.
        RecursionError: it is nested too deeply to be read.
    """
    try:
        return read(data)
    except ValueError:
        pass  # Python's own reader says where it stops making sense, or reads what is refused later with its place.
    found: Json = json.loads(data.decode("utf-8-sig"), parse_constant=_refused)
    return found


def _refused(word: str) -> Json:
    raise ValueError(word)
