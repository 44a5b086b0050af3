"""What can be counted of returns: how many came, and for those who run a period, how far each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palermo.figures.measures import CountedCell, Measure, MeasureDimension, MeasureSpan
from palermo.people.models import Organisation
from palermo.people.policies import Viewer
from palermo.plan.register.measures.dimensions import (
    ORGANISATION,
    PERIOD,
    PLAN,
    cells,
    choices_dimension,
    place_codes,
    places_in,
)
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.returns.policies import cycles_to_run
from palermo.plan.returns.queries.board import counted_states
from palermo.plan.returns.queries.public import answered
from palermo.plan.returns.vocabulary import State

if TYPE_CHECKING:
    from palermo.figures.measures import Words


class Came(models.TextChoices):
    """Whether a return came."""

    ACCEPTED = "accepted", pgettext_lazy("return", "Accepted")
    NOT_REPORTED = "not_reported", _("Not reported")


def _gathered() -> Sequence[tuple[str, Words]]:
    """Every period that is or was gathered: this measure is for those who run them."""
    found = ReportingPeriod.objects.filter(cycle__isnull=False).order_by("starts_on")
    return list({one.code: one.label for one in found}.items())


_CAME = (PLAN, PERIOD, ORGANISATION, choices_dimension("came", _("Accepted or not reported"), Came))
_STATES = (
    PLAN,
    MeasureDimension("period", _("Reporting period"), _gathered),
    ORGANISATION,
    choices_dimension("state", _("State"), State),
)


def _codes() -> dict[int, str]:
    return dict(Organisation.objects.order_by().values_list("pk", "code"))


def came(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Returns of periods that were closed, by plan, organisation and whether they came."""
    places = {at.period.pk: place_codes(at) for at in places_in(viewer, span) if at.period}
    codes = _codes()
    counts: Counter[tuple[str, ...]] = Counter()
    for each in answered(viewer, list(places)):
        where = (*places[each.period], codes[each.organisation])
        counts[*where, Came.ACCEPTED.value] = each.came
        counts[*where, Came.NOT_REPORTED.value] = each.missed
    return cells(_CAME, +counts, over=("organisation", "came"))


def states(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Returns of the periods that the viewer runs, open ones too, by plan, period, organisation and state."""
    within = {"period__starts_on__gte": span.starts_on, "period__starts_on__lte": span.ends_on}
    cycles = {one.pk: one for one in cycles_to_run(viewer).filter(**within).select_related("period__plan")}
    codes = _codes()
    counts: Counter[tuple[str, ...]] = Counter()
    for each in counted_states(list(cycles.values())):
        period = cycles[each.cycle].period
        counts[period.plan.code, period.code, codes[each.organisation], each.state] += each.count
    return cells(_STATES, counts, over=("organisation", "state"))


MEASURES = (
    Measure(
        code="returns_accepted",
        title=_("Returns accepted"),
        definition=_(
            "The returns that organizations owed for a period, as it was last closed: one for each organization and "
            "each deliverable that it leads. What was not accepted when the period was closed was not reported."
        ),
        counts="return",
        dimensions=_CAME,
        count=came,
        is_public=True,
        source=_("Returns, once their period is closed. Nothing of an open period is counted."),
    ),
    Measure(
        code="returns_by_state",
        title=_("Returns by state"),
        definition=_(
            "The returns of every period that you run, open ones too, by how far each is on its way. Only those who "
            "coordinate a plan see this, since what is not accepted yet may still change."
        ),
        counts="return",
        dimensions=_STATES,
        count=states,
        is_public=False,
        source=_("Returns as they are now."),
    ),
)
