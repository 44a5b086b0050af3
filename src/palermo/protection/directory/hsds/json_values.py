"""Names for what JSON holds, and the quick way to read and write it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

import msgspec

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
Document: TypeAlias = "dict[str, Json]"


def read(text: bytes | str) -> Json:
    """What JSON in UTF-8 says; the same as Python's own reader finds, where this one finds anything.

    Raises:
        ValueError: it is none, or it holds what no database keeps: halves of characters, numbers without end.
    """
    try:
        found: Json = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return found


def written(said: object) -> bytes:
    """The same as JSON in UTF-8, without spaces. A number that is none (`nan`, `inf`) becomes `null`.

    Raises:
        ValueError: a text holds halves of characters, or it is nested too deeply.
        TypeError: it holds what JSON does not know.
    """
    try:
        return msgspec.json.encode(said)
    except RecursionError as error:
        raise ValueError(str(error)) from None


def says_the_same(one: Json, other: Json) -> bool:
    """Whether two values say the same, of which one may have been in a database and back.

    PostgreSQL keeps all digits of a number, and gives 1e23 back as a one with 23 zeros, which no float is exactly.
    """
    if one == other:
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(says_the_same(said, other[name]) for name, said in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(says_the_same, one, other))
    return _in_digits(one) == _in_digits(other)


def _in_digits(said: Json) -> Json:
    return int(Decimal(repr(said))) if isinstance(said, float) and said.is_integer() else said


def digest_of(said: Json) -> bytes:
    """Sixteen bytes that are the same for whatever says the same, in whichever order its members stand.

    Raises:
        ValueError: it is nested too deeply.
    """
    try:
        text = msgspec.json.encode(said, order="sorted")
    except (ValueError, RecursionError):
        text = _plainly(said)
    return hashlib.blake2b(text, digest_size=16).digest()


def _plainly(said: Json) -> bytes:
    """The same text for the same value, of halves of characters, too."""
    try:
        return json.dumps(said, sort_keys=True).encode()
    except RecursionError as error:
        raise ValueError(str(error)) from None
