"""A small year that was gathered by returns and closed: joint leads, one of whom never answered, and two languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palermo.people.models import Organisation, Role, User
from palermo.plan.register.models import Account, Deliverable, Plan, ReportingPeriod
from palermo.plan.returns.actions.cycles import close_period, reopen_period
from palermo.plan.returns.models import Assessment, Cycle, Figure, Return
from tests.factories import (
    DeliverableFactory,
    DueDateFactory,
    OrganisationFactory,
    PlanFactory,
    ResponsibilityFactory,
    SectionFactory,
)
from tests.plan.returns.factories import CycleFactory, ProofFactory, ReturnFactory, holding_role


@dataclass(frozen=True)
class Year:
    """The plan, its closed period, and the people over it."""

    plan: Plan
    cycle: Cycle
    police: Organisation
    coordinator: User

    @property
    def period(self) -> ReportingPeriod:
        """The period as it is stored now."""
        return ReportingPeriod.objects.select_related("plan__owner").get(pk=self.cycle.period_id)

    def number(self, code: str, organisation: str = "police") -> int:
        """The number of a return."""
        found = Return.objects.get(cycle=self.cycle, deliverable__code=code, organisation__code=organisation)
        return found.pk

    def account(self, code: str, organisation: str = "police") -> Account:
        """The account that stands."""
        return Account.objects.get(
            period=self.cycle.period_id, deliverable__code=code, organisation__code=organisation, is_current=True
        )

    def correct(self, code: str, **fields: object) -> None:
        """Open the period again, let a return say something else, and close it again."""
        self.reopen()
        Return.objects.filter(pk=self.number(code)).update(**fields)
        self.close()

    def reopen(self) -> None:
        """Open the period again."""
        cycle = Cycle.objects.get(pk=self.cycle.pk)
        reopen_period(cycle=cycle, due_on=date(2014, 9, 1), reason_en="A slip.", reason_fr="", by=self.coordinator)

    def close(self) -> None:
        """Close the period."""
        cycle = Cycle.objects.get(pk=self.cycle.pk)
        close_period(cycle=cycle, version=cycle.version, by=self.coordinator)


def open_year() -> Year:
    """The year just before it is closed.

    T1 (prevention) is led by the police, which says everything there is to say in both languages, and by the customs
    office, which never answers. T2 (prevention) is told in English alone, T3 (protection) in French alone.
    """
    plan = PlanFactory.create(code="lantern")
    police = OrganisationFactory.create(code="police", named="Harbour Police")
    customs = OrganisationFactory.create(code="customs", named="Customs Office")
    prevention = SectionFactory.create(plan=plan, code="1", title_en="Seeing", title_fr="Voir", p="prevention")
    protection = SectionFactory.create(plan=plan, code="2", title_en="Helping", title_fr="Aider", p="protection")
    cycle = CycleFactory.create(plan=plan)
    first, second = (_led(plan, prevention, f"T{number}", police) for number in (1, 2))
    third = _led(plan, protection, "T3", police)
    ResponsibilityFactory.create(deliverable=first, organisation=customs, position=1)
    DueDateFactory.create(deliverable=first, due_on=date(2014, 3, 31))
    told = _accepted(
        cycle,
        first,
        police,
        status="in_progress",
        narrative_en="We trained 40 officers. Survivors taught half of the courses.",
        narrative_fr="Nous avons formé 40 agents. Des survivantes ont donné la moitié des cours.",
        reason_en="The school closed in May.",
        reason_fr="L’école a fermé en mai.",
        proof_en="More people are seen early.",
        proof_fr="Plus de personnes sont repérées tôt.",
        spent=Decimal("1500.50"),
        new_due_on=date(2015, 6, 30),
    )
    Figure.objects.create(of=told, label_en="Officers trained", label_fr="Agents formés", value=Decimal(40))
    ProofFactory.create(of=told, is_public=True, names_nobody=True)
    ProofFactory.create(of=told, title_en="Internal note", url="https://example.org/internal")
    ReturnFactory.create(cycle=cycle, deliverable=first, organisation=customs)
    _accepted(cycle, second, police, status="complete", narrative_en="The handbook [return 1] is *printed*.")
    _accepted(cycle, third, police, status="ongoing", narrative_fr="La ligne répond la nuit.\n\nEn neuf langues.")
    Assessment.objects.create(
        cycle=cycle,
        deliverable=first,
        status="not_started",
        note_en="Nobody was trained yet.",
        note_fr="Personne n’est encore formé.",
        by=holding_role(plan.owner, Role.ASSESSOR),
    )
    return Year(plan, cycle, police, holding_role(plan.owner, Role.COORDINATOR))


def closed_year() -> Year:
    """The year after it was closed."""
    year = open_year()
    year.close()
    return year


def _led(plan: Plan, section: object, code: str, organisation: Organisation) -> Deliverable:
    words = {"text_en": f"Light lantern {code}", "text_fr": f"Allumer la lanterne {code}"}
    one: Deliverable = DeliverableFactory.create(plan=plan, section=section, code=code, **words)
    ResponsibilityFactory.create(deliverable=one, organisation=organisation)
    return one


def _accepted(cycle: Cycle, deliverable: Deliverable, organisation: Organisation, **fields: object) -> Return:
    one: Return = ReturnFactory.create(
        cycle=cycle, deliverable=deliverable, organisation=organisation, state="accepted", **fields
    )
    return one
