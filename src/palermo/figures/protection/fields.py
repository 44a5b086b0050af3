"""The fields of a column, each different value looked at once: as text, and as amounts of money or of anything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from palermo.figures.protection.shapes import Counts

Value: TypeAlias = bytes | str | bool | int | float | Decimal | date | None

LARGEST_AMOUNT = 10**13
"""In the smallest unit that is kept: of cents, a hundred billion dollars."""
LONGEST = 1_000
"""Bytes of a value that are looked at where values are large: more are no code."""
MANY_BYTES = 4 << 20
_TEXTS = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())
_NUMBER = re.compile(rb"([0-9]{1,15})(?:[.,]([0-9]{1,9}))?")


@dataclass(frozen=True)
class Amount:
    """A column of numbers to sum: its name in the file, and how many decimals are kept (2 for dollars and cents)."""

    name: str
    decimals: int = 0


def texts(fields: pa.Array) -> tuple[NDArray[np.int32], list[bytes]]:
    """For each field the place of its value, and each value as text without blanks around it; nothing is b""."""
    coded = fields if pa.types.is_dictionary(fields.type) else fields.dictionary_encode()
    values = coded.dictionary
    if values.type in _TEXTS:
        # As bytes, since what a file calls text may be none.
        values = values.cast(pa.large_binary())
        if values.nbytes > MANY_BYTES:
            values = pa.compute.binary_slice(values, 0, LONGEST)
    places = coded.indices.cast(pa.int32())
    if len(values) > len(places):
        # A dictionary of a whole row group: only what these few rows have of it is looked at.
        used = places.drop_null().unique()
        values, places = values.take(used), pa.compute.index_in(places, used)
    if places.null_count:
        places = places.fill_null(len(values))
    return places.to_numpy(), [*(_text(value) for value in values.to_pylist()), b""]


def _text(value: Value) -> bytes:
    if isinstance(value, bytes):
        return value.strip()
    if value is None or value != value:
        return b""
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, float) and value.is_integer():
        return b"%d" % value
    if isinstance(value, Decimal):
        return format(value.normalize(), "f").encode()
    return str(value).encode()


def amounts_of(fields: pa.Array, amount: Amount) -> Counts:
    """For each field its amount in the smallest unit that is kept, and -1 where it is none."""
    places, values = texts(fields)
    return np.array([_amount(value, amount.decimals) for value in values], dtype=np.int64)[places]


def _amount(value: bytes, decimals: int) -> int:
    found = _NUMBER.fullmatch(value)
    part = (found[2] or b"") if found else b""
    if not found or len(part) > decimals:
        return -1
    units = int(found[1] + part.ljust(decimals, b"0"))
    return units if units < LARGEST_AMOUNT else -1
