"""A tip is erased for certain: the key that all its messages are sealed under once more is destroyed.

What is left is that there was one, in which hour, and under what it was filed; who erased it; and a proof that names
nothing of what was told.
"""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions.filing import held
from palermo.prosecution.tips.keeping import erased_now
from palermo.prosecution.tips.models import Box, ContentKey, Erasure, Message, Slot, State, Tip


class StillOpenError(Exception):
    """Only what two members have closed is erased."""


class HeldError(Exception):
    """It is on hold: nobody erases it until that is ended."""


def erase(*, by: User, tip: Tip, version: int) -> Tip:
    """Erase a tip that is closed. What is interrupted before its key is destroyed is done by the next `sweep`.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ChangedError: something happened to it meanwhile.
        StillOpenError: it is not closed.
        HeldError: it is on hold.
    """
    with transaction.atomic():
        locked = held(by, tip, version)
        if locked.state != State.CLOSED:
            raise StillOpenError
        if locked.hold:
            raise HeldError
        erased = _forget(by, locked, because="hand")
    sweep()
    return erased


@transaction.atomic
def erase_on_its_day(*, by: User, tip: Tip, day: date) -> bool:
    """Erase a tip because its day has come; false where that is not so any more. Its key goes with the next `sweep`.

    Who may do so is for the caller to know (`actions.keeping`).
    """
    found = Tip.objects.select_for_update(of=("self",)).select_related("desk").filter(erased_now(day), pk=tip.pk)
    locked = found.first()
    if locked is None:
        return False
    _forget(by, locked, because="day")
    return True


def sweep() -> int:
    """Destroy the key of every slot that no tip has any more; how many these were.

    The row of the slot goes after its key, so that nothing is left over where this is interrupted.
    """
    left = list(Slot.objects.filter(tip__isnull=True).values_list("pk", flat=True))
    for slot in left:
        slots.destroy(slot)
    Slot.objects.filter(pk__in=left).delete()
    return len(left)


def _forget(by: User, locked: Tip, *, because: str) -> Tip:
    """Delete what was sealed, and keep a proof of it; in the trail as well, where nobody changes it unseen."""
    proof = _proof(by, locked)
    ContentKey.objects.filter(message__tip=locked).delete()
    Message.objects.filter(tip=locked).only("pk").delete()
    Box.objects.filter(tip=locked).delete()
    locked.slot, locked.state, locked.version = None, State.ERASED, locked.version + 1
    locked.save(update_fields=["slot", "state", "version"])
    record(
        by=by, act="tips.erased", about=locked, desk=locked.desk.code, because=because,
        messages=proof.messages, size=proof.size, sha256=proof.sha256, slot=proof.slot,
    )  # fmt: skip
    return locked


def _proof(by: User, locked: Tip) -> Erasure:
    """What is said of what was sealed. Of the messages one at a time is in memory: together they may be large."""
    assert locked.slot_id is not None  # noqa: S101 - what is closed has one, the database sees to it
    digest, size = hashlib.sha256(), 0
    numbers = list(locked.messages.order_by("number").values_list("pk", flat=True))
    for number in numbers:
        bundle = bytes(Message.objects.values_list("bundle", flat=True).get(pk=number))
        digest.update(bundle)
        size += len(bundle)
    return Erasure.objects.create(
        tip=locked, by=by, slot=locked.slot_id, messages=len(numbers), size=size, sha256=digest.hexdigest()
    )
