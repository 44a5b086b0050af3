"""Reads single fields: numbers, days, marks and codes, each by a rule that is stated here.

Numbers: spaces of any kind group thousands, and a comma or a point stands before decimals. A comma before exactly
three digits, with one to three before it, could group as well, so `1,250` is refused: write 1250 or 1.25.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from palermo.figures.exchange.cube import TOTAL, CubeDimension, CubeText
from palermo.figures.exchange.words import ALL_TOGETHER, MARK_WORDS
from palermo.figures.exchange.writing_sdmx import OBS_STATUS
from palermo.foundation.workbooks import Cell

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Years beyond are slips of the keyboard."""
WHOLE_DIGITS, DECIMALS = 16, 4
"""What a stored figure holds."""
BETWEEN = " – "
"""What stands between a code and its words in the lists of a template."""
_SPACES = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
_NUMBER = re.compile(rf"[-\N{{MINUS SIGN}}]?(?:\d+|\d{{1,3}}(?:{_SPACES}\d{{3}})+)(?:[.,]\d+)?", re.ASCII)
_AMBIGUOUS = re.compile(r"[-\N{MINUS SIGN}]?[1-9]\d{0,2},\d{3}", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_STATUSES = {**{status: mark for mark, status in OBS_STATUS.items()}, "L": "not_available", "M": "not_available"}
"""Marks by CL_OBS_STATUS; the two further ways in which SDMX says that there is no value are told apart by no mark."""

Found = tuple[Decimal | None, str]


class FieldError(ValueError):
    """A field cannot be read; `code` is the code of its problem, `about` what its sentence names."""

    def __init__(self, code: str, **about: str) -> None:
        super().__init__(code)
        self.code = code
        self.about = about


def read_number(cell: Cell) -> Decimal | None:
    """The number in a field; None where it is empty.

    Raises:
        FieldError: it is no number, could be two, or has more digits than are kept.
    """
    text = cell.text
    if not text:
        return None
    if isinstance(cell.value, date) or not _NUMBER.fullmatch(text):
        raise FieldError("number", written=text)
    if _AMBIGUOUS.fullmatch(text):
        raise FieldError("ambiguous_number", written=text)
    plain = re.sub(_SPACES, "", text).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    whole, _point, decimals = plain.lstrip("-").partition(".")
    if len(whole.lstrip("0")) > WHOLE_DIGITS:
        raise FieldError("too_large_number", limit=str(WHOLE_DIGITS))
    if len(decimals.rstrip("0")) > DECIMALS:
        raise FieldError("too_fine", limit=str(DECIMALS))
    return Decimal(plain)


def read_day(cell: Cell) -> date:
    """The day in a field.

    Raises:
        FieldError: there is none, or it is written in a way that could be misread.
    """
    if isinstance(cell.value, date):
        found = cell.value
    else:
        if not _ISO.fullmatch(cell.text):
            raise FieldError("date", written=cell.text)
        try:
            found = date.fromisoformat(cell.text)
        except ValueError:
            raise FieldError("date", written=cell.text) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise FieldError("date", written=found.isoformat())
    return found


def read_mark(text: str, *, is_sdmx: bool) -> str:
    """The mark in a field; final where it is empty.

    Raises:
        FieldError: it is none.
    """
    if not text:
        return "final"
    known = _STATUSES if is_sdmx else _MARKS
    found = known.get(text if is_sdmx else text.casefold())
    if found is None:
        raise FieldError("mark", written=text)
    return found


def _words(code: str, label: CubeText) -> Iterable[str]:
    """How a code may be written: itself, its words in either language, or as a template's list has them."""
    return (code, label.en, label.fr, in_list(code, label))


def in_list(code: str, label: CubeText) -> str:
    """A code with its words in both languages, as the lists of a template offer it."""
    words = (label.en, label.fr) if label.en != label.fr else (label.en,)
    return BETWEEN.join((code, *(each for each in words if each)))


_MARKS = {words.casefold(): mark for mark, label in MARK_WORDS.items() for words in _words(mark, label)}


def codes_of(dimension: CubeDimension) -> Mapping[str, str]:
    """For each way in which a code may be written, in small letters: the code. Codes come before words."""
    found: dict[str, str] = {}
    pairs = ((TOTAL, ALL_TOGETHER), *dimension.codes)
    for code, _label in pairs:
        found.setdefault(code.casefold(), code)
    for code, label in pairs:
        for words in _words(code, label):
            found.setdefault(words.casefold(), code)
    found.pop("", None)
    return found


def read_code(text: str, dimension: CubeDimension, known: Mapping[str, str]) -> str:
    """The code in a field: as it is listed, else its words or itself in other letters.

    Raises:
        FieldError: there is none, which never means the total, or it is not listed.
    """
    if not text:
        raise FieldError("no_code", total=TOTAL)
    if text == TOTAL or any(text == code for code, _label in dimension.codes):
        return text
    found = known.get(text.casefold())
    if found is None:
        raise FieldError("unknown_code", written=text, list=dimension.code)
    return found
