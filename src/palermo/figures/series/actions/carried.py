"""A value that reaches a series by another way than its own forms, such as a return that was accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.figures.series.models import Observation, Series
from palermo.people.models import User


@dataclass(frozen=True, slots=True)
class Carried:
    """A value over all dimensions of a series for some days, and how it came.

    Args:
        series: the series.
        starts_on, ends_on: the days that it is of, both included.
        value, mark: as of an observation that has a value.
        origin_en, origin_fr: where it comes from, for the footnote.
        reason_en, reason_fr: why it takes the place of another value, where one stands.
    """

    series: Series
    starts_on: date
    ends_on: date
    value: Decimal
    mark: str
    origin_en: str
    origin_fr: str
    reason_en: str
    reason_fr: str


@transaction.atomic
def carry_value(*, carried: Carried, by: User) -> Observation:
    """Take in a value that the owner of a series gave elsewhere; what stands is revised, and the same stays as it is.

    Whoever calls this has seen to it that the owner gave the value and that `by` may publish what it was given in: it
    is entered in the name of the owner.
    """
    series = Series.objects.select_for_update().get(pk=carried.series.pk)
    same = Observation.objects.filter(
        series=series, starts_on=carried.starts_on, ends_on=carried.ends_on, key="", document=None
    )
    standing = same.filter(revised_by__isnull=True).first()
    if standing and (standing.value, standing.mark) == (carried.value, carried.mark):
        return standing
    made = Observation.objects.create(
        series=series,
        starts_on=carried.starts_on,
        ends_on=carried.ends_on,
        value=carried.value,
        mark=carried.mark,
        footnote_en=carried.origin_en,
        footnote_fr=carried.origin_fr,
        known_on=timezone.localdate(),
        revises=standing,
        reason_en=carried.reason_en if standing else "",
        reason_fr=carried.reason_fr if standing else "",
        entered_by=by,
        entered_for_id=series.owner_id,
    )
    if standing:
        told = {"before": _told(standing), "after": _told(made)}
        numbers = {"number": made.pk, "revises": standing.pk}
        record(by=by, act="series.revise", about=series, series=series.code, **told, **numbers)
    else:
        spans = [f"{made.starts_on.isoformat()}/{made.ends_on.isoformat()}"]
        record(by=by, act="series.enter", about=series, series=series.code, added=1, spans=spans)
    return made


def _told(one: Observation) -> str:
    return one.mark if one.value is None else f"{one.value.normalize():f} {one.mark}"
