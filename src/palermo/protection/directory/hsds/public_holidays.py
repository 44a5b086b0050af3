"""Public holidays of the provinces.

They are those that the package `holidays` has as public ones (its category `public`: days off by law), with the days on
which they are observed where they fall on a weekend. Days that only some employers give, such as the Civic Holiday in
Ontario, are none; nobody can count on such a day being like another (its categories `government` and `optional`).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays import GOVERNMENT, OPTIONAL, PUBLIC, country_holidays

from palermo.protection.directory.hsds.profile import PROVINCES

_BY_ANYBODY = (PUBLIC, GOVERNMENT, OPTIONAL)
"""The categories of days that the law, governments or some other employers give."""


def is_holiday(day: date, province: str) -> bool:
    """Whether a day is a holiday in any of these provinces, which have spaces between."""
    return any(day in _holidays(one, day.year) for one in province.split() or [""])


def is_holiday_everywhere(day: date, province: str) -> bool:
    """Whether a day is a holiday in all of these provinces, which have spaces between."""
    return all(day in _holidays(one, day.year) for one in province.split() or [""])


def may_be_day_off(day: date, province: str) -> bool:
    """Whether a day is a holiday in any of these provinces, or one that some employers give there."""
    return any(day in _holidays(one, day.year, _BY_ANYBODY) for one in province.split() or [""])


@lru_cache(maxsize=512)
def _holidays(province: str, year: int, categories: tuple[str, ...] = (PUBLIC,)) -> frozenset[date]:
    """The holidays of a province, or of all of Canada where it is none."""
    subdivision = province if province in PROVINCES else None
    return frozenset(country_holidays("CA", subdiv=subdivision, years=year, categories=categories))
