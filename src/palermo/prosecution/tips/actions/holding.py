"""A legal hold: a tip is not erased as long as there is a reason to keep it, whatever its day."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips.actions.erasing import HeldError
from palermo.prosecution.tips.actions.filing import UnknownCodeError, held
from palermo.prosecution.tips.actions.writing import ClosedError
from palermo.prosecution.tips.keeping import keeping
from palermo.prosecution.tips.models import Hold, State, Tip


@transaction.atomic
def hold_tip(*, by: User, tip: Tip, reason: str, version: int) -> Tip:
    """Keep a tip from being erased, by anybody.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ClosedError: it is erased.
        ChangedError: something happened to it meanwhile.
        HeldError: it is on hold already.
        UnknownCodeError: there is no such reason.
    """
    locked = held(by, tip, version)
    if locked.state == State.ERASED:
        raise ClosedError
    if locked.hold:
        raise HeldError
    if reason not in Hold.values:
        raise UnknownCodeError
    locked.hold, locked.held_by, locked.version = reason, by, version + 1
    locked.save(update_fields=["hold", "held_by", "version"])
    record(by=by, act="tips.held", about=locked, desk=locked.desk.code, reason=reason)
    return locked


@transaction.atomic
def release_hold(*, by: User, tip: Tip, version: int) -> Tip:
    """End a hold. Where the day of the tip is near or gone its members are warned anew, and have time to think.

    Any member can, also the one who set it: who did is in the trail, and nobody is to be missed for years.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ChangedError: something happened to it meanwhile.
    """
    locked = held(by, tip, version)
    if not locked.hold:
        return locked
    reason, locked.hold, locked.held_by = locked.hold, "", None
    if locked.erase_on:
        soonest = timezone.localdate() + timedelta(days=keeping().warn_days)
        locked.erase_on, locked.warned_on = max(locked.erase_on, soonest), None
    locked.version = version + 1
    locked.save(update_fields=["hold", "held_by", "erase_on", "warned_on", "version"])
    record(by=by, act="tips.hold_ended", about=locked, desk=locked.desk.code, reason=reason)
    return locked
