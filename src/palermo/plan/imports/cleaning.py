"""Makes what was read fit to be kept: no control characters, no codes that break addresses, no endless cells."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOT_IN_CODES = re.compile(r"[\s/?#%\\\x00-\x1f\x7f]+")
_LONGEST_CODE = 60


def clean(text: str, length: int | None = None) -> str:
    """The text without control characters, which no report could print, and cut where it is too long to keep."""
    text = _CONTROL.sub(" ", text).strip()
    return text if length is None or len(text) <= length else f"{text[: length - 1].rstrip()}…"


def clean_code(printed: str) -> str:
    """A printed code as it can stand in addresses: no blanks, slashes, `?`, `#` or `%`."""
    return _NOT_IN_CODES.sub("-", printed.strip()).strip("-.")[:_LONGEST_CODE]
