"""Everything that can be taken away: plans as files, and the published reports."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.people.guards import public
from palermo.plan.planfile import dump
from palermo.plan.register.queries.plan_at import plans_at
from palermo.plan.register.queries.plan_file import plan_file
from palermo.plan.register.queries.plans import plans
from palermo.plan.report import queries

NEWEST = 20
"""Editions listed here; the page of reports lists all."""


@public
def downloads(request: HttpRequest) -> HttpResponse:
    """Files of every plan, and the newest reports."""
    context = {"plans": plans_at(request.user), "editions": queries.editions(request.user)[:NEWEST]}
    return render(request, "report/downloads.html", context)


@public
def plan_json(request: HttpRequest, code: str) -> HttpResponse:
    """A plan as a plan file, from which another register makes the same plan; for its coordinators, narratives too."""
    plan = plans(request.user).filter(code=code).first()
    if plan is None:
        raise Http404
    narratives = queries.narratives_for_file(request.user, plan)
    return HttpResponse(
        dump(plan_file(request.user, plan, narratives)),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{plan.code}.json"'},
    )
