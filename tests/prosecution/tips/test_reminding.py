"""When a member is reminded, day by day, against what was promised in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from palermo.prosecution.tips.reminding import Told, Waiting, is_to_be_told, together

FIRST = date(2026, 11, 1)
LENGTH = 40


@dataclass(frozen=True)
class Life:
    """A tip: the hour in which it begins to wait, the day on which it does no more, and whether it is pressing."""

    begin: int
    end: int
    is_pressing: bool


@st.composite
def lives(draw: st.DrawFn) -> list[Life]:
    """Tips that begin in any hour of any day, before or after the mail of that day."""
    begins = st.integers(0, LENGTH * 24 - 1)
    return [
        Life(begin, begin // 24 + draw(st.integers(1, LENGTH)), draw(st.booleans()))
        for begin in draw(st.lists(begins, max_size=6))
    ]


def at(tips: list[Life], hour: int) -> list[Life]:
    """Those that wait in an hour."""
    return [one for one in tips if one.begin <= hour < one.end * 24]


def waiting_of(tips: list[Life]) -> Waiting:
    return together(
        Waiting(due=1, newest=FIRST + timedelta(days=one.begin // 24), new=1, is_pressing=one.is_pressing)
        for one in tips
    )


@given(lives(), st.integers(0, 23))
def test_a_person_is_told_of_all_that_is_new_and_is_not_told_for_nothing(tips: list[Life], hour: int) -> None:
    """Mails go out in the same hour of each day. What is told once is known; what ended is not counted any more."""
    mails: list[int] = []
    last: Told | None = None
    known: set[int] = set()
    for day in range(LENGTH):
        waiting = at(tips, day * 24 + hour)
        is_told = is_to_be_told(waiting_of(waiting), last, FIRST + timedelta(days=day))
        untold = [one for one in waiting if id(one) not in known]
        since = day - mails[-1] if mails else LENGTH
        if not waiting:
            assert not is_told
        elif since >= 7 or any(one.is_pressing for one in waiting):
            assert is_told
        elif not untold:
            assert not is_told
        else:
            # Of one day as many came as had come when the mail was sent, since others ended: that alone is not seen.
            same = [one for one in waiting if one.begin // 24 == mails[-1]] if mails else []
            is_hidden = all(one in same for one in untold) and last is not None and len(same) <= last.new
            assert is_told != is_hidden
        if is_told:
            mails.append(day)
            said = waiting_of(waiting)
            last = Told(FIRST + timedelta(days=day), said.new if said.newest == FIRST + timedelta(days=day) else 0)
            known |= {id(one) for one in waiting}
    assert len(mails) == len(set(mails))


def test_what_comes_after_the_mail_of_a_day_is_told_the_next_day() -> None:
    before = Waiting(due=1, newest=FIRST, new=1)
    after = Waiting(due=2, newest=FIRST, new=2)
    assert not is_to_be_told(before, Told(FIRST, 1), FIRST + timedelta(days=1))
    assert is_to_be_told(after, Told(FIRST, 1), FIRST + timedelta(days=1))
    assert not is_to_be_told(after, Told(FIRST + timedelta(days=1), 0), FIRST + timedelta(days=2))


def test_nobody_is_told_twice_on_a_day() -> None:
    pressing = Waiting(due=3, newest=FIRST, new=3, is_pressing=True)
    assert is_to_be_told(pressing, None, FIRST)
    assert not is_to_be_told(pressing, Told(FIRST), FIRST)
    assert is_to_be_told(pressing, Told(FIRST), FIRST + timedelta(days=1))


def test_several_desks_are_told_as_one() -> None:
    one = Waiting(due=2, newest=FIRST, new=2)
    other = Waiting(erasing=1, newest=FIRST + timedelta(days=1), new=1, is_pressing=True)
    assert together([one, other]) == Waiting(2, 1, FIRST + timedelta(days=1), 1, is_pressing=True)
    assert together([one, one]) == Waiting(4, 0, FIRST, 4)
    assert together([]) == Waiting()
