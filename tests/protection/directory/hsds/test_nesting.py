"""Entries in which lists and objects stand in one another without end."""

from __future__ import annotations

from typing import Any

import pytest

from palermo.protection.directory.hsds.nesting import DEEPEST, levelled, too_deep
from palermo.protection.directory.hsds.schema import Problem, problems
from tests.protection.directory.samples import service


def nested(levels: int, *, in_lists: bool = False) -> Any:  # noqa: ANN401 - whatever JSON may hold
    """So many lists or objects in one another."""
    said: Any = [] if in_lists else {}
    for _ in range(levels - 1):
        said = [said] if in_lists else {"x": said}
    return said


@pytest.mark.parametrize("in_lists", [True, False])
def test_as_much_may_stand_in_one_another_as_is_allowed(in_lists: bool) -> None:
    right, wrong = (service(x=nested(levels, in_lists=in_lists)) for levels in (DEEPEST - 1, DEEPEST))
    assert (problems("service", right), too_deep("service", right)) == ([], [])
    assert problems("service", wrong) == [Problem(("x",), "too_deep", str(DEEPEST))]
    assert levelled("service", right) == (right, [])
    assert levelled("service", wrong) == (service(), [("x",)])


@pytest.mark.parametrize("levels", [979, 983, 200_000])
@pytest.mark.parametrize("in_lists", [True, False])
def test_no_depth_is_too_much_to_be_found(levels: int, in_lists: bool) -> None:
    deep = nested(levels, in_lists=in_lists)
    assert [one.rule for one in problems("service", service(x=deep))] == ["too_deep"]
    assert [one.path for one in problems("service", deep)] == ([()] if in_lists else [("x",)])


def test_parts_stay_if_they_are_not_nested_so_themselves() -> None:
    house: Any = {
        "id": "a",
        "name": "House",
        "services": [service("One"), service("Two", x=nested(60)), service("Three")],
    }
    found, paths = levelled("organization", house)
    assert paths == [("services", 1, "x")]
    assert found == {**house, "services": [service("One"), service("Two"), service("Three")]}
    odd = {**house, "services": [service("One"), nested(60, in_lists=True)]}
    assert levelled("organization", odd) == ({"id": "a", "name": "House"}, [("services",)])


def test_parts_that_hold_each_other_without_end_are_cut_off() -> None:
    said: Any = {"id": "a"}
    for _ in range(500):
        said = {"id": "a", "services": [{"id": "b", "organization": said}]}
    found, paths = levelled("organization", said)
    assert too_deep("organization", found) == []
    assert [path[-1] for path in paths] == ["services"]


def test_a_mark_that_is_no_clear_no_keeps_a_place_confidential() -> None:
    where = {"id": "a", "is_confidential": nested(60)}
    found, paths = levelled("location", where)
    assert (found, paths) == ({"id": "a", "is_confidential": True}, [("is_confidential",)])
