"""What a desk's members see of what waits, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from palermo.foundation.pagination import page_of
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions.sealing_here import seal_and_answer
from palermo.prosecution.tips.envelopes.bundle import File, Told
from palermo.prosecution.tips.models import Box, Tip
from palermo.prosecution.tips.queries import desk as queries
from palermo.prosecution.tips.queries import keys as key_queries
from tests.factories import UserFactory, coordinator_of
from tests.prosecution.tips.desks import a_desk, a_member, a_tip, noted

pytestmark = pytest.mark.django_db


def test_the_queue_tells_what_can_be_told_without_a_key() -> None:
    desk = a_desk()
    member = a_member(desk)
    old, new = a_tip(desk), a_tip(desk, wants_box=False)
    Tip.objects.filter(pk=old.pk).update(hour=F("hour") - timedelta(hours=1))
    noted(member, old)
    found = queries.queue(member.user, desk)
    rows = [tuple(getattr(one, name) for name in ("pk", "count", "spoken", "last_author", "has_box")) for one in found]
    assert rows == [(new.pk, 1, 1, "reporter", False), (old.pk, 2, 1, "reporter", True)]


def test_nobody_else_sees_anything() -> None:
    desk = a_desk()
    member, stranger = a_member(desk), a_member(a_desk())
    tip = a_tip(desk)
    for viewer in (AnonymousUser(), UserFactory.create(), coordinator_of(desk.organisation), stranger.user):
        assert not queries.queue(viewer, desk).exists()
        assert queries.tip_at(viewer, tip.pk) is None
        assert queries.box_at(viewer, tip) is None
        assert queries.messages_of(viewer, tip, member.key, 0).messages == []
        assert key_queries.keys_at(viewer, desk) == []
        assert key_queries.key_at(viewer, member.key.pk) is None
        assert key_queries.to_rewrap(viewer, member.key, stranger.key) == ([], None)
    assert queries.messages_of(stranger.user, tip, stranger.key, 0).messages == []
    assert queries.tip_at(member.user, tip.pk) == tip


def test_the_queue_costs_the_same_however_long_it_is() -> None:
    desk = a_desk()
    member = a_member(desk)
    costs = []
    for count in (5, 45):
        for _each in range(count):
            a_tip(desk)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = page_of(queries.queue(member.user, desk), 1)
        costs.append((len(page.items), len(asked)))
    assert [one for one, _cost in costs] == [5, 50]
    assert len({cost for _one, cost in costs}) == 1


def test_much_comes_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk()
    member = a_member(desk)
    tip = a_tip(desk)
    for _each in range(3):
        seal_and_answer(box=Box.objects.get(tip=tip), told=Told({"answer": "More"}, [File("a", "", b"x" * 50_000)]))
    monkeypatch.setattr(queries, "MOST_BYTES", 120_000)
    seen, after = [], 0
    for _each in range(9):
        portion = queries.messages_of(member.user, tip, member.key, after)
        seen.append([one.number for one, _sealed in portion.messages])
        after = seen[-1][-1]
        if portion.is_last:
            break
    assert seen == [[1, 2, 3], [4]]


def test_what_is_not_sealed_to_the_viewer_is_there_without_its_key() -> None:
    desk = a_desk()
    member = a_member(desk)
    tip = a_tip(desk)
    other = a_member(desk)
    [(message, sealed)] = queries.messages_of(other.user, tip, other.key, 0).messages
    assert (message.number, sealed) == (1, None)
    assert key_queries.lacks(member.key)(other.key) == key_queries.lacking(member.key, other.key).count() == 1
    assert key_queries.lacks(member.key)(member.key) == 0
    assert key_queries.only_with(member.key) == 1


def test_what_was_spoilt_keeps_no_member_from_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A restored backup has tips whose keys were destroyed since, and anybody can send what opens for nobody."""
    monkeypatch.setattr(key_queries, "PORTION", 2)
    desk = a_desk()
    first, second = a_member(desk), a_member(desk)
    told = [a_tip(desk) for _ in range(5)]
    for tip in told[:2]:
        assert tip.slot_id is not None
        slots.destroy(tip.slot_id)
    found, portions = set(), 0
    after: int | None = 0
    while after is not None:
        portion, after = key_queries.to_rewrap(first.user, first.key, second.key, after)
        found |= {one.bound.tip for one in portion}
        portions += 1
    assert found == {tip.pk for tip in told[2:]}
    assert portions == 3
