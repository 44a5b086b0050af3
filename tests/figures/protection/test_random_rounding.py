"""Rounding by record: the same cell reads the same everywhere, none moves by the base, none leans to either side."""

from __future__ import annotations

import numpy as np
import pytest

from palermo.figures.protection.counting import count
from palermo.figures.protection.random_rounding import (
    Keys,
    cell_keys,
    keys_by_content,
    keys_by_number,
    round_by_record,
    rounded,
)
from palermo.figures.protection.records import Column, Records
from palermo.figures.protection.shapes import Dimension, ShapeError, Table

SECRET = bytes(range(32))
SIZE = 3_000


def _records(*, columns: int = 3) -> Records:
    random = np.random.default_rng(7)
    names = [Column(Dimension.flat(f"c{place}", [f"{code}" for code in range(4 + place)])) for place in range(columns)]
    return Records(tuple(names), tuple(random.integers(0, 4, SIZE).astype(column.kind) for column in names))


def _numbers() -> Keys:
    return np.arange(SIZE, dtype=np.uint64)


@pytest.mark.parametrize("base", [2, 3, 5, 10])
def test_all_keys_together_add_and_take_nothing(base: int) -> None:
    # Keys in equal steps over all there are: as many of one answer as of all keys together, to within one step.
    steps = 60_000
    keys = np.arange(steps, dtype=np.uint64) * np.uint64(2**64 // steps)
    for value in range(3 * base):
        answers = rounded(np.full(steps, value), keys, base)
        assert (np.abs(answers - value) < base).all()
        assert (answers % base == 0).all()
        assert abs(answers.mean() - value) <= 1.01 * base / steps
        assert value % base or (answers == value).all()


def test_the_key_alone_decides() -> None:
    edge = np.array([2**64 // 5 * 2 - 2**34, 2**64 // 5 * 2 + 2**34], dtype=np.uint64)
    assert rounded(np.array([2, 2]), edge, 5).tolist() == [5, 0]
    assert rounded(np.array([7, 7]), edge, 5).tolist() == [10, 5]


def test_a_cell_reads_the_same_in_every_table() -> None:
    records = _records()
    keys = keys_by_number(SECRET, _numbers())

    def published(*names: str) -> tuple[Table, np.ndarray[tuple[int, ...], np.dtype[np.int64]], Keys]:
        table, of_cells = count(records, names), cell_keys(records, keys, names)
        return table, round_by_record(table, of_cells, 5).values, of_cells

    alone, alone_rounded, alone_keys = published("c0")
    crossed, crossed_rounded, crossed_keys = published("c0", "c2")
    assert (crossed.values[:, 0] == alone.values).all()
    assert (crossed_rounded[:, 0] == alone_rounded).all()
    assert (crossed_keys[:, 0] == alone_keys).all()
    assert len(np.unique(crossed_keys[crossed.values > 0])) == (crossed.values > 0).sum()
    assert (crossed_rounded[crossed.values == 0] == 0).all()


def test_the_key_of_a_cell_is_the_sum_of_its_records() -> None:
    records, keys = _records(), keys_by_number(SECRET, _numbers())
    found = cell_keys(records, keys, ["c0", "c1"])
    place = 1 + int(records.codes[0][0]), 1 + int(records.codes[1][0])
    of_cell = (records.codes[0] == records.codes[0][0]) & (records.codes[1] == records.codes[1][0])
    assert int(found[place]) == sum(int(key) for key in keys[of_cell]) % 2**64
    assert int(found[0, 0]) == sum(int(key) for key in keys) % 2**64


def test_keys_look_random_and_need_the_secret() -> None:
    keys = keys_by_number(SECRET, _numbers())
    assert (keys == keys_by_number(SECRET, _numbers())).all()
    assert (keys != keys_by_number(bytes(32), _numbers())).all()
    assert len(np.unique(keys)) == SIZE
    bits = (keys[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
    assert (np.abs(bits.mean(axis=0) - 0.5) < 0.06).all()
    with pytest.raises(ShapeError):
        keys_by_number(b"short", _numbers())


@pytest.mark.parametrize("columns", [3, 11])
def test_keys_by_content_do_not_depend_on_the_order(columns: int) -> None:
    records = _records(columns=columns)
    order = np.random.default_rng(1).permutation(SIZE)
    shuffled = Records(records.columns, tuple(codes[order] for codes in records.codes))
    one, other = keys_by_content(SECRET, records), keys_by_content(SECRET, shuffled)
    assert len(np.unique(one)) == SIZE, "records that are alike have keys of their own"
    assert sorted(one.tolist()) == sorted(other.tolist())
    tables = [cell_keys(one, keys, ["c0", "c1"]) for one, keys in ((records, one), (shuffled, other))]
    assert (tables[0] == tables[1]).all()


def test_what_cannot_be_rounded_is_refused() -> None:
    table = count(_records(), ["c0"])
    keys = np.zeros(table.shape, dtype=np.uint64)
    for base in (1, 1 << 16):
        with pytest.raises(ShapeError):
            round_by_record(table, keys, base)
    with pytest.raises(ShapeError):
        rounded(np.array([-1]), keys[:1], 5)
    with pytest.raises(ShapeError):
        round_by_record(table, keys[:-1], 5)
    with pytest.raises(ShapeError):
        cell_keys(_records(), _numbers()[1:], ["c0"])
