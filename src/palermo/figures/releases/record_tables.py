"""Tables counted from a file of records, which is read once, batch by batch, and never lies in clear."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import combinations
from math import prod
from typing import BinaryIO, cast

from palermo.figures.protection.accounting import BudgetError
from palermo.figures.protection.counting import add_up, count
from palermo.figures.protection.fields import Amount
from palermo.figures.protection.random_rounding import Keys, cell_keys, keys_by_content
from palermo.figures.protection.record_files import open_records
from palermo.figures.protection.records import Column, Reading, read
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import ShapeError, Table
from palermo.figures.protection.synthetic.making import synthesize
from palermo.figures.protection.synthetic.quality import compare
from palermo.figures.releases.counted import Counted, MadeUp
from palermo.figures.releases.described import dimension_of
from palermo.figures.releases.keeping import opened
from palermo.figures.releases.models import RecordColumn, RecordFile, ReleaseTable
from palermo.figures.releases.vocabulary import Use

Watch = Callable[[int], None]
"""Told from time to time how many bytes of the records have been read."""

TOLD_EVERY = 4 << 20
MOST_PROBLEMS_KEPT = 100
MOST_COLUMNS, MOST_FIELDS = 50, 20_000_000
"""Columns of synthetic records, and their fields: a million records of twenty columns."""
MOST_COMPARED = 4_000_000
"""Cells by which they are compared with the real ones."""


def count_records(
    kept: RecordFile, wanted: Sequence[ReleaseTable], watch: Watch, secret: bytes | None = None
) -> Counted:
    """Count every table that is wanted, or tell every row that keeps it from being counted.

    Args:
        kept: the file.
        wanted: the tables.
        watch: told how far the file was read.
        secret: where numbers are rounded by record, what the keys of records are made with.

    Raises:
        RecordsError: the file cannot be read at all.
        GoneError: the records were erased.
        ShapeError: a table would be too large.
    """
    with opened(kept.code) as file:
        watched = cast(BinaryIO, Watched(file, watch))
        return _Counting(watched, kept, wanted, secret).counted()


def count_made_up(kept: RecordFile, wanted: Sequence[ReleaseTable], watch: Watch, rules: Rules) -> Counted:
    """Make up records by the budget of the rules, and count every table from them.

    Raises:
        RecordsError: the file cannot be read at all, or has too many records to make up others.
        GoneError: the records were erased.
        ShapeError: there are too many codes or columns, or fewer than two.
        BudgetError: a table sums something.
    """
    if any(table.sums for table in wanted):
        raise BudgetError("Synthetic records have no numbers to sum.")
    with opened(kept.code) as file:
        counting = _Counting(cast(BinaryIO, Watched(file, watch)), kept, wanted, everything=True)
        if len(counting.columns) > MOST_COLUMNS:
            raise ShapeError(f"More than {MOST_COLUMNS} columns are not made up.")
        reading = read(counting.file, counting.columns, most_rows=MOST_FIELDS // max(1, len(counting.columns)))
        if reading.records is None:
            return counting.problems(reading)
    # After the draw nothing may fail: it has to be written down, whatever came of it.
    made = synthesize(reading.records, rules.epsilon, rules.delta, codes_are_declared=False)
    quality = None
    if len(reading.records) and len(made.records):
        ways = ways_to_compare([len(column.leaf_codes) for column in counting.columns])
        quality = compare(reading.records, made.records, threshold=rules.threshold, ways=ways)
    tables = tuple(count(made.records, table.wanted, str(table.position)) for table in wanted)
    return Counted(tables, ("",) * len(tables), rows=reading.rows, made_up=MadeUp(made, quality))


def ways_to_compare(sizes: Sequence[int]) -> int:
    """How many columns together synthetic and real records are compared by, at most three, so that it stays small."""
    for ways in (3, 2):
        if ways <= len(sizes) and sum(prod(some) for some in combinations(sizes, ways)) <= MOST_COMPARED:
            return ways
    return 1


class _Counting:
    """The counting of one file: which of its columns are read, and what became of them."""

    def __init__(
        self,
        file: BinaryIO,
        kept: RecordFile,
        wanted: Sequence[ReleaseTable],
        secret: bytes | None = None,
        *,
        everything: bool = False,
    ) -> None:
        self.file, self._wanted, self._secret = file, wanted, secret
        self.columns: list[Column] = []
        self._amounts: dict[str, Amount] = {}
        self._positions: dict[str, int] = {"": 0}
        needed = {code for table in wanted for code in table.wanted}
        names = open_records(file).names
        for described in RecordColumn.objects.filter(file=kept).exclude(use=Use.LEFT_OUT).order_by("position"):
            name = names[described.position - 1]
            self._positions[name] = described.position
            if described.use == Use.NUMBER:
                self._amounts[described.code] = Amount(name)
            elif described.code in needed or secret or everything:
                # The key of a record is made of all its dimensions, so that it is the same whichever tables are wanted.
                shape = dimension_of(described).shape()
                self.columns.append(Column(shape, described.missing or None, name))

    def counted(self) -> Counted:
        """Read the file once for what is counted, and once more for each number that is summed."""
        tables: dict[int, Table] = {}
        keys: dict[int, Keys] = {}
        rows = 0
        for sums in sorted({table.sums for table in self._wanted}):
            reading = self.reading(sums)
            if reading.records is None:
                return self.problems(reading)
            rows = reading.rows
            of_records = keys_by_content(self._secret, reading.records) if self._secret else None
            make = add_up if sums else count
            for table in self._wanted:
                if table.sums == sums:
                    tables[table.position] = make(reading.records, table.wanted, str(table.position))
                    if of_records is not None:
                        keys[table.position] = cell_keys(reading.records, of_records, table.wanted)
        order = [table.position for table in self._wanted]
        return Counted(
            tuple(tables[at] for at in order),
            tuple(table.sums for table in self._wanted),
            tuple(keys[at] for at in order if at in keys),
            rows,
        )

    def reading(self, sums: str = "") -> Reading:
        """Read the file once, with a number to sum where one is named."""
        return read(self.file, self.columns, amount=self._amounts[sums] if sums else None)

    def problems(self, reading: Reading) -> Counted:
        """What keeps the tables from being counted."""
        told = [(each.row, self._positions[each.column], each.kind.value) for each in reading.problems]
        more = sum(reading.counts.values()) - len(told[:MOST_PROBLEMS_KEPT])
        return Counted(rows=reading.rows, problems=tuple(told[:MOST_PROBLEMS_KEPT]), more=more)


class Watched(io.RawIOBase):
    """A file that tells how far it has been read."""

    def __init__(self, file: BinaryIO, watch: Watch) -> None:
        super().__init__()
        self._file, self._watch = file, watch
        self._told = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be moved about in."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where it is read next."""
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        """Read on, and tell where that is once in a while."""
        found = self._file.read(size)
        at = self._file.tell()
        if abs(at - self._told) >= TOLD_EVERY:
            self._told = at
            self._watch(at)
        return found
