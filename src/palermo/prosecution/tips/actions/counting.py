"""Counting what happens in an hour."""

from __future__ import annotations

from django.db.models import F

from palermo.prosecution.tips.models import HourCount
from palermo.prosecution.tips.queries.load import this_hour


def count(what: str) -> None:
    """Count that something happened in this hour, in the transaction of whatever happened."""
    counted, _is_new = HourCount.objects.get_or_create(hour=this_hour(), what=what)
    HourCount.objects.filter(pk=counted.pk).update(count=F("count") + 1)
