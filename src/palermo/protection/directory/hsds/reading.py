"""Entries from files: one entry, a list or page of them as JSON, or NDJSON with one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from palermo.protection.directory.hsds.json_values import Document, Json, read

LONGEST_LINE = 8 << 20
"""Bytes of a line of NDJSON; no entry comes near it."""


class UnreadableError(ValueError):
    """The file holds no entries that can be read. `line` says where it stops making sense, from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.reason, self.line = reason, line


def entries_of(path: Path) -> Iterator[Document]:
    """The entries of a file; NDJSON (by its ending) line by line, so that a large one never is in memory whole.

    Raises:
        OSError: the file cannot be opened.
        UnreadableError: it is no JSON, or not one of entries.
    """
    with path.open("rb") as file:
        if path.suffix.lower() in {".ndjson", ".jsonl"}:
            yield from _lines(file)
            return
        said = _parsed(file.read(), 1)
    contents = said.get("contents", said) if isinstance(said, dict) else said
    for one in contents if isinstance(contents, list) else [contents]:
        yield _entry(one, 1)


def _lines(file: BinaryIO) -> Iterator[Document]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise UnreadableError("it is too long", number)
        if line.strip():
            yield _entry(_parsed(line, number), number)


def _parsed(data: bytes, line: int) -> Json:
    try:
        return read(data)
    except ValueError:
        pass  # Python's own reader says where it stops making sense, or reads what is refused later with its place.
    try:
        found: Json = json.loads(data.decode("utf-8-sig"), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        at = line + error.lineno - 1 if isinstance(error, json.JSONDecodeError) else line
        raise UnreadableError("it is not JSON in UTF-8", at) from None
    return found


def _refused(word: str) -> Json:
    raise ValueError(word)


def _entry(said: Json, line: int) -> Document:
    if not isinstance(said, dict):
        raise UnreadableError("it is no entry", line)
    return said
