"""Lists of deliverables, and one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.register.concerns import Concern
from palermo.plan.register.policies import may_change_plan
from palermo.plan.register.queries.csv_file import csv_lines
from palermo.plan.register.queries.history import deliverable_page
from palermo.plan.register.queries.listing import Wanted, wanted_deliverables
from palermo.plan.register.queries.organisations import organisations_of_plan
from palermo.plan.register.queries.rows import doers, rows_of
from palermo.plan.register.views.reading import asked, code_or_404, plan_or_404, viewer_of
from palermo.plan.register.vocabulary import P, Part, Status


@public
def plan_deliverables(request: HttpRequest, code: str) -> HttpResponse:
    """The deliverables of a plan, filtered."""
    at = plan_or_404(request, code)
    wanted = _wanted(request)
    page = page_of(wanted_deliverables(viewer_of(request), at, wanted), asked(request, "page"))
    context = {
        "at": at,
        "plan": at.plan,
        "wanted": wanted,
        "page": page,
        "rows": rows_of(page.items, [at]),
        "organisations": organisations_of_plan(viewer_of(request), at),
        "statuses": Status.choices,
        "ps": P.choices,
        "concerns": Concern.choices,
    }
    return render(request, "register/plan_deliverables.html", context)


@public
def plan_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The same list as a file, all pages in one."""
    at = plan_or_404(request, code)
    name = f"{at.plan.code}-{at.period.code}.csv" if at.period else f"{at.plan.code}.csv"
    return StreamingHttpResponse(
        csv_lines(at, wanted_deliverables(viewer_of(request), at, _wanted(request))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@public
def deliverable(request: HttpRequest, code: str, deliverable_code: str) -> HttpResponse:
    """Everything that is known of one deliverable."""
    at = plan_or_404(request, code)
    found = deliverable_page(viewer_of(request), at, code_or_404(deliverable_code))
    if found is None:
        raise Http404
    context = {
        "at": at,
        "plan": at.plan,
        "found": found,
        "one": found.one,
        "leads": doers(found.one, Part.LEAD, at.moment.day),
        "supports": doers(found.one, Part.SUPPORT, at.moment.day),
        "may_change": may_change_plan(viewer_of(request), at.plan),
    }
    return render(request, "register/deliverable.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    return Wanted.read({name: asked(request, name) for name in ("status", "p", "organisation", "concern", "q")})
