"""Postal codes as people write them: in full, begun, or with a letter in place of the digit that looks like it.

The first three characters, the forward sortation area, tell where it is. Only they need to be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_FIRST, _LETTER = "[ABCEGHJKLMNPRSTVXY]", "[ABCEGHJKLMNPRSTVWXYZ]"
_LIKE_DIGIT = "[0-9OIL]"
_APART = r"[\s\xa0-]{0,3}"
_BEFORE, _AFTER, _END = r"(?<![A-Z0-9])", r"(?![A-Z0-9])", r"[\s\xa0).,]*$"
_WRITTEN = re.compile(
    rf"{_BEFORE}({_FIRST}[0-9]{_LETTER})"
    rf"(?:{_APART}{_LIKE_DIGIT}{_LETTER}{_LIKE_DIGIT}{_AFTER}|(?:{_APART}{_LIKE_DIGIT}{_LETTER}?)?{_END})",
    re.ASCII | re.IGNORECASE,
)
"""One anywhere in a text, or its beginning at the end of the text."""
_MISTYPED = re.compile(
    rf"{_BEFORE}({_FIRST}[OIL]{_LETTER}){_APART}(?:[0-9]{_LETTER}{_LIKE_DIGIT}|{_LIKE_DIGIT}{_LETTER}[0-9]){_AFTER}"
    rf"|^\s*({_FIRST}O{_LETTER}){_APART}O{_LETTER}O{_END}",
    re.ASCII | re.IGNORECASE,
)
"""One in full whose area has a letter in place of its digit: with a true digit, which no word has, or with zeros alone
and nothing beside it. “Mill River” and “Box 5” are none."""
_DIGITS = str.maketrans("oil", "011")
_ALONE = re.compile(rf"\s*({_FIRST}O{_LETTER}){_END}", re.ASCII | re.IGNORECASE)
"""Three letters that may be the area of a rural code, and may as well be a word: “KOA” and “Job”."""


def apart(said: str, is_area: Callable[[str], bool]) -> tuple[str, str]:
    """The area of the first postal code in a text, in small letters, and the text without the codes in it.

    Args:
        said: what somebody wrote.
        is_area: whether there is an area of these characters.
    """
    for found in _WRITTEN.finditer(said):
        if is_area(area := found[1].lower()):
            return area, _WRITTEN.sub(" ", said)
    for found in _MISTYPED.finditer(said):
        mistyped = (found[1] or found[2]).lower()
        if is_area(area := mistyped[0] + mistyped[1].translate(_DIGITS) + mistyped[2]):
            return area, _MISTYPED.sub(" ", said)
    return "", _WRITTEN.sub(" ", said)


def perhaps(said: str, is_area: Callable[[str], bool]) -> str:
    """The area that three letters alone may mean, in small letters, an O being read as a zero; empty for none."""
    found = _ALONE.fullmatch(said)
    area = found[1].lower().replace("o", "0") if found else ""
    return area if is_area(area) else ""


def is_rural(area: str) -> bool:
    """Whether an area is a rural one, which may be hundreds of kilometres wide: its second character is a zero."""
    return area[1:2] == "0"
