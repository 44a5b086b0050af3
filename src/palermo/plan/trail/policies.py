"""Who may read what was done about a deliverable, and who sees the names of those who did it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from palermo.people.models import Organisation, Role
from palermo.people.policies import Viewer, holding, holds, is_command_line
from palermo.plan.register.models import Deliverable
from palermo.plan.register.vocabulary import Part
from palermo.plan.returns.policies import OF_THE_ORGANISATION, OVER_THE_PLAN

READERS = (*OVER_THE_PLAN, *OF_THE_ORGANISATION)
"""Roles that can make somebody a reader of some history."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody who reads the history may see in it."""

    is_over_plan: bool
    """Coordinators and assessors of the plan see every name."""
    is_assessor: bool
    """Assessors see what they found before the period is closed."""
    organisations: frozenset[int]
    """Organisations that lead the deliverable and in which the reader has a role: the names of their people show."""

    @property
    def may_read(self) -> bool:
        """Whether there is anything to read."""
        return self.is_over_plan or bool(self.organisations)

    def sees_name(self, of: frozenset[int]) -> bool:
        """Whether the name of somebody shows who had a role in these organisations when they acted."""
        return self.is_over_plan or bool(self.organisations & of)


def reader_of(viewer: Viewer, one: Deliverable) -> Reader:
    """What a viewer may see: who is over the plan, and the staff of organisations that lead it or answer for it."""
    if is_command_line(viewer):
        return Reader(is_over_plan=True, is_assessor=True, organisations=frozenset())
    today = timezone.localdate()
    leads = Q(responsibilities__deliverable=one, responsibilities__kind=Part.LEAD)
    since = Q(responsibilities__from_date__isnull=True) | Q(responsibilities__from_date__lte=today)
    until = Q(responsibilities__to_date__isnull=True) | Q(responsibilities__to_date__gte=today)
    its = Organisation.objects.filter((leads & since & until) | Q(returns__deliverable=one))
    own = holding(viewer, *OF_THE_ORGANISATION).filter(organisation__in=its.order_by().values("pk"))
    return Reader(
        is_over_plan=holds(viewer, one.plan.owner_id, *OVER_THE_PLAN),
        is_assessor=holds(viewer, one.plan.owner_id, Role.ASSESSOR),
        organisations=frozenset(own.values_list("organisation", flat=True)),
    )
