"""What sources give of a period in the public series that show how the plan does: read once for both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from palermo.figures.series.models import Observation, Series, SeriesDimension
from palermo.people.policies import Viewer
from palermo.plan.indicators.models import Indicator
from palermo.plan.register.models import ReportingPeriod

MOST_OF_ONE = 60
"""Of a series with more numbers than this, a report prints the totals alone and leads to the others."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One series with what sources give of the period."""

    series: Series
    places: Sequence[str]
    """The codes of the deliverables and sections that it shows, in the order of the plan."""
    numbers: Sequence[Observation]
    """By days, codes and document, so that what several documents say of the same stands together."""
    left_out: int
    """How many numbers there was no room for."""

    @property
    def disagreeing(self) -> frozenset[int]:
        """The keys of those beside which another document gives another number for the same days and codes."""
        values = defaultdict(set)
        for one in self.numbers:
            values[_of(one)].add(one.value)
        return frozenset(one.pk for one in self.numbers if len(values[_of(one)]) > 1)


def observed(_viewer: Viewer, period: ReportingPeriod) -> list[Observed]:
    """The public series that are linked to the plan and have numbers of the period, by code.

    A number is of the period if its last day lies in it: fiscal years and quarters, and calendar years that end in it.
    Only what is public is read, whoever asks, because a report is public. A fixed number of queries.
    """
    places = _places(period)
    if not places:
        return []
    found = Observation.objects.filter(
        series__in=list(places),
        series__is_public=True,
        revised_by__isnull=True,
        ends_on__gte=period.starts_on,
        ends_on__lte=period.ends_on,
    )
    numbers: dict[int, list[Observation]] = defaultdict(list)
    ordered = found.order_by("starts_on", "ends_on", "key", "document__code", "pk")
    for one in ordered.select_related("document"):
        numbers[one.series_id].append(one)
    return [_observed(series, places[series.pk], numbers[series.pk]) for series in _series(numbers)]


def _places(period: ReportingPeriod) -> dict[int, list[str]]:
    """By the key of each series that is linked to something in the plan: the codes of what it shows."""
    its = Q(deliverable__plan=period.plan_id) | Q(section__plan=period.plan_id)
    found = Indicator.objects.filter(its, series__is_public=True).order_by(
        "section__position", "deliverable__position", "pk"
    )
    places: dict[int, list[str]] = defaultdict(list)
    for series, deliverable, section in found.values_list("series_id", "deliverable__code", "section__code"):
        places[series].append(deliverable or section)
    return dict(places)


def _series(keys: Iterable[int]) -> Iterable[Series]:
    dimensions = SeriesDimension.objects.select_related("code_list").prefetch_related("code_list__codes")
    found = Series.objects.filter(pk__in=list(keys)).select_related("source")
    return found.prefetch_related("source__names", Prefetch("dimensions", dimensions)).order_by("code")


def _observed(series: Series, places: Sequence[str], numbers: Sequence[Observation]) -> Observed:
    shown = numbers if len(numbers) <= MOST_OF_ONE else [one for one in numbers if not one.key]
    return Observed(series, places, shown, len(numbers) - len(shown))


def _of(one: Observation) -> tuple[object, ...]:
    return one.starts_on, one.ends_on, one.key
