"""Public holidays of the provinces.

They are those that the package `holidays` has as public ones (its category `public`: days off by law), with the days on
which they are observed where they fall on a weekend. Days that only some employers give, such as the Civic Holiday in
Ontario, are none.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays import country_holidays

from palermo.protection.directory.hsds.profile import PROVINCES


def is_holiday(day: date, province: str) -> bool:
    """Whether a day is a holiday in any of these provinces, which have spaces between."""
    return any(day in _holidays(one, day.year) for one in province.split() or [""])


def is_holiday_everywhere(day: date, province: str) -> bool:
    """Whether a day is a holiday in all of these provinces, which have spaces between."""
    return all(day in _holidays(one, day.year) for one in province.split() or [""])


@lru_cache(maxsize=256)
def _holidays(province: str, year: int) -> frozenset[date]:
    """The public holidays of a province, or of all of Canada where it is none."""
    return frozenset(country_holidays("CA", subdiv=province if province in PROVINCES else None, years=year))
