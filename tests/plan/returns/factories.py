"""Periods that are gathered, returns in any state, and the people who work on them."""

# mypy: disable-error-code="no-untyped-call,attr-defined"
# mypy: allow-untyped-decorators
from __future__ import annotations

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from palermo.people.models import Organisation, Role, User
from palermo.plan.register.models import Plan
from palermo.plan.returns.models import Cycle, Proof, Question, Return
from tests.factories import DeliverableFactory, MembershipFactory, PeriodFactory, UserFactory


class CycleFactory(DjangoModelFactory[Cycle]):
    """A period that is open; `first_year=2013` is 2013–2014, `plan=` names the plan."""

    class Meta:
        model = Cycle

    class Params:
        first_year = 2013
        plan = None

    period = factory.LazyAttribute(
        lambda its: PeriodFactory.create(
            first_year=its.first_year, gathering="open", **({"plan": its.plan} if its.plan else {})
        )
    )
    due_on = date(2014, 5, 31)
    note_en = "Please tell us what was done."
    note_fr = "Veuillez nous dire ce qui a été fait."
    opened_by = factory.SubFactory(UserFactory)


class ReturnFactory(DjangoModelFactory[Return]):
    """An empty draft; `state=` others need a `status=`."""

    class Meta:
        model = Return

    cycle = factory.SubFactory(CycleFactory)
    deliverable = factory.LazyAttribute(lambda its: DeliverableFactory.create(plan=its.cycle.period.plan))
    organisation = factory.SubFactory("tests.factories.OrganisationFactory")
    state_since = factory.LazyFunction(timezone.now)
    was_cleared = factory.LazyAttribute(lambda its: its.state in {"cleared", "accepted"})
    state = "draft"


class ProofFactory(DjangoModelFactory[Proof]):
    """A link that shows something."""

    class Meta:
        model = Proof

    of = factory.SubFactory(ReturnFactory)
    title_en = "Course outline"
    title_fr = "Plan de cours"
    url = "https://example.org/outline"
    seen_on = date(2014, 4, 1)
    added_by = factory.SubFactory(UserFactory)


class QuestionFactory(DjangoModelFactory[Question]):
    """A question in English without an answer."""

    class Meta:
        model = Question

    of = factory.SubFactory(ReturnFactory)
    text = "How many people took part?"
    language = "en"
    asked_by = factory.SubFactory(UserFactory)


def holding_role(organisation: Organisation, role: Role) -> User:
    """A person who has this role in an organisation today."""
    return MembershipFactory.create(organisation=organisation, role=role).user


def focal_point_of(organisation: Organisation) -> User:
    """A person who writes its returns."""
    return holding_role(organisation, Role.FOCAL_POINT)


def clearing_officer_of(organisation: Organisation) -> User:
    """A person who clears them."""
    return holding_role(organisation, Role.CLEARING_OFFICER)


def assessor_of(plan: Plan) -> User:
    """An independent assessor of a plan."""
    return holding_role(plan.owner, Role.ASSESSOR)
