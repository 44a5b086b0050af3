"""One way to write a piece of an address, and whether a part of a text that has its letters means it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

LONG = 5
"""From here on a piece counts wherever it stands; a shorter one only as words of its own."""
_LONGEST_NUMBER = 6
"""Digits of a civic number."""
_NUMBER_AT = re.compile(r"[0-9]+")
_NUMBER_BEFORE = re.compile(r"[0-9]+\Z")
_WIND = r"(?:north|south|nord|sud|[ns])\W?(?:east|west|est|ouest|[ew])|north|south|east|west|nord|sud|est|ouest|[nsewo]"
_ENDS_HERE = re.compile(
    rf"(?![\s.,]{{0,3}}(?:{_WIND})(?![^\W_]|['’]))[^\S\r\n]*(?:"
    r"\Z|[^\w\s'’-]|[\r\n\d]|-\W|(?:"
    r"at|in|on|to|off|from|by|for|and|or|with|near|is|are|was|an?|our|your|their|its|this|ring|call|behind|beside|across|"
    r"et|ou|pour|par|sur|dans|aux?|pres|près|en|a|à|sonnez|appelez|derriere|derrière|"
    r"apartment|appartement|apt|appt|app|unit|unite|unité|suite|bureau|room|local|porte|door|floor|etage|étage"
    r")(?![^\W_]))",
    re.IGNORECASE,
)
"""What stands behind the name of a street where it is over."""
_FAR = 12
_BEGINS_HERE = re.compile(
    r"(?:\A|[^\w\s'’-]|[\r\n]|(?<![^\W_])(?:at|on|in|to|from|near|is|and|or|our|au|aux|a|à|sur|la|le|et|ou|est))\s*\Z",
    re.IGNORECASE,
)
"""What stands before the name of a street where it begins."""


class End(Enum):
    """What may follow the last letter of a form."""

    ANYTHING = "anything"
    NO_LETTER = "no letter"
    NO_NAME = "no name"
    NOWHERE = "nowhere"
    """It is only looked for, and tells nothing by itself."""


class Form(NamedTuple):
    """One way to write a piece, as `plain` writes it."""

    text: str
    end: End = End.ANYTHING
    parted: tuple[int, ...] = ()
    """Before these letters a sign has to stand: “12 1 Street” is not on 121 Street, nor “12 1 St” on 1st Avenue."""
    wind: re.Pattern[str] | None = None
    """The direction that may follow in place of the end."""
    begins: bool = False
    """Whether it begins with the name, before which no more of a name may stand: “Maple Street 45”."""

    def fits(self, text: str, places: Sequence[int]) -> bool:
        """Whether a part of a text that has its letters means it.

        Args:
            text: in which it was found.
            places: where each of its letters stands.
        """
        if self.end is End.NOWHERE or any(places[at] == places[at - 1] + 1 for at in self.parted):
            return False
        start, end = places[0], places[-1] + 1
        if self.begins and not (_BEGINS_HERE.search(text[max(0, start - _FAR) : start]) and _is_no_letter(text, end)):
            return False
        return self._is_over(text, end) and self._stands_alone(text, start, end)

    def _is_over(self, text: str, end: int) -> bool:
        if self.wind and self.wind.match(text, end):
            return True
        if self.end is End.NO_LETTER:
            return _is_no_letter(text, end)
        return self.end is not End.NO_NAME or _ENDS_HERE.match(text, end) is not None

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        """Whether its civic number is not the end of another one.

        Where many digits stand before it, a telephone number runs into it. A short piece has to be words of its own.
        """
        before = text[max(0, start - _LONGEST_NUMBER) : start]
        if len(self.text) < LONG:
            return not (before[-1:].isalnum() or text[end : end + 1].isalnum())
        number = _NUMBER_AT.match(text[start : start + _LONGEST_NUMBER])
        more = _NUMBER_BEFORE.search(before)
        if number is None or more is None or not more[0].strip("0"):
            return True
        return len(more[0] + number[0]) > _LONGEST_NUMBER


def _is_no_letter(text: str, end: int) -> bool:
    return not text[end : end + 1].isalnum()
