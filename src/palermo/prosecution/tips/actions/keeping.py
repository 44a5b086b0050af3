"""What is done day by day without anybody: tips get their day, members are warned, and what is due is erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.people.models import User
from palermo.people.policies import is_command_line
from palermo.prosecution.tips.actions.erasing import erase_on_its_day, sweep
from palermo.prosecution.tips.keeping import erased_after, erased_now, erased_soon
from palermo.prosecution.tips.models import State, Tip


@dataclass(frozen=True)
class Kept:
    """What a run did, in numbers of tips."""

    dated: int
    """Were closed before there were rules, and got a day."""
    warned: int
    erased: int


def keep(*, by: User, day: date | None = None) -> Kept:
    """Do what the rules ask for on a day. Run again, it changes nothing.

    A warning stands at the desk from the moment it is noted, and in the next mail. Erasing waits for its days, but for
    no mail server: nothing is kept for ever because one is down.

    Raises:
        PermissionDenied: it is not the command line that asks.
    """
    if not is_command_line(by):
        raise PermissionDenied
    today = day or timezone.localdate()
    dated = _give_days(today)
    warned = Tip.objects.filter(erased_soon(today), warned_on__isnull=True).update(warned_on=today)
    due = Tip.objects.filter(erased_now(today)).order_by("erase_on", "pk")
    try:
        erased = sum(erase_on_its_day(by=by, tip=one, day=today) for one in due)
    finally:
        # Also where one of them fails: what is erased already loses its key at once.
        sweep()
    return Kept(dated, warned, erased)


def _give_days(today: date) -> int:
    """Give a day to what was closed before there were rules, counted from today: nothing tells when it was."""
    found = Tip.objects.filter(state=State.CLOSED, erase_on__isnull=True).values_list("pk", "outcome")
    return sum(_give_day(pk, outcome, today) for pk, outcome in list(found))


@transaction.atomic
def _give_day(pk: UUID, outcome: str, today: date) -> int:
    same = Tip.objects.filter(pk=pk, state=State.CLOSED, outcome=outcome, erase_on__isnull=True)
    return same.update(closed_on=today, erase_on=erased_after(outcome, today))
