"""Telephone numbers as people write them, and as E.164 (ITU-T) writes them for every telephone of the world."""

from __future__ import annotations

import re

import phonenumbers

_EXTENSION = re.compile(
    r"(?i)[\s,;(]*(?:;ext=|(?:\bext(?:ension|n)?|\bposte|\bp\.|(?<=\d)\s*x|#)[\s.:°]*)(?P<number>\d{1,9})[\s)]*$"
)
"""What follows a number for those behind a switchboard, in either language."""
_UNREACHABLE = 7
"""Digits of the Canadian numbers, such as 310-1234, that only telephones within the country reach, without its code."""


def e164(written: str, region: str = "CA") -> str:
    """A number with the code of its country, such as `+15065550123`; empty where it is none that can be dialled so.

    Letters are those of the keypad, and an extension is left out. `region` is the country of numbers without a code
    (ISO 3166). Whether a number is one is by the numbering plans that the package `phonenumbers` knows.
    """
    number, _extension = split(written)
    try:
        found = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return ""
    said = len(phonenumbers.national_significant_number(found))
    if found.extension or said <= _UNREACHABLE or not phonenumbers.is_valid_number(found):
        return ""
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def split(written: str) -> tuple[str, str]:
    """A number without its extension, and the extension; empty where there is none."""
    found = _EXTENSION.search(written)
    return (written[: found.start()].strip(), found["number"]) if found else (written.strip(), "")
