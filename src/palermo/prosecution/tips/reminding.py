"""Who is reminded of what waits at their desks: plain functions, so that they can be tried out day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

AGAIN = timedelta(days=7)
"""So long after a mail the next one goes out although nothing is new, as long as something waits."""


@dataclass(frozen=True)
class Waiting:
    """What waits: numbers alone, and of what it is made of nothing but the last day on which something came to it."""

    due: int = 0
    erasing: int = 0
    newest: date | None = None
    """The last day on which something of it became due or was said to be erased."""
    new: int = 0
    """How many of it came on that day."""
    is_pressing: bool = False
    """Whether somebody may be in danger now."""


def together(several: Iterable[Waiting]) -> Waiting:
    """What waits at several desks, or of several tips, as one."""
    found = list(several)
    newest = max((one.newest for one in found if one.newest), default=None)
    return Waiting(
        due=sum(one.due for one in found),
        erasing=sum(one.erasing for one in found),
        newest=newest,
        new=sum(one.new for one in found if one.newest == newest),
        is_pressing=any(one.is_pressing for one in found),
    )


@dataclass(frozen=True)
class Told:
    """The last mail to a person: its day, and how many things had come on that very day when it was sent."""

    day: date
    new: int = 0


def is_to_be_told(waiting: Waiting, last: Told | None, day: date) -> bool:
    """Whether a person is reminded on a day, after a last mail or none.

    Once a day at most: where something came to it since, later on the day of the last mail too; every day while
    somebody may be in danger; and after a week in any case.
    """
    if not waiting.due and not waiting.erasing:
        return False
    if last is None:
        return True
    if last.day >= day:
        return False
    newest = (waiting.newest or date.min, waiting.new)
    return newest > (last.day, last.new) or waiting.is_pressing or day - last.day >= AGAIN
