"""Search, and the page that says how things are counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.register.queries.matching import languages_of
from palermo.plan.register.queries.plan_at import plans_at
from palermo.plan.register.queries.rows import rows_of
from palermo.plan.register.queries.search import search as search_for
from palermo.plan.register.views.reading import asked, viewer_of


@public
def search(request: HttpRequest) -> HttpResponse:
    """Everything that has all the words, in either language."""
    query = asked(request, "q")
    if not query:
        return render(request, "register/search.html", {"query": ""})
    plans = plans_at(viewer_of(request))
    found, deliverables = search_for(viewer_of(request), query, plans)
    page = page_of(deliverables, asked(request, "page"))
    hits = [(row, languages_of(row.one, query)) for row in rows_of(page.items, plans)]
    context = {"query": query, "found": found, "page": page, "hits": hits, "total": found.total + page.total}
    return render(request, "register/search.html", context)


@public
def methods(request: HttpRequest) -> HttpResponse:
    """How statuses are read, and what each count means."""
    return render(request, "register/methods.html")
