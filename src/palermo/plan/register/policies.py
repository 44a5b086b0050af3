"""Who may see and change what in the register."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from palermo.people.models import Organisation, User
from palermo.people.policies import Viewer, coordinating, is_command_line, is_coordinator
from palermo.plan.register.models import Plan, ReportingPeriod, Responsibility


class PeriodLockedError(Exception):
    """The statuses of the period come from returns: they change only there, and once it is closed by reopening it."""

    def __init__(self, period: ReportingPeriod) -> None:
        super().__init__(f"{period.label} is kept by returns.")
        self.period = period


def may_make_plan(viewer: Viewer, owner: Organisation) -> bool:
    """Coordinators of the organisation that is to own the plan, and the command line."""
    return is_coordinator(viewer, owner) or is_command_line(viewer)


def may_change_plan(viewer: Viewer, plan: Plan) -> bool:
    """Coordinators of the organisation that owns the plan, and the command line."""
    return may_make_plan(viewer, plan.owner)


def may_rename(viewer: Viewer, organisation: Organisation) -> bool:
    """Its own coordinators, those of a plan in which it has a part, and the command line."""
    if is_coordinator(viewer, organisation) or is_command_line(viewer):
        return True
    if not isinstance(viewer, User) or not viewer.is_active:
        return False
    its = Responsibility.objects.filter(organisation=organisation)
    return its.filter(deliverable__plan__owner__in=coordinating(viewer).values("organisation")).exists()


def organisations_in_own_plans(user: User) -> QuerySet[Organisation]:
    """The organisations that have a part today in a plan that this person coordinates."""
    owned, today = coordinating(user).values("organisation"), timezone.localdate()
    now = Q(from_date__isnull=True) | Q(from_date__lte=today), Q(to_date__isnull=True) | Q(to_date__gte=today)
    its = Responsibility.objects.filter(*now, deliverable__plan__owner__in=owned).order_by()
    return Organisation.objects.filter(pk__in=its.values("organisation"))
