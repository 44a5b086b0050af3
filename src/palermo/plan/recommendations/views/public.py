"""Recommendations, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.recommendations.queries import recommendations as all_recommendations
from palermo.plan.recommendations.standing import standings
from palermo.plan.recommendations.vocabulary import SourceKind
from palermo.plan.register.views.reading import asked, viewer_of


@public
def recommendations(request: HttpRequest) -> HttpResponse:
    """Every recommendation with what answers it, and what nothing answers; `source` leaves the others out."""
    found, source = all_recommendations(viewer_of(request)), asked(request, "source")
    if source in SourceKind.values:
        found = found.filter(source=source)
    page = page_of(found, asked(request, "page"))
    context = {
        "page": page,
        "standings": standings(viewer_of(request), page.items),
        "sources": SourceKind.choices,
        "source": source,
    }
    return render(request, "recommendations/recommendations.html", context)
