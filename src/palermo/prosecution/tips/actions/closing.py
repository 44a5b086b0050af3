"""A tip is closed by two: one says what came of it, and another one agrees. It can be opened again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips.actions.filing import UnknownCodeError, held
from palermo.prosecution.tips.actions.reporting import tell_outcome
from palermo.prosecution.tips.actions.writing import ClosedError
from palermo.prosecution.tips.keeping import erased_after
from palermo.prosecution.tips.models import Outcome, State, Tip


class NotProposedError(Exception):
    """Nobody proposed to close it, or they did so themselves: it takes two."""


@transaction.atomic
def propose_closing(*, by: User, tip: Tip, outcome: str, version: int) -> Tip:
    """Say what came of a tip, so that another member can close it.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ClosedError: it is closed or erased.
        ChangedError: something happened to it meanwhile.
        UnknownCodeError: there is no such outcome.
    """
    locked = held(by, tip, version)
    if locked.state not in (State.NEW, State.OPEN):
        raise ClosedError
    if outcome not in Outcome.values:
        raise UnknownCodeError
    locked.outcome, locked.closing_by, locked.state = outcome, by, State.OPEN
    return _kept(locked, by, act="tips.closing_proposed", outcome=outcome)


@transaction.atomic
def close(*, by: User, tip: Tip, version: int) -> Tip:
    """Agree that a tip is closed. From this day it is counted how long it is kept.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ClosedError: it is closed or erased.
        ChangedError: something happened to it meanwhile.
        NotProposedError: nobody else proposed it.
    """
    locked = held(by, tip, version)
    if locked.state != State.OPEN:
        raise ClosedError
    if locked.closing_by is None or locked.closing_by == by:
        raise NotProposedError
    locked.closed_by, locked.state, locked.due_on = by, State.CLOSED, None
    locked.closed_on = timezone.localdate()
    locked.erase_on = erased_after(locked.outcome, locked.closed_on)
    return _kept(locked, by, act="tips.closed", outcome=locked.outcome)


@transaction.atomic
def reopen(*, by: User, tip: Tip, version: int) -> Tip:
    """Open a tip again that was closed, or is proposed to be.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ClosedError: it is erased.
        ChangedError: something happened to it meanwhile.
    """
    locked = held(by, tip, version)
    if locked.state == State.ERASED:
        raise ClosedError
    locked.open_again()
    return _kept(locked, by, act="tips.reopened")


def _kept(tip: Tip, by: User, *, act: str, **details: str) -> Tip:
    tip.version += 1
    tip.save()
    tell_outcome(tip)
    record(by=by, act=act, about=tip, desk=tip.desk.code, **details)
    return tip
