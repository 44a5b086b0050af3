"""Keys of members: made, locked, and confirmed by another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.people.models import Membership, Role
from palermo.prosecution.tips.actions.confirming import WrapError, confirm_key, rewrap
from palermo.prosecution.tips.actions.keys import (
    KeyExistsError,
    LockError,
    NewLock,
    add_lock,
    make_key,
)
from palermo.prosecution.tips.envelopes.sealing import new_private_key, point_of
from palermo.prosecution.tips.models import ContentKey, Desk, DeskKey, KeyLock
from tests.factories import MembershipFactory, UserFactory, coordinator_of
from tests.prosecution.tips.desks import (
    LOCK,
    Member,
    a_desk,
    a_member,
    a_tip,
    let_in,
    read_by,
    sealed_on,
    somebody_at,
)
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db
PASSKEY = NewLock(KeyLock.Kind.PASSKEY, salt=b"s" * 32, locked=b"l" * 166, credential=b"c" * 64)


@pytest.fixture
def desk() -> Desk:
    return a_desk(is_public=True)


@pytest.fixture
def first(desk: Desk) -> Member:
    return a_member(desk)


@pytest.fixture
def second(desk: Desk, first: Member) -> Member:
    return a_member(desk)


def stored() -> tuple[object, ...]:
    keys = DeskKey.objects.order_by("pk").values_list("pk", "confirmed_at", "retired_at")
    counts = (KeyLock.objects.count(), ContentKey.objects.count(), AuditEvent.objects.count())
    return list(keys), *counts


def last_event() -> tuple[str, object]:
    event = AuditEvent.objects.order_by("-number")[0]
    return event.act, event.details


def a_point() -> bytes:
    return point_of(new_private_key().public_key())


# -- Making ----------------------------------------------------------------------------------------


def test_the_first_key_holds_at_once_and_the_next_one_waits(desk: Desk, first: Member) -> None:
    assert first.key.confirmed_by == first.user
    second = a_member(desk)
    assert second.key.confirmed_at is None
    details = {"desk": desk.code, "lock": "passphrase", "is_first": False}
    assert last_event() == ("tips.key_made", details)


def test_nobody_but_a_member_makes_one(desk: Desk) -> None:
    stranger = MembershipFactory.create(role=Role.DESK_MEMBER).user
    for by in (stranger, UserFactory.create(), coordinator_of(desk.organisation)):
        with pytest.raises(PermissionDenied):
            make_key(by=by, desk=desk, point=a_point(), lock=LOCK)


def test_a_member_has_one_at_a_time_and_nobody_has_anothers(desk: Desk, first: Member) -> None:
    with pytest.raises(KeyExistsError):
        make_key(by=first.user, desk=desk, point=a_point(), lock=LOCK)
    with pytest.raises(KeyExistsError):
        make_key(by=somebody_at(desk), desk=desk, point=bytes(first.key.point), lock=LOCK)


@pytest.mark.parametrize(
    "lock",
    [
        replace(LOCK, rounds=999_999),
        replace(LOCK, rounds=100_000_001),
        replace(LOCK, salt=b"s" * 15),
        replace(LOCK, locked=b"l" * 513),
        replace(LOCK, credential=b"c"),
        replace(PASSKEY, credential=b""),
        replace(PASSKEY, rounds=1_000_000),
    ],
)
def test_what_is_locked_badly_is_refused(desk: Desk, lock: NewLock) -> None:
    with pytest.raises(LockError):
        make_key(by=somebody_at(desk), desk=desk, point=a_point(), lock=lock)
    assert not DeskKey.objects.exists()


def test_making_does_all_or_nothing(desk: Desk) -> None:
    user = somebody_at(desk)
    assert_all_or_nothing(lambda: make_key(by=user, desk=desk, point=a_point(), lock=LOCK), stored)


def test_a_key_can_be_unlocked_in_two_ways(first: Member, second: Member) -> None:
    add_lock(by=first.user, key=first.key, lock=PASSKEY)
    assert list(first.key.locks.values_list("kind", flat=True)) == ["passphrase", "passkey"]
    with pytest.raises(PermissionDenied):
        add_lock(by=second.user, key=first.key, lock=PASSKEY)
    assert_all_or_nothing(lambda: add_lock(by=first.user, key=first.key, lock=PASSKEY), stored)


# -- Confirming ------------------------------------------------------------------------------------


def test_who_is_confirmed_reads_what_came_before_and_after(desk: Desk, first: Member, second: Member) -> None:
    before = a_tip(desk, "Before")
    assert read_by(second, before) == []
    let_in(first, second)
    assert last_event() == ("tips.key_confirmed", {"desk": desk.code, "messages": 1})
    after = a_tip(desk, "After")
    assert (read_by(second, before), read_by(second, after)) == (["Before"], ["After"])
    assert DeskKey.objects.get(pk=second.key.pk).confirmed_by == first.user


def test_it_may_come_in_portions(desk: Desk, first: Member, second: Member) -> None:
    tips = [a_tip(desk, f"Tip {number}") for number in range(3)]
    portion = sealed_on(first, second)
    start = dict(list(portion.items())[:2])
    assert rewrap(by=first.user, key=second.key, wrapped=start) == 2
    assert last_event() == ("tips.access_given", {"desk": desk.code, "messages": 2})
    assert len(sealed_on(first, second)) == 1
    assert rewrap(by=first.user, key=second.key, wrapped=portion) == 1
    confirm_key(by=first.user, key=second.key, wrapped={})
    assert [read_by(second, tip) for tip in tips] == [["Tip 0"], ["Tip 1"], ["Tip 2"]]


def test_nobody_confirms_their_own_key_nor_with_one_that_waits(desk: Desk, first: Member, second: Member) -> None:
    third = a_member(desk)
    stranger = a_member(a_desk())
    for by in (second.user, third.user, stranger.user, coordinator_of(desk.organisation)):
        with pytest.raises(PermissionDenied):
            confirm_key(by=by, key=second.key, wrapped={})
        with pytest.raises(PermissionDenied):
            rewrap(by=by, key=second.key, wrapped={})
    with pytest.raises(PermissionDenied):
        confirm_key(by=first.user, key=first.key, wrapped={})


def test_who_has_left_neither_confirms_nor_is_confirmed(desk: Desk, first: Member, second: Member) -> None:
    left = date.today() - timedelta(days=1)
    for user in (second.user, first.user):
        Membership.objects.filter(user=user).update(to_date=left)
        with pytest.raises(PermissionDenied):
            confirm_key(by=first.user, key=second.key, wrapped={})
        Membership.objects.filter(user=user).update(to_date=None)


def test_only_what_the_confirmer_reads_at_this_desk_is_kept(desk: Desk, first: Member, second: Member) -> None:
    elsewhere = a_desk()
    stranger = a_member(elsewhere)
    other = a_tip(elsewhere)
    own = a_tip(desk)
    key = sealed_on(first, second)[own.pk]
    for wrapped in ({other.pk: key}, {uuid4(): key}, {own.pk: key[:-1]}, {own.pk: key, other.pk: key}):
        with pytest.raises(WrapError):
            confirm_key(by=first.user, key=second.key, wrapped=wrapped)
    assert read_by(stranger, other) == ["They sleep in the cellar."]
    assert not ContentKey.objects.filter(reader=second.key).exists()


def test_confirming_does_all_or_nothing(desk: Desk, first: Member, second: Member) -> None:
    a_tip(desk)
    wrapped = sealed_on(first, second)
    assert_all_or_nothing(lambda: confirm_key(by=first.user, key=second.key, wrapped=wrapped), stored)


def test_what_came_meanwhile_can_be_given_later(desk: Desk, first: Member, second: Member) -> None:
    tip = a_tip(desk, "Meanwhile")
    confirm_key(by=first.user, key=second.key, wrapped={})
    assert read_by(second, tip) == []
    rewrap(by=first.user, key=second.key, wrapped=sealed_on(first, second))
    assert read_by(second, tip) == ["Meanwhile"]
