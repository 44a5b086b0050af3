"""What the pages for work on a report are asked about, and by whom."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from palermo.people.models import User
from palermo.plan.register import policies
from palermo.plan.register.models import Plan, ReportingPeriod
from palermo.plan.register.queries.plans import periods, plans


def period_or_404(request: HttpRequest, plan_code: str, period_code: str) -> ReportingPeriod:
    """The period, if the viewer may change its plan."""
    plan: Plan | None = plans(request.user).filter(code=plan_code).first()
    found = [each for each in periods(request.user, plan) if each.code == period_code] if plan else []
    if not plan or not found:
        raise Http404
    if not policies.may_change_plan(request.user, plan):
        raise PermissionDenied
    found[0].plan = plan
    return found[0]


def coordinator_of(request: HttpRequest) -> User:
    """The coordinator, as the guard has let in nobody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
