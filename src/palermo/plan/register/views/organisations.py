"""Organisations and what they have to do."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.register.policies import may_rename
from palermo.plan.register.queries.organisations import (
    busy_organisations,
    deliverables_of_organisation,
    organisation_page,
)
from palermo.plan.register.queries.rows import rows_of
from palermo.plan.register.views.reading import asked, code_or_404, viewer_of


@public
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, with how much it leads and supports."""
    return render(request, "register/organisations.html", {"found": busy_organisations(viewer_of(request))})


@public
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """All that one organisation has to do, plan by plan."""
    viewer = viewer_of(request)
    found = organisation_page(viewer, code_or_404(code))
    if found is None:
        raise Http404
    only_late = asked(request, "show") == "late"
    its = deliverables_of_organisation(viewer, found.organisation, found.plans, only_late=only_late)
    page = page_of(its, asked(request, "page"))
    context = {
        "found": found,
        "organisation": found.organisation,
        "only_late": only_late,
        "page": page,
        "rows": rows_of(page.items, found.plans),
        "may_rename": may_rename(viewer, found.organisation),
    }
    return render(request, "register/organisation.html", context)
