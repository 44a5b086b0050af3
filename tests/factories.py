"""Small records for tests, each made with what the database demands and no more.

Numbers in codes and names are of one width: lists are sorted by them, and what is made later has to come later, however
many a process made before.
"""

# mypy: disable-error-code="no-untyped-call,attr-defined"
# mypy: allow-untyped-decorators
# factory-boy's declarations carry no types, and its Meta classes say nothing that a docstring could add.
from __future__ import annotations

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from palermo.foundation.search import search_key
from palermo.people.models import Membership, Organisation, OrganisationName, Role, User
from palermo.plan.register.models import (
    Deliverable,
    DueDate,
    Evidence,
    Plan,
    PlanLevel,
    ReportingPeriod,
    Responsibility,
    Section,
    SourceDocument,
    StatusRecord,
)


class UserFactory(DjangoModelFactory[User]):
    """A person who can sign in and has no role."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n:05}@example.org")
    name = factory.Sequence(lambda n: f"Person {n:05}")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """An organisation with one name in both languages, which it always had."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"organisation-{n:05}")

    @factory.post_generation
    def named(self: Organisation, _create: bool, name: str | None, **_rest: object) -> None:
        """`named="Police"` gives another name than the one made from the code."""
        english = name or f"Ministry {self.code}"
        OrganisationName.objects.create(organisation=self, name_en=english, name_fr=f"{english} (fr)")


class MembershipFactory(DjangoModelFactory[Membership]):
    """A coordinator's role since last year."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.COORDINATOR
    from_date = factory.LazyFunction(lambda: date.today() - timedelta(days=365))


class PlanFactory(DjangoModelFactory[Plan]):
    """A plan of Canada with one level of sections, called pillars."""

    class Meta:
        model = Plan
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"plan-{n:05}")
    title_en = factory.Sequence(lambda n: f"Plan number {n:05}")
    title_fr = factory.Sequence(lambda n: f"Plan numéro {n:05}")
    jurisdiction = "CA"
    owner = factory.SubFactory(OrganisationFactory)
    starts_on = date(2012, 6, 6)
    ends_on = factory.LazyAttribute(lambda its: date(its.starts_on.year + 4, 3, 31) if its.starts_on else None)

    @factory.post_generation
    def levels(self: Plan, _create: bool, names: tuple[str, ...] | None, **_rest: object) -> None:
        """`levels=("Pillar", "Task")` names others; `levels=()` makes a plan without sections."""
        for depth, name in enumerate(("Pillar",) if names is None else names, start=1):
            PlanLevel.objects.create(plan=self, depth=depth, name_en=name, name_fr=f"{name} (fr)")


class PeriodFactory(DjangoModelFactory[ReportingPeriod]):
    """A fiscal year; `first_year=2013` begins on 1 April 2013."""

    class Meta:
        model = ReportingPeriod

    class Params:
        first_year = 2013

    plan = factory.SubFactory(PlanFactory)
    starts_on = factory.LazyAttribute(lambda its: date(its.first_year, 4, 1))
    ends_on = factory.LazyAttribute(lambda its: date(its.first_year + 1, 3, 31))


class DocumentFactory(DjangoModelFactory[SourceDocument]):
    """A published report."""

    class Meta:
        model = SourceDocument

    plan = factory.SubFactory(PlanFactory)
    code = factory.Sequence(lambda n: f"document-{n:05}")
    title_en = "Annual report"
    title_fr = "Rapport annuel"


class SectionFactory(DjangoModelFactory[Section]):
    """A section of the first level."""

    class Meta:
        model = Section

    plan = factory.SubFactory(PlanFactory)
    level = factory.LazyAttribute(lambda its: its.plan.levels.get(depth=1))
    position = factory.Sequence(lambda n: n)
    code = factory.Sequence(lambda n: f"S{n:05}")
    title_en = factory.LazyAttribute(lambda its: f"Section {its.code}")
    title_fr = factory.LazyAttribute(lambda its: f"Partie {its.code}")
    p = "prevention"


class DeliverableFactory(DjangoModelFactory[Deliverable]):
    """A deliverable; without `section=` it stands in none and has the P given, or none."""

    class Meta:
        model = Deliverable

    plan = factory.Maybe(
        "section",
        yes_declaration=factory.SelfAttribute("section.plan"),
        no_declaration=factory.SubFactory(PlanFactory),
    )
    section = None
    position = factory.Sequence(lambda n: n)
    code = factory.Sequence(lambda n: f"D{n:05}")
    row = 1
    text_en = factory.LazyAttribute(lambda its: f"Train officers, part {its.code}")
    text_fr = factory.LazyAttribute(lambda its: f"Former les agents, partie {its.code}")
    p = factory.LazyAttribute(lambda its: its.section.p if its.section else "")
    search_en = factory.LazyAttribute(lambda its: search_key("en", its.code, its.text_en))
    search_fr = factory.LazyAttribute(lambda its: search_key("fr", its.code, its.text_fr))


class ResponsibilityFactory(DjangoModelFactory[Responsibility]):
    """An organisation that leads a deliverable."""

    class Meta:
        model = Responsibility

    deliverable = factory.SubFactory(DeliverableFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = "lead"


class DueDateFactory(DjangoModelFactory[DueDate]):
    """The first due date of a deliverable; `revision=1` and so on for later ones."""

    class Meta:
        model = DueDate

    deliverable = factory.SubFactory(DeliverableFactory)
    revision = 0
    due_on = date(2014, 3, 31)


class StatusFactory(DjangoModelFactory[StatusRecord]):
    """A claimed status of a deliverable in a period of its plan."""

    class Meta:
        model = StatusRecord

    deliverable = factory.SubFactory(DeliverableFactory)
    period = factory.LazyAttribute(lambda its: PeriodFactory.create(plan=its.deliverable.plan))
    kind = "claimed"
    value = "ongoing"
    recorded_by = factory.SubFactory(UserFactory)


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """Something shown for a deliverable."""

    class Meta:
        model = Evidence

    deliverable = factory.SubFactory(DeliverableFactory)
    period = factory.LazyAttribute(lambda its: PeriodFactory.create(plan=its.deliverable.plan))
    title_en = "Course outline"
    title_fr = "Plan de cours"


def coordinator_of(organisation: Organisation) -> User:
    """A person who coordinates the plans of an organisation today."""
    return MembershipFactory.create(organisation=organisation).user
