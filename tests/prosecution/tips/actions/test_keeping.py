"""Day by day: closed tips get their day, members are warned, and what is due is erased, by nobody but the daily run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions import erasing, keeping
from palermo.prosecution.tips.actions.closing import reopen
from palermo.prosecution.tips.actions.keeping import Kept, keep
from palermo.prosecution.tips.actions.sealing_here import seal_and_answer
from palermo.prosecution.tips.envelopes.bundle import Told
from palermo.prosecution.tips.keeping import months_after
from palermo.prosecution.tips.models import Box, Message, Slot, State, Tip
from tests.factories import coordinator_of
from tests.prosecution.tips.desks import (
    Member,
    a_tip,
    closed_by,
    erased_by,
    read_by,
    two_members,
)

pytestmark = pytest.mark.django_db

NOTHING = Kept(0, 0, 0, 0)


@pytest.fixture
def two() -> tuple[Member, Member]:
    """Two members of a desk with confirmed keys."""
    return two_members()


def fresh(tip: Tip) -> Tip:
    return Tip.objects.select_related("desk").get(pk=tip.pk)


def kept_on(day: date) -> Kept:
    return keep(by=command_line(), day=day)


def test_a_tip_is_warned_of_and_then_erased_on_its_day(two: tuple[Member, Member]) -> None:
    tip = closed_by(two, a_tip(two[0].key.desk), "other")
    day = months_after(localdate(), 3)
    assert (tip.closed_on, tip.erase_on, tip.warned_on) == (localdate(), day, None)
    assert kept_on(day - timedelta(days=31)) == NOTHING
    warned = day - timedelta(days=30)
    assert kept_on(warned) == Kept(0, 1, 0, 0)
    assert fresh(tip).warned_on == warned
    assert kept_on(warned) == kept_on(day - timedelta(days=1)) == NOTHING
    slot = tip.slot_id
    assert slot is not None
    assert slots.key_of(slot)
    assert kept_on(day) == Kept(0, 0, 1, 0)
    assert fresh(tip).state == State.ERASED
    assert slots.is_destroyed(slot)
    assert [one for one in (Message, Box, Slot) if one.objects.exists()] == []
    event = AuditEvent.objects.get(act="tips.erased")
    assert (event.by_id, event.details["because"]) == (command_line().pk, "day")
    assert kept_on(day + timedelta(days=1)) == NOTHING


def test_nothing_is_erased_within_two_weeks_of_the_warning(two: tuple[Member, Member]) -> None:
    """The daily run did not run for a month: members still have their time."""
    tip = closed_by(two, a_tip(two[0].key.desk), "other")
    late = months_after(localdate(), 4)
    assert kept_on(late) == Kept(0, 1, 0, 0)
    assert kept_on(late + timedelta(days=13)) == NOTHING
    assert fresh(tip).state == State.CLOSED
    assert kept_on(late + timedelta(days=14)) == Kept(0, 0, 1, 0)


def test_a_tip_that_was_closed_before_there_were_rules_gets_its_day(two: tuple[Member, Member]) -> None:
    tip = closed_by(two, a_tip(two[0].key.desk), "help")
    Tip.objects.update(closed_on=None, erase_on=None)
    assert kept_on(date(2027, 1, 31)) == Kept(1, 0, 0, 0)
    assert (fresh(tip).closed_on, fresh(tip).erase_on) == (date(2027, 1, 31), date(2029, 1, 31))
    assert kept_on(date(2027, 2, 1)) == NOTHING


def test_a_tip_that_is_opened_again_has_no_day_any_more(two: tuple[Member, Member]) -> None:
    desk = two[0].key.desk
    by_hand, by_answer = (closed_by(two, a_tip(desk), "other") for _ in range(2))
    kept_on(months_after(localdate(), 3))
    reopen(by=two[0].user, tip=by_hand, version=by_hand.version)
    seal_and_answer(box=Box.objects.get(tip=by_answer), told=Told({"answer": "More"}))
    for tip in (by_hand, by_answer):
        found = fresh(tip)
        assert (found.state, found.closed_on, found.erase_on, found.warned_on) == (State.OPEN, None, None, None)
    assert kept_on(date(2100, 1, 1)) == NOTHING


def test_the_database_gives_a_day_only_to_what_is_closed(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk)
    for changed in ({"erase_on": date(2027, 1, 1)}, {"warned_on": date(2027, 1, 1)}, {"closed_on": date(2027, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tip.objects.filter(pk=tip.pk).update(**changed)


def test_only_the_daily_run_erases_by_the_rule(two: tuple[Member, Member]) -> None:
    for user in (two[0].user, coordinator_of(two[0].key.desk.organisation)):
        with pytest.raises(PermissionDenied):
            keep(by=user)


def test_what_was_handed_on_outlives_what_it_was_made_of(two: tuple[Member, Member]) -> None:
    other = two_members()
    theirs, tip = a_tip(other[0].key.desk, "Sealed anew."), a_tip(two[0].key.desk)
    theirs.messages.update(source=tip.messages.get())
    erased_by(two, tip)
    assert theirs.messages.get().source is None
    assert read_by(other[0], theirs) == ["Sealed anew."]


def test_one_that_cannot_be_erased_keeps_no_other_one(
    two: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = (closed_by(two, a_tip(two[0].key.desk), "other") for _ in range(2))
    day = months_after(localdate(), 3)
    Tip.objects.update(warned_on=localdate())
    Tip.objects.filter(pk=first.pk).update(erase_on=localdate())
    really = erasing.erase_on_its_day

    def fails_for_the_first(*, by: User, tip: Tip, day: date) -> bool:
        if tip.pk == first.pk:
            raise OSError("no file of keys")
        return really(by=by, tip=tip, day=day)

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "erase_on_its_day", fails_for_the_first)
        assert kept_on(day) == Kept(0, 0, 1, 1)
    assert [one.message for one in caplog.records] == ["A tip was not erased: OSError"]
    assert second.slot_id is not None
    assert slots.is_destroyed(second.slot_id)
    assert read_by(two[0], first) == ["They sleep in the cellar."]
    assert kept_on(day) == Kept(0, 0, 1, 0)


def test_a_file_of_keys_that_cannot_be_written_is_tried_again(
    two: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    tip = closed_by(two, a_tip(two[0].key.desk), "other")
    Tip.objects.update(warned_on=localdate())
    day = months_after(localdate(), 3)

    def refuse(_slot: int) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(slots, "destroy", refuse)
        assert kept_on(day) == Kept(0, 0, 1, 1)
    assert tip.slot_id is not None
    assert not slots.is_destroyed(tip.slot_id)
    assert kept_on(day) == NOTHING
    assert slots.is_destroyed(tip.slot_id)


def test_warning_leaves_an_event(two: tuple[Member, Member]) -> None:
    tip = closed_by(two, a_tip(two[0].key.desk), "other")
    kept_on(months_after(localdate(), 3))
    event = AuditEvent.objects.get(act="tips.warned")
    assert (event.about_id, event.by_id, event.details) == (str(tip.pk), command_line().pk, {"desk": tip.desk.code})
