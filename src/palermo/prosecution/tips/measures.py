"""What can be counted of tips: how many came, told apart by codes alone.

These counts are not public. A single tip could be known by them, so that everybody else gets them only as a release:
protected, and approved by a second person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palermo.figures.measures import CountedCell, Measure, MeasureDimension, MeasureSpan
from palermo.foundation.days import month_name
from palermo.foundation.jurisdictions import jurisdiction
from palermo.people.policies import Viewer
from palermo.plan.register.measures.dimensions import bilingual, cells
from palermo.prosecution.tips.actions.filing import places
from palermo.prosecution.tips.models import Channel, Form, Outcome, State
from palermo.prosecution.tips.queries.counts import by_kind, first_month

if TYPE_CHECKING:
    from palermo.figures.measures import Words

NONE = "none"
"""Stands for what nobody has filed a tip under yet."""
OPEN = "open"
"""Stands for the outcome of what is not closed."""


def _channels() -> Sequence[tuple[str, Words]]:
    return [(one.value, one.label) for one in Channel if one != Channel.HANDED]


def _forms() -> Sequence[tuple[str, Words]]:
    return [*((one.value, one.label) for one in Form), (NONE, _("Not filed yet"))]


def _places() -> Sequence[tuple[str, Words]]:
    known = [jurisdiction(code) for code in places() if code]
    return [*((one.code, bilingual(one.name_en, one.name_fr)) for one in known), (NONE, _("Not known"))]


def _outcomes() -> Sequence[tuple[str, Words]]:
    return [*((one.value, one.label) for one in Outcome), (OPEN, pgettext_lazy("outcome", "not closed"))]


def _months() -> Sequence[tuple[str, Words]]:
    return _months_of(MeasureSpan(date.min, date.max))


def _months_of(span: MeasureSpan) -> Sequence[tuple[str, Words]]:
    """The months of a span in which tips could have come: from the first one to today, and one month at least."""
    today = timezone.localdate()
    first = max(span.starts_on, first_month(AnonymousUser()) or today)
    return [(month_code(one), _month(one)) for one in _from_to(first, min(span.ends_on, today))]


def _from_to(first: date, last: date) -> Iterator[date]:
    """The first days of the months from one day to another; of the first one's month in any case."""
    month = first.replace(day=1)
    yield month
    while (month := (month + timedelta(days=31)).replace(day=1)) <= last:
        yield month


def month_code(day: date) -> str:
    """The code of the month of a day, such as `2026-11`."""
    return f"{day:%Y-%m}"


def _month(day: date) -> Words:
    return bilingual(month_name(day, "en-CA"), month_name(day, "fr-CA"))


_TOLD_APART = (
    MeasureDimension("month", _("Month"), _months, within=_months_of),
    MeasureDimension("channel", _("How"), _channels),
    MeasureDimension("form", _("What it may be about"), _forms),
    MeasureDimension("place", _("Province or territory"), _places),
    MeasureDimension("outcome", _("What came of it"), _outcomes),
)


def came(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Tips that came within the span, by month, channel, form, place and outcome. One query."""
    counts: Counter[tuple[str, ...]] = Counter()
    for row in by_kind(viewer, span.starts_on, span.ends_on):
        outcome = row.outcome if row.state in (State.CLOSED, State.ERASED) else OPEN
        counts[month_code(row.month), row.channel, row.form or NONE, row.place or NONE, outcome] += row.tips
    return cells(_TOLD_APART, counts, over=[one.code for one in _TOLD_APART])


MEASURES = (
    Measure(
        code="tips",
        title=_("Tips that came"),
        definition=_(
            "Each tip once, where it came first: what one desk hands on to another is not counted again. A month is a "
            "month of the calendar in the time of this site, as far as it lies within the days that are counted. What "
            "a tip is filed under is what its desk says of it today. Several tips may tell of the same event, and a "
            "tip that turned out not to be about trafficking is counted, too. Erased tips stay counted."
        ),
        counts="tip",
        dimensions=_TOLD_APART,
        count=came,
        is_public=False,
        source=_(
            "The tips of desks of which you are a member, or for whose organization you coordinate. Everybody else "
            "sees such numbers only as a release, so that nobody is known by them."
        ),
    ),
)
