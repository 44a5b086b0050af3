"""Tables: their columns, and rows that may be too many to hold at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from palermo.plan.report.formats.origin import Origin
from palermo.plan.report.formats.runs import Runs

KEY = re.compile(r"[a-z0-9][a-z0-9._-]*")
"""What a key may be: it becomes an anchor in pages and a name in data files."""

BESIDE = ("printed", "code", "language")
"""What data files put beside a column `due`: `due_printed` and so on. No column may be called that."""

ColumnKind = Literal["text", "number", "date", "status", "address"]
ColumnRole = Literal["cell", "row_header", "group", "data"]


class DocumentError(ValueError):
    """The description contradicts itself; the message is a sentence that names the place."""


def require_keys(*keys: str) -> None:
    """Refuse what is no key.

    Raises:
        DocumentError: one of them is none.
    """
    for key in keys:
        if not KEY.fullmatch(key):
            raise DocumentError(f"{key!r} is no key: small letters without accents, digits, dots, dashes.")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with what surrounds it."""

    value: str | int | Decimal | date | None
    printed: str = ""
    """The words in the source, where they say it otherwise than `value`."""
    code: str = ""
    """A stable name that no language changes, such as `no_longer_pursued` for a status."""
    language: str = ""
    """BCP 47 tag where the text is not in the document's language."""
    runs: Runs = ()
    """The same value with its links; data files keep to `value`."""


CellContent = str | int | Decimal | date | Cell | None
Row = tuple[CellContent, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is stable and the same in both languages, `label` is what people read.

    `role="group"` columns come first and outermost first: pages print them as titles over their rows, data
    files as columns like any other. `role="data"` columns come last and are for data files alone. `width` is a
    share of the page beside the other columns. `with_printed`
    gives data files a column of the words that the source printed. `kind="address"` is for data files alone: its
    cells are addresses, which `with_site` completes.
    """

    key: str
    label: str
    kind: ColumnKind = "text"
    width: float = 1.0
    role: ColumnRole = "cell"
    with_printed: bool = False


@dataclass(frozen=True, slots=True)
class RowSource:
    """Rows that are made each time they are asked for, so that a long table is never held whole."""

    make: Callable[[], Iterable[Row]]

    def __iter__(self) -> Iterator[Row]:
        """A fresh pass over the rows."""
        return iter(self.make())


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `rows` can be gone through more than once (a tuple or a `RowSource`, never a generator).

    `entries` makes pages print each row as a text of its own, its cells under each other with their labels, which
    suits long words; data files have it as a table like any other. `origin` says where its numbers come from.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] | RowSource
    notes: tuple[str, ...] = ()
    wide: bool = False
    """True where it needs a page on its side."""
    entries: bool = False
    origin: Origin | None = None

    def __post_init__(self) -> None:
        """Refuse a table that no renderer could draw.

        Raises:
            DocumentError: no column, two columns with one key, a key that is none, a group column that does not
                come first, or a column for data files that does not come last.
        """
        keys = [column.key for column in self.columns]
        require_keys(self.key, *keys)
        if not keys or len(set(keys)) != len(keys):
            raise DocumentError(f"Table {self.key!r} needs columns, each with a key of its own.")
        beside = {f"{key}_{suffix}" for key in keys for suffix in BESIDE}
        if taken := beside.intersection(keys):
            raise DocumentError(f"Table {self.key!r}: data files keep the name {min(taken)!r} for themselves.")
        if any(column.role == "group" for column in self.columns[len(self.groups) :]):
            raise DocumentError(f"Table {self.key!r}: its group columns must come first.")
        if any(column.role == "data" for column in self.columns[: len(self.groups) + len(self.body)]):
            raise DocumentError(f"Table {self.key!r}: its columns for data files must come last.")
        if not self.body:
            raise DocumentError(f"Table {self.key!r} has nothing but group columns.")

    @property
    def addresses(self) -> tuple[int, ...]:
        """The places of the columns that hold addresses."""
        return tuple(place for place, column in enumerate(self.columns) if column.kind == "address")

    @property
    def groups(self) -> tuple[Column, ...]:
        """The group columns that open the table, outermost first."""
        for place, column in enumerate(self.columns):
            if column.role != "group":
                return self.columns[:place]
        return self.columns

    @property
    def body(self) -> tuple[Column, ...]:
        """The columns that pages print, which are those between the groups and what is for data files alone."""
        end = len(self.columns)
        while end and self.columns[end - 1].role == "data":
            end -= 1
        return self.columns[len(self.groups) : end]

    def checked_rows(self) -> Iterator[Row]:
        """The rows, one at a time.

        Raises:
            DocumentError: a row has more or fewer cells than the table has columns.
        """
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise DocumentError(
                    f"Table {self.key!r}, row {number}: {len(row)} cells for {len(self.columns)} columns."
                )
            yield row
