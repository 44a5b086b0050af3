"""Numbers, spans and codes as readers read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_date
from django.utils.translation import gettext as _

from palermo.figures.series.keys import codes_of
from palermo.figures.series.models import Observation, Series
from palermo.figures.series.vocabulary import Counted, Mark
from palermo.foundation.bilingual import colon, reader_language, shown
from palermo.foundation.days import long_date
from palermo.foundation.money import written_amount, written_exactly
from palermo.foundation.periods import fiscal_year_of

_LOCALES = {"en": "en_CA", "fr": "fr_CA"}


def span_words(starts_on: date, ends_on: date) -> str:
    """`2012–2013` for a fiscal year, `2012` for a calendar year, `June 2012` for a month, else both days."""
    fiscal = fiscal_year_of(starts_on)
    if (starts_on, ends_on) == (fiscal.starts_on, fiscal.ends_on):
        return fiscal.label
    if (starts_on, ends_on) == (date(starts_on.year, 1, 1), date(starts_on.year, 12, 31)):
        return str(starts_on.year)
    if starts_on == ends_on:
        return long_date(starts_on)
    if (
        starts_on.day == 1
        and _is_last_day(ends_on)
        and (starts_on.year, starts_on.month)
        == (
            ends_on.year,
            ends_on.month,
        )
    ):
        return str(format_date(starts_on, "MMMM yyyy", locale=_LOCALES[reader_language()]))
    return _("%(first)s to %(last)s") % {"first": long_date(starts_on), "last": long_date(ends_on)}


def value_words(value: Decimal, series: Series) -> str:
    """A value with its thousands apart; money and shares with their sign."""
    if series.counts == Counted.DOLLAR:
        return written_amount(value, series.currency)
    if series.counts == Counted.PERCENT:
        return _("%(number)s%%") % {"number": written_exactly(value)}
    return written_exactly(value)


def number_words(one: Observation, series: Series) -> str:
    """A value with its mark, or the mark in place of one: `56`, `56 (approximate)`, `suppressed`."""
    mark = Mark(one.mark)
    if one.value is None:
        return str(mark.label)
    words = value_words(one.value, series)
    return words if mark == Mark.FINAL else _("%(number)s (%(mark)s)") % {"number": words, "mark": mark.label}


def place_words(one: Observation) -> str:
    """Where in its document a number stands: `page 9`; a place without a page, such as a line, is written out there."""
    return _("page %(page)s") % {"page": one.page} if one.page[:1].isdigit() else one.page


def unit_words(series: Series) -> str:
    """What one of the numbers is; of money, also the currency."""
    label = str(Counted(series.counts).label)
    return f"{label}, {series.currency}" if series.currency else label


@dataclass(frozen=True, slots=True)
class CodeLabels:
    """The words of a series' dimensions and codes in the reader's language."""

    dimensions: dict[str, str]
    codes: dict[tuple[str, str], str]

    @classmethod
    def of(cls, series: Series) -> CodeLabels:
        """Those of a series as `queries.one_series` reads it."""
        dimensions, codes = {}, {}
        for dimension in series.dimensions.all():
            dimensions[dimension.code] = str(shown(dimension, "label"))
            for code in dimension.code_list.codes.all():
                codes[dimension.code, code.code] = str(shown(code, "label"))
        return cls(dimensions, codes)

    def key(self, key: str) -> str:
        """`Sex: women, Province: Alberta`; for the total, a word that says so."""
        parts = [
            f"{self.dimensions.get(name, name)}{colon()} {self.codes.get((name, code), code)}"
            for name, code in codes_of(key).items()
        ]
        return ", ".join(parts) or _("All together")

    def cells(self, key: str) -> list[str]:
        """One text a dimension, in their order; the word for all where the key has no code."""
        codes = codes_of(key)
        return [
            self.codes.get((name, codes[name]), codes[name]) if name in codes else _("All") for name in self.dimensions
        ]


def difference_words(values: Iterable[Decimal], series: Series) -> str:
    """How far the largest of some values lies from the smallest."""
    found = list(values)
    return value_words(max(found) - min(found), series)


def _is_last_day(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
