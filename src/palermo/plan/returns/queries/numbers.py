"""The series that a return is asked to give a number of, with what is known of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from palermo.figures.series.models import Observation, Series
from palermo.figures.series.queries import latest
from palermo.people.policies import Viewer
from palermo.plan.indicators.models import Indicator
from palermo.plan.returns.models import Figure, Return


@dataclass(frozen=True, slots=True)
class Asked:
    """A series that the organisation owns and that shows the deliverable."""

    series: Series
    last: Observation | None
    """Its newest value."""
    figure: Figure | None
    """What the return says of it so far."""


def numbers_asked(viewer: Viewer, one: Return) -> list[Asked]:
    """The series that its organisation owns and that show its deliverable, in order. Four queries, however many.

    A series that shows several deliverables is asked for once a period: with the first of those that the organisation
    answers for. What the system counts by itself is not asked for, nor what was given up before the period.
    """
    starts_on = one.cycle.period.starts_on
    open_still = Q(series__retired_on__isnull=True) | Q(series__retired_on__gte=starts_on)
    own = Indicator.objects.filter(open_still, series__owner=one.organisation_id, series__measure="")
    own = own.filter(deliverable__returns__cycle=one.cycle_id, deliverable__returns__organisation=one.organisation_id)
    firsts: dict[int, Indicator] = {}
    for each in own.select_related("series").order_by("deliverable__position", "deliverable", "position", "pk"):
        firsts.setdefault(each.series_id, each)
    asked = [each.series for each in firsts.values() if each.deliverable_id == one.deliverable_id]
    if not asked:
        return []
    newest = latest(viewer, [each.code for each in asked])
    given = {each.series_id: each for each in Figure.objects.filter(of=one, series__in=asked)}
    return [Asked(each, newest.get(each.code), given.get(each.pk)) for each in asked]
