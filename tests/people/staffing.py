"""People with roles, for tests of who may do what."""

from __future__ import annotations

from palermo.people.models import Organisation, Role, User
from tests.factories import (
    DeliverableFactory,
    MembershipFactory,
    OrganisationFactory,
    ResponsibilityFactory,
)

PASSWORD = "seven quiet herons by the lake"


def somebody(role: Role, organisation: Organisation) -> User:
    return MembershipFactory.create(role=role, organisation=organisation).user


def in_plan() -> tuple[Organisation, Organisation, Organisation]:
    """The owner of a plan, an organisation with a part in it, and one without."""
    deliverable, department = DeliverableFactory.create(), OrganisationFactory.create()
    ResponsibilityFactory.create(deliverable=deliverable, organisation=department)
    return deliverable.plan.owner, department, OrganisationFactory.create()
