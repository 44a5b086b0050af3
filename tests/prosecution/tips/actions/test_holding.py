"""A tip on hold is erased by nobody, and ending that gives everybody time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from palermo.audit.models import AuditEvent
from palermo.people.queries import command_line
from palermo.prosecution.tips.actions.closing import reopen
from palermo.prosecution.tips.actions.erasing import HeldError, erase
from palermo.prosecution.tips.actions.filing import UnknownCodeError
from palermo.prosecution.tips.actions.holding import hold_tip, release_hold
from palermo.prosecution.tips.actions.keeping import Kept, keep
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError
from palermo.prosecution.tips.keeping import months_after
from palermo.prosecution.tips.models import Hold, Message, State, Tip
from tests.factories import coordinator_of
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, closed_by, erased_by, two_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Member, Member]:
    """Two members of a desk with confirmed keys."""
    return two_members()


def fresh(tip: Tip) -> Tip:
    return Tip.objects.select_related("desk").get(pk=tip.pk)


def kept_on(day: date) -> Kept:
    return keep(by=command_line(), day=day)


@pytest.mark.parametrize("reason", Hold.values)
def test_a_tip_on_hold_is_erased_by_nobody(two: tuple[Member, Member], reason: str) -> None:
    tip = closed_by(two, a_tip(two[0].key.desk), "other")
    held = hold_tip(by=two[0].user, tip=tip, reason=reason, version=tip.version)
    assert (held.hold, held.held_by) == (reason, two[0].user)
    with pytest.raises(HeldError):
        erase(by=two[1].user, tip=tip, version=held.version)
    with pytest.raises(HeldError):
        hold_tip(by=two[1].user, tip=tip, reason="court", version=held.version)
    assert kept_on(date(2100, 1, 1)) == Kept(0, 0, 0, 0)
    assert Message.objects.filter(tip=tip).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tip.objects.filter(pk=tip.pk).update(state=State.ERASED, slot=None)
    event = AuditEvent.objects.get(act="tips.held")
    assert event.details == {"desk": tip.desk.code, "reason": reason}


def test_once_a_hold_is_ended_members_are_warned_anew(two: tuple[Member, Member]) -> None:
    tip = closed_by(two, a_tip(two[0].key.desk), "other")
    kept_on(months_after(localdate(), 3) - timedelta(days=1))
    held = hold_tip(by=two[0].user, tip=tip, reason="court", version=tip.version)
    Tip.objects.update(erase_on=localdate() - timedelta(days=400))
    ended = release_hold(by=two[1].user, tip=tip, version=held.version)
    in_a_month = localdate() + timedelta(days=30)
    assert (ended.hold, ended.held_by, ended.erase_on, ended.warned_on) == ("", None, in_a_month, None)
    assert kept_on(localdate()) == Kept(0, 1, 0, 0)
    assert kept_on(in_a_month - timedelta(days=1)) == Kept(0, 0, 0, 0)
    assert kept_on(in_a_month) == Kept(0, 0, 1, 0)
    assert AuditEvent.objects.get(act="tips.hold_ended").by_id == two[1].user.pk


def test_a_hold_changes_no_day_that_is_far_and_outlives_opening(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk)
    hold_tip(by=two[0].user, tip=tip, reason="access", version=1)
    closed = closed_by(two, fresh(tip), "police")
    opened = reopen(by=two[0].user, tip=closed, version=closed.version)
    assert opened.hold == "access"
    closed = closed_by(two, fresh(tip), "police")
    ended = release_hold(by=two[0].user, tip=closed, version=closed.version)
    assert ended.erase_on == months_after(localdate(), 84)
    again = release_hold(by=two[0].user, tip=ended, version=ended.version)
    assert again.version == ended.version


def test_who_may_hold_a_tip_and_what_they_may_say(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk)
    waiting, stranger = a_member(tip.desk), a_member(a_desk())
    for user in (waiting.user, stranger.user, coordinator_of(tip.desk.organisation), command_line()):
        with pytest.raises(PermissionDenied):
            hold_tip(by=user, tip=tip, reason="court", version=1)
        with pytest.raises(PermissionDenied):
            release_hold(by=user, tip=tip, version=1)
    for reason in ("", "because"):
        with pytest.raises(UnknownCodeError):
            hold_tip(by=two[0].user, tip=tip, reason=reason, version=1)
    with pytest.raises(ChangedError):
        hold_tip(by=two[0].user, tip=tip, reason="court", version=2)
    erased = erased_by(two, tip)
    with pytest.raises(ClosedError):
        hold_tip(by=two[0].user, tip=tip, reason="court", version=erased.version)
