"""Which of what a search came upon is shown at first."""

from __future__ import annotations

from uuid import UUID

from palermo.protection.directory.queries.nearest import SHOWN
from palermo.protection.directory.queries.shown import FIRST, CameUpon, Cut, Known


def upon(
    away: dict[int, int], lines: tuple[int, ...] = (), offices: tuple[int, ...] = (), same: dict[int, int] | None = None
) -> CameUpon:
    """What a search came upon: entries with an odd key were confirmed; `same` names entries of one service.

    Those from 100 on, and from 200 on, serve the place less well.
    """
    keys = [*away, *lines, *offices]
    services = {key: UUID(int=(same or {}).get(key, key)) for key in keys}
    known = {key: Known(services[key], is_uncertain=key % 2 == 0, rank=key // 100) for key in keys}
    return CameUpon(away, lines, offices, known)


def test_what_is_near_and_what_is_far_is_shown_in_the_order_given() -> None:
    found = upon({2: 1, 4: 2, 6: 3, 8: 24, 11: 26, 10: 249, 13: 251})
    assert found.in_order(found.cut(FIRST)) == ([2, 4, 6, 8, 11], [], [])
    assert found.in_order(found.cut(None)) == ([2, 4, 6, 8, 11, 10], [], [13])


def test_what_serves_this_place_is_shown_whoever_was_confirmed() -> None:
    found = upon({}, lines=(2, 11, 13, 15, 17, 19))
    assert found.in_order(found.cut(FIRST))[1] == [11, 13, 15, 17, 2]
    assert found.in_order(found.cut(None))[1] == [11, 13, 15, 17, 2, 19]


def test_a_row_of_numbers_that_may_be_dead_hides_none_that_answers() -> None:
    """Also where they serve the place better, and however many they are."""
    found = upon({}, lines=(201, *range(2, 60, 2)))
    assert found.in_order(found.cut(FIRST))[1] == [201, 2, 4, 6, 8]
    assert found.in_order(found.cut(None))[1] == [201, *range(2, 20, 2)]


def test_what_serves_this_place_is_shown_whoever_was_confirmed_elsewhere() -> None:
    """There is room for some of it; what serves the place no better and is uncertain takes no room."""
    elsewhere = tuple(range(201, 241, 2))
    found = upon({}, lines=(*elsewhere, 2, 4, 6, 202))
    assert found.in_order(found.cut(FIRST))[1] == [201, 203, 205, 2, 4]
    assert found.in_order(found.cut(None))[1][FIRST:] == [207, 209, 211, 213, 6]
    assert found.in_order(upon({}, lines=(*elsewhere, 202)).cut(None))[1] == list(elsewhere[:SHOWN])


def test_a_row_of_numbers_that_may_be_dead_hides_no_office_that_answers() -> None:
    found = upon({}, lines=tuple(range(2, 30, 2)), offices=(31,))
    assert found.in_order(found.cut(FIRST))[1] == [31, 2, 4, 6, 8]


def test_an_office_that_does_not_fit_among_the_calls_is_shown_for_its_place() -> None:
    found = upon({1: 10, 20: 260, 30: 1_000}, lines=(3, 5, 7, 9, 11), offices=(20,))
    assert found.cut(FIRST) == Cut([1, 20, 30], [3, 5, 7, 9, 11])
    assert found.in_order(found.cut(FIRST))[2] == [20, 30]
    assert found.cut(None) == Cut([1, 30], [3, 5, 7, 9, 11, 20])
    assert len(found.cut(FIRST)) == len(found.cut(None)), "nothing is behind the button"


def test_an_office_is_shown_once() -> None:
    found = upon({1: 10, 20: 260, 22: 300}, lines=(3,), offices=(20, 25), same={25: 3, 22: 20})
    assert found.cut(None) == Cut([1], [3, 20])
    near = upon({1: 10}, offices=(25,), same={25: 1})
    assert near.cut(None) == Cut([1], [])


def test_what_is_gone_meanwhile_is_not_shown() -> None:
    found = upon({1: 10, 3: 20}, lines=(5,), offices=(7,))
    left = CameUpon(found.away, found.lines, found.offices, {3: found.known[3]})
    assert left.cut(None) == Cut([3], [])


def test_as_many_as_are_shown_at_first_are_all() -> None:
    found = upon({key: key for key in range(1, 6)}, lines=(11, 13, 15, 17, 19))
    assert len(found.cut(FIRST)) == len(found.cut(None)) == 2 * FIRST
