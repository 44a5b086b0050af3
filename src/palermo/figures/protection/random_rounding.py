"""Rounding to a base at random by record, so that the same cell is rounded the same way in every table.

Every record has a secret key. A cell's key is the sum of the keys of its records, so that the same records give one
key wherever they are counted together, and one record more or less gives an unrelated one. The key decides whether the
count goes up or down to a multiple of the base, more likely the nearer it is, so that on average nothing is added or
taken away. Asking for the same cell again, in other tables or a hundred times, tells nothing new: independent rounding
could be averaged out. Statistical offices call this the cell key method.

Totals are rounded like any other cell, so that they do not add up; none moves by the base or more.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import NDArray

from palermo.figures.protection.counting import Wanted
from palermo.figures.protection.records import Codes, Records
from palermo.figures.protection.shapes import Counts, Dimension, PublishedTable, ShapeError, Table, with_totals

Keys: TypeAlias = NDArray[np.uint64]

SECRET_BYTES = 32
BLOCK = 16
"""Bytes of what is encrypted at a time."""
HIGH = np.uint64(32)
"""The upper half of a key decides; so many bits keep the chances right to a part in 800 million."""


def keys_by_number(secret: bytes, numbers: NDArray[np.uint64]) -> Keys:
    """Keys of records that have numbers of their own which they keep from file to file, such as a case number.

    Args:
        secret: 32 bytes that only the publisher knows, the same for all tables of a population.
        numbers: one a record; the same number gives the same key.
    """
    blocks = np.zeros((len(numbers), BLOCK // 8), dtype=np.uint64)
    blocks[:, 0] = numbers
    return _encrypted(secret, b"by number", blocks)[:, 0].copy()


def keys_by_content(secret: bytes, records: Records) -> Keys:
    """Keys of records without numbers: by all that is in them, so that their order in the file does not matter.

    Records that are alike get different keys, which they may exchange: nobody can tell them apart. A file with other
    columns gives other keys.

    Args:
        secret: as for `keys_by_number`.
        records: all their columns count.
    """
    digests = np.zeros((len(records), BLOCK // 8), dtype=np.uint64)
    for start in range(0, len(records.codes), BLOCK // 2):
        digests ^= _joined(records.codes[start : start + BLOCK // 2], len(records))
        digests = _encrypted(secret, b"by content", digests)
    digests[:, 1] = _occurrence(digests)
    return _encrypted(secret, b"by occurrence", digests)[:, 0].copy()


def cell_keys(records: Records, keys: Keys, dimensions: Sequence[str | Dimension]) -> Keys:
    """The key of every cell of a table, totals included: the sum of its records' keys, without what passes 64 bits.

    Args:
        records: what is counted.
        keys: one a record.
        dimensions: as for `counting.count`.

    Raises:
        ShapeError: as for `counting.count`, or there is not one key a record.
    """
    if len(keys) != len(records):
        raise ShapeError("Every record has one key.")
    wanted = Wanted(records, dimensions)
    summed = np.zeros(wanted.cells, dtype=np.uint64)
    for start, cells in wanted.chunks():
        np.add.at(summed, cells, keys[start : start + len(cells)])
    # Signed numbers run over at the same place, bit by bit.
    return with_totals("", wanted.dimensions, summed.view(np.int64).reshape(wanted.shape)).values.view(np.uint64)


def rounded(values: Counts, keys: Keys, base: int) -> Counts:
    """Each value as a multiple of the base, up or down as its key says; multiples of the base stay, and so does 0.

    Args:
        values: counts of at least 0, any shape.
        keys: of the same shape, or one for all.
        base: at least 2.

    Raises:
        ShapeError: a value is below 0, or the base is too small or too large.
    """
    if not 2 <= base < 1 << 16:
        raise ShapeError("A base to round to is at least 2 and below 65,536.")
    if (values < 0).any():
        raise ShapeError("A count is at least 0.")
    draws = ((keys >> HIGH) * np.uint64(base)) >> HIGH
    down, rest = np.divmod(values, base)
    return (down + (draws.astype(np.int64) < rest)) * base


def round_by_record(table: Table, keys: Keys, base: int) -> PublishedTable:
    """A table of counts with every cell rounded by its key.

    Args:
        table: what is rounded.
        keys: from `cell_keys` of the same records and dimensions.
        base: at least 2.

    Raises:
        ShapeError: the keys are of another table, the table sums something instead of counting, or as for `rounded`.
    """
    if keys.shape != table.shape or table.contributors is not None:
        raise ShapeError(f"{table.name}: only counts with a key for each cell are rounded by record.")
    values = rounded(table.values, keys, base)
    everything = np.ones(table.shape, dtype=np.bool_)
    return PublishedTable(table.name, table.dimensions, values, everything, base=base, reach=base - 1, adds_up=False)


def _encrypted(secret: bytes, purpose: bytes, blocks: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each block encrypted by itself, under a key of this purpose: numbers that look random to who lacks the secret."""
    if len(secret) != SECRET_BYTES:
        raise ShapeError(f"A secret has {SECRET_BYTES} bytes.")
    key = hmac.digest(secret, b"palermo rounding, " + purpose, "sha256")
    # Equal blocks are meant to give equal keys, and nothing is ever decrypted: what is wrong with ECB is wanted here.
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    plain = np.ascontiguousarray(blocks, dtype="<u8")
    return np.frombuffer(encryptor.update(plain.tobytes()), dtype="<u8").reshape(plain.shape).astype(np.uint64)


def _joined(codes: Sequence[Codes], size: int) -> NDArray[np.uint64]:
    """Up to eight columns side by side in blocks."""
    block = np.zeros((size, BLOCK // 2), dtype="<u2")
    for place, column in enumerate(codes):
        block[:, place] = column
    return block.view("<u8").astype(np.uint64)


def _occurrence(digests: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """How many of the same kind come before each."""
    order = np.lexsort((digests[:, 1], digests[:, 0]))
    ordered = digests[order]
    differs = np.ones(len(order), dtype=np.bool_)
    differs[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    at = np.arange(len(order))
    first = np.maximum.accumulate(np.where(differs, at, 0))
    found = np.empty(len(order), dtype=np.uint64)
    found[order] = at - first
    return found
