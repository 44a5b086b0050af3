"""What the desk writes: questions and notes, sealed before they come."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.prosecution.tips.actions.confirming import confirm_key
from palermo.prosecution.tips.actions.reading_it import open_tip
from palermo.prosecution.tips.actions.storing import KnownError
from palermo.prosecution.tips.actions.writing import (
    ChangedError,
    ClosedError,
    NoBoxError,
    ReadersChangedError,
    write,
)
from palermo.prosecution.tips.envelopes.sealing import Author
from palermo.prosecution.tips.models import ContentKey, Desk, Message, State, Tip
from tests.prosecution.tips.desks import (
    Member,
    a_desk,
    a_member,
    a_tip,
    let_in,
    noted,
    read_by,
    sealed_by_desk,
    somebody_at,
)
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return a_desk(is_public=True)


@pytest.fixture
def member(desk: Desk) -> Member:
    return a_member(desk)


@pytest.fixture
def tip(desk: Desk, member: Member) -> Tip:
    return a_tip(desk)


def stored() -> tuple[object, ...]:
    tips = list(Tip.objects.values_list("state", "version"))
    return tips, Message.objects.count(), ContentKey.objects.count(), AuditEvent.objects.count()


def last_event() -> tuple[str, str, object]:
    event = AuditEvent.objects.order_by("-number")[0]
    return event.act, event.about_id, event.details


def test_a_question_goes_to_the_box_and_to_every_member(desk: Desk, member: Member, tip: Tip) -> None:
    other = a_member(desk)
    let_in(member, other)
    sealed, box_key = sealed_by_desk(tip, Author.DESK, "Which street?", [member.key, other.key])
    made = write(by=member.user, tip=tip, author=Author.DESK, sealed=sealed, version=1, box_key=box_key)
    assert (made.number, made.by, made.author) == (2, member.user, "desk")
    assert ContentKey.objects.filter(message=made, reader=None).count() == 1
    assert read_by(other, tip)[1:] == ["Which street?"]
    tip.refresh_from_db()
    assert (tip.state, tip.version) == (State.OPEN, 2)
    assert last_event() == ("tips.asked", str(tip.pk), {"desk": desk.code})


def test_a_note_goes_to_members_alone(member: Member, tip: Tip) -> None:
    made = noted(member, tip, "Called the town hall.")
    assert not ContentKey.objects.filter(message=made, reader=None).exists()
    assert read_by(member, tip)[1:] == ["Called the town hall."]
    assert last_event()[0] == "tips.noted"


def test_nobody_is_asked_without_a_box(desk: Desk, member: Member) -> None:
    told = a_tip(desk, wants_box=False)
    sealed, _none = sealed_by_desk(told, Author.NOTE, "Which street?", [member.key])
    for box_key in (None, b"k" * 113):
        with pytest.raises(NoBoxError):
            write(by=member.user, tip=told, author=Author.DESK, sealed=sealed, version=1, box_key=box_key)


def test_nobody_writes_without_a_confirmed_key_of_this_desk(desk: Desk, member: Member, tip: Tip) -> None:
    waiting, stranger = a_member(desk), a_member(a_desk())
    sealed, _none = sealed_by_desk(tip, Author.NOTE, "Mine", [member.key])
    for by in (waiting.user, stranger.user, somebody_at(desk)):
        with pytest.raises(PermissionDenied):
            write(by=by, tip=tip, author=Author.NOTE, sealed=sealed, version=1)
        with pytest.raises(PermissionDenied):
            open_tip(by=by, tip=tip)
    with pytest.raises(PermissionDenied):
        write(by=member.user, tip=tip, author=Author.REPORTER, sealed=sealed, version=1)


def test_who_comes_second_is_told_and_loses_nothing(member: Member, tip: Tip) -> None:
    noted(member, tip)
    sealed, _none = sealed_by_desk(tip, Author.NOTE, "Also", [member.key])
    with pytest.raises(ChangedError):
        write(by=member.user, tip=tip, author=Author.NOTE, sealed=sealed, version=1)
    write(by=member.user, tip=tip, author=Author.NOTE, sealed=sealed, version=2)
    assert read_by(member, tip)[-1] == "Also"


def test_the_same_message_again_changes_nothing(desk: Desk, member: Member, tip: Tip) -> None:
    sealed, _none = sealed_by_desk(tip, Author.NOTE, "Once", [member.key])
    made = write(by=member.user, tip=tip, author=Author.NOTE, sealed=sealed, version=1)
    before = stored()
    assert write(by=member.user, tip=tip, author=Author.NOTE, sealed=sealed, version=1) == made
    assert stored() == before
    for other in (replace(sealed, bundle=sealed.bundle + b"x"), replace(sealed, message=tip.pk)):
        with pytest.raises(KnownError):
            write(by=member.user, tip=tip, author=Author.NOTE, sealed=other, version=2)


def test_it_is_sealed_to_all_who_read_today(desk: Desk, member: Member, tip: Tip) -> None:
    sealed, _none = sealed_by_desk(tip, Author.NOTE, "For me alone", [member.key])
    other = a_member(desk)
    write(by=member.user, tip=tip, author=Author.NOTE, sealed=sealed, version=1)
    confirm_key(by=member.user, key=other.key, wrapped={})
    for keys in (sealed.keys, {**sealed.keys, other.key.pk: b"short"}):
        with pytest.raises(ReadersChangedError):
            write(
                by=member.user,
                tip=tip,
                author=Author.NOTE,
                sealed=replace(sealed, message=uuid4(), keys=keys),
                version=2,
            )


def test_what_is_for_strangers_is_left_out(member: Member, tip: Tip) -> None:
    stranger = a_member(a_desk())
    sealed, _none = sealed_by_desk(tip, Author.NOTE, "Ours", [member.key, stranger.key])
    made = write(by=member.user, tip=tip, author=Author.NOTE, sealed=sealed, version=1)
    assert [one.reader for one in made.keys.all()] == [member.key]


def test_nothing_is_written_to_what_is_closed_or_erased(member: Member, tip: Tip) -> None:
    sealed, _none = sealed_by_desk(tip, Author.NOTE, "Late", [member.key])
    two = {"outcome": "help", "closing_by": member.user, "closed_by": somebody_at(tip.desk)}
    for fields in ({"state": State.CLOSED}, {"state": State.ERASED, "slot": None}):
        Tip.objects.filter(pk=tip.pk).update(**fields, **two)
        with pytest.raises(ClosedError):
            write(by=member.user, tip=tip, author=Author.NOTE, sealed=sealed, version=1)


def test_writing_does_all_or_nothing(member: Member, tip: Tip) -> None:
    sealed, box_key = sealed_by_desk(tip, Author.DESK, "Which street?", [member.key])
    assert_all_or_nothing(
        lambda: write(by=member.user, tip=tip, author=Author.DESK, sealed=sealed, version=1, box_key=box_key), stored
    )


def test_reading_leaves_a_trace(desk: Desk, member: Member, tip: Tip) -> None:
    open_tip(by=member.user, tip=tip)
    assert last_event() == ("tips.read", str(tip.pk), {"desk": desk.code})
