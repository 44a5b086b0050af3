"""Houses that a text names with more than their number: “45A Maple St”, “45-47 Maple St”, “No. 45 on Maple Street”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from palermo.protection.directory.hsds.streets import BEGINS

_FAR = 100
"""So many characters behind a number are looked at for its street."""
WIDEST = 20
"""So far apart may the first and the last number of one house be; what is farther apart is a unit and a house."""
_NO_WIND = r"[a-df-mp-rt-vx-z]"
_STREET = BEGINS.replace("ee", "[ée]e")
_WRITTEN_WITH = re.compile(
    # It begins with a plain set and minds no capitals, so that nearly all of a text is passed over at once.
    r"[^0-9a-z]([0-9]{1,5}+)(?=[a-z]?[\s,–—/&+-])(?:"
    rf"(?:[a-z]|[\s-]{_NO_WIND})(?=[\s,]{{1,3}}[^\W\d_]{{2}})"
    r"|(?:\s?[-–—/&+]\s?|\s(?:and|et|to|a|à|au)\s)(?P<last>[0-9]{1,5})(?=[\s,]{1,3}[^\W_])"
    rf"|(?P<on>\son\s)|,?\s(?:de\s(?:la\s|l['’])|du\s|sur\s(?:la|le)\s)(?=(?:{_STREET})(?![^\W_])))"
)
_CALLED_NUMBER = re.compile(r"(?<![^\W_])(?:n(?:o|umber|°)\W{0,2}|#)\s?\Z")
"""Before “45 on Maple Street”; without it that may be an hour."""


def numbers_apart(text: str) -> str:
    """Each of these houses as others write it, one in a line: its number alone, and what stands behind it."""
    return "\n".join(house for found in _WRITTEN_WITH.finditer(f"\n{text.lower()}") for house in _houses(found))


def _houses(found: re.Match[str]) -> Iterator[str]:
    text, first = found.string, int(found[1])
    behind = text[found.end() : found.end() + _FAR]
    if found["last"]:
        last = int(found["last"])
        yield from (f"{number} {behind}" for number in (range(first, last, 2) if is_range(first, last) else ()))
    elif not found["on"] or _CALLED_NUMBER.search(text[max(0, found.start(1) - _FAR) : found.start(1)]):
        yield f"{first} {behind}"


def is_range(first: int, last: int) -> bool:
    """Whether two numbers are those of one house, all on one side of the street, rather than a unit and a house."""
    return first < last < 2 * first and last - first <= WIDEST and (last - first) % 2 == 0
