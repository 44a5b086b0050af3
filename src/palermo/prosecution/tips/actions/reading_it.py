"""Reading what somebody told is an act."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips.models import Tip
from palermo.prosecution.tips.queries.desks import at_work


@transaction.atomic
def open_tip(*, by: User, tip: Tip) -> None:
    """Note that a member gets the messages of a tip, which open with their key.

    Raises:
        PermissionDenied: they have no confirmed key at this desk.
    """
    if not at_work(tip.desk).filter(user=by).exists():
        raise PermissionDenied
    record(by=by, act="tips.read", about=tip, desk=tip.desk.code)
