"""Records as codes: one small number a field, from a file that was read batch by batch, or every problem by its row.

No value of a file is kept that its description does not list, nor repeated in any error: a problem is known by its row,
its column and its kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from palermo.figures.protection.fields import Amount, amounts_of, texts
from palermo.figures.protection.record_files import MOST_ROWS, Readable, RecordFile, RecordsError, open_records
from palermo.figures.protection.shapes import Counts, Dimension, ShapeError

Codes: TypeAlias = NDArray[np.unsignedinteger]

MOST_PROBLEMS = 1_000
"""Problems that are told one by one; all are counted."""


class ProblemKind(StrEnum):
    """What can be wrong with a field, or with a row."""

    UNKNOWN = "unknown"
    """A value that is no code of the column."""
    SUM = "sum"
    """A code that is the sum of others, so that it says too little."""
    EMPTY = "empty"
    """Nothing, where a missing value has no code."""
    NOT_UTF8 = "not_utf8"
    """Bytes that are no text in UTF-8."""
    FIELDS = "fields"
    """A row of too few or too many fields."""
    NUMBER = "number"
    """Not a number of at least 0 with as many decimals as are kept, or a number too large."""


_UNKNOWN, _SUM, _EMPTY, _NOT_UTF8 = -1, -2, -3, -4
_KINDS = {
    _UNKNOWN: ProblemKind.UNKNOWN,
    _SUM: ProblemKind.SUM,
    _EMPTY: ProblemKind.EMPTY,
    _NOT_UTF8: ProblemKind.NOT_UTF8,
}


@dataclass(frozen=True)
class Column:
    """A described column of a file.

    `missing` is the code of an empty field; None: a field must not be empty. `header` is its name in the file, where
    that is not the name of its dimension.
    """

    dimension: Dimension
    missing: str | None = None
    header: str = ""

    def __post_init__(self) -> None:
        if self.missing is not None and self.missing not in self.leaf_codes:
            raise ShapeError(f"{self.name}: what an empty field stands for is not one of the codes of records.")
        if len(self.leaf_codes) > np.iinfo(np.uint16).max:
            raise ShapeError(f"{self.name}: a column has at most {np.iinfo(np.uint16).max} codes.")

    @property
    def name(self) -> str:
        """Its name in the file."""
        return self.header or self.dimension.name

    @cached_property
    def leaf_codes(self) -> tuple[str, ...]:
        """The codes that a record can have, in the order of `Dimension.leaves`."""
        return tuple(self.dimension.codes[place] for place in self.dimension.leaves)

    @cached_property
    def numbers(self) -> Mapping[bytes, int]:
        """What each text in a file is written down as: a place among `leaf_codes`, or what is wrong with it."""
        found = {code.encode(): _SUM for code in self.dimension.codes}
        found |= {code.encode(): place for place, code in enumerate(self.leaf_codes)}
        found[b""] = _EMPTY if self.missing is None else self.leaf_codes.index(self.missing)
        return found

    @property
    def kind(self) -> np.dtype[np.unsignedinteger]:
        """The smallest kind of number that its codes fit in."""
        return np.dtype(np.uint8 if len(self.leaf_codes) <= 256 else np.uint16)


@dataclass(frozen=True)
class Records:
    """Records as numbers: for each column one array, of the place of each record's code among `Column.leaf_codes`.

    `amounts` is what is summed, in the smallest unit that is kept; None where records are only counted.
    """

    columns: tuple[Column, ...]
    codes: tuple[Codes, ...]
    amounts: Counts | None = None

    def __post_init__(self) -> None:
        lengths = {len(codes) for codes in self.codes} | (set() if self.amounts is None else {len(self.amounts)})
        if not self.columns or len(self.columns) != len(self.codes) or len(lengths) != 1:
            raise ShapeError("Every column has one code for each record.")

    def __len__(self) -> int:
        return len(self.codes[0])

    def of(self, dimension: str) -> tuple[Column, Codes]:
        """The column of a dimension, and the codes in it.

        Raises:
            ShapeError: records do not have this dimension.
        """
        for column, codes in zip(self.columns, self.codes, strict=True):
            if column.dimension.name == dimension:
                return column, codes
        raise ShapeError(f"Records have no dimension “{dimension}”.")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, and where: the row as people count, and the column; "" where it is the whole row."""

    row: int
    column: str
    kind: ProblemKind


@dataclass(frozen=True)
class Reading:
    """What reading a file came to: records where every row is good, and otherwise none of them.

    `problems` are the first ones by row; `counts` has all of them, by column and kind.
    """

    rows: int
    records: Records | None
    problems: tuple[Problem, ...]
    counts: Mapping[tuple[str, ProblemKind], int]


def read(
    file: Readable, columns: Sequence[Column], *, amount: Amount | None = None, most_rows: int = MOST_ROWS
) -> Reading:
    """Read records as codes, batch by batch, in memory of one or two bytes a field.

    Args:
        file: CSV or Parquet, readable and seekable.
        columns: the columns to read; others in the file are left alone.
        amount: a column of numbers to sum.
        most_rows: how many rows a file may have.

    Raises:
        RecordsError: the file cannot be read at all, a column is missing from it, or it is too long.
    """
    opened = open_records(file)
    names = [column.name for column in columns] + ([amount.name] if amount else [])
    for name in names:
        if name not in opened.names:
            raise RecordsError("missing_column", f"The file has no column “{name}”.", name)
    reading = _Reading(opened, columns, amount)
    for batch in opened.batches(names):
        reading.take(batch)
        if reading.rows + len(opened.ragged) > most_rows:
            raise RecordsError("too_many_rows", f"The file has more than {most_rows} rows.", str(most_rows))
    return reading.finish()


class _Reading:
    """A reading under way."""

    def __init__(self, opened: RecordFile, columns: Sequence[Column], amount: Amount | None) -> None:
        self.rows = 0
        self._opened = opened
        self._columns = columns
        self._amount = amount
        self._codes: list[list[Codes]] = [[] for _column in columns]
        self._amounts: list[Counts] = []
        self._sum = 0
        self._problems: list[Problem] = []
        self._counts: Counter[tuple[str, ProblemKind]] = Counter()

    def take(self, batch: pa.RecordBatch) -> None:
        for place, column in enumerate(self._columns):
            numbers = self._numbers(batch.column(place), column)
            if not self._counts:
                self._codes[place].append(numbers.astype(column.kind, copy=False))
        if self._amount:
            self._take_amounts(batch.column(len(self._columns)), self._amount)
        self.rows += batch.num_rows

    def _numbers(self, fields: pa.Array, column: Column) -> NDArray[np.integer]:
        places, values = texts(fields)
        numbers = _looked_up(column, values)
        if numbers.min() >= 0:
            return numbers.astype(column.kind)[places]
        found = numbers[places]
        for code, kind in _KINDS.items():
            self._note(column.name, kind, np.flatnonzero(found == code))
        return found

    def _take_amounts(self, fields: pa.Array, amount: Amount) -> None:
        found = amounts_of(fields, amount)
        self._note(amount.name, ProblemKind.NUMBER, np.flatnonzero(found < 0))
        self._sum += int(found.sum())
        if self._sum >= 1 << 62:
            raise RecordsError("large_sum", f"Column “{amount.name}” sums up to more than can be held.", amount.name)
        if not self._counts:
            self._amounts.append(found)

    def _note(self, column: str, kind: ProblemKind, places: NDArray[np.intp]) -> None:
        if not len(places):
            return
        self._counts[column, kind] += len(places)
        rows = self._opened.row_numbers(places[:MOST_PROBLEMS] + self.rows)
        self._problems += [Problem(row, column, kind) for row in rows.tolist()]
        self._problems = sorted(self._problems)[:MOST_PROBLEMS]

    def finish(self) -> Reading:
        ragged = self._opened.ragged
        if ragged:
            self._counts["", ProblemKind.FIELDS] += len(ragged)
            self._problems += [Problem(row, "", ProblemKind.FIELDS) for row in ragged]
        problems = tuple(sorted(self._problems)[:MOST_PROBLEMS])
        records = None if self._counts else self._records()
        return Reading(self.rows + len(ragged), records, problems, dict(self._counts))

    def _records(self) -> Records:
        if not self.rows:
            raise RecordsError("no_records", "The file names its columns and has no records under them.")
        codes = []
        for parts in self._codes:
            codes.append(np.concatenate(parts))
            parts.clear()
        return Records(tuple(self._columns), tuple(codes), np.concatenate(self._amounts) if self._amount else None)


def _looked_up(column: Column, values: Sequence[bytes]) -> NDArray[np.int32]:
    """What each text is written down as, or what is wrong with it."""
    known = column.numbers
    return np.array([known.get(value, _UNKNOWN) if _is_text(value) else _NOT_UTF8 for value in values], dtype=np.int32)


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True
