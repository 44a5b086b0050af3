"""A plan small enough to know by heart, and the people who may look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from palermo.people.models import Organisation, User
from palermo.plan.register.models import (
    Deliverable,
    Lineage,
    Money,
    Plan,
    ReportingPeriod,
    Section,
    SourceDocument,
)
from tests import factories as make


@dataclass(frozen=True)
class World:
    """A plan of two periods with a pillar, a task in it and five deliverables, and the police that lead them."""

    plan: Plan
    earlier: ReportingPeriod
    later: ReportingPeriod
    pillar: Section
    task: Section
    document: SourceDocument
    police: Organisation
    reader: User
    """Who recorded every status."""
    deliverables: list[Deliverable]


def add_deliverable(world: World, number: int) -> Deliverable:
    """One more in the task, ongoing and then complete, led by the police, due, shown and paid for."""
    one = make.DeliverableFactory.create(section=world.task, code=f"1.1-{number:03}", position=number)
    make.ResponsibilityFactory.create(deliverable=one, organisation=world.police)
    make.DueDateFactory.create(deliverable=one, due_on=date(2013, 3, 31))
    make.DueDateFactory.create(
        deliverable=one, revision=1, due_on=date(2014, 3, 1), reason_en="Late vendor", set_on=date(2013, 9, 1)
    )
    coming = {"deliverable": one, "document": world.document, "recorded_by": world.reader}
    make.StatusFactory.create(period=world.earlier, value="ongoing", printed="Under way", **coming)
    make.StatusFactory.create(period=world.later, value="complete" if number % 2 else "in_progress", **coming)
    make.EvidenceFactory.create(deliverable=one, period=world.later)
    Money.objects.create(deliverable=one, kind="earmarked", amount=500, fiscal_year="2013-2014")
    Lineage.objects.create(before=one, after_plan="later", after_code="9", kind="split")
    return one


@pytest.fixture
def world(db: None) -> World:
    """The plan, made anew for each test."""
    owner = make.OrganisationFactory.create(code="ministry", named="Ministry of Safety")
    police = make.OrganisationFactory.create(code="police", named="Old Police", parent=owner)
    plan = make.PlanFactory.create(code="small", owner=owner, levels=("Pillar", "Task"), title_en="Small plan")
    pillar = make.SectionFactory.create(plan=plan, code="1", title_en="Prevention", position=1)
    task = make.SectionFactory.create(
        plan=plan,
        code="1.1",
        parent=pillar,
        level=plan.levels.get(depth=2),
        title_en="Training",
        title_fr="Formation",
        position=2,
    )
    world = World(
        plan=plan,
        earlier=make.PeriodFactory.create(plan=plan, first_year=2012),
        later=make.PeriodFactory.create(plan=plan, first_year=2013),
        pillar=pillar,
        task=task,
        document=make.DocumentFactory.create(plan=plan),
        police=police,
        reader=make.UserFactory.create(),
        deliverables=[],
    )
    world.deliverables.extend(add_deliverable(world, number) for number in range(1, 6))
    return world


@pytest.fixture
def coordinator(world: World) -> User:
    """Who coordinates the small plan."""
    return make.coordinator_of(world.plan.owner)


@pytest.fixture
def clients(coordinator: User) -> dict[str, Client]:
    """Browsers of nobody, of somebody without a role, of a coordinator of another plan, and of the plan's own."""
    found = {"nobody": Client(), "outsider": Client(), "other": Client(), "coordinator": Client()}
    found["outsider"].force_login(make.UserFactory.create())
    found["other"].force_login(make.MembershipFactory.create().user)
    found["coordinator"].force_login(coordinator)
    return found
