"""Recommendations, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.recommendations.queries import recommendations as all_recommendations
from palermo.plan.recommendations.standing import standings, unanswered
from palermo.plan.recommendations.vocabulary import SourceKind
from palermo.plan.register.views.reading import asked, viewer_of


@public
def recommendations(request: HttpRequest) -> HttpResponse:
    """Every recommendation with what answers it; `source`, `plan` and `show=unanswered` leave the others out."""
    viewer = viewer_of(request)
    found, source, plan = all_recommendations(viewer), asked(request, "source"), asked(request, "plan")
    if source in SourceKind.values:
        found = found.filter(source=source)
    if plan:
        found = found.filter(plan__code=plan)
    open_still = unanswered(viewer, found)
    only_open = asked(request, "show") == "unanswered"
    page = page_of(found.filter(pk__in=open_still) if only_open else found, asked(request, "page"))
    context = {
        "page": page,
        "standings": standings(viewer, page.items),
        "sources": SourceKind.choices,
        "source": source,
        "plan_code": plan,
        "only_open": only_open,
        "unanswered": len(open_still),
        "total": found.count(),
    }
    return render(request, "recommendations/recommendations.html", context)
