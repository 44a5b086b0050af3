"""Deliverables by the organisations that lead or support them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from palermo.figures.measures import CountedCell, Measure, MeasureSpan
from palermo.people.models import Organisation
from palermo.people.policies import Viewer
from palermo.plan.register.measures.deliverables import REGISTER, STATUS
from palermo.plan.register.measures.dimensions import (
    ORGANISATION,
    PERIOD,
    PLAN,
    cells,
    choices_dimension,
    place_codes,
    places_in,
)
from palermo.plan.register.queries.organisations import Share, shares
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import Part

PART = choices_dimension("part", _("Part"), Part)

_BY_ORGANISATION = (PLAN, PERIOD, ORGANISATION, PART, STATUS)
_LATE = (PLAN, PERIOD, ORGANISATION)


def by_organisation(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Deliverables by plan, organisation, part and status; without a part, those that it leads or supports."""
    places = places_in(viewer, span)
    counts: Counter[tuple[str, ...]] = Counter()
    for place, code, each in _named(places, [*shares(places), *shares(places, by_part=True)]):
        counts[*place, code, each.part, each.status] += each.count
    return cells(_BY_ORGANISATION, counts, over=("status",))


def late_by_organisation(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Late deliverables by plan and by the organisation that leads or supports them."""
    places = places_in(viewer, span)
    counts: Counter[tuple[str, ...]] = Counter()
    for place, code, each in _named(places, shares(places)):
        if each.is_late:
            counts[*place, code] += each.count
    return cells(_LATE, counts)


def _named(places: Iterable[PlanAt], found: Iterable[Share]) -> Iterable[tuple[tuple[str, str], str, Share]]:
    by_plan = {at.plan.pk: place_codes(at) for at in places}
    codes = dict(Organisation.objects.values_list("pk", "code"))
    return [(by_plan[each.plan], codes[each.organisation], each) for each in found]


MEASURES = (
    Measure(
        code="deliverables_by_organisation",
        title=_("Deliverables by organization and status"),
        definition=_(
            "The deliverables that each organization leads or supports at any time of the plan, by the status that is "
            "claimed for the period. One that several organizations lead is counted for each, so they do not add up."
        ),
        counts="deliverable",
        dimensions=_BY_ORGANISATION,
        count=by_organisation,
        is_public=True,
        source=REGISTER,
    ),
    Measure(
        code="late_by_organisation",
        title=_("Late deliverables by organization"),
        definition=_(
            "The deliverables that each organization leads or supports whose newest due date has passed and that are "
            "neither complete nor given up, judged on the last day of the period, or today where that comes first."
        ),
        counts="deliverable",
        dimensions=_LATE,
        count=late_by_organisation,
        is_public=True,
        source=REGISTER,
    ),
)
