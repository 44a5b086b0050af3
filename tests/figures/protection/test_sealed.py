"""Sealed files: what comes out is what went in, and nothing comes out of what somebody changed."""

from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.figures.protection.sealed import (
    CHUNK_BYTES,
    HEADER_BYTES,
    SEALED_CHUNK_BYTES,
    SealedReader,
    SealedWriter,
    SealError,
    new_key,
    unwrap,
    wrap,
)

KEY = bytes(range(32))
SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]


def _some(size: int) -> bytes:
    return np.random.default_rng(size).bytes(size)


def _sealed(plain: bytes, key: bytes = KEY, pieces: int = 50_000) -> bytes:
    file = io.BytesIO()
    with SealedWriter(file, key) as writer:
        for start in range(0, len(plain), pieces):
            writer.write(plain[start : start + pieces])
    return file.getvalue()


def _opened(sealed: bytes, key: bytes = KEY) -> bytes:
    return SealedReader(io.BytesIO(sealed), key).read()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pieces", [1 << 20, 50_000])
def test_comes_back_whole(size: int, pieces: int) -> None:
    assert _opened(_sealed(_some(size), pieces=pieces)) == _some(size)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SIZES), st.lists(st.tuples(st.integers(0, 4 * CHUNK_BYTES), st.integers(-1, 2 * CHUNK_BYTES))))
def test_is_read_like_the_bytes_themselves(size: int, reads: list[tuple[int, int]]) -> None:
    plain = io.BytesIO(_some(size))
    reader = SealedReader(io.BytesIO(_sealed(_some(size))), KEY)
    for place, length in reads:
        assert reader.seek(place) == plain.seek(place)
        assert reader.read(length) == plain.read(length)
        assert reader.tell() == plain.tell()
    assert reader.seek(-min(size, 9), io.SEEK_END) == plain.seek(-min(size, 9), io.SEEK_END)
    assert reader.read() == plain.read()


def test_nothing_of_it_can_be_read_in_the_file() -> None:
    plain = b"gender,citizenship\n" + b"Woman,C01\n" * 20_000
    sealed = _sealed(plain)
    assert b"Woman" not in sealed
    assert b"gender" not in sealed
    assert _sealed(plain)[HEADER_BYTES:] != sealed[HEADER_BYTES:]


@pytest.mark.parametrize("place", [0, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + SEALED_CHUNK_BYTES + 5, -1])
def test_one_changed_bit_is_found(place: int) -> None:
    changed = bytearray(_sealed(_some(2 * CHUNK_BYTES + 9)))
    changed[place] ^= 1
    with pytest.raises(SealError):
        _opened(bytes(changed))


@pytest.mark.parametrize(
    "left", [0, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 20, HEADER_BYTES + SEALED_CHUNK_BYTES, -1]
)
def test_a_file_that_was_cut_does_not_open(left: int) -> None:
    with pytest.raises(SealError):
        SealedReader(io.BytesIO(_sealed(_some(2 * CHUNK_BYTES))[:left]), KEY)


def test_chunks_stay_in_their_order_and_their_file() -> None:
    one, other = _sealed(_some(4 * CHUNK_BYTES)), _sealed(_some(4 * CHUNK_BYTES))
    edges = [HEADER_BYTES + at * SEALED_CHUNK_BYTES for at in range(5)]
    first, second = one[edges[0] : edges[1]], one[edges[1] : edges[2]]
    for mixed in (
        one[: edges[0]] + second + first + one[edges[2] :],
        one[: edges[0]] + second + one[edges[2] :],
        one + one[edges[3] :],
        one[: edges[1]] + other[edges[1] : edges[2]] + one[edges[2] :],
        other[: edges[0]] + one[edges[0] :],
    ):
        with pytest.raises(SealError):
            _opened(mixed)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealError, match="key is not its own"):
        _opened(_sealed(b"something"), new_key())
    with pytest.raises(SealError, match="32 bytes"):
        _sealed(b"something", b"short")
    with pytest.raises(SealError, match="not a sealed file"):
        _opened(b"gender,citizenship\n" * 10)


def test_writing_that_broke_off_leaves_nothing_that_opens() -> None:
    file = io.BytesIO()

    def _break_off() -> None:
        with SealedWriter(file, KEY) as writer:
            writer.write(_some(3 * CHUNK_BYTES))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        _break_off()
    with pytest.raises(SealError):
        SealedReader(file, KEY)


def test_what_is_closed_stays_closed() -> None:
    file = io.BytesIO()
    writer = SealedWriter(file, KEY)
    writer.close()
    writer.close()
    with pytest.raises(ValueError, match="closed"):
        writer.write(b"more")
    reader = SealedReader(file, KEY)
    reader.close()
    with pytest.raises(ValueError, match="closed"):
        reader.read(1)
    assert not file.closed


def test_arrow_reads_it_as_any_file() -> None:
    table = pa.table({"sex": ["F", "M"] * 40_000, "year": list(range(80_000))})
    file = io.BytesIO()
    with SealedWriter(file, KEY) as writer:
        pyarrow.parquet.write_table(table, pa.PythonFile(_Writable(writer)))
    assert pyarrow.parquet.ParquetFile(SealedReader(file, KEY)).read().equals(table)
    lines = b"sex,year\n" + b"F,2020\nM,2021\n" * 20_000
    read = pyarrow.csv.open_csv(SealedReader(io.BytesIO(_sealed(lines)), KEY)).read_all()
    assert read.num_rows == 40_000


class _Writable(io.RawIOBase):
    """What Arrow wants of a file to write into, around a sealed one."""

    def __init__(self, writer: SealedWriter) -> None:
        self._writer = writer

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self._writer.write(data)


def test_keys_are_wrapped_as_the_standard_says() -> None:
    """RFC 3394, section 4.6: a key of 256 bits under one of 256 bits."""
    under = bytes(range(32))
    key = bytes.fromhex("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F")
    wrapped = bytes.fromhex("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21")
    assert wrap(key, under=under) == wrapped
    assert unwrap(wrapped, under=under) == key
    with pytest.raises(SealError, match="another one"):
        unwrap(wrapped, under=new_key())
    with pytest.raises(SealError):
        unwrap(wrapped[:-1], under=under)
    assert new_key() != new_key()
    assert len(new_key()) == 32
