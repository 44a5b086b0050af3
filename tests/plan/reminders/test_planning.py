"""Planning against a naive simulation, day by day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.plan.reminders.planning import Due, Gathered, Owed, Person, Rows, Task, planned, planned_ahead

START = date(2027, 3, 1)  # a Monday
DAYS = 60

distances = st.lists(st.integers(-20, 25), max_size=5, unique=True)
runs = st.sets(st.integers(0, DAYS - 1))


def made(each: list[int], *, weekly: bool, last: date | None, told: dict[tuple[int, int, date], int]) -> Rows:
    """One person who writes two returns, due on the twentieth day."""
    cycle = Gathered(1, START + timedelta(20), tuple(each), owner=9)
    returns = tuple(Owed(n, 1, 5, None, Task.WRITE, START + timedelta(n - 1)) for n in (1, 8))
    return Rows({1: cycle}, returns, {7: Person(7, weekly, last)}, {(5, Task.WRITE): (7,)}, told)


def naive(each: list[int], days: set[int], *, weekly: bool) -> list[tuple[int, int, int]]:
    """Walk through every day, keep a pile of what fell due, and empty it when a mail goes out."""
    pile: dict[int, int] = {}
    out = []
    pending: dict[int, int] = {}
    last_week = -1
    warned: dict[int, int] = {}
    for day in range(DAYS):
        if weekly:
            _monday(each, day, warned, pending)
        for number, since in () if weekly else ((1, 0), (8, 7)):
            reached = [d for d in each if 20 + d <= day]
            if day >= since and reached and (day == since or day - 20 in each):
                pile[number] = max(reached)
        pending |= pile
        pile.clear()
        if day in days and pending and not (weekly and last_week == day // 7):
            out += [(day, number, pending[number]) for number in sorted(pending)]
            pending.clear()
            last_week = day // 7
    return out


def _monday(each: list[int], day: int, warned: dict[int, int], pending: dict[int, int]) -> None:
    """A week's digest tells on its Monday what is late, and warns of what falls due until its Sunday."""
    if day % 7:
        return
    for number, since in ((1, 0), (8, 7)):
        late, soon = ([d for d in each if d > 0 and 20 + d <= day], [d for d in each if d <= 0 and 20 + d <= day + 6])
        newest = max(late or soon, default=None)
        if day >= since and newest is not None and newest > warned.get(number, -99):
            warned[number] = pending[number] = newest


@settings(max_examples=300, deadline=None)
@given(distances, runs, st.booleans())
def test_the_same_as_walking_through_every_day(each: list[int], days: set[int], weekly: bool) -> None:
    told: dict[tuple[int, int, date], int] = {}
    last, out = None, []
    for at in sorted(days):
        day = START + timedelta(at)
        dues = planned(made(each, weekly=weekly, last=last, told=told), day).get(7, [])
        out += [(at, due.number, due.distance) for due in dues]
        told |= {(7, due.number, due.due_on): due.distance for due in dues}
        last = day if dues else last
    early = [d for d in each if 20 + d < 0]
    expected = naive(each, days, weekly=weekly)
    assert out == expected, early
    assert max(Counter((number, d) for _day, number, d in out).values(), default=1) == 1


def test_a_preview_shows_what_falls_due_on_that_day_only() -> None:
    rows = made([-3, 7], weekly=False, last=None, told={})
    before, day = START + timedelta(10), START + timedelta(17)
    assert [due.number for due in planned_ahead(rows, before, day)[7]] == [1, 8]
    assert planned_ahead(rows, before, day + timedelta(1)) == {}
    assert planned_ahead(rows, day, START + timedelta(27))[7][0].distance == 7


def test_coordinators_hear_only_once_it_is_late() -> None:
    cycle = Gathered(1, START, (-3, 2), owner=9)
    owed = Owed(1, 1, 5, None, Task.ACCEPT, START - timedelta(9))
    rows = Rows({1: cycle}, (owed,), {7: Person(7, False, None)}, {(9, Task.ACCEPT): (7,)})
    assert planned(rows, START) == {}
    assert planned(rows, START + timedelta(2)) == {7: [Due(1, 1, START, 2, Task.ACCEPT)]}


def test_a_holder_who_left_hands_it_back_to_everybody() -> None:
    cycle = Gathered(1, START, (0,), owner=9)
    owed = Owed(1, 1, 5, 3, Task.WRITE, START)
    people = {n: Person(n, False, None) for n in (7, 8)}
    rows = Rows({1: cycle}, (owed,), people, {(5, Task.WRITE): (7, 8)})
    assert set(planned(rows, START)) == {7, 8}
