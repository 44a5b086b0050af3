"""The desk that a tip was handed on to says that it has it, writes back, and what came of it is told by itself."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips.actions.storing import Arriving, store, stored_before
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError, ReadersChangedError
from palermo.prosecution.tips.envelopes.sealing import WRAPPED_BYTES, Author
from palermo.prosecution.tips.models import DeskKey, Handover, Message, State, Tip
from palermo.prosecution.tips.queries.desks import at_work, readers


@transaction.atomic
def acknowledge(*, by: User, handover: Handover, last: int) -> Handover:
    """Say that the desk has what was handed on to it. Once said, it stays until more is handed on.

    Args:
        by: who says so.
        handover: what was handed on.
        last: the key of the last act of handing on that they saw.

    Raises:
        PermissionDenied: they have no confirmed key at that desk.
        ChangedError: more was handed on meanwhile.
    """
    locked = Handover.objects.select_for_update(of=("self",)).select_related("to", "made").get(pk=handover.pk)
    if not at_work(locked.to).filter(user=by).exists():
        raise PermissionDenied
    if locked.handings.order_by("-pk").values_list("pk", flat=True).first() != last:
        raise ChangedError
    if locked.acknowledged_at is None:
        locked.acknowledged_by, locked.acknowledged_at = by, timezone.now()
        locked.save(update_fields=["acknowledged_by", "acknowledged_at"])
        record(by=by, act="tips.acknowledged", about=locked.made, desk=locked.to.code)
    return locked


@transaction.atomic
def write_back(*, by: User, handover: Handover, sealed: Arriving) -> Message:
    """Write a note into the tip of the desk that handed it on. The same one again changes nothing.

    A closed tip is opened again by it, as by an answer: somebody is to read it.

    Raises:
        PermissionDenied: they have no confirmed key at the desk that it was handed on to.
        ClosedError: the tip of the other desk is erased.
        ReadersChangedError: a member of the other desk could not read it.
        KnownError: its id is another one's.
        FullError: the disk is full.
    """
    if not at_work(handover.to).filter(user=by).exists():
        raise PermissionDenied
    tip = Tip.objects.select_for_update(of=("self",)).select_related("desk").get(pk=handover.tip_id)
    if known := stored_before(by, tip, sealed):
        return known
    if tip.slot_id is None:
        raise ClosedError
    members = list(readers(by, tip.desk))
    if not members or any(len(sealed.keys.get(one.pk, b"")) != WRAPPED_BYTES for one in members):
        raise ReadersChangedError
    keys: dict[DeskKey | None, bytes] = {one: sealed.keys[one.pk] for one in members}
    kept = store(tip, sealed, keys, author=Author.NOTE, by=by)
    tip.version += 1
    tip.look_again(timezone.localdate())
    if tip.state == State.CLOSED or tip.closing_by_id:
        tip.open_again()
    tip.save()
    tell_outcome(tip)
    record(by=by, act="tips.written_back", about=tip, desk=tip.desk.code, by_desk=handover.to.code)
    return kept


def tell_outcome(tip: Tip) -> None:
    """Tell the desk that handed a tip on what came of it, where there is one; or that it is open again.

    It is part of closing or opening the tip, in the transaction of that.
    """
    day = timezone.localdate() if tip.state == State.CLOSED else None
    Handover.objects.filter(made=tip).update(outcome=tip.outcome if day else "", outcome_on=day)
