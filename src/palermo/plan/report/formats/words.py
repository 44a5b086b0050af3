"""Values as people read them: numbers and dates in their language, and text that any file can hold."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

from palermo.foundation.days import short_date
from palermo.plan.report.formats.document import Cell, CellContent, DocumentError

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids or discourages, and so what HTML, Word and Excel files cannot hold."""

Value = str | int | Decimal | date | None


def printable(words: str) -> str:
    """The words without the characters that no file can show, each line ending as one line feed."""
    if "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub("", words)


def one_line(words: str) -> str:
    """The words on one line, for places such as a title or a sheet's name."""
    return " ".join(printable(words).split())


def value_of(content: CellContent) -> Value:
    """The value alone.

    Raises:
        DocumentError: a number that is not finite, which no format can write.
    """
    value = content.value if isinstance(content, Cell) else content
    if isinstance(value, Decimal) and not value.is_finite():
        raise DocumentError(f"{value} cannot be shown: numbers must be finite.")
    return printable(value) if isinstance(value, str) else value


def shown(content: CellContent, language: str) -> str:
    """A cell's value in the words of the language; "" where there is nothing to show."""
    value = value_of(content)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, date):
        return short_date(value, language)
    return _number(value, language)


def printed_beside(content: CellContent, language: str) -> str:
    """The words that the source printed, where they differ from what is shown; otherwise ""."""
    if not isinstance(content, Cell) or not content.printed:
        return ""
    printed = printable(content.printed)
    return "" if printed.casefold() == shown(content, language).casefold() else printed


def link_of(content: CellContent) -> str:
    """Where a cell leads to: the first link in it, or ""."""
    runs = content.runs if isinstance(content, Cell) else ()
    return next((printable(run.link) for run in runs if run.link), "")


def language_of(content: CellContent) -> str:
    """The cell's own language, or "" where it is the document's."""
    return content.language if isinstance(content, Cell) else ""


@lru_cache(maxsize=4096)
def _number(value: int | Decimal, language: str) -> str:
    """Grouped as the language groups, with the decimals that were written: 1500.50 keeps its last zero."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(value, format=pattern, locale=_locale(language))


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")
