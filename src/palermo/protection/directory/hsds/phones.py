"""Telephone numbers as people write them, and as E.164 (ITU-T) writes them for every telephone of the world."""

from __future__ import annotations

import re

import phonenumbers

LONGEST = 300
"""Characters of what may be a number with its remarks, the blanks counted once; what is longer is none."""
ALWAYS = re.compile(
    r"(?<![\d-])(?:24\s?[/x]\s?7|24\s?/\s?24|24[\s-]?(?:h(?:rs?|ours?|eures?)?)\b(?:\s?(?:/|sur)\s?24\s?h?)?"
    r"|7\s?(?:j(?:ours?)?)?\s?(?:/|sur)\s?7(?:\s?j(?:ours?)?\b)?|7\s(?:days\b(?:\sa\sweek)?|jours\b))(?![\d-])",
    re.IGNORECASE,
)
"""Words of digits for day and night, which are no part of the number that they stand beside."""
_BETWEEN = r"[\s.\u2011-]?"
_SHORT = re.compile(rf"[2-9]{_BETWEEN}1{_BETWEEN}1|9{_BETWEEN}8{_BETWEEN}8")
"""Numbers of three digits that answer everywhere in Canada (CNA, N11 codes and 988), with or without hyphens."""
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
    number, _extension = split(without_hours(written))
    if len(number) > LONGEST:
        return ""
    try:
        found = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return ""
    said = len(phonenumbers.national_significant_number(found))
    if found.extension or said <= _UNREACHABLE or not phonenumbers.is_valid_number(found):
        return ""
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def split(written: str) -> tuple[str, str]:
    """A number without its extension, and the extension; empty where there is none, or in what is too long."""
    text = once(written)
    found = _EXTENSION.search(text) if len(text) <= LONGEST else None
    return (text[: found.start()].strip(), found["number"]) if found else (text, "")


def short(written: str) -> str:
    """The three digits of a short number, such as 211 for “2-1-1”; empty where it is none."""
    return "".join(filter(str.isdigit, written)) if _SHORT.fullmatch(written) else ""


def without_hours(written: str) -> str:
    """What is written without the words of digits for day and night, and without their brackets."""
    text = once(written)
    if len(text) > LONGEST or not ALWAYS.search(text):
        return text
    return re.sub(r"\(\s?[,;:&-]?\s?\)", "", ALWAYS.sub("", text)).strip(" ,;:-\N{EN DASH}")


def once(written: str) -> str:
    """A text with one blank, or one break of a line, wherever there are several.

    Patterns that look for blanks take long over thousands of them.
    """
    return re.sub(r"\s\s+", lambda found: "\n" if "\n" in found[0] else " ", written.strip())
