"""A call is entered by a member: kept once, with its act in the trail, and no load of the public's."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.prosecution.tips.actions.arriving import NewBox, NobodyReadsError, arrive
from palermo.prosecution.tips.actions.calling import enter_call
from palermo.prosecution.tips.actions.storing import Arriving, KnownError
from palermo.prosecution.tips.envelopes.bundle import Told, packed
from palermo.prosecution.tips.envelopes.sealing import Author, Bound, new_private_key, point_of, seal
from palermo.prosecution.tips.models import Box, Channel, Desk, HourCount, Message, Tip
from palermo.prosecution.tips.queries.desks import readers
from tests.prosecution.tips.desks import Member, a_desk, a_member, let_in, read_by, somebody_at
from tests.prosecution.tips.telling import NOBODY

pytestmark = pytest.mark.django_db
HEARD = "They are moved every Friday."


@pytest.fixture
def member() -> Member:
    return a_member(a_desk())


def heard(desk: Desk, text: str = HEARD) -> Arriving:
    """A call, sealed to all who read at a desk."""
    message, members = uuid4(), list(readers(NOBODY, desk))
    points = [bytes(one.point) for one in members]
    made = seal(packed(Told({"what": text})), Bound(message, message, Author.REPORTER), points)
    return Arriving(message, made.bundle, {one.pk: key for one, key in zip(members, made.keys, strict=True)})


def a_box() -> NewBox:
    point = point_of(new_private_key().public_key())
    return NewBox(sha256(b"often reopen").hexdigest(), point, b"l" * 166)


def acts() -> list[tuple[str, object]]:
    return list(AuditEvent.objects.filter(act="tips.call_entered").values_list("about_id", "by_id"))


def test_every_member_reads_what_one_heard(member: Member) -> None:
    desk = member.key.desk
    other = a_member(desk)
    let_in(member, other)
    tip = enter_call(by=member.user, desk=desk, language="fr", told=heard(desk), box=a_box())
    assert (tip.channel, tip.language, tip.desk) == (Channel.TELEPHONE, "fr", desk)
    assert [read_by(one, tip) for one in (member, other)] == [[HEARD], [HEARD]]
    assert Box.objects.get().tip == tip
    assert acts() == [(str(tip.pk), member.user.pk)]


def test_the_same_call_again_is_kept_once_and_told_once(member: Member) -> None:
    told = heard(member.key.desk)
    first, second = (
        enter_call(by=member.user, desk=member.key.desk, language="en", told=told, box=a_box()) for _ in range(2)
    )
    assert first == second
    assert Tip.objects.count() == Message.objects.count() == len(acts()) == 1


def test_calls_are_no_load_of_the_public(member: Member) -> None:
    enter_call(by=member.user, desk=member.key.desk, language="en", told=heard(member.key.desk))
    assert not HourCount.objects.exists()


def test_only_members_with_a_confirmed_key_at_this_desk_enter_calls(member: Member) -> None:
    desk = member.key.desk
    waiting, elsewhere = a_member(desk), a_member(a_desk())
    for user in (somebody_at(desk), waiting.user, elsewhere.user):
        with pytest.raises(PermissionDenied):
            enter_call(by=user, desk=desk, language="en", told=heard(desk))
    assert not Tip.objects.exists()
    assert acts() == []


def test_who_was_confirmed_meanwhile_has_to_read_it_too(member: Member) -> None:
    desk = member.key.desk
    told = heard(desk)
    let_in(member, a_member(desk))
    with pytest.raises(NobodyReadsError):
        enter_call(by=member.user, desk=desk, language="en", told=told)
    assert not Tip.objects.exists()


def test_what_came_otherwise_is_no_call(member: Member) -> None:
    """Nobody gets a tip of another desk, or puts their name to what the public told, by sending it again."""
    desk, told = member.key.desk, heard(member.key.desk)
    arrive(desk=desk, channel=Channel.BROWSER, language="en", told=told)
    other = a_member(a_desk())
    called = heard(other.key.desk)
    enter_call(by=other.user, desk=other.key.desk, language="en", told=called)
    for known in (told, called, Arriving(told.message, b"other", told.keys)):
        with pytest.raises(KnownError):
            enter_call(by=member.user, desk=desk, language="en", told=known)
    assert len(acts()) == 1


def test_without_its_act_in_the_trail_nothing_is_kept(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_said: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("palermo.prosecution.tips.actions.calling.record", broken)
    with pytest.raises(RuntimeError):
        enter_call(by=member.user, desk=member.key.desk, language="en", told=heard(member.key.desk), box=a_box())
    assert not Tip.objects.exists()
    assert not Box.objects.exists()
