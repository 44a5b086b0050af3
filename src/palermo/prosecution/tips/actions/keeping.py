"""What is done day by day without anybody: tips get their day, members are warned, and what is due is erased."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.people.policies import is_command_line
from palermo.prosecution.tips.actions.erasing import erase_on_its_day, sweep
from palermo.prosecution.tips.keeping import erased_after, erased_now, erased_soon
from palermo.prosecution.tips.models import State, Tip

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """What a run did, in numbers of tips."""

    dated: int
    """Were closed before there were rules, and got a day."""
    warned: int
    erased: int
    failed: int
    """Could not be erased, or lost no key yet: the next run tries again."""


def keep(*, by: User, day: date | None = None) -> Kept:
    """Do what the rules ask for on a day. Run again, it changes nothing.

    A warning stands at the desk from the moment it is noted, and in the next mail. Erasing waits for its days, but for
    no mail server: nothing is kept for ever because one is down. Nor does it wait for a tip that cannot be erased.

    Raises:
        PermissionDenied: it is not the command line that asks.
    """
    if not is_command_line(by):
        raise PermissionDenied
    today = day or timezone.localdate()
    dated = _give_days(today)
    soon = Tip.objects.filter(erased_soon(today), warned_on__isnull=True)
    warned = sum(_warn(by, one, today) for one in list(soon.values_list("pk", flat=True)))
    erased, failed = _erase_due(by, today)
    return Kept(dated, warned, erased, failed)


def _erase_due(by: User, today: date) -> tuple[int, int]:
    """Erase what is due: how many tips were, and how often the disk or the database did not let it."""
    erased, errors = 0, list[Exception]()
    for one in Tip.objects.filter(erased_now(today)).order_by("erase_on", "pk"):
        try:
            erased += erase_on_its_day(by=by, tip=one, day=today)
        except (OSError, DatabaseError) as error:
            errors.append(error)
    try:
        # Also where one of them failed: what is erased already loses its key at once.
        sweep()
    except (OSError, DatabaseError) as error:
        errors.append(error)
    for each in errors:
        logger.warning("A tip was not erased: %s", type(each).__name__)
    return erased, len(errors)


@transaction.atomic
def _warn(by: User, pk: UUID, today: date) -> bool:
    """Note that members are told now. False where somebody opened it or put it on hold meanwhile."""
    found = Tip.objects.select_for_update(of=("self",)).select_related("desk")
    tip = found.filter(erased_soon(today), pk=pk, warned_on__isnull=True).first()
    if tip is None:
        return False
    tip.warned_on = today
    tip.save(update_fields=["warned_on"])
    record(by=by, act="tips.warned", about=tip, desk=tip.desk.code)
    return True


def _give_days(today: date) -> int:
    """Give a day to what was closed before there were rules, counted from today: nothing tells when it was."""
    found = Tip.objects.filter(state=State.CLOSED, erase_on__isnull=True).values_list("pk", "outcome")
    return sum(_give_day(pk, outcome, today) for pk, outcome in list(found))


@transaction.atomic
def _give_day(pk: UUID, outcome: str, today: date) -> int:
    same = Tip.objects.filter(pk=pk, state=State.CLOSED, outcome=outcome, erase_on__isnull=True)
    return same.update(closed_on=today, erase_on=erased_after(outcome, today))
