"""Days and hours, written as each language writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from django.utils.timezone import localtime

from palermo.foundation.bilingual import reader_language

_CANADIAN = {"en": "en-CA", "fr": "fr-CA"}


@lru_cache(maxsize=4096)
def short_date(day: date, language: str) -> str:
    """A date for a table: `Apr 1, 2012`, `1er avr. 2012`. The language is a BCP 47 tag."""
    return _first_of_month(format_date(day, format="medium", locale=_locale(language)), language)


def long_date(day: date, language: str = "") -> str:
    """A date for a sentence: `April 1, 2012`, `1er avril 2012`. The language is the reader's unless a tag is given."""
    wanted = language or _CANADIAN[reader_language()]
    return _first_of_month(format_date(day, format="long", locale=_locale(wanted)), wanted)


def clock_time(moment: datetime) -> str:
    """The hour and minute here, for the reader: `2:05 p.m.`, `14 h 05`."""
    return str(format_time(localtime(moment).time(), format="short", locale=_locale(_CANADIAN[reader_language()])))


def _first_of_month(words: str, language: str) -> str:
    """French counts the first day of a month as an ordinal; the CLDR patterns do not."""
    if language.lower().startswith("fr") and words.startswith("1 "):
        return "1er" + words[1:]
    return words


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")
