"""Beds of its own and beds that were taken over stand side by side: each as it was counted last, by whomever."""

from __future__ import annotations

import pytest

from palermo.people.models import User
from palermo.protection.directory.actions.changes import change, count
from palermo.protection.directory.actions.links import make_link
from palermo.protection.directory.actions.merging import part
from palermo.protection.directory.hsds.capacity import capacities_of
from palermo.protection.directory.models import Change, Likeness, Organization, State
from tests.protection.directory.keeping import somebody
from tests.protection.directory.samples import key, taken
from tests.protection.directory.together import beds, merged, one, phone, theirs

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return somebody()


def counted(by: User, bed: str, number: int) -> None:
    count(by=by, service=one("Ours"), key=bed, available=number, maximum=None, valid_hours=24)


def free(name: str = "Ours") -> dict[str, int]:
    """How many beds are free, by their ids."""
    return {each.key: each.available for each in capacities_of(one(name).document)}


def side_by_side(by: User) -> tuple[Likeness, str]:
    """Five beds that a person told of, and three of the other source. The pair, and the id of the former."""
    pair = merged(by)
    counted(by, "", 5)
    (own,) = free()
    taken(theirs(capacities=beds(3)))
    assert free() == {own: 5, key("beds"): 3}
    return pair, own


def test_a_new_count_of_its_own_beds_stands_beside_those_of_the_other_one(coordinator: User) -> None:
    pair, own = side_by_side(coordinator)
    counted(coordinator, own, 0)
    assert free() == {own: 0, key("beds"): 3}
    counted(coordinator, key("beds"), 2)
    taken(theirs(capacities=beds(9)))
    assert free() == {own: 0, key("beds"): 2}
    part(by=coordinator, pair=pair)
    assert free() == {own: 0}
    assert free("Theirs") == {key("beds"): 9}
    assert set(Change.objects.values_list("state", flat=True)) == {State.APPLIED}


def test_beds_that_the_other_source_tells_of_no_more_leave_its_own_as_they_were_counted(coordinator: User) -> None:
    _pair, own = side_by_side(coordinator)
    counted(coordinator, own, 0)
    others = [{**beds(4)[0], "id": key("cots")}]
    taken(theirs(capacities=others))
    counted(coordinator, key("cots"), 1)
    assert (free()[own], free()[key("cots")]) == (0, 1)


def test_what_was_said_at_once_with_beds_of_the_other_one_stays(coordinator: User) -> None:
    pair = merged(coordinator, their=theirs(capacities=beds(3)))
    change(by=coordinator, service=one("Ours"), patch={"phones": phone("506-555-0777"), "capacities": beds(2)})
    part(by=coordinator, pair=pair)
    assert one("Ours").document["phones"] == phone("506-555-0777")
    assert free() == {}
    made = Change.objects.get()
    assert (made.state, made.patch) == (State.APPLIED, {"phones": phone("506-555-0777")})


def test_what_waits_loses_the_beds_of_the_other_one(coordinator: User) -> None:
    pair = merged(coordinator, their=theirs(capacities=beds(3)))
    house = Organization.objects.get(pk=key("house"))
    desk, _secret = make_link(by=coordinator, organization=house, label="Desk", is_reviewed=True)
    described = [{**beds(2)[0], "unit": {"id": key("unit"), "name": "cot"}}]
    change(by=desk, service=one("Ours"), patch={"phones": phone("506-555-0777"), "capacities": described})
    change(by=desk, service=one("Ours"), patch={"capacities": described})
    part(by=coordinator, pair=pair)
    states = [(each.state, "capacities" in each.patch) for each in Change.objects.order_by("number")]
    assert states == [(State.PROPOSED, False), (State.DECLINED, True)]
