"""Names for what JSON holds, and the quick way to read and write it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
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
