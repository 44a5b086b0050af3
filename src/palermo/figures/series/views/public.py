"""Series and numbers, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.figures.series.models import Series, SeriesDimension
from palermo.figures.series.policies import may_change, may_enter, sees_all
from palermo.figures.series.queries import number as number_query
from palermo.figures.series.queries import observations, parts_of, series_list, sums_of
from palermo.figures.series.queries.page import disagreements, documents_of, over_time, revisions
from palermo.figures.series.queries.series import sources
from palermo.figures.series.views.charting import series_chart
from palermo.figures.series.views.reading import asked, asked_day, series_or_404
from palermo.figures.series.vocabulary import MARK_MEANINGS, STANDARD_UNITS, Counted, Effect, Mark
from palermo.figures.series.words import CodeLabels
from palermo.foundation.pagination import page_of
from palermo.people.guards import public

REVISIONS = 20
"""How many revisions the page of a series lists at most; each number has all of its own."""
MISSES = 20
"""How many sums that do not hold are listed at most."""
MARKS = [(mark.label, MARK_MEANINGS[mark]) for mark in Mark]


@public
def figures(request: HttpRequest) -> HttpResponse:
    """Every series that `counts`, `source`, `effect` and `q` leave; `show=retired` shows what was given up."""
    chosen = {name: asked(request, name) for name in ("counts", "source", "effect", "q")}
    retired = asked(request, "show") == "retired"
    found = series_list(
        request.user,
        counts=chosen["counts"],
        source=chosen["source"],
        effect=chosen["effect"],
        words=chosen["q"],
        retired=retired,
    )
    context = {
        "page": page_of(found, asked(request, "page")),
        "chosen": chosen,
        "retired": retired,
        "counted": Counted.choices,
        "effects": Effect.choices,
        "sources": sources(request.user),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "series/figures.html", context)


@public
def series_page(request: HttpRequest, series_code: str) -> HttpResponse:
    """What a series means and every number of it; `by` cuts by a dimension, `known` goes back to a day."""
    series = series_or_404(request, series_code)
    known = asked_day(request, "known")
    dimension = _dimension(series, asked(request, "by"))
    rows = over_time(request.user, series, dimension, as_known_on=known)
    labels = CodeLabels.of(series)
    checks = [*sums_of(request.user, series), *parts_of(request.user, series)]
    context = {
        "series": series,
        "unit_standards": STANDARD_UNITS.get(Counted(series.counts), ()),
        "dimension": dimension,
        "columns": list(dimension.code_list.codes.all()) if dimension else [],
        "rows": rows,
        "chart": series_chart(series, rows),
        "labels": labels,
        "page": page_of(observations(request.user, series, as_known_on=known), asked(request, "page")),
        "known": known,
        "known_wrong": asked(request, "known") if known is None else "",
        "sides": disagreements(request.user, series),
        "checks": len(checks),
        "misses": [check for check in checks if not check.holds][:MISSES],
        "missed": sum(not check.holds for check in checks),
        "revisions": revisions(request.user, series)[:REVISIONS],
        "documents": documents_of(request.user, series),
        "marks": MARKS,
        "may_enter": may_enter(request.user, series),
        "may_change": may_change(request.user, series),
    }
    return render(request, "series/series.html", context)


@public
def number(request: HttpRequest, observation: int) -> HttpResponse:
    """Where one number comes from: what it is of, who gave it and where it stands, and what became of it."""
    found = number_query(request.user, observation)
    if found is None:
        raise Http404
    series = series_or_404(request, found.observation.series.code)
    enters = may_enter(request.user, series)
    context = {
        "number": found,
        "one": found.observation,
        "series": series,
        "labels": CodeLabels.of(series),
        "meaning": MARK_MEANINGS[Mark(found.observation.mark)],
        "may_enter": enters,
        "sees_person": sees_all(request.user),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "series/number.html", context)


def _dimension(series: Series, code: str) -> SeriesDimension | None:
    """The dimension that is asked for; without one the first."""
    if code == "none":
        return None
    dimensions = list(series.dimensions.all())
    return next((one for one in dimensions if one.code == code), dimensions[0] if dimensions else None)
