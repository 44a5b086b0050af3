"""How long what is kept, against a second way of counting months, and the same rule in Python and in the database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import make_aware
from hypothesis import given
from hypothesis import strategies as st

from palermo.prosecution.tips.keeping import (
    day_of_erasing,
    due,
    due_day,
    erased_after,
    erased_now,
    erased_soon,
    keeping,
    months_after,
)
from palermo.prosecution.tips.models import Outcome, Slot, State, Tip, Urgency
from tests.prosecution.tips.desks import a_desk, a_tip, closed_by, two_members

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
TODAY = date(2026, 3, 9)
"""The day after the clocks went forward in Toronto."""


def walked(day: date, months: int) -> date:
    """The same by walking day by day: into the month that is meant, and there to the day or the end, which is first."""
    found, turned = day, 0
    while turned < months:
        found += timedelta(days=1)
        turned += found.day == 1
    while found.day < day.day and (found + timedelta(days=1)).day != 1:
        found += timedelta(days=1)
    return found if months else day


@given(DAYS, st.integers(0, 30))
def test_months_are_counted_as_by_walking(day: date, months: int) -> None:
    assert months_after(day, months) == walked(day, months)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 10, 15), 84, date(2033, 10, 15)),
    ],
)
def test_the_ends_of_months(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_there_is_a_rule_for_every_outcome_and_urgency_and_nothing_else() -> None:
    said = keeping()
    assert set(said.rules) == set(Outcome.values)
    assert set(said.look_at_within_days) == {"", *Urgency.values}
    assert 0 < said.least_days_after_warning <= said.warn_days
    for code, rule in said.rules.items():
        assert 3 <= rule.months <= 120, code
        assert rule.why_en.endswith(".")
        assert rule.why_fr.endswith(".")
        assert rule.why_en != rule.why_fr
    assert erased_after("other", date(2026, 11, 30)) == date(2027, 2, 28)


@pytest.mark.django_db
def test_what_is_due_is_the_same_in_python_and_in_the_database() -> None:
    """Every urgency and day, at both ends of the day here, where the clocks change."""
    desk, made = a_desk(), []
    for at in (0, 1, 2, 6, 7, 8, 29, 30, 31):
        for hour in (0, 23):
            came = make_aware(datetime(2026, 3, 9, hour) - timedelta(days=at))
            for urgency in ("", *Urgency.values):
                for due_on in (None, TODAY, TODAY + timedelta(days=1)):
                    tip = Tip(id=uuid4(), desk=desk, channel="server", language="en", hour=came, urgency=urgency)
                    tip.slot, tip.due_on = Slot.objects.create(), due_on
                    made.append(tip)
    Tip.objects.bulk_create(made)
    for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1), date(2027, 1, 1)):
        found = set(Tip.objects.filter(due(day)).values_list("pk", flat=True))
        assert found == {one.pk for one in made if (by := due_day(one)) and by <= day}
        assert found
    assert len(found) == len(made)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("urgency", "days"),
    [("", 1), ("now", 0), ("soon", 7), ("later", 30)],
)
def test_nothing_is_forgotten_that_has_no_day_of_its_own(urgency: str, days: int) -> None:
    tip = a_tip(two_members()[0].key.desk)
    Tip.objects.update(urgency=urgency, hour=make_aware(datetime(2026, 3, 9, 23)))
    tip.refresh_from_db()
    assert due_day(tip) == TODAY + timedelta(days=days)
    assert not Tip.objects.filter(due(TODAY + timedelta(days=days - 1))).exists()
    assert Tip.objects.filter(due(TODAY + timedelta(days=days))).exists()


@pytest.mark.django_db
def test_a_closed_tip_is_not_due_but_goes_its_way() -> None:
    two = two_members()
    tip = closed_by(two, a_tip(two[0].key.desk), "other")
    assert due_day(tip) is None
    assert not Tip.objects.filter(due(date(2100, 1, 1))).exists()
    assert tip.closed_on is not None
    assert tip.erase_on == months_after(tip.closed_on, 3)
    day = tip.erase_on
    assert [Tip.objects.filter(erased_soon(day - timedelta(days=before))).exists() for before in (31, 30, 0, -5)] == [
        False,
        True,
        True,
        True,
    ]
    assert not Tip.objects.filter(erased_now(day)).exists()
    for warned_on, first in ((day - timedelta(days=30), day), (day - timedelta(days=3), day + timedelta(days=11))):
        Tip.objects.update(warned_on=warned_on)
        tip.refresh_from_db()
        assert day_of_erasing(tip, day) == first
        assert Tip.objects.filter(erased_now(first)).exists()
        assert not Tip.objects.filter(erased_now(first - timedelta(days=1))).exists()
    Tip.objects.update(hold="court", held_by=two[0].user)
    tip.refresh_from_db()
    assert day_of_erasing(tip, day) is None
    far = day + timedelta(days=4000)
    assert not Tip.objects.filter(erased_soon(far)).exists()
    assert not Tip.objects.filter(erased_now(far)).exists()
    assert tip.state == State.CLOSED
