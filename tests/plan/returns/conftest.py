"""A period that is gathered, one return in it, and everybody who has to do with it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from palermo.people.models import Organisation, Role, User
from palermo.plan.register.models import Plan
from palermo.plan.returns.models import Cycle, Return
from tests.factories import DeliverableFactory, OrganisationFactory, PlanFactory, ResponsibilityFactory, UserFactory
from tests.plan.returns.factories import CycleFactory, ReturnFactory, holding_role


@dataclass(frozen=True)
class Desk:
    """One return, and the people around it by what they are."""

    plan: Plan
    cycle: Cycle
    one: Return
    organisation: Organisation
    people: dict[str, User]

    def __getitem__(self, who: str) -> User:
        return self.people[who]

    def fresh(self) -> Return:
        """The return as it is stored now."""
        return Return.objects.select_related("cycle__period__plan__owner").get(pk=self.one.pk)

    def put(self, **fields: object) -> Return:
        """Set fields of the return past all rules."""
        Return.objects.filter(pk=self.one.pk).update(**fields)
        return self.fresh()


def made_desk() -> Desk:
    """A desk with an empty draft."""
    plan = PlanFactory.create()
    cycle = CycleFactory.create(plan=plan)
    organisation, elsewhere = OrganisationFactory.create(), OrganisationFactory.create()
    deliverable = DeliverableFactory.create(plan=plan)
    ResponsibilityFactory.create(deliverable=deliverable, organisation=organisation)
    one = ReturnFactory.create(cycle=cycle, deliverable=deliverable, organisation=organisation)
    own = {
        role.value: holding_role(organisation, role) for role in Role if role not in {Role.COORDINATOR, Role.ASSESSOR}
    }
    over = {role.value: holding_role(plan.owner, role) for role in (Role.COORDINATOR, Role.ASSESSOR)}
    others = {f"other_{role.value}": holding_role(elsewhere, role) for role in Role}
    return Desk(plan, cycle, one, organisation, {**own, **over, **others, "nobody": UserFactory.create()})


@pytest.fixture
def desk(db: None) -> Desk:
    """One return and everybody around it."""
    return made_desk()
