"""Lines of NDJSON that cannot be read: which entries they tell of all the same."""

from __future__ import annotations

import re
from uuid import UUID

_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.?)*+)(?:"|\Z)\s*(:)?|([{}\[\]])', re.DOTALL)
"""A text, with the colon that makes it a name, or a bracket; a text that has no end goes to the end of the line."""


def ids_in(line: bytes) -> tuple[UUID, ...]:
    """The ids of the entries in a line; none of them where one cannot be found, since others may be lost with it."""
    depth = begun = 0
    found: list[UUID] = []
    is_next = False
    for one in _TOKEN.finditer(line):
        text, colon, bracket = one.groups()
        if bracket:
            opens = bracket in b"{["
            # An end of a line that was lost leaves two entries on one.
            begun += opens and depth == 0
            depth += 1 if opens else -1
        elif is_next and not colon:
            found += _ids(text)
        is_next = depth == 1 and text == b"id" and colon is not None
    return tuple(found) if len(found) == begun else ()


def _ids(text: bytes) -> list[UUID]:
    try:
        return [UUID(text.decode())]
    except ValueError:
        return []
