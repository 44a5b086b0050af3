"""Lists of promises that deserve a second look: moved, made before, or made to survivors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.register.policies import may_change_plan
from palermo.plan.register.queries.deliverables import deliverables
from palermo.plan.register.queries.moved import moved, moved_deliverables
from palermo.plan.register.queries.promised import first_promises, promised_before
from palermo.plan.register.queries.rows import rows_of
from palermo.plan.register.views.reading import asked, plan_or_404, viewer_of


@public
def plan_moved(request: HttpRequest, code: str) -> HttpResponse:
    """Every promise of a plan whose due date moved: how often, how far, and why."""
    at = plan_or_404(request, code)
    page = page_of(moved_deliverables(viewer_of(request), at.plan), asked(request, "page"))
    rows = [(one, found) for one in page.items if (found := moved(list(one.due_dates.all())))]
    return render(request, "register/plan_moved.html", {"at": at, "plan": at.plan, "page": page, "rows": rows})


@public
def plan_survivors(request: HttpRequest, code: str) -> HttpResponse:
    """What was promised to survivors, and how far it is."""
    at = plan_or_404(request, code)
    found = deliverables(viewer_of(request), at.plan, at.period).filter(is_survivor_commitment=True)
    page = page_of(found, asked(request, "page"))
    context = {"at": at, "plan": at.plan, "page": page, "rows": rows_of(page.items, [at])}
    return render(request, "register/plan_survivors.html", context)


@public
def plan_promised(request: HttpRequest, code: str) -> HttpResponse:
    """What an earlier plan promised already: where first, for when, and how many plans long."""
    viewer, at = viewer_of(request), plan_or_404(request, code)
    page = page_of(promised_before(viewer, at.plan), asked(request, "page"))
    first = first_promises(viewer, page.items)
    context = {
        "at": at,
        "plan": at.plan,
        "page": page,
        "rows": [(one, first[one.pk]) for one in page.items if one.pk in first],
        "total": deliverables(viewer, at.plan).count(),
        "may_change": may_change_plan(viewer, at.plan),
    }
    return render(request, "register/plan_promised.html", context)
