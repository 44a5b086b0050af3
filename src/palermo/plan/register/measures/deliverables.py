"""Deliverables by status, by concern and by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from palermo.figures.measures import CountedCell, Measure, MeasureSpan
from palermo.people.policies import Viewer
from palermo.plan.register.concerns import Concern
from palermo.plan.register.measures.dimensions import (
    BY_P,
    NO_P,
    PERIOD,
    PLAN,
    SECTION,
    cells,
    choices_dimension,
    place_codes,
    places_in,
    section_code,
)
from palermo.plan.register.queries.overview import overviews
from palermo.plan.register.queries.sections import section_shapes, statuses_by_section
from palermo.plan.register.vocabulary import Status

STATUS = choices_dimension("status", _("Claimed status"), Status)
CONCERN = choices_dimension("concern", _("What should be known"), Concern)
REGISTER = _("The register of plans: what published documents and accepted returns say.")

_BY_STATUS = (PLAN, PERIOD, BY_P, STATUS)
_BY_CONCERN = (PLAN, PERIOD, BY_P, CONCERN)
_BY_SECTION = (PLAN, PERIOD, SECTION, STATUS)


def by_status(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Deliverables by plan, P and status. As many queries as `overviews` and the plans take, however many plans."""
    counts: Counter[tuple[str, ...]] = Counter()
    for counted in overviews(viewer, places_in(viewer, span)):
        for (p, status), number in counted.counts.cells.items():
            counts[*place_codes(counted.at), p or NO_P, status] += number
    return cells(_BY_STATUS, counts, over=("p", "status"))


def by_concern(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Deliverables by plan, P and concern; one may have several concerns."""
    counts: Counter[tuple[str, ...]] = Counter()
    for counted in overviews(viewer, places_in(viewer, span)):
        for (p, concern), number in counted.counts.concerns.items():
            counts[*place_codes(counted.at), p or NO_P, concern] += number
    return cells(_BY_CONCERN, counts, over=("p",))


def by_section(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Deliverables by plan, section and status; a section counts what stands below it too."""
    places = places_in(viewer, span)
    shapes = section_shapes(viewer, [at.plan for at in places])
    owners = {at.plan.pk: place_codes(at) for at in places}
    counts: Counter[tuple[str, ...]] = Counter()
    for pk, found in statuses_by_section(places, shapes).items():
        plan, period = owners[shapes[pk].plan]
        for status, number in found.items():
            counts[plan, period, section_code(plan, shapes[pk].code), status] += number
    return cells(_BY_SECTION, counts, over=("status",))


MEASURES = (
    Measure(
        code="deliverables",
        title=_("Deliverables by P and status"),
        definition=_(
            "Every deliverable of a plan, once, by its P and by the status that is claimed for the period. What no "
            "source says anything of is counted as not stated. Nothing is carried over from an earlier period."
        ),
        counts="deliverable",
        dimensions=_BY_STATUS,
        count=by_status,
        is_public=True,
        source=REGISTER,
    ),
    Measure(
        code="deliverables_by_concern",
        title=_("Deliverables by what should be known of them"),
        definition=_(
            "Deliverables that are late, have no due date, have no evidence and so on, judged on the last day of the "
            "period, or today where that comes first. One may be counted under several, so these do not add up."
        ),
        counts="deliverable",
        dimensions=_BY_CONCERN,
        count=by_concern,
        is_public=True,
        source=REGISTER,
    ),
    Measure(
        code="deliverables_by_section",
        title=_("Deliverables by section and status"),
        definition=_(
            "Every deliverable of a plan by the section that it stands in, and by the status that is claimed for the "
            "period. A section counts what stands in the sections below it too, so sections do not add up."
        ),
        counts="deliverable",
        dimensions=_BY_SECTION,
        count=by_section,
        is_public=True,
        source=REGISTER,
    ),
)
