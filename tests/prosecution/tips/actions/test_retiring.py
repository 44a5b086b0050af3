"""Keys are retired: one's own alone, another member's by two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from palermo.audit.models import AuditEvent
from palermo.people.models import Membership
from palermo.prosecution.tips.actions.confirming import confirm_key
from palermo.prosecution.tips.actions.keys import NewLock, RetiredError, add_lock
from palermo.prosecution.tips.actions.retiring import LastKeyError, OnlyReaderError, keep_key, retire_key
from palermo.prosecution.tips.models import ContentKey, Desk, DeskKey, KeyLock
from tests.factories import coordinator_of
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, let_in, noted, read_by, somebody_at
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


@pytest.fixture
def third(desk: Desk, first: Member, second: Member) -> Member:
    let_in(first, second)
    made = a_member(desk)
    let_in(first, made)
    return made


def stored() -> tuple[object, ...]:
    keys = DeskKey.objects.order_by("pk").values_list("pk", "retired_at", "retiring_by")
    return list(keys), ContentKey.objects.count(), AuditEvent.objects.count()


def last_event() -> tuple[str, object]:
    event = AuditEvent.objects.order_by("-number")[0]
    return event.act, event.details


def test_a_retired_key_opens_nothing_any_more(desk: Desk, first: Member, second: Member) -> None:
    tip = a_tip(desk)
    let_in(first, second)
    retire_key(by=second.user, key=second.key)
    assert last_event() == ("tips.key_retired", {"desk": desk.code, "messages": 1})
    assert read_by(second, tip) == []
    assert not ContentKey.objects.filter(reader=second.key).exists()
    noted(first, tip)
    for again in (
        lambda: retire_key(by=second.user, key=second.key),
        lambda: confirm_key(by=first.user, key=second.key, wrapped={}),
        lambda: add_lock(by=second.user, key=second.key, lock=PASSKEY),
    ):
        with pytest.raises(RetiredError):
            again()


def test_who_lost_their_passphrase_begins_anew_and_another_one_lets_them_in(
    desk: Desk, first: Member, second: Member
) -> None:
    tip = a_tip(desk, "Before")
    let_in(first, second)
    retire_key(by=second.user, key=first.key)
    anew = a_member(desk, first.user)
    assert read_by(anew, tip) == []
    let_in(second, anew)
    assert read_by(anew, tip) == ["Before"]


def test_the_last_key_stays_while_there_are_tips(desk: Desk, first: Member, second: Member) -> None:
    a_tip(desk)
    with pytest.raises(LastKeyError):
        retire_key(by=first.user, key=first.key)
    let_in(first, second)
    Membership.objects.filter(user=second.user).update(to_date=date.today() - timedelta(days=1))
    with pytest.raises(LastKeyError):
        retire_key(by=first.user, key=first.key)


def test_the_last_key_goes_where_there_are_none(desk: Desk, first: Member) -> None:
    retire_key(by=first.user, key=first.key)
    assert a_member(desk, first.user).key.confirmed_at is not None


def test_messages_that_would_be_lost_are_counted_first(desk: Desk, first: Member, second: Member) -> None:
    a_tip(desk)
    confirm_key(by=first.user, key=second.key, wrapped={})
    with pytest.raises(OnlyReaderError) as refused:
        retire_key(by=first.user, key=first.key)
    assert refused.value.count == 1
    retire_key(by=first.user, key=first.key, even_if_lost=True)


def test_who_retires_the_key_of_another(desk: Desk, first: Member, second: Member) -> None:
    let_in(first, second)
    waiting, stranger = a_member(desk), a_member(a_desk())
    for by in (waiting.user, stranger.user, coordinator_of(desk.organisation), somebody_at(desk)):
        with pytest.raises(PermissionDenied):
            retire_key(by=by, key=second.key)
    retire_key(by=waiting.user, key=waiting.key)
    retire_key(by=first.user, key=second.key)


def test_retiring_does_all_or_nothing(desk: Desk, first: Member, second: Member) -> None:
    a_tip(desk)
    let_in(first, second)
    assert_all_or_nothing(lambda: retire_key(by=first.user, key=second.key), stored)


# -- By two ----------------------------------------------------------------------------------------


def test_the_key_of_a_member_is_retired_by_two(desk: Desk, first: Member, second: Member, third: Member) -> None:
    tip = a_tip(desk)
    for _again in range(2):
        assert retire_key(by=first.user, key=second.key) is False
        assert last_event() == ("tips.retiring_proposed", {"desk": desk.code})
    assert read_by(second, tip) == ["They sleep in the cellar."]
    assert retire_key(by=third.user, key=second.key) is True
    assert last_event() == ("tips.key_retired", {"desk": desk.code, "messages": 1})
    assert read_by(second, tip) == []


def test_a_proposal_is_taken_back_but_not_by_its_owner(
    desk: Desk, first: Member, second: Member, third: Member
) -> None:
    retire_key(by=first.user, key=second.key)
    for by in (second.user, somebody_at(desk), coordinator_of(desk.organisation)):
        with pytest.raises(PermissionDenied):
            keep_key(by=by, key=second.key)
    keep_key(by=third.user, key=second.key)
    assert last_event() == ("tips.retiring_withdrawn", {"desk": desk.code})
    before = stored()
    keep_key(by=third.user, key=second.key)
    assert stored() == before
    assert retire_key(by=third.user, key=second.key) is False


def test_one_is_enough_for_ones_own_for_who_left_and_for_what_waits(
    desk: Desk, first: Member, second: Member, third: Member
) -> None:
    waiting = a_member(desk)
    assert retire_key(by=first.user, key=waiting.key) is True
    Membership.objects.filter(user=third.user).update(to_date=date.today() - timedelta(days=1))
    assert retire_key(by=first.user, key=third.key) is True
    assert retire_key(by=second.user, key=second.key) is True


def test_the_word_of_whoever_left_counts_no_more(first: Member, second: Member, third: Member) -> None:
    retire_key(by=first.user, key=second.key)
    Membership.objects.filter(user=first.user).update(to_date=date.today() - timedelta(days=1))
    fourth = a_member(second.key.desk)
    let_in(third, fourth)
    assert retire_key(by=third.user, key=second.key) is False
    assert retire_key(by=fourth.user, key=second.key) is True


def test_nobody_proposes_to_retire_their_own_key(first: Member) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskKey.objects.filter(pk=first.key.pk).update(retiring_by=first.user)


def test_proposing_and_taking_back_do_all_or_nothing(first: Member, second: Member, third: Member) -> None:
    assert_all_or_nothing(lambda: retire_key(by=first.user, key=second.key), stored)
    assert_all_or_nothing(lambda: keep_key(by=third.user, key=second.key), stored)
