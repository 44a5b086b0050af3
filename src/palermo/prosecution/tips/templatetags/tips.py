"""Hours in templates, and what is said of a tip's days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils.timezone import localdate

from palermo.prosecution.tips import keeping
from palermo.prosecution.tips.models import Tip
from palermo.prosecution.tips.words_desk import hour_said

register = template.Library()


@register.filter
def hour(value: datetime) -> str:
    """The hour in which something happened."""
    return hour_said(value)


@register.filter
def is_due(tip: Tip) -> bool:
    """Whether somebody has to look at a tip today, or had to before."""
    day = keeping.due_day(tip)
    return day is not None and day <= localdate()


@register.filter
def day_of_erasing(tip: Tip) -> date | None:
    """When a tip is erased if nothing happens until then; none where there is no such day."""
    return keeping.day_of_erasing(tip, localdate())


@register.filter
def erased_soon_on(tip: Tip) -> date | None:
    """The same, from when on its members are told of it."""
    day, told_from = day_of_erasing(tip), localdate() + timedelta(days=keeping.keeping().warn_days)
    return day if tip.erase_on and tip.erase_on <= told_from else None


@register.filter
def rule(tip: Tip) -> keeping.Rule | None:
    """For how long a closed tip is kept, and why."""
    return keeping.keeping().rules.get(tip.outcome)
