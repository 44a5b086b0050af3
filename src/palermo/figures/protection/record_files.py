"""Files of records, CSV or Parquet, opened and handed over batch by batch: what is in them is read elsewhere.

Whatever a file says of its own size is checked before anything is unpacked, and no error repeats a value of it.
"""

from __future__ import annotations

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

MOST_COLUMNS = 1_000
MOST_ROWS = 50_000_000
MOST_RAGGED = 10_000
"""Rows without the right number of fields, after which reading stops."""
HEADER_BYTES = 1 << 20
BLOCK_BYTES = 2 << 20
"""Bytes of a CSV file that are held at a time: no row can be longer."""
BATCH_ROWS = 1 << 16
GROUP_BYTES = 256 << 20
"""Unpacked bytes of the columns that are read of one row group of a Parquet file, at most."""
MOST_GROUPS = 50_000
_UNREADABLE = (pa.ArrowException, OSError, MemoryError, OverflowError, UnicodeError)


class RecordsError(ValueError):
    """A file of records that cannot be read. The message is a sentence without any value of the file.

    `code` is stable and is what pages translate; `about` is the name of a column, or a number, where there is one.
    """

    def __init__(self, code: str, message: str, about: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.about = about


class Readable(Protocol):
    """A file to read and to move about in, such as an open file of bytes or a sealed one."""

    def read(self, size: int = -1, /) -> bytes:
        """As many bytes as wanted, or all that are left."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""

    def tell(self) -> int:
        """Where it is read next."""


class RecordFile(ABC):
    """An open file of records: the names of its columns, and its rows in batches.

    `names` are in the order of the file, `first_row` is the number of its first record as people count (the header of a
    CSV file is row 1), `ragged` are the numbers of the rows left out because their fields are too few or too many.
    """

    names: tuple[str, ...]
    first_row: int

    def __init__(self, file: Readable) -> None:
        self.file = file
        self.ragged: list[int] = []

    @property
    def plain_names(self) -> tuple[str, ...]:
        """The columns whose values can be codes: all but those of lists, structures and times of day."""
        return self.names

    @abstractmethod
    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The columns named, some tens of thousands of rows at a time; text as dictionaries of bytes.

        Raises:
            RecordsError: what is read turns out to be broken, or larger than can be held.
        """

    def row_numbers(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers that rows have in the file, from their places among the rows handed over so far."""
        good_before = np.asarray(self.ragged, dtype=np.int64) - np.arange(len(self.ragged)) - self.first_row
        return places + self.first_row + np.searchsorted(good_before, places, side="right")


def open_records(file: Readable) -> RecordFile:
    """Open a file by what it holds, whatever it is called.

    Args:
        file: readable, and seekable.

    Raises:
        RecordsError: it is neither CSV nor Parquet, is empty, or names its columns badly.
    """
    file.seek(0)
    start = file.read(4)
    if not start.strip():
        raise RecordsError("empty", "The file is empty.")
    if start == b"PK\3\4":
        raise RecordsError("spreadsheet", "This is a spreadsheet or an archive. Save the records as CSV, in UTF-8.")
    opened: RecordFile = _ParquetFile(file) if start == b"PAR1" else _CsvFile(file)
    _check_names(opened.names)
    return opened


def _check_names(names: Sequence[str]) -> None:
    if len(names) > MOST_COLUMNS:
        raise RecordsError("too_many_columns", f"The file has more than {MOST_COLUMNS} columns.", str(MOST_COLUMNS))
    for place, name in enumerate(names, start=1):
        if not name:
            raise RecordsError("nameless_column", f"Column {place} has no name.", str(place))
        if names.index(name) != place - 1:
            raise RecordsError("same_names", f"Two columns have the name “{name}”.", name)


class _CsvFile(RecordFile):
    first_row = 2

    def __init__(self, file: Readable) -> None:
        super().__init__(file)
        file.seek(0)
        start = file.read(HEADER_BYTES)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start.split(b"\n", 1)[0]:
            raise RecordsError("not_utf8", "The file is not text in UTF-8. Save the records as CSV, in UTF-8.")
        ends = b"\n" in start or b"\r" in start
        if not ends and len(start) == HEADER_BYTES:
            raise RecordsError("header", "The first row does not end, so that it cannot name the columns.")
        if not ends:
            raise RecordsError("no_records", "The file has no more than one row, and no records under it.")
        self._delimiter, self.names = _header(start)
        self._full = False

    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        self.file.seek(0)
        self.ragged.clear()
        handle = _StayOpen(self.file)
        try:
            yield from self._reader(handle, names)
        except _UNREADABLE as error:
            raise self._trouble(error) from None
        if handle.quotes % 2:
            # All rows after it would count as one field of one row.
            raise RecordsError("open_quote", "A quotation mark is never closed, so that rows cannot be told apart.")

    def _reader(self, handle: _StayOpen, names: Sequence[str]) -> pa.csv.CSVStreamingReader:
        text = pa.dictionary(pa.int32(), pa.binary())
        return pa.csv.open_csv(
            handle,
            # One thread, so that rows are numbered.
            pa.csv.ReadOptions(
                use_threads=False, block_size=BLOCK_BYTES, column_names=self.names, skip_rows_after_names=1
            ),
            pa.csv.ParseOptions(
                delimiter=self._delimiter,
                newlines_in_values=True,
                # In a file of one column, a blank line is a record of which nothing is known.
                ignore_empty_lines=len(self.names) > 1,
                invalid_row_handler=self._leave_out,
            ),
            pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, text),
                include_columns=list(names),
                check_utf8=False,
                strings_can_be_null=False,
            ),
        )

    def _leave_out(self, row: pa.csv.InvalidRow) -> str:
        self._full = len(self.ragged) >= MOST_RAGGED
        if self._full:
            return "error"
        self.ragged.append(row.number)
        return "skip"

    def _trouble(self, error: Exception) -> RecordsError:
        if self._full:
            message = f"More than {MOST_RAGGED} rows do not have {len(self.names)} fields, as the first row has."
            return RecordsError("ragged", message, str(len(self.names)))
        if "straddling" in str(error):
            message = f"A row is longer than {BLOCK_BYTES >> 20} MB, or a quotation mark is never closed."
            return RecordsError("long_row", message, str(BLOCK_BYTES >> 20))
        return RecordsError("broken", "The file cannot be read as CSV: it is broken, or is something else.")


def _header(start: bytes) -> tuple[str, tuple[str, ...]]:
    """What separates the fields, and the names in the first row."""
    text = start.decode("utf-8-sig", errors="surrogateescape")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    try:
        names = tuple(name.strip() for name in next(csv.reader(io.StringIO(text), delimiter=delimiter)))
    except csv.Error:
        names = ()
    if not names:
        raise RecordsError("header", "The first row cannot be read as the names of columns.")
    if any("\udc80" <= letter <= "\udcff" for name in names for letter in name):
        raise RecordsError("not_utf8", "The file is not text in UTF-8. Save the records as CSV, in UTF-8.")
    return delimiter, names


class _ParquetFile(RecordFile):
    first_row = 1

    def __init__(self, file: Readable) -> None:
        super().__init__(file)
        with _told_as_broken():
            opened = pa.parquet.ParquetFile(_StayOpen(file))
            self._about = opened.metadata
            self._schema = opened.schema_arrow
            self.names = tuple(name.strip() for name in self._schema.names)

    @property
    def plain_names(self) -> tuple[str, ...]:
        return tuple(name for name, field in zip(self.names, self._schema, strict=True) if _is_plain(field.type))

    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        for name in names:
            if name not in self.plain_names:
                message = f"Column “{name}” holds something other than text, numbers, yes and no, or dates."
                raise RecordsError("nested_column", message, name)
        wanted = [self._schema.names[self.names.index(name)] for name in names]
        with _told_as_broken():
            self._check_size(set(wanted))
            opened = pa.parquet.ParquetFile(
                _StayOpen(self.file), metadata=self._about, read_dictionary=wanted, buffer_size=1 << 20
            )
            for batch in opened.iter_batches(BATCH_ROWS, columns=wanted, use_threads=False):
                yield batch.select(wanted).rename_columns(list(names))

    def _check_size(self, names: set[str]) -> None:
        if self._about.num_row_groups > MOST_GROUPS:
            raise RecordsError("too_many_groups", f"The file has more than {MOST_GROUPS} row groups.", str(MOST_GROUPS))
        for at in range(self._about.num_row_groups):
            group = self._about.row_group(at)
            columns = [group.column(place) for place in range(group.num_columns)]
            size = sum(one.total_uncompressed_size for one in columns if one.path_in_schema in names)
            if size > GROUP_BYTES or group.num_rows > MOST_ROWS:
                message = (
                    f"A row group unpacks to more than {GROUP_BYTES >> 20} MB. Write the file in smaller row groups."
                )
                raise RecordsError("large_group", message, str(GROUP_BYTES >> 20))


def _is_plain(kind: pa.DataType) -> bool:
    """Whether values of a column can be codes: text, numbers, yes and no, dates, or nothing at all."""
    if pa.types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    kinds = (
        *(pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary),
        *(pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal),
        *(pa.types.is_boolean, pa.types.is_date, pa.types.is_null),
    )
    return any(is_one(kind) for is_one in kinds)


class _StayOpen(io.RawIOBase):
    """A file for Arrow, which closes what it was given. Counts the quotation marks that it hands over."""

    def __init__(self, file: Readable) -> None:
        super().__init__()
        self._file = file
        self.quotes = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.quotes += piece.count(b'"')
        return piece


@contextmanager
def _told_as_broken() -> Iterator[None]:
    """Say of whatever Arrow stumbles over that the file is broken; its own words may hold values."""
    try:
        yield
    except RecordsError:
        raise
    except _UNREADABLE:
        raise RecordsError("broken", "The Parquet file is broken or incomplete.") from None
