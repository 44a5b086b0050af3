"""To whom tips were handed on, for members of the desk alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from palermo.people.models import Membership, Organisation, Role
from palermo.prosecution.tips.actions.reporting import write_back
from palermo.prosecution.tips.envelopes.bundle import Told
from palermo.prosecution.tips.envelopes.sealing import Author
from palermo.prosecution.tips.models import Handover, State, Tip
from palermo.prosecution.tips.queries.desk import queue
from palermo.prosecution.tips.queries.handovers import (
    desks_of_writers,
    handed_from,
    handed_messages,
    handovers_of,
    others_to_hand_to,
    writes_back_to,
)
from tests.factories import MembershipFactory
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, let_in, noted, somebody_at
from tests.prosecution.tips.handing import TwoDesks, acknowledged, handed, sealed_to, two_desks
from tests.prosecution.tips.telling import NOBODY

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> TwoDesks:
    return two_desks()


@pytest.fixture
def tip(at: TwoDesks) -> Tip:
    return a_tip(at.first.key.desk)


def test_each_desk_sees_its_side(at: TwoDesks, tip: Tip) -> None:
    done = handed(at, tip)
    assert handovers_of(at.first.user, tip) == [done]
    assert handed_from(at.other.user, done.made) == done
    assert handed_from(at.first.user, tip) is None
    for viewer in (NOBODY, at.other.user, somebody_at(a_desk())):
        assert handovers_of(viewer, tip) == []
        assert handed_messages(viewer, tip) == {}
        assert others_to_hand_to(viewer, tip) == []
    for viewer in (NOBODY, at.first.user):
        assert handed_from(viewer, done.made) is None
        assert writes_back_to(viewer, done) == []


def test_what_a_desk_has_already_is_known_message_by_message(at: TwoDesks, tip: Tip) -> None:
    handed(at, tip)
    note = noted(at.first, tip)
    assert handed_messages(at.first.user, tip) == {str(tip.pk): [at.to.code]}
    assert str(note.pk) not in handed_messages(at.first.user, tip)


def test_the_queue_says_how_far_it_is(at: TwoDesks, tip: Tip) -> None:
    def marks(by: Member) -> list[tuple[bool, ...]]:
        rows: QuerySet[Any] = queue(by.user, by.key.desk)
        return [(one.is_unacknowledged, one.is_handed_on, one.has_come_back) for one in rows]

    assert marks(at.first) == [(False, False, False)]
    done = handed(at, tip)
    assert (marks(at.first), marks(at.other)) == ([(False, True, False)], [(True, False, False)])
    acknowledged(at, done)
    Handover.objects.update(outcome="help", outcome_on=timezone.localdate())
    assert (marks(at.first), marks(at.other)) == ([(False, True, True)], [(False, False, False)])


def test_desks_where_somebody_reads(at: TwoDesks, tip: Tip) -> None:
    a_desk()
    waiting = a_member(at.to)
    [one] = others_to_hand_to(at.first.user, tip)
    assert (one.desk, one.readers) == (at.to, [at.other.key])
    let_in(at.other, waiting)
    [one] = others_to_hand_to(at.first.user, tip)
    assert one.readers == [at.other.key, waiting.key]
    # Everything is sealed to a key until it is retired, and with one of these alone nobody would read it.
    Membership.objects.filter(user=at.other.user).delete()
    [one] = others_to_hand_to(at.first.user, tip)
    assert one.readers == [at.other.key, waiting.key]
    Membership.objects.filter(user=waiting.user).delete()
    assert others_to_hand_to(at.first.user, tip) == []


def test_nobody_writes_back_to_what_is_erased(at: TwoDesks, tip: Tip) -> None:
    done = handed(at, tip)
    assert writes_back_to(at.other.user, done) == [at.first.key]
    done.tip.state = State.ERASED
    assert writes_back_to(at.other.user, done) == []


def test_for_which_desk_somebody_wrote(at: TwoDesks, tip: Tip) -> None:
    def desks(by: Member, of: Tip) -> list[Organisation | None]:
        find = desks_of_writers(by.user, of)
        return [find(one) for one in of.messages.all()]

    noted(at.first, tip)
    done = handed(at, tip, cover="A word.")
    assert desks(at.other, done.made) == [None, tip.desk.organisation]
    write_back(
        by=at.other.user,
        handover=done,
        sealed=sealed_to(tip.desk, Told({"text": "Which van?"}), tip.pk, Author.NOTE),
    )
    assert desks(at.first, tip) == [None, None, at.to.organisation]
    assert desks(at.other, tip) == [None, None, None]
    # They change desks: what they wrote stays what they wrote for the one of then.
    yesterday, today = timezone.localdate() - timedelta(days=1), timezone.localdate()
    Membership.objects.filter(user=at.first.user).update(to_date=today)
    past = {"from_date": yesterday - timedelta(days=300), "to_date": yesterday}
    MembershipFactory.create(user=at.first.user, organisation=at.to.organisation, role=Role.DESK_MEMBER, **past)
    assert desks(at.other, done.made) == [None, tip.desk.organisation]
