"""The quick way to read and write JSON says what Python's own says, wherever it says anything."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from palermo.protection.directory.hsds.json_values import Json, digest_of, read, says_the_same, written

LETTERS = some.text(some.sampled_from('aé\u2028\x00\x7f"\\/\n\U0001f600') | some.characters(codec="utf-8"), max_size=6)
NUMBERS = some.integers() | some.integers(10**18, 10**40) | some.floats(allow_nan=False, allow_infinity=False)
VALUES = some.recursive(
    some.none() | some.booleans() | NUMBERS | LETTERS,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(LETTERS, inner, max_size=4),
    max_leaves=15,
)
PIECES = ["{", "}", "[", "]", ",", ":", '"a"', '"\\ud800"', '"\\u00e9"', '"\\x"', "0", "-0", "01", "1.", ".5", "1e5"]
PIECES += ["1E-400", "1e400", "9" * 30, "NaN", "Infinity", "true", "null", "nul", " ", "\n", "\t", "\x00", "\ufeff"]
TEXTS = some.lists(some.sampled_from(PIECES), max_size=9).map("".join)
NONE = (b"", b"NaN", b"[1,]", b'{"a":1} x', b'"\xff"', b"1e400", b'"\\ud800"', b"[" * 100_000)


def plainly(text: bytes) -> Json:
    """What Python's own reader makes of it."""
    found: Json = json.loads(text.decode())
    return found


@given(VALUES, some.booleans(), some.sampled_from([None, 1]))
def test_whatever_python_writes_is_read_as_it_was(said: Json, in_ascii: bool, indent: int | None) -> None:
    text = json.dumps(said, ensure_ascii=in_ascii, indent=indent)
    # Equality alone does not tell 1 from 1.0 and true.
    assert repr(read(text)) == repr(read(text.encode())) == repr(said)


@given(VALUES)
def test_python_reads_whatever_is_written(said: Json) -> None:
    assert repr(plainly(written(said))) == repr(said)


@given(TEXTS.map(str.encode) | some.binary(max_size=12))
def test_what_makes_sense_here_makes_the_same_sense_to_python(text: bytes) -> None:
    try:
        found = read(text)
    except ValueError:
        return
    assert repr(found) == repr(plainly(text))


@pytest.mark.parametrize(
    "text", [b"", b"NaN", b"[1,]", b'{"a":1} x', b'"\xff"', b"1e400", b'"\\ud800"', b"[" * 100_000]
)
def test_what_makes_no_sense_or_cannot_be_kept_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)


def test_what_json_does_not_know_is_not_written() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    for said in ("\ud800", deep):
        with pytest.raises(ValueError, match=r"."):
            written(said)
    with pytest.raises(TypeError):
        written({"at": object()})
    assert written([math.nan, math.inf]) == b"[null,null]"


def test_what_says_the_same_in_another_order_has_the_same_digest() -> None:
    assert digest_of({"a": 1, "b": [{"c": "é", "d": None}]}) == digest_of({"b": [{"d": None, "c": "é"}], "a": 1})
    assert digest_of({"a": "\ud800", "b": 1}) == digest_of({"b": 1, "a": "\ud800"})
    some: list[Json] = [None, True, 1, 1.5, "1", [1], {"1": 1}, "\ud800", "\ud801", [[1]], [1, 1]]
    digests = {digest_of(one) for one in some}
    assert len(digests) == len(some)
    assert {len(one) for one in digests} == {16}


def test_a_number_says_the_same_with_all_of_its_digits() -> None:
    here: Json = {"a": [1e23, 1.5e300, {"b": 1.0}], "c": None}
    there: Json = {"c": None, "a": [10**23, 15 * 10**299, {"b": 1}]}
    assert says_the_same(here, there)
    assert says_the_same(there, here)


@pytest.mark.parametrize("other", [10**23 + 1, 1e24, "1e23", None, [1e23], {}, {"a": 1e23}])
def test_what_says_something_else_does_not_say_the_same(other: Json) -> None:
    assert not says_the_same(1e23, other)
    assert not says_the_same([1e23, 1], [other, 1])
    assert not says_the_same({"a": 1e23, "b": 1}, {"a": other, "b": 1})
    assert not says_the_same([1e23], [1e23, other])
    assert not says_the_same({"a": 1e23}, {"b": 1e23})
