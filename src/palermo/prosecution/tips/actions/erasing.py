"""A tip is erased for certain: the key that all its messages are sealed under once more is destroyed.

What is left is that there was one, in which hour, and under what it was filed; and in the trail who erased it.
"""

from __future__ import annotations

from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions.filing import held
from palermo.prosecution.tips.models import Box, Message, Slot, State, Tip


class StillOpenError(Exception):
    """Only what two members have closed is erased."""


def erase(*, by: User, tip: Tip, version: int) -> Tip:
    """Erase a tip that is closed. What is interrupted before its key is destroyed is done by the next `sweep`.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ChangedError: something happened to it meanwhile.
        StillOpenError: it is not closed.
    """
    erased = _forget(by, tip, version)
    sweep()
    return erased


@transaction.atomic
def _forget(by: User, tip: Tip, version: int) -> Tip:
    locked = held(by, tip, version)
    if locked.state != State.CLOSED:
        raise StillOpenError
    count = Message.objects.filter(tip=locked).count()
    Message.objects.filter(tip=locked).delete()
    Box.objects.filter(tip=locked).delete()
    locked.slot, locked.state, locked.version = None, State.ERASED, version + 1
    locked.save(update_fields=["slot", "state", "version"])
    record(by=by, act="tips.erased", about=locked, desk=locked.desk.code, messages=count)
    return locked


def sweep() -> int:
    """Destroy the key of every slot that no tip has any more; how many these were.

    The row of the slot goes after its key, so that nothing is left over where this is interrupted.
    """
    left = list(Slot.objects.filter(tip__isnull=True).values_list("pk", flat=True))
    for slot in left:
        slots.destroy(slot)
    Slot.objects.filter(pk__in=left).delete()
    return len(left)
