"""How long what is kept, and how soon somebody has to look at a tip: data, so that another country has its own rules.

What stands in `data/retention.json` is what this version ships with. A department sets the months by its own authority
to dispose of records.
"""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.db.models import Q
from django.utils.timezone import localtime, make_aware

from palermo.foundation.bilingual import Shown, choose
from palermo.prosecution.tips.models import State, Tip

_FILE = Path(__file__).resolve().parent / "data" / "retention.json"


@dataclass(frozen=True)
class Rule:
    """For how many months a tip is kept once it was closed with an outcome, and why."""

    months: int
    why_en: str
    why_fr: str

    @property
    def why(self) -> Shown:
        """In the reader's language: the end of a sentence that begins with the months."""
        return choose(self.why_en, self.why_fr)


@dataclass(frozen=True)
class Keeping:
    """All that is said of keeping."""

    warn_days: int
    """So long before its day members are told that a tip is going to be erased."""
    least_days_after_warning: int
    """It is never erased sooner than this after they were told, whatever its day."""
    look_at_within_days: dict[str, int]
    """By when somebody has to look at a tip that has no day of its own, after the day on which it came; by urgency."""
    rules: dict[str, Rule]
    """By outcome."""


@cache
def keeping() -> Keeping:
    """What is said of keeping."""
    said = json.loads(_FILE.read_text(encoding="utf-8"))
    rules = {code: Rule(**rule) for code, rule in said["kept_for_months"].items()}
    return Keeping(said["warn_days"], said["least_days_after_warning"], said["look_at_within_days"], rules)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def erased_after(outcome: str, closed_on: date) -> date:
    """When a tip that was closed with an outcome is erased."""
    return months_after(closed_on, keeping().rules[outcome].months)


def day_of_erasing(tip: Tip, today: date) -> date | None:
    """When a closed tip is erased if nothing happens until then; none where there is no such day."""
    if tip.state != State.CLOSED or tip.hold or tip.erase_on is None:
        return None
    return max(tip.erase_on, (tip.warned_on or today) + timedelta(days=keeping().least_days_after_warning))


def due_day(tip: Tip) -> date | None:
    """By when somebody has to look at a tip: as it was filed, or else by its urgency. None once it is closed."""
    if tip.state not in (State.NEW, State.OPEN):
        return None
    return tip.due_on or localtime(tip.hour).date() + timedelta(days=keeping().look_at_within_days[tip.urgency])


def due(day: date) -> Q:
    """The condition that somebody has to look at a tip by a day or had to before it: `due_day`, for the database."""
    by_rule = Q()
    for urgency, days in keeping().look_at_within_days.items():
        by_rule |= Q(urgency=urgency, hour__lt=_midnight(day - timedelta(days=days - 1)))
    return Q(state__in=(State.NEW, State.OPEN)) & (Q(due_on__lte=day) | Q(due_on__isnull=True) & by_rule)


def erased_soon(day: date) -> Q:
    """The condition that a tip is going to be erased, and that its members are told of it from this day on."""
    return Q(state=State.CLOSED, hold="", erase_on__lte=day + timedelta(days=keeping().warn_days))


def erased_now(day: date) -> Q:
    """The condition that the day of a tip has come, and that its members have known for long enough."""
    told_by = day - timedelta(days=keeping().least_days_after_warning)
    return Q(state=State.CLOSED, hold="", erase_on__lte=day, warned_on__lte=told_by)


def _midnight(day: date) -> datetime:
    """Where a day begins here."""
    return make_aware(datetime.combine(day, time.min))
