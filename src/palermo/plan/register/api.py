"""The API of the register: read-only, public."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema
from ninja.errors import HttpError

from palermo.foundation.api import Code, InvalidRequest, Listed, PagingQuery, Problem, listed
from palermo.people.queries import organisations
from palermo.plan.planfile_values import PValue, StatusKind, StatusValue
from palermo.plan.register import schemas, shapes
from palermo.plan.register.models import Plan, ReportingPeriod
from palermo.plan.register.queries import deliverables as deliverable_queries
from palermo.plan.register.queries import plans as plan_queries
from palermo.plan.register.queries.statuses import statuses

router = Router(tags=["register"])
PlanCode = Annotated[Code, Path(description=_("The code of a plan, such as ca-2012."))]
ListedCode = Annotated[Code, Path(description=_("A code as the list gives it."))]
_ERRORS = {422: InvalidRequest}
_FOUND_OR_NOT = {404: Problem, 422: InvalidRequest}


class DeliverableFilter(Schema):
    """Which deliverables are wanted, and for which period."""

    period: Code | None = Field(None, description=_("Such as 2013-2014; without it the newest known."))
    section: Code | None = Field(None, description=_("The code of a section."))
    p: PValue | None = Field(None, description=_("The P that it is counted under."))
    status: StatusValue | None = Field(None, description=_("The status in that period."))
    organisation: Code | None = Field(None, description=_("The code of an organization that leads or supports it."))


class StatusFilter(Schema):
    """Which statuses are wanted."""

    period: Code | None = Field(None, description=_("Such as 2013-2014; without it all of them."))
    kind: StatusKind | None = Field(None, description=_("Claimed by who leads, or assessed by somebody else."))


@router.get("/plans", response={200: Listed[schemas.PlanOut], **_ERRORS}, summary=_("Every plan"))
def list_plans(request: HttpRequest, paging: PagingQuery) -> Listed[schemas.PlanOut]:
    """Plans of countries, provinces and cities."""
    return listed(plan_queries.plans(request.user), paging, shapes.plan_out)


@router.get("/plans/{plan}", response={200: schemas.PlanWithPeriods, **_FOUND_OR_NOT}, summary=_("One plan"))
def get_plan(request: HttpRequest, plan: PlanCode) -> schemas.PlanWithPeriods:
    """A plan with its levels and periods."""
    found = _plan(request, plan)
    periods = [shapes.period_out(one) for one in plan_queries.periods(request.user, found)]
    return schemas.PlanWithPeriods(**shapes.plan_out(found).model_dump(), periods=periods)


@router.get(
    "/plans/{plan}/sections", response={200: Listed[schemas.SectionOut], **_FOUND_OR_NOT}, summary=_("Its sections")
)
def list_sections(request: HttpRequest, plan: PlanCode, paging: PagingQuery) -> Listed[schemas.SectionOut]:
    """The sections of a plan from top to bottom."""
    return listed(plan_queries.sections(request.user, _plan(request, plan)), paging, shapes.section_out)


@router.get(
    "/plans/{plan}/deliverables",
    response={200: Listed[schemas.DeliverableOut], **_FOUND_OR_NOT},
    summary=_("Its deliverables"),
)
def list_deliverables(
    request: HttpRequest, plan: PlanCode, wanted: Annotated[DeliverableFilter, Query()], paging: PagingQuery
) -> Listed[schemas.DeliverableOut]:
    """The deliverables of a plan in order, with their statuses for one period."""
    found = _plan(request, plan)
    period = _period(request, found, wanted.period)
    chosen = deliverable_queries.deliverables(request.user, found, period)
    if wanted.section is not None:
        chosen = chosen.filter(section__code=wanted.section)
    if wanted.p is not None:
        chosen = chosen.filter(p=wanted.p)
    if wanted.status is not None:
        chosen = chosen.filter(status=wanted.status)
    if wanted.organisation is not None:
        chosen = chosen.filter(responsibilities__organisation__code=wanted.organisation).distinct()
    return listed(chosen, paging, lambda one: shapes.deliverable_out(one, period))


@router.get(
    "/plans/{plan}/deliverables/{code}",
    response={200: schemas.DeliverableWithHistory, **_FOUND_OR_NOT},
    summary=_("One deliverable"),
)
def get_deliverable(request: HttpRequest, plan: PlanCode, code: ListedCode) -> schemas.DeliverableWithHistory:
    """A deliverable with everything known of it; its status is that of the newest period known."""
    found = _plan(request, plan)
    period = plan_queries.latest_period(request.user, found)
    one = deliverable_queries.deliverable(request.user, found, code, period)
    if one is None:
        raise HttpError(404, "This plan has no deliverable with this code.")
    return shapes.deliverable_with_history(one, period)


@router.get(
    "/plans/{plan}/statuses", response={200: Listed[schemas.StatusOut], **_FOUND_OR_NOT}, summary=_("Its statuses")
)
def list_statuses(
    request: HttpRequest, plan: PlanCode, wanted: Annotated[StatusFilter, Query()], paging: PagingQuery
) -> Listed[schemas.StatusOut]:
    """Every status ever recorded for a plan, those that were replaced included."""
    found = _plan(request, plan)
    chosen = statuses(request.user, found)
    if wanted.period is not None:
        chosen = chosen.filter(period=_period(request, found, wanted.period))
    if wanted.kind is not None:
        chosen = chosen.filter(kind=wanted.kind)
    return listed(chosen, paging, lambda record: shapes.status_out(record, record.deliverable.code))


@router.get(
    "/organisations", response={200: Listed[schemas.OrganisationOut], **_ERRORS}, summary=_("Every organization")
)
def list_organisations(request: HttpRequest, paging: PagingQuery) -> Listed[schemas.OrganisationOut]:
    """Organizations with the names they had."""
    return listed(organisations(request.user).order_by("code"), paging, shapes.organisation_out)


@router.get(
    "/organisations/{code}", response={200: schemas.OrganisationOut, **_FOUND_OR_NOT}, summary=_("One organization")
)
def get_organisation(request: HttpRequest, code: ListedCode) -> schemas.OrganisationOut:
    """An organization with the names it had."""
    found = organisations(request.user).filter(code=code).first()
    if found is None:
        raise HttpError(404, "There is no organization with this code.")
    return shapes.organisation_out(found)


def _plan(request: HttpRequest, code: str) -> Plan:
    found = plan_queries.plans(request.user).filter(code=code).first()
    if found is None:
        raise HttpError(404, "There is no plan with this code. /api/v1/plans lists them.")
    return found


def _period(request: HttpRequest, plan: Plan, code: str | None) -> ReportingPeriod | None:
    if code is None:
        return plan_queries.latest_period(request.user, plan)
    for period in plan_queries.periods(request.user, plan):
        if period.code == code:
            return period
    raise HttpError(404, "This plan has no period with this code.")
