"""Promises whose date moved, and promises kept on the first date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from palermo.figures.measures import CountedCell, Measure, MeasureSpan
from palermo.people.policies import Viewer
from palermo.plan.register.measures.deliverables import REGISTER
from palermo.plan.register.measures.dimensions import (
    BY_P,
    NO_P,
    PERIOD,
    PLAN,
    cells,
    choices_dimension,
    place_codes,
    places_in,
)
from palermo.plan.register.queries.changes import changed_dates
from palermo.plan.register.queries.first_dates import kept_on_first_date
from palermo.plan.register.queries.moved import with_several_dates
from palermo.plan.register.vocabulary import Direction, Kept

_CHANGED = (PLAN, PERIOD, BY_P, choices_dimension("direction", _("Direction"), Direction))
_MOVED = (PLAN, BY_P)
_KEPT = (PLAN, PERIOD, BY_P, choices_dimension("kept", _("Kept on the first date"), Kept))


def changed(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Due dates that took the place of an earlier one within the period, by plan, P and direction."""
    places = places_in(viewer, span)
    codes = {at.plan.pk: place_codes(at) for at in places}
    counts: Counter[tuple[str, ...]] = Counter()
    for (plan, p, direction), number in changed_dates(viewer, places).items():
        counts[*codes[plan], p or NO_P, direction.value] += number
    return cells(_CHANGED, counts, over=("p", "direction"))


def moved(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Deliverables that had more than one due date, by plan and P, as known today."""
    plans = {at.plan.pk: at.plan for at in places_in(viewer, span)}
    counts: Counter[tuple[str, ...]] = Counter()
    for plan, p in with_several_dates(list(plans.values())).order_by().values_list("plan_id", "p"):
        counts[plans[plan].code, p or NO_P] += 1
    return cells(_MOVED, counts, over=("p",))


def kept(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Deliverables whose first due date has come, by plan, P and whether they were complete by then."""
    places = places_in(viewer, span)
    codes = {at.plan.pk: place_codes(at) for at in places}
    counts: Counter[tuple[str, ...]] = Counter()
    for (plan, p, outcome), number in kept_on_first_date(viewer, places).items():
        counts[*codes[plan], p or NO_P, outcome.value] += number
    return cells(_KEPT, counts, over=("p", "kept"))


MEASURES = (
    Measure(
        code="due_dates_changed",
        title=_("Due dates changed"),
        definition=_(
            "Due dates that took the place of an earlier one within the period. A deliverable whose date was changed "
            "twice is counted twice. Changes of which nobody said when they were made are not counted."
        ),
        counts="other",
        dimensions=_CHANGED,
        count=changed,
        is_public=True,
        source=REGISTER,
    ),
    Measure(
        code="promises_moved",
        title=_("Promises whose date moved"),
        definition=_(
            "Deliverables that were given more than one due date, each counted once however often it moved, as the "
            "register knows them today."
        ),
        counts="deliverable",
        dimensions=_MOVED,
        count=moved,
        is_public=True,
        source=REGISTER,
    ),
    Measure(
        code="promises_kept",
        title=_("Promises kept on the first date"),
        definition=_(
            "Deliverables whose first due date has come. Kept are those that are complete for the period that this "
            "date lies in, or for an earlier one. Where that period says nothing of them, it cannot be told."
        ),
        counts="deliverable",
        dimensions=_KEPT,
        count=kept,
        is_public=True,
        source=REGISTER,
    ),
)
