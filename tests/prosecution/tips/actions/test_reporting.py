"""The desk that got a tip says so, writes back, and tells what came of it by closing its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.prosecution.tips.actions.closing import close, propose_closing, reopen
from palermo.prosecution.tips.actions.erasing import erase
from palermo.prosecution.tips.actions.reporting import acknowledge, write_back
from palermo.prosecution.tips.actions.storing import Arriving, FullError, KnownError
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError, ReadersChangedError
from palermo.prosecution.tips.envelopes.bundle import Told
from palermo.prosecution.tips.envelopes.sealing import Author
from palermo.prosecution.tips.models import ContentKey, Handover, Message, State, Tip
from tests.prosecution.tips.desks import a_desk, a_member, a_tip, let_in, noted, read_by, somebody_at
from tests.prosecution.tips.handing import TwoDesks, acknowledged, hand, handed, parts_of, sealed_to, two_desks
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> TwoDesks:
    return two_desks()


@pytest.fixture
def done(at: TwoDesks) -> Handover:
    return handed(at, a_tip(at.first.key.desk))


def stored() -> tuple[object, ...]:
    tips = list(Tip.objects.order_by("pk").values_list("pk", "state", "version", "outcome"))
    said = list(Handover.objects.values_list("acknowledged_by", "outcome", "outcome_on"))
    return tips, said, Message.objects.count(), ContentKey.objects.count(), AuditEvent.objects.count()


def letter(done: Handover, text: str = "Was it a white van?") -> Arriving:
    return sealed_to(done.tip.desk, Told({"text": text}), done.tip_id, Author.NOTE)


def test_acknowledging_is_for_the_desk_that_got_it(at: TwoDesks, done: Handover) -> None:
    last = done.handings.get().pk
    for by in (at.first.user, somebody_at(at.to)):
        with pytest.raises(PermissionDenied):
            acknowledge(by=by, handover=done, last=last)
    first = acknowledged(at, done)
    again = acknowledged(at, done)
    assert (first.acknowledged_by, first.acknowledged_at) == (at.other.user, again.acknowledged_at)
    assert AuditEvent.objects.filter(act="tips.acknowledged", about_id=str(done.made_id)).count() == 1
    other = handed(at, a_tip(at.first.key.desk))
    assert_all_or_nothing(lambda: acknowledged(at, other), stored)


def test_nobody_acknowledges_what_they_have_not_seen(at: TwoDesks, done: Handover) -> None:
    seen = done.handings.get().pk
    note = noted(at.first, done.tip)
    tip = Tip.objects.get(pk=done.tip_id)
    hand(at, tip, parts_of(at, tip, [note]))
    for last in (seen, 0):
        with pytest.raises(ChangedError):
            acknowledge(by=at.other.user, handover=done, last=last)
    assert acknowledged(at, done).acknowledged_by == at.other.user


def test_what_is_written_back_stands_in_the_first_tip(at: TwoDesks, done: Handover) -> None:
    sealed = letter(done)
    kept = write_back(by=at.other.user, handover=done, sealed=sealed)
    assert read_by(at.first, done.tip) == ["They sleep in the cellar.", "Was it a white van?"]
    assert (kept.author, kept.by, kept.tip_id) == ("note", at.other.user, done.tip_id)
    assert not ContentKey.objects.filter(message=kept).exclude(reader=at.first.key).exists()
    event = AuditEvent.objects.get(act="tips.written_back")
    assert (event.about_id, event.details) == (str(done.tip_id), {"desk": done.tip.desk.code, "by_desk": at.to.code})
    before = stored()
    assert write_back(by=at.other.user, handover=done, sealed=sealed) == kept
    assert stored() == before


def test_only_the_desk_that_got_it_writes_back(at: TwoDesks, done: Handover) -> None:
    before = stored()
    for by in (at.first.user, somebody_at(at.to)):
        with pytest.raises(PermissionDenied):
            write_back(by=by, handover=done, sealed=letter(done))
    with pytest.raises(KnownError):
        write_back(by=at.other.user, handover=done, sealed=replace(letter(done), message=done.tip_id))
    with pytest.raises(ReadersChangedError):
        write_back(by=at.other.user, handover=done, sealed=replace(letter(done), keys={}))
    assert stored() == before
    assert_all_or_nothing(lambda: write_back(by=at.other.user, handover=done, sealed=letter(done)), stored)


def test_a_full_disk_takes_no_letter(at: TwoDesks, done: Handover, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored()
    monkeypatch.setattr("palermo.prosecution.tips.actions.storing.is_full", lambda _viewer: True)
    with pytest.raises(FullError):
        write_back(by=at.other.user, handover=done, sealed=letter(done))
    assert stored() == before


def test_writing_back_opens_a_closed_tip_again(at: TwoDesks, done: Handover) -> None:
    second = a_member(done.tip.desk)
    let_in(at.first, second)
    tip = Tip.objects.get(pk=done.tip_id)
    tip = propose_closing(by=at.first.user, tip=tip, outcome="little", version=tip.version)
    close(by=second.user, tip=tip, version=tip.version)
    write_back(by=at.other.user, handover=done, sealed=letter(done))
    tip.refresh_from_db()
    assert (tip.state, tip.outcome, tip.closed_by) == (State.OPEN, "", None)


def test_what_is_written_back_is_looked_at(at: TwoDesks, done: Handover) -> None:
    Tip.objects.filter(pk=done.tip_id).update(due_on=timezone.localdate() + timedelta(days=300))
    write_back(by=at.other.user, handover=done, sealed=letter(done))
    assert Tip.objects.get(pk=done.tip_id).due_on == timezone.localdate()


def test_what_opens_a_tip_again_takes_its_outcome_back_where_it_came_from(at: TwoDesks, done: Handover) -> None:
    second, third = a_member(at.to), a_member(a_desk())
    let_in(at.other, second)
    further = handed(TwoDesks(at.other, third), done.made)
    made = Tip.objects.get(pk=done.made_id)
    made = propose_closing(by=at.other.user, tip=made, outcome="police", version=made.version)
    close(by=second.user, tip=made, version=made.version)
    done.refresh_from_db()
    assert done.outcome == "police"
    write_back(by=third.user, handover=further, sealed=letter(further))
    done.refresh_from_db()
    assert (done.outcome, done.outcome_on) == ("", None)


def test_an_erased_tip_takes_nothing(at: TwoDesks, done: Handover) -> None:
    second = a_member(done.tip.desk)
    let_in(at.first, second)
    tip = Tip.objects.get(pk=done.tip_id)
    tip = propose_closing(by=at.first.user, tip=tip, outcome="little", version=tip.version)
    tip = close(by=second.user, tip=tip, version=tip.version)
    erase(by=second.user, tip=tip, version=tip.version)
    before = stored()
    with pytest.raises(ClosedError):
        write_back(by=at.other.user, handover=done, sealed=letter(done))
    assert stored() == before


def test_closing_tells_the_first_desk_what_came_of_it(at: TwoDesks, done: Handover) -> None:
    second = a_member(at.to)
    let_in(at.other, second)
    made = propose_closing(by=at.other.user, tip=done.made, outcome="inspection", version=1)
    done.refresh_from_db()
    assert (done.outcome, done.outcome_on) == ("", None)
    made = close(by=second.user, tip=made, version=made.version)
    done.refresh_from_db()
    assert (done.outcome, done.outcome_on) == ("inspection", timezone.localdate())
    made = reopen(by=second.user, tip=made, version=made.version)
    done.refresh_from_db()
    assert (done.outcome, done.outcome_on) == ("", None)


def test_erasing_there_leaves_the_outcome(at: TwoDesks, done: Handover) -> None:
    second = a_member(at.to)
    let_in(at.other, second)
    made = propose_closing(by=at.other.user, tip=done.made, outcome="help", version=1)
    made = close(by=second.user, tip=made, version=made.version)
    erase(by=second.user, tip=made, version=made.version)
    done.refresh_from_db()
    assert done.outcome == "help"
