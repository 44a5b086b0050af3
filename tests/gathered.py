"""What the world of every address is made of: a period, an invitation, a number, evidence and people."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.files.base import ContentFile

from palermo.figures.series.models import Observation
from palermo.foundation.periods import Period as Span
from palermo.people.invitations import invite
from palermo.people.models import Organisation, Role, User
from palermo.people.queries import command_line
from palermo.plan.register.models import Plan
from palermo.plan.returns.actions.cycles import open_period
from palermo.plan.returns.models import Cycle, Return
from tests.factories import MembershipFactory
from tests.figures.series.factories import SeriesFactory, entered, row
from tests.plan.returns.factories import ProofFactory

OVER_THE_PLAN = (Role.COORDINATOR, Role.ASSESSOR, Role.ANALYST)
"""Roles that a person has in the organisation that owns the plan; the others they have in one that leads something."""


def gathered(plan: Plan, year: int) -> Cycle:
    """A period of a plan that is open."""
    span = Span(date(year, 1, 1), date(year, 12, 31))
    return open_period(plan=plan, span=span, due_on=date(year + 1, 3, 1), by=command_line())


def invited(organisation: Organisation) -> str:
    """The secret of an invitation to read."""
    by = command_line()
    return invite(email="new@example.org", language="en", organisation=organisation, role=Role.READER, by=by)[1]


def observed(owner: Organisation, keeper: Organisation) -> Observation:
    """A number of a series."""
    return entered(SeriesFactory.create(owner=owner, keeper=keeper, cut={"sex": ("F", "M")}), row(5))[0]


def accepted_with_evidence(one: Return) -> UUID:
    """Evidence that everybody may see once the period is closed."""
    Return.objects.filter(pk=one.pk).update(state="accepted", was_cleared=True, status="complete")
    return file_of(one, is_public=True, names_nobody=True)


def file_of(one: Return, **fields: bool) -> UUID:
    """A file as evidence of a return."""
    file = ContentFile(b"Course outline", name="a.bin")
    kind = {"content_type": "text/plain", "size": 14, "url": "", "seen_on": None}
    code: UUID = ProofFactory.create(of=one, file=file, **kind, **fields).code
    return code


def people_of(owner: Organisation, lead: Organisation) -> dict[Role, User]:
    """Somebody with each role, over a plan or in an organisation that leads something in it."""
    return {
        role: MembershipFactory.create(organisation=owner if role in OVER_THE_PLAN else lead, role=role).user
        for role in Role
    }
