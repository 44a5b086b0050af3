"""How much came in an hour is told in the trail once the hour is over, and not counted any more."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.people.policies import is_command_line
from palermo.prosecution.tips.models import HourCount

SETTLED = timedelta(minutes=10)
"""So long after its end an hour is left alone: a request that came in its last second may still be counting."""
HOUR = timedelta(hours=1)


def tell_hours(*, by: User) -> int:
    """Tell of each hour that is over how much came, once; how many counts these were.

    Raises:
        PermissionDenied: it is not the command line that asks.
    """
    if not is_command_line(by):
        raise PermissionDenied
    over = HourCount.objects.filter(hour__lte=timezone.now() - HOUR - SETTLED).order_by("hour", "what")
    return sum(_tell(by, one) for one in list(over))


@transaction.atomic
def _tell(by: User, one: HourCount) -> int:
    """Tell of one hour, unless another process just did."""
    locked = HourCount.objects.select_for_update().filter(pk=one.pk).first()
    if locked is None:
        return 0
    record(by=by, act="tips.came", about=locked, hour=locked.hour.isoformat(), what=locked.what, count=locked.count)
    locked.delete()
    return 1
