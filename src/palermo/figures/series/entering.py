"""The grid that numbers are entered in: which span, and one row for each combination of codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.utils import timezone

from palermo.figures.series.keys import key_of
from palermo.figures.series.models import Observation, Series, SeriesDimension
from palermo.figures.series.queries.desk import last_span, next_span
from palermo.figures.series.queries.numbers import observations
from palermo.foundation.periods import Period, fiscal_year_of
from palermo.people.models import User

MOST_ROWS = 120
"""Longer tables are for a file."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows to enter over a span: keys in order, and what stands for each already."""

    span: Period
    keys: tuple[str, ...]
    standing: dict[str, list[Observation]]
    left_out: int
    """How many rows there are beyond the most that a page shows."""


def grid(viewer: User, series: Series, span: Period, cut: Sequence[str]) -> Grid:
    """The rows for the total and the codes of the dimensions named. One query.

    Without a name, each dimension stands alone; with several, their combinations too.
    """
    dimensions = list(series.dimensions.all())
    chosen = [one for one in dimensions if one.code in cut]
    keys = _crossed(chosen) if chosen else _alone(dimensions)
    standing: dict[str, list[Observation]] = {}
    for one in observations(viewer, series).filter(starts_on=span.starts_on, ends_on=span.ends_on):
        standing.setdefault(one.key, []).append(one)
    return Grid(span, tuple(keys[:MOST_ROWS]), standing, max(len(keys) - MOST_ROWS, 0))


def span_to_enter(series: Series, newest: date | None, today: date | None = None) -> Period:
    """The span that is entered next: the one after the newest number, or the last one that is over."""
    day = today or timezone.localdate()
    over = last_span(series.frequency, day) or fiscal_year_of(day)
    if newest is None or newest >= over.ends_on or series.frequency == "I":
        return over
    at = over
    while at.starts_on > newest and (before := _before(at)).ends_on > newest:
        at = before
    return at


def _before(span: Period) -> Period:
    """The span of the same kind before one of whole months."""
    year = span.starts_on.year
    for back in range(1, 13):
        month = span.starts_on.month - back
        first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        found = Period(first, date.fromordinal(span.starts_on.toordinal() - 1))
        if next_span(found) == span:
            return found
    return span


def _alone(dimensions: Sequence[SeriesDimension]) -> list[str]:
    return ["", *(key_of({one.code: code.code}) for one in dimensions for code in one.code_list.codes.all())]


def _crossed(dimensions: Sequence[SeriesDimension]) -> list[str]:
    lists = [["", *(code.code for code in one.code_list.codes.all())] for one in dimensions]
    names = [one.code for one in dimensions]
    return [key_of({name: code for name, code in zip(names, codes, strict=True) if code}) for codes in product(*lists)]
