"""The days that entries tell, as far as there are such days: the standard lets them be any text."""

from __future__ import annotations

from datetime import date, timedelta

from palermo.protection.directory.hsds.json_values import Json

AHEAD = timedelta(days=1)
"""So far ahead may a day be on which something was done: where the sun rises earlier it is tomorrow already."""


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
