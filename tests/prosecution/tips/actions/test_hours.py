"""How much came in an hour is told in the trail once the hour is over, and only once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.queries import command_line
from palermo.prosecution.tips.actions import hours
from palermo.prosecution.tips.actions.counting import count
from palermo.prosecution.tips.actions.hours import tell_hours
from palermo.prosecution.tips.models import HourCount
from palermo.prosecution.tips.queries import load
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 30, 10, tzinfo=UTC)


def now_is(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def told() -> list[tuple[object, ...]]:
    events = AuditEvent.objects.filter(act="tips.came").order_by("number")
    return [(one.details["hour"], one.details["what"], one.details["count"]) for one in events]


def test_hours_that_are_over_are_told_and_this_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for at, what in ((0, "told"), (10, "told"), (20, "missed"), (60, "told")):
        now_is(monkeypatch, TEN + timedelta(minutes=at))
        count(what)
    now_is(monkeypatch, TEN + timedelta(minutes=70))
    numbers = {str(one.pk) for one in HourCount.objects.filter(hour=TEN)}
    assert (tell_hours(by=command_line()), tell_hours(by=command_line())) == (2, 0)
    assert told() == [(TEN.isoformat(), "missed", 1), (TEN.isoformat(), "told", 2)]
    assert {one.about_id for one in AuditEvent.objects.filter(act="tips.came")} == numbers
    assert list(HourCount.objects.values_list("hour", "count")) == [(TEN + timedelta(hours=1), 1)]


def test_an_hour_is_left_alone_while_a_request_of_its_last_second_may_count(monkeypatch: pytest.MonkeyPatch) -> None:
    now_is(monkeypatch, TEN + timedelta(minutes=59))
    count("told")
    now_is(monkeypatch, TEN + timedelta(minutes=69, seconds=59))
    assert tell_hours(by=command_line()) == 0
    now_is(monkeypatch, TEN + timedelta(minutes=70))
    assert tell_hours(by=command_line()) == 1


def test_what_is_asked_of_a_sender_goes_by_this_hour_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    now_is(monkeypatch, TEN)
    HourCount.objects.create(hour=TEN - timedelta(hours=1), what=load.TOLD, count=10_000)
    HourCount.objects.create(hour=TEN, what=load.TOLD, count=load.CALM * 3)
    before = load.bits_asked(command_line())
    now_is(monkeypatch, TEN + timedelta(minutes=59))
    tell_hours(by=command_line())
    assert load.bits_asked(command_line()) == before > 0


def test_nothing_is_forgotten_where_the_trail_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    HourCount.objects.create(hour=TEN - timedelta(days=1), what=load.TOLD, count=7)
    now_is(monkeypatch, TEN)

    def fails(**_said: object) -> None:
        raise OSError("no trail")

    with monkeypatch.context() as patch:
        patch.setattr(hours, "record", fails)
        with pytest.raises(OSError, match="no trail"):
            tell_hours(by=command_line())
    assert HourCount.objects.get().count == 7
    assert tell_hours(by=command_line()) == 1


def test_nobody_else_tells_of_it() -> None:
    with pytest.raises(PermissionDenied):
        tell_hours(by=UserFactory.create())
