"""To whom tips were handed on, for members of the desk alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from palermo.people.models import Membership
from palermo.prosecution.tips.actions.reporting import acknowledge, write_back
from palermo.prosecution.tips.envelopes.bundle import Told
from palermo.prosecution.tips.envelopes.sealing import Author
from palermo.prosecution.tips.models import Handover, State, Tip
from palermo.prosecution.tips.queries.desk import queue
from palermo.prosecution.tips.queries.handovers import (
    handed_from,
    handed_messages,
    handovers_of,
    others_to_hand_to,
    others_who_wrote,
    writes_back_to,
)
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, let_in, noted, somebody_at
from tests.prosecution.tips.handing import TwoDesks, handed, sealed_to, two_desks
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
    acknowledge(by=at.other.user, handover=done)
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


def test_who_wrote_without_being_of_the_desk(at: TwoDesks, tip: Tip) -> None:
    noted(at.first, tip)
    done = handed(at, tip, cover="A word.")
    assert others_who_wrote(at.other.user, done.made) == {at.first.user.pk: tip.desk.organisation}
    assert others_who_wrote(at.first.user, tip) == {}
    write_back(
        by=at.other.user,
        handover=done,
        sealed=sealed_to(tip.desk, Told({"text": "Which van?"}), tip.pk, Author.NOTE),
    )
    assert others_who_wrote(at.first.user, tip) == {at.other.user.pk: at.to.organisation}
    assert others_who_wrote(at.other.user, tip) == {}
    # Whoever left the desk still wrote as one of it.
    Membership.objects.filter(user=at.first.user).update(to_date=timezone.localdate())
    assert at.first.user.pk not in others_who_wrote(at.first.user, tip)
