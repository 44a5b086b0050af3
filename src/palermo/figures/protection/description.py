"""What a file of records holds, so that a person can say what its columns mean: their names and different values.

The values are those of the file, and may name somebody: they are for the person who brought it, and kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from palermo.figures.protection.fields import texts
from palermo.figures.protection.record_files import MOST_ROWS, Readable, RecordsError, open_records

MOST_VALUES = 1_000
MOST_LETTERS = 200
"""Letters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column as it was found.

    `values` are its different values in their order, without the empty one; where `has_more`, only the first that were
    met. `empty` is how many rows have none. A column that `is_plain` says no of holds lists or structures, of which
    nothing is read.
    """

    name: str
    values: tuple[str, ...]
    has_more: bool
    empty: int
    is_plain: bool = True


@dataclass(frozen=True, slots=True)
class Description:
    """How many rows a file has, how many of them do not have the right number of fields, and its columns."""

    rows: int
    ragged: int
    columns: tuple[FoundColumn, ...]


def describe(file: Readable, *, most_values: int = MOST_VALUES, most_rows: int = MOST_ROWS) -> Description:
    """Look through a file once, in bounded memory.

    Raises:
        RecordsError: it cannot be read at all, or has more rows than `most_rows`.
    """
    opened = open_records(file)
    looks = [_Look(name, most_values) for name in opened.plain_names]
    rows = 0
    for batch in opened.batches(opened.plain_names):
        rows += batch.num_rows
        if rows > most_rows:
            raise RecordsError("too_many_rows", f"The file has more than {most_rows} rows.", str(most_rows))
        for look, fields in zip(looks, batch.columns, strict=True):
            look.take(fields)
    found = {look.name: look.found() for look in looks}
    columns = (
        found.get(name) or FoundColumn(name, (), has_more=False, empty=0, is_plain=False) for name in opened.names
    )
    return Description(rows + len(opened.ragged), len(opened.ragged), tuple(columns))


class _Look:
    """One column on the way through a file."""

    def __init__(self, name: str, most: int) -> None:
        self.name = name
        self._most = most
        self._values: set[bytes] = set()
        self._has_more = False
        self._empty = 0

    def take(self, fields: pa.Array) -> None:
        places, values = texts(fields)
        used = np.bincount(places, minlength=len(values))
        empty = [place for place, value in enumerate(values) if not value]
        self._empty += int(used[empty].sum())
        if not self._has_more:
            new = {values[place] for place in np.flatnonzero(used).tolist()} - self._values - {b""}
            room = self._most - len(self._values)
            self._has_more = len(new) > room
            self._values |= set(sorted(new)[:room])

    def found(self) -> FoundColumn:
        values = tuple(value.decode(errors="replace")[:MOST_LETTERS] for value in sorted(self._values))
        return FoundColumn(self.name, values, self._has_more, self._empty)
