"""The days that entries tell, as far as there are such days: the standard lets them be any text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from palermo.protection.directory.hsds.json_values import Json

AHEAD = timedelta(days=1)
"""So far ahead may a day be on which something was done: where the sun rises earlier it is tomorrow already."""
Days: TypeAlias = tuple[date, date]
"""The first and the last of some days."""
FEW = 14
"""What holds for no more days than that is out of the ordinary, and no season."""


def day_of(said: Json) -> date | None:
    """The day that an entry says; None where it says none that there is."""
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None


def done_on(said: Json, today: date) -> date | None:
    """The day on which something was done; None where none is said, or one that is yet to come."""
    found = day_of(said)
    return found if found is not None and found <= today + AHEAD else None


def few_days_of(schedule: Mapping[str, Json]) -> Days | None:
    """The few days for which a schedule without times holds; None for any other schedule.

    It says no more than that something is different then, such as “Closed for stocktaking”.
    """
    if schedule.get("opens_at") or schedule.get("closes_at"):
        return None
    first, last = day_of(schedule.get("valid_from")), day_of(schedule.get("valid_to"))
    return (first, last) if first and last and 0 <= (last - first).days < FEW else None


def is_within(day: date, spans: Iterable[Days]) -> bool:
    """Whether a day is one of these."""
    return any(first <= day <= last for first, last in spans)
