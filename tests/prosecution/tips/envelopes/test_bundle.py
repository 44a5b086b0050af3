"""Bundles hold what was told to the byte, hide how much it was, and are refused where anything is different."""

from __future__ import annotations

import json
import math
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palermo.prosecution.tips.envelopes.bundle import (
    LARGEST,
    SMALLEST,
    BundleError,
    File,
    Told,
    packed,
    padded_size,
    unpacked,
)
from tests.prosecution.tips.envelopes.odd_bundles import TOLD, odd_bundles, with_header

CODES = st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True)
CONTENTS = st.binary(max_size=100) | st.integers(0, 9_000).map(lambda size: b"\1\0" * size)
FILES = st.builds(File, st.text(max_size=20), st.text(max_size=20), CONTENTS)
TEXTS = st.dictionaries(CODES, st.text(), max_size=5)
EVERYTHING_TOLD = st.builds(Told, TEXTS, st.lists(FILES, max_size=3).map(tuple))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 5_000) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["v", "texts", "files", "name", "type", "size", "what"]), inner)
    ),
    max_leaves=12,
)
LENGTHS = {*range(5_000), LARGEST, LARGEST - 1, LARGEST + 1}
LENGTHS |= {2**power + more for power in range(25) for more in (-1, 0, 1) if 2**power + more >= 0}
LENGTHS |= set(random.Random(2019).choices(range(LARGEST), k=5_000))  # noqa: S311 - examples, not secrets


def padme(length: int) -> int:
    """As the paper gives it in formulas, by logarithms."""
    exponent = math.floor(math.log2(length))
    digits = math.floor(math.log2(exponent)) + 1
    step: int = 2 ** (exponent - digits)
    return math.ceil(length / step) * step


def told_in(bundle: bytes) -> Told | None:
    """What a bundle holds; nothing where it is refused."""
    try:
        return unpacked(bundle)
    except BundleError:
        return None


# -- What is written -------------------------------------------------------------------------------


def test_a_bundle_is_written_to_the_byte_as_the_format_says() -> None:
    header = (
        '{"v":1,"texts":{"what":"Rien vu, “sauf” ça\\n","where":"5 Elm St"},'
        '"files":[{"name":"a.png","type":"image/png","size":5}]}'
    ).encode()
    written = bytes([0, 0, 0, len(header)]) + header + b"\x89PNG\0"
    assert packed(TOLD) == written + bytes(4096 - len(written))


@given(EVERYTHING_TOLD)
@example(Told({}))
@example(Told({"what": ""}, (File("", "", b""),)))
def test_what_is_packed_is_unpacked(told: Told) -> None:
    bundle = packed(told)
    assert unpacked(bundle) == told
    assert len(bundle) == padded_size(len(bundle)) >= SMALLEST


def test_zeros_at_the_end_of_a_file_are_its_own() -> None:
    told = Told({"what": "a"}, (File("a", "", bytes(10)), File("b", "", bytes(20))))
    assert [len(one.content) for one in unpacked(packed(told)).files] == [10, 20]


def test_a_bundle_holds_as_much_as_it_may_and_no_byte_more() -> None:
    # The header says the size of the file, in eight digits.
    room = LARGEST - len(packed_header(10_000_000))
    assert len(packed(Told({}, (File("a", "", bytes(room)),)))) == LARGEST
    with pytest.raises(BundleError):
        packed(Told({}, (File("a", "", bytes(room + 1)),)))


def packed_header(size: int) -> bytes:
    return b'0000{"v":1,"texts":{},"files":[{"name":"a","type":"","size":%d}]}' % size


@pytest.mark.parametrize("code", ["", "1", "What", "a b", "é", "__proto__", "what\n", "\ud83d"])
def test_a_code_that_scripts_could_take_for_something_else_is_not_written(code: str) -> None:
    with pytest.raises(BundleError):
        packed(Told({code: "a"}))


@pytest.mark.parametrize(
    "told", [Told({"what": "\ud83d"}), Told({}, (File("\udcff", "", b""),)), Told({}, (File("", "\udcff", b""),))]
)
def test_half_a_sign_is_not_written(told: Told) -> None:
    with pytest.raises(BundleError):
        packed(told)


# -- How much it was -------------------------------------------------------------------------------


def test_sizes_are_those_of_the_paper() -> None:
    assert {size: padded_size(size) for size in LENGTHS} == {
        size: SMALLEST if size <= SMALLEST else padme(size) for size in LENGTHS
    }


def test_a_word_and_nothing_fill_as_much() -> None:
    assert {padded_size(size) for size in range(SMALLEST + 1)} == {SMALLEST}


def test_at_most_twelve_in_a_hundred_are_added() -> None:
    larger = [size for size in LENGTHS if size > SMALLEST]
    assert all(size <= padded_size(size) <= 1.12 * size for size in larger)


@given(st.integers(0, LARGEST))
def test_what_is_filled_up_is_full(size: int) -> None:
    assert padded_size(padded_size(size)) == padded_size(size)


def test_few_sizes_are_left_to_be_seen() -> None:
    assert len({padded_size(size) for size in range(0, LARGEST + 1, 64)}) < 350


# -- What is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", odd_bundles())
def test_what_no_writer_writes_is_refused(name: str) -> None:
    with pytest.raises(BundleError):
        unpacked(odd_bundles()[name])


def test_a_bundle_that_is_cut_anywhere_is_refused() -> None:
    whole = packed(Told({"what": "a"}, (File("a", "", b"\1" * 4_096),)))
    assert [cut for cut in range(len(whole)) if told_in(whole[:cut])] == []


@given(st.binary(max_size=300))
def test_any_bytes_hold_what_is_written_so_or_nothing(some: bytes) -> None:
    assert told_in(some) is None
    for bundle in (with_header(some), some.ljust(SMALLEST, b"\0")):
        told = told_in(bundle)
        assert told is None or packed(told) == bundle


@given(JSON)
@example({"what": "a"})
@example([{"name": "a", "type": "b", "size": 0}])
def test_any_header_holds_what_is_written_so_or_nothing(said: object) -> None:
    for header in (said, {"v": 1, "texts": {}, "files": said}, {"v": 1, "texts": said, "files": []}):
        bundle = with_header(json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode())
        told = told_in(bundle)
        assert told is None or packed(told) == bundle


@given(EVERYTHING_TOLD, st.data())
def test_a_bundle_with_one_byte_changed_is_another_or_none(told: Told, data: st.DataObject) -> None:
    bundle = bytearray(packed(told))
    bundle[data.draw(st.integers(0, min(len(bundle) - 1, 400)))] ^= data.draw(st.integers(1, 255))
    assert told_in(bytes(bundle)) != told
