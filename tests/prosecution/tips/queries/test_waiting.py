"""What waits at a desk, for its members and for nobody else, at the same cost however much it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from palermo.people.queries import command_line
from palermo.prosecution.tips.models import Tip
from palermo.prosecution.tips.queries import waiting
from palermo.prosecution.tips.queries.desk import queue
from tests.factories import UserFactory, coordinator_of
from tests.prosecution.tips.desks import Member, a_desk, a_tip, closed_by, erased_by, somebody_at, two_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Member, Member]:
    """Two members of a desk."""
    return two_members()


def test_what_is_due_is_for_members_of_the_desk(two: tuple[Member, Member]) -> None:
    desk, day = two[0].key.desk, localdate() + timedelta(days=1)
    other = two_members()
    tip, _elsewhere = a_tip(desk), a_tip(other[0].key.desk)
    assert list(waiting.due(two[0].user, desk, day)) == [tip]
    assert waiting.counts(two[0].user, desk, day) == waiting.Counts(1, 0)
    for viewer in (AnonymousUser(), UserFactory.create(), coordinator_of(desk.organisation), other[0].user):
        assert not waiting.due(viewer, desk, day).exists()
        assert waiting.counts(viewer, desk, day) == waiting.Counts(0, 0)
        assert waiting.to_tell(viewer, day) == []


def test_the_list_is_narrowed(two: tuple[Member, Member]) -> None:
    desk, today = two[0].key.desk, localdate()
    new, due, closed, near = (a_tip(desk) for _ in range(4))
    Tip.objects.filter(pk=due.pk).update(due_on=today)
    closed_by(two, closed)
    closed_by(two, near)
    Tip.objects.filter(pk=near.pk).update(erase_on=today + timedelta(days=30))
    erased = erased_by(two, a_tip(desk))
    expected = {
        "": {new, due, closed, near, erased},
        "due": {due},
        "open": {new, due},
        "closed": {closed, near, erased},
        "erasing": {near},
    }
    assert {"", *waiting.SHOWN} == set(expected)
    for show, tips in expected.items():
        found = queue(two[0].user, desk).filter(waiting.narrowed(show, today))
        assert set(found) == tips, show
    assert waiting.counts(two[0].user, desk, today) == waiting.Counts(due=1, erasing=1)


def test_it_costs_the_same_however_much_waits(two: tuple[Member, Member]) -> None:
    costs = []
    for more in (1, 12):
        for _ in range(more):
            desk = a_desk()
            closed_by(two_members(desk), a_tip(desk), "other")
            a_tip(desk)
            somebody_at(desk)
        Tip.objects.filter(state="closed").update(erase_on=date(2027, 1, 1))
        with CaptureQueriesContext(connection) as asked:
            told = waiting.to_tell(command_line(), date(2027, 1, 1))
        costs.append((len(told), len(asked)))
        with CaptureQueriesContext(connection) as asked:
            waiting.counts(two[0].user, two[0].key.desk, date(2027, 1, 1))
        assert len(asked) == 2
    assert [count for count, _cost in costs] == [3, 39]
    assert len({cost for _count, cost in costs}) == 1
