"""What was shown and spent for the periods of plans, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, Q, Sum

from palermo.people.policies import Viewer
from palermo.plan.register.models import Evidence, Money
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import MoneyKind


def evidence_counted(_viewer: Viewer, plans: Sequence[PlanAt]) -> Counter[tuple[int, str]]:
    """Pieces of evidence that were given for the period shown, by plan and P. One query."""
    found = Evidence.objects.filter(period__in=[at.period for at in plans if at.period])
    rows = found.order_by().values_list("deliverable__plan", "deliverable__p").annotate(count=Count("pk"))
    return Counter({(plan, p): count for plan, p, count in rows})


def money_spent(_viewer: Viewer, plans: Sequence[PlanAt]) -> dict[tuple[int, str, str], Decimal]:
    """What is known to have been spent in the period shown, by plan, P and currency. One query."""
    within = Q(pk__isnull=True)
    for at in plans:
        if at.period:
            within |= Q(deliverable__plan=at.plan, fiscal_year=at.period.code)
    rows = (
        Money.objects.filter(within, kind=MoneyKind.SPENT, amount__isnull=False)
        .order_by()
        .values_list("deliverable__plan", "deliverable__p", "currency")
        .annotate(sum=Sum("amount"))
    )
    return {(plan, p, currency): total for plan, p, currency, total in rows}
