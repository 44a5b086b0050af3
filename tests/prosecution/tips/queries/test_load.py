"""What is asked of whoever sends in an hour, and whether it was done."""

from __future__ import annotations

from uuid import UUID

import pytest

from palermo.prosecution.tips.envelopes.work import is_done
from palermo.prosecution.tips.queries import load

ABOUT, BITS = UUID(int=7), 4


def done(hour: int, *, is_right: bool = True) -> int:
    """A number that is the answer for an hour, or is not."""
    return next(one for one in range(10_000) if is_done(ABOUT, hour, BITS, one) == is_right)


@pytest.mark.parametrize(("ago", "counts"), [(-1, False), (0, True), (1, True), (2, False), (400_000, False)])
def test_work_counts_in_its_hour_and_the_next(ago: int, counts: bool) -> None:
    hour = load.number_of(load.this_hour()) - ago
    assert load.is_worked(ABOUT, hour, BITS, done(hour)) == counts
    assert load.is_worked(ABOUT, hour, 0, 0) == counts
    assert not load.is_worked(ABOUT, hour, BITS, done(hour, is_right=False))


def test_work_for_something_else_does_not_count() -> None:
    hour = load.number_of(load.this_hour())
    answer = done(hour)
    other = next(one for one in map(UUID, map("{:032x}".format, range(99))) if not is_done(one, hour, BITS, answer))
    assert not load.is_worked(other, hour, BITS, answer)
