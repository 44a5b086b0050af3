"""Days and hours, written as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from django.utils.timezone import localtime

from palermo.foundation.bilingual import reader_language

_CANADIAN = {"en": "en-CA", "fr": "fr-CA"}
_A_MONDAY = date(2001, 1, 1)
_WITH_NAMES = {(0, 0): "midnight", (12, 0): "noon"}
"""The hours that the CLDR has names for."""


@lru_cache(maxsize=4096)
def short_date(day: date, language: str) -> str:
    """A date for a table: `Apr 1, 2012`, `1er avr. 2012`. The language is a BCP 47 tag."""
    return _first_of_month(format_date(day, format="medium", locale=_locale(language)), language)


def long_date(day: date, language: str = "") -> str:
    """A date for a sentence: `April 1, 2012`, `1er avril 2012`. The language is the reader's unless a tag is given."""
    return _long_date(day, language or _CANADIAN[reader_language()])


@lru_cache(maxsize=4096)
def _long_date(day: date, language: str) -> str:
    return _first_of_month(format_date(day, format="long", locale=_locale(language)), language)


def month_name(day: date, language: str) -> str:
    """The month of a day, for a table: `April 2012`, `avril 2012`. The language is a BCP 47 tag."""
    return str(format_date(day, format="LLLL y", locale=_locale(language)))


def clock_time(moment: datetime) -> str:
    """The hour and minute here, for the reader: `2:05 p.m.`, `14 h 05`, `14 h`."""
    return _clock(localtime(moment).time(), _CANADIAN[reader_language()])


def clock_there(moment: datetime) -> str:
    """The hour and minute in the moment's own time zone, for a sentence: `9:00 a.m.`, `9 h`, `noon`, `minuit`.

    Many take 12:00 a.m. for noon, and nobody says “until 0 h”.
    """
    language = _CANADIAN[reader_language()]
    named = _WITH_NAMES.get((moment.hour, moment.minute))
    return _name_of_hour(named, language) if named else _clock(moment.time(), language)


@lru_cache(maxsize=4)
def _name_of_hour(named: str, language: str) -> str:
    return str(_locale(language).day_periods["format"]["wide"][named])


@lru_cache(maxsize=4096)
def _clock(at: time, language: str) -> str:
    # The CLDR has zeros before the hour and for no minutes, and spaces at which a line may break; French in Canada
    # writes none of these.
    french = "H\N{NO-BREAK SPACE}'h'" + ("\N{NO-BREAK SPACE}mm" if at.minute else "")
    pattern = "short" if language.startswith("en") else french
    return str(format_time(at, pattern, locale=_locale(language)))


def weekday(day: date) -> str:
    """The name of a day of the week, for the reader: `Monday`, `lundi`."""
    return _weekday(day.weekday(), _CANADIAN[reader_language()])


@lru_cache(maxsize=16)
def _weekday(number: int, language: str) -> str:
    return str(format_date(_A_MONDAY + timedelta(number), "EEEE", locale=_locale(language)))


def zone_name(moment: datetime) -> str:
    """What the time zone of a moment is called, for the reader: `Eastern Time`, `heure de l’Est`."""
    return str(get_timezone_name(moment, locale=_locale(_CANADIAN[reader_language()]), zone_variant="generic"))


def _first_of_month(words: str, language: str) -> str:
    """French counts the first day of a month as an ordinal; the CLDR patterns do not."""
    if language.lower().startswith("fr") and words.startswith("1 "):
        return "1er" + words[1:]
    return words


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")
