"""What those who enter numbers have to do."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from palermo.figures.series.models import CodeList, Series, SourceDocument, Sum
from palermo.figures.series.policies import DEFINING, sees_all, worked_on
from palermo.figures.series.queries.series import series_list
from palermo.figures.series.vocabulary import Frequency
from palermo.foundation.periods import Period, fiscal_year_of
from palermo.people.models import Organisation
from palermo.people.policies import Viewer, holding, is_command_line

_MONTHS = {
    Frequency.ANNUAL: 12,
    Frequency.FISCAL: 12,
    Frequency.HALF_YEARLY: 6,
    Frequency.QUARTERLY: 3,
    Frequency.MONTHLY: 1,
}


@dataclass(frozen=True, slots=True)
class Owed:
    """A series that the viewer enters numbers of, and what it lacks."""

    series: Series
    newest: date | None
    """The last day that any number is of."""
    due: Period | None
    """The last span that is over; None where the series has no fixed times or is retired."""

    @property
    def lacks(self) -> bool:
        """Whether there is no number of the last span that is over."""
        return self.due is not None and (self.newest is None or self.newest < self.due.ends_on)


def last_span(frequency: str, today: date) -> Period | None:
    """The last span of a frequency that is over; None where it has no fixed times."""
    if frequency == Frequency.IRREGULAR:
        return None
    if frequency == Frequency.FISCAL:
        return fiscal_year_of(fiscal_year_of(today).starts_on - timedelta(days=1))
    months = _MONTHS[Frequency(frequency)]
    last = date(today.year, (today.month - 1) // months * months + 1, 1) - timedelta(days=1)
    return Period(date(last.year, last.month - months + 1, 1), last)


def next_span(span: Period) -> Period:
    """The span of the same kind that follows one of whole months."""
    starts_on = span.ends_on + timedelta(days=1)
    months = (span.ends_on.year - span.starts_on.year) * 12 + span.ends_on.month - span.starts_on.month + 1
    at = starts_on.month - 1 + months - 1
    year, month = starts_on.year + at // 12, at % 12 + 1
    return Period(starts_on, date(year, month, calendar.monthrange(year, month)[1]))


def figures_desk(viewer: Viewer, today: date | None = None) -> list[Owed]:
    """The series whose numbers the viewer enters, what lacks a number first, retired ones last. Six queries."""
    found = worked_on(viewer, series_list(viewer)).annotate(newest=Max("observations__ends_on"))
    day = today or timezone.localdate()
    owed = [Owed(one, one.newest, None if one.retired_on else last_span(one.frequency, day)) for one in found]
    return sorted(owed, key=lambda each: (bool(each.series.retired_on), not each.lacks, each.series.code))


def keepers(viewer: Viewer) -> QuerySet[Organisation]:
    """The organisations in whose name the viewer may define series, with their names."""
    found = Organisation.objects.prefetch_related("names").order_by("code")
    if is_command_line(viewer):
        return found
    return found.filter(pk__in=holding(viewer, *DEFINING).values("organisation"))


def code_lists(viewer: Viewer) -> QuerySet[CodeList]:
    """Every list of codes, with them."""
    found = CodeList.objects.prefetch_related("codes__parent").order_by("code")
    return found if sees_all(viewer) else found.none()


def documents(viewer: Viewer) -> QuerySet[SourceDocument]:
    """Every document that numbers stand in, the newest first."""
    found = SourceDocument.objects.order_by("-published_on", "code")
    return found if sees_all(viewer) else found.none()


def sums_to_keep(viewer: Viewer) -> QuerySet[Sum]:
    """The sums of series that the viewer keeps or enters, with their terms."""
    mine = worked_on(viewer, Series.objects.all())
    return Sum.objects.filter(terms__series__in=mine).distinct().prefetch_related("terms__series").order_by("code")
