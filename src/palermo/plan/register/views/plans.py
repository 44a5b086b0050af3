"""Plans and their sections."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.register.concerns import CANNOT_BE_TOLD
from palermo.plan.register.policies import may_change_plan
from palermo.plan.register.queries.comparison import comparison
from palermo.plan.register.queries.overview import overview
from palermo.plan.register.queries.plan_at import plans_at
from palermo.plan.register.queries.promised import promised_before
from palermo.plan.register.queries.rows import rows_of
from palermo.plan.register.queries.sections import deliverables_of_section, section_page, section_tree
from palermo.plan.register.views.reading import asked, asked_list, code_or_404, plan_or_404, viewer_of
from palermo.plan.register.views.showing import chart_by_p, map_of_plans


@public
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan, by place."""
    found = plans_at(viewer_of(request))
    return render(request, "register/plans.html", {"plans": found, "values": map_of_plans(found)})


@public
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """One plan in one period."""
    at = plan_or_404(request, code)
    counted = overview(viewer_of(request), at)
    context = {
        "at": at,
        "plan": at.plan,
        "counted": counted,
        "chart": chart_by_p(counted),
        "tree": section_tree(viewer_of(request), at),
        "untold": [(concern, counted.by_concern[concern]) for concern in CANNOT_BE_TOLD],
        "promised": promised_before(viewer_of(request), at.plan).count(),
        "may_change": may_change_plan(viewer_of(request), at.plan),
    }
    return render(request, "register/plan.html", context)


@public
def section(request: HttpRequest, code: str, section_code: str) -> HttpResponse:
    """One section: what it says, the sections below it and its own deliverables."""
    at = plan_or_404(request, code)
    found = section_page(viewer_of(request), at, code_or_404(section_code))
    if found is None:
        raise Http404
    page = page_of(deliverables_of_section(viewer_of(request), at, found.here.section), asked(request, "page"))
    context = {"at": at, "plan": at.plan, "found": found, "page": page, "rows": rows_of(page.items, [at])}
    return render(request, "register/section.html", context)


@public
def compare(request: HttpRequest) -> HttpResponse:
    """Plans side by side."""
    found = comparison(viewer_of(request), asked_list(request, "plans"))
    return render(request, "register/compare.html", {"found": found})
