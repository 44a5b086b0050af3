"""When a member is reminded, day by day, against what was promised in words."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from palermo.prosecution.tips.reminding import Waiting, is_to_be_told, together

FIRST = date(2026, 11, 1)
LENGTH = 40


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[int, int, bool]]:
    """Tips: the day on which each begins to wait, the one on which it does no more, and whether it is pressing."""
    begins = st.integers(0, LENGTH - 1)
    return [
        (begin, begin + draw(st.integers(1, LENGTH)), draw(st.booleans()))
        for begin in draw(st.lists(begins, max_size=6))
    ]


def at(tips: list[tuple[int, int, bool]], day: int) -> Waiting:
    return together(
        Waiting(due=1, newest=FIRST + timedelta(days=begin), is_pressing=is_pressing)
        for begin, end, is_pressing in tips
        if begin <= day < end
    )


@given(lives())
def test_a_person_is_told_of_all_that_is_new_and_is_not_told_for_nothing(tips: list[tuple[int, int, bool]]) -> None:
    mails: list[int] = []
    for day in range(LENGTH):
        last = FIRST + timedelta(days=mails[-1]) if mails else None
        waiting = [one for one in tips if one[0] <= day < one[1]]
        is_told = is_to_be_told(at(tips, day), last, FIRST + timedelta(days=day))
        untold = [one for one in waiting if not [mail for mail in mails if mail >= one[0]]]
        since = day - mails[-1] if mails else LENGTH
        if not waiting:
            assert not is_told
        elif untold or since >= 7:
            assert is_told
        else:
            assert is_told == any(is_pressing for _begin, _end, is_pressing in waiting)
        mails += [day] if is_told else []
    assert len(mails) == len(set(mails))


def test_nobody_is_told_twice_on_a_day() -> None:
    pressing = Waiting(due=3, newest=FIRST, is_pressing=True)
    assert is_to_be_told(pressing, None, FIRST)
    assert not is_to_be_told(pressing, FIRST, FIRST)
    assert is_to_be_told(pressing, FIRST, FIRST + timedelta(days=1))


def test_several_desks_are_told_as_one() -> None:
    one, other = Waiting(due=2, newest=FIRST), Waiting(erasing=1, newest=FIRST + timedelta(days=1), is_pressing=True)
    assert together([one, other]) == Waiting(2, 1, FIRST + timedelta(days=1), is_pressing=True)
    assert together([]) == Waiting()
