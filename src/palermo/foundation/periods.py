"""Fiscal years: how they are named, read and counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_MONTH = 4
"""Canada's fiscal year begins on 1 April (Financial Administration Act, s. 2)."""

_NAME = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4}|\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends included."""

    starts_on: date
    ends_on: date

    @property
    def code(self) -> str:
        """`2013-2014`, or `2013` where the period lies within one calendar year."""
        return _joined(self, "-")

    @property
    def label(self) -> str:
        """`2013–2014`, as people read it in both languages."""
        return _joined(self, "–")


def _joined(period: Period, dash: str) -> str:
    first, last = period.starts_on.year, period.ends_on.year
    return str(first) if first == last else f"{first}{dash}{last}"


def fiscal_year(first_year: int, first_month: int = FIRST_MONTH) -> Period:
    """The fiscal year that begins in `first_year`."""
    starts_on = date(first_year, first_month, 1)
    return Period(starts_on, date(first_year + 1, first_month, 1) - timedelta(days=1))


def fiscal_year_of(day: date, first_month: int = FIRST_MONTH) -> Period:
    """The fiscal year that a day lies in."""
    return fiscal_year(day.year - (day.month < first_month), first_month)


def read_fiscal_year(text: str) -> Period | None:
    """The fiscal year in a text such as `2012/13`, `2011-12` or `2013–2014`; None where there is none.

    Years that do not follow each other, as in `2013-2016`, are not a fiscal year.
    """
    found = _NAME.search(text)
    if not found:
        return None
    first, second = found.groups()
    if int(second) % 100 != (int(first) + 1) % 100 or (len(second) == 4 and int(second) != int(first) + 1):
        return None
    return fiscal_year(int(first))
