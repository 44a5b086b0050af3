"""What pages of the register draw: charts and the map, from what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from palermo.foundation.bilingual import reader_language
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.register.queries.overview import Overview
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import P, Status
from palermo.site.charts import Chart, StatusCount, status_by_p_chart, status_over_periods_chart
from palermo.site.maps import MapValue


def p_label(value: str) -> str:
    """The word for a P, or for having none."""
    return str(P(value).label) if value else _("No P")


def chart_by_p(counted: Overview) -> Chart | None:
    """How far the deliverables of each P are; None where there are none."""
    rows = [row for p, counts in counted.by_p.items() for row in _status_counts(p_label(p), counts)]
    return status_by_p_chart(rows, reader_language()) if rows else None


def chart_over_periods(by_period: Mapping[ReportingPeriod, Counter[str]]) -> Chart | None:
    """How far the deliverables were in each period; None where nothing is known of any."""
    rows = [row for period, counts in by_period.items() for row in _status_counts(period.label, counts)]
    return status_over_periods_chart(rows, reader_language()) if rows else None


def _status_counts(group: str, counts: Counter[str]) -> list[StatusCount]:
    return [StatusCount(group, status.value, str(status.label), counts[status]) for status in Status if counts[status]]


def map_of_plans(plans: Sequence[PlanAt]) -> list[MapValue]:
    """For each province and territory the first plan of its list: with statuses before without."""
    values: dict[str, MapValue] = {}
    for at in sorted(plans, key=lambda one: not one.has_statuses):
        words = _("A plan, and how far it is") if at.has_statuses else _("A plan, but not how far it is")
        address = reverse("plan", args=[at.plan.code])
        if at.plan.jurisdiction not in values and not at.plan.is_invented:
            values[at.plan.jurisdiction] = MapValue(at.plan.jurisdiction, words, 3 if at.has_statuses else 1, address)
    return list(values.values())
