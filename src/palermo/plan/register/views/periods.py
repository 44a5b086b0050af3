"""Two periods of a plan, side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.register.queries.changes import moved, statuses_by_period
from palermo.plan.register.queries.overview import Overview, overview
from palermo.plan.register.queries.plan_at import PlanAt, between
from palermo.plan.register.queries.rows import rows_of
from palermo.plan.register.views.reading import asked, plan_or_404, viewer_of
from palermo.plan.register.views.showing import chart_over_periods
from palermo.plan.register.vocabulary import Status


@public
def plan_periods(request: HttpRequest, code: str) -> HttpResponse:
    """What changed from one period to another, or everything in both."""
    viewer = viewer_of(request)
    at = between(plan_or_404(request, code), asked(request, "from"), asked(request, "to"))
    show_all = asked(request, "show") == "all"
    counted = overview(viewer, at)
    context: dict[str, object] = {
        "at": at,
        "plan": at.plan,
        "counted": counted,
        "show_all": show_all,
        "chart": chart_over_periods(statuses_by_period(viewer, at, counted.total)),
    }
    if at.before:
        page = page_of(moved(viewer, at, at.before, only_changes=not show_all), asked(request, "page"))
        context |= {"page": page, "rows": rows_of(page.items, [at]), "matrix": _matrix(counted, at)}
    return render(request, "register/plan_periods.html", context)


def _matrix(counted: Overview, at: PlanAt) -> dict[str, object]:
    """Status before down the side, status after along the top; statuses that nobody has are left out."""
    moves = counted.counts.moves
    before = [status for status in Status if any(moves[status.value, now] for now in Status.values)]
    after = [status for status in Status if any(moves[then, status.value] for then in Status.values)]
    rows = [
        (then, [(now == then, moves[then.value, now.value]) for now in after], sum(moves[then.value, n] for n in after))
        for then in before
    ]
    return {"after": after, "rows": rows}
