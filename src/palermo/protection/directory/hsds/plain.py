"""Texts so that the same words read the same, however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

_SIGNS = re.compile(r"[\W_]")
_SIGNS_OF_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())
_SPELLED = {"œ": "oe", "æ": "ae", "ø": "o", "ı": "i", "ł": "l", "đ": "d"}
"""Letters that are no other letter with an accent, and are written as one where a keyboard does not have them."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){4}[0-9a-f]{8}", re.IGNORECASE)
_TAG = re.compile(r"<[^<>\0]*>")
_MOST_DECODED = 3
"""So many times over may a text have been encoded."""


def is_id(text: str) -> bool:
    """Whether a text is an identifier, in which any letters and digits may follow each other, and nothing else."""
    return _UUID.fullmatch(text) is not None


def plain_id(identifier: object) -> str:
    """An identifier as its 32 digits, however it is written, so that the same one reads the same."""
    return plain(str(identifier))[-32:]


def plain(text: str) -> str:
    """A text without accents, capitals, spaces and signs, so that the same address reads the same."""
    if text.isascii():
        return text.lower().encode().translate(None, _SIGNS_OF_ASCII).decode()
    return _SIGNS.sub("", _apart(text))


def without_accents(text: str) -> str:
    """A text in small letters without accents; its spaces and signs stay."""
    return "".join(letter for letter in _apart(text) if not unicodedata.combining(letter))


def _apart(text: str) -> str:
    """A text in small letters, in which the accents stand behind them as signs."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    for letter, spelled in _SPELLED.items():
        apart = apart.replace(letter, spelled)
    return apart


def places(text: str) -> list[int]:
    """Where in a text each letter and digit stands that `plain` writes."""
    return [place for place, letter in enumerate(text) for _each in plain(letter)]


def readings(text: str) -> Iterator[str]:
    """A text as `plain` writes it: as it stands there, and as a browser shows it, without its codes and its tags."""
    return map(plain, shown(text))


def shown(text: str) -> Iterator[str]:
    """A text as it stands there, and as a browser shows it, without its codes and its tags."""
    yield text
    for _time in range(_MOST_DECODED):
        decoded = unescape(unquote(text)) if "%" in text or "&" in text else text
        if decoded == text:
            break
        text = decoded
        yield text
    if "<" in text:
        yield _TAG.sub("", text)
