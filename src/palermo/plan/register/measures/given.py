"""Evidence given and money spent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from palermo.figures.measures import CountedCell, Measure, MeasureDimension, MeasureSpan
from palermo.people.policies import Viewer
from palermo.plan.register.measures.deliverables import REGISTER
from palermo.plan.register.measures.dimensions import (
    BY_P,
    NO_P,
    PERIOD,
    PLAN,
    cells,
    place_codes,
    places_in,
)
from palermo.plan.register.models import Money
from palermo.plan.register.queries.given import evidence_counted, money_spent

if TYPE_CHECKING:
    from palermo.figures.measures import Words


def _currencies() -> Sequence[tuple[str, Words]]:
    found = Money.objects.order_by("currency").values_list("currency", flat=True).distinct()
    return [(one, one) for one in found]


_EVIDENCE = (PLAN, PERIOD, BY_P)
_SPENT = (PLAN, PERIOD, BY_P, MeasureDimension("currency", _("Currency"), _currencies))


def evidence(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Pieces of evidence by plan and P."""
    places = places_in(viewer, span)
    codes = {at.plan.pk: place_codes(at) for at in places}
    counts: Counter[tuple[str, ...]] = Counter()
    for (plan, p), number in evidence_counted(viewer, places).items():
        counts[*codes[plan], p or NO_P] += number
    return cells(_EVIDENCE, counts, over=("p",))


def spent(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Money spent by plan, P and currency; amounts of two currencies are never added."""
    places = places_in(viewer, span)
    codes = {at.plan.pk: place_codes(at) for at in places}
    sums: dict[tuple[str, ...], Decimal] = {}
    for (plan, p, currency), amount in money_spent(viewer, places).items():
        sums[*codes[plan], p or NO_P, currency] = amount
    return cells(_SPENT, sums, over=("p",))


MEASURES = (
    Measure(
        code="evidence_given",
        title=_("Evidence given"),
        definition=_(
            "Pieces of evidence that were published for the period, each once for the deliverable that it shows. That "
            "something is counted here does not mean that anybody verified it."
        ),
        counts="document",
        dimensions=_EVIDENCE,
        count=evidence,
        is_public=True,
        source=REGISTER,
    ),
    Measure(
        code="money_spent",
        title=_("Money spent"),
        definition=_(
            "What organizations say that they spent on deliverables in the fiscal year, in each currency. Where nobody "
            "gave a sum, the cost is unknown, not zero."
        ),
        counts="dollar",
        dimensions=_SPENT,
        count=spent,
        is_public=True,
        source=REGISTER,
    ),
)
