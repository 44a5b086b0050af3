"""Beds are counted three times a day for years: what is replayed stays small, and comes to the same."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.people.queries import command_line
from palermo.protection.directory.actions import changes
from palermo.protection.directory.actions.links import make_link
from palermo.protection.directory.actions.standing import standing
from palermo.protection.directory.hsds.changing import changed
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.models import Change, Given, Kind, Organization, ProviderLink, Service, State
from tests.factories import MembershipFactory
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db
FIRST = date(2026, 11, 1)
Step = tuple[str, int]


def beds(available: int, name: str = "beds") -> Document:
    unit: Document = {"id": key("unit"), "name": "bed"}
    return {"id": key(name), "unit": unit, "available": available, "updated": "2026-11-06T18:30:00Z"}


def coordinator() -> User:
    found: User = MembershipFactory.create(role=Role.COORDINATOR).user
    return found


def desk(*, is_reviewed: bool = False) -> ProviderLink:
    house = Organization.objects.get(pk=key("house"))
    return make_link(by=command_line(), organization=house, label="Desk", is_reviewed=is_reviewed)[0]


def confirmed(by: User | ProviderLink, one: Service, day: int) -> Change:
    with patch.object(timezone, "localdate", return_value=FIRST + timedelta(days=day)):
        return changes.confirm(by=by, service=one)


def replayed_in_full() -> Document:
    """What the service says with every change that is applied, one after the other."""
    applied = Change.objects.filter(state=State.APPLIED).order_by("number").values_list("patch", flat=True)
    return changed(Given.objects.get().document, applied)


def replayed() -> int:
    """How many changes are replayed."""
    return sum(len(each) for each in standing([key.pk for key in Service.objects.all()]).values())


class House:
    """A service that people keep in every way there is."""

    def __init__(self) -> None:
        taken(service(capacities=[beds(9)]))
        self.one = Service.objects.get()
        self.by, self.desk, self.reviewed = coordinator(), desk(), desk(is_reviewed=True)

    def does(self, act: str, number: int) -> None:
        """Do one of the acts; a number chooses what it says, or which change it is about."""
        counted: list[Json] = [beds(number)]
        says: dict[str, Document] = {
            "count": {"capacities": counted},
            "count two": {"capacities": [*counted, beds(number, "cots")]},
            "no beds": {"capacities": None},
            "mixed": {"capacities": counted, "fees_description": str(number)},
            "fees": {"fees_description": str(number) if number else None},
        }
        if act in says:
            by = (self.by, self.desk, self.reviewed)[number % 3]
            changes.change(by=by, service=self.one, patch=says[act])
        elif act == "confirm":
            confirmed((self.by, self.desk)[number % 2], self.one, number)
        elif act == "pull":
            day = (FIRST + timedelta(days=number)).isoformat()
            taken(service(capacities=[beds(90 + number)], description=str(number), assured_date=day))
        else:
            self._decides(act, number)
        self.one.refresh_from_db()

    def _decides(self, act: str, number: int) -> None:
        found = list(Change.objects.filter(state=State.APPLIED if act == "undo" else State.PROPOSED))
        if not found:
            return
        if act == "undo":
            changes.undo(by=self.by, applied=found[-1 - number % len(found)], reason="Wrong")
        else:
            changes.accept(by=self.by, proposed=found[number % len(found)])


ACTS = ("count", "count two", "no beds", "mixed", "fees", "confirm", "pull", "undo", "accept")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5)), min_size=1, max_size=10)


@settings(max_examples=30)
@given(STEPS)
def test_it_comes_to_the_same_as_replaying_all(steps: list[Step]) -> None:
    with transaction.atomic():
        house = House()
        for step in steps:
            house.does(*step)
            if Given.objects.exists():
                assert house.one.document == replayed_in_full()
        others = Change.objects.filter(state=State.APPLIED, kind=Kind.OTHER).count()
        assert replayed() <= others + 2
        transaction.set_rollback(True)


def test_a_clock_that_was_set_back_makes_no_later_day_void() -> None:
    house = House()
    kinds = [confirmed(house.by, house.one, day).kind for day in (5, 3, 4, 5)]
    assert kinds == [Kind.CONFIRMATION, Kind.OTHER, Kind.OTHER, Kind.CONFIRMATION]
    confirmed(house.desk, house.one, 4)
    house.one.refresh_from_db()
    assert (house.one.document["assured_date"], house.one.document["assured_by"]) == ("2026-11-06", "coordinator")
    assert house.one.document == replayed_in_full()


def test_undoing_the_newest_count_brings_back_the_one_before() -> None:
    house = House()
    for available in (1, 2, 3):
        made = changes.change(by=house.reviewed, service=house.one, patch={"capacities": [beds(available)]})
    changes.undo(by=house.by, applied=made, reason="Wrong")
    house.one.refresh_from_db()
    assert house.one.document["capacities"] == [beds(2)]
    taken(service(capacities=[beds(9)]))
    house.one.refresh_from_db()
    assert house.one.document["capacities"] == [beds(2)]
    for left in Change.objects.filter(state=State.APPLIED).order_by("-number"):
        changes.undo(by=house.by, applied=left, reason="Wrong")
    house.one.refresh_from_db()
    assert house.one.document["capacities"] == [beds(9)]


def test_every_count_is_kept_and_few_are_replayed() -> None:
    house = House()
    changes.change(by=house.by, service=house.one, patch={"fees_description": "Free"})
    free = count(100)

    def costs() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as found:
            changes.change(by=house.reviewed, service=house.one, patch={"capacities": [beds(next(free))]})
        with CaptureQueriesContext(connection) as pulled:
            taken(service(capacities=[beds(9)]))
        return len(found), len(pulled)

    costs()
    before = costs()
    for available in range(20):
        changes.change(by=house.desk, service=house.one, patch={"capacities": [beds(available)]})
        changes.confirm(by=house.desk, service=house.one)
    assert replayed() == 3
    assert costs() == before
    assert Change.objects.filter(state=State.APPLIED).count() == 44
    assert AuditEvent.objects.filter(act__in=["directory.change", "directory.confirm"]).count() == 44


def test_as_few_queries_for_many_services_as_for_one() -> None:
    taken(*(service(f"House {number}", capacities=[beds(1, f"b{number}")]) for number in range(6)))
    found, by = list(Service.objects.all()), coordinator()
    for number, one in enumerate(found[1:]):
        for available in range(number):
            changes.change(by=by, service=one, patch={"capacities": [beds(available, f"b{number}")]})
        changes.confirm(by=by, service=one)
    keys = [one.pk for one in found]
    with CaptureQueriesContext(connection) as queries:
        patches = standing(keys)
    assert len(queries) == 2
    assert [len(patches[key]) for key in keys] == [0, 1, 2, 2, 2, 2]
