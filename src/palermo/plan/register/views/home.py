"""The first page, and the coordinator's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.figures.series.policies import ENTERING
from palermo.people.guards import ALL_STAFF, for_roles, public, signed_in
from palermo.people.models import Role
from palermo.people.policies import holding
from palermo.plan.register.concerns import CANNOT_BE_TOLD
from palermo.plan.register.queries.home import home_page
from palermo.plan.register.queries.plans import plans_to_change
from palermo.plan.register.queries.rows import rows_of
from palermo.plan.register.views.reading import viewer_of
from palermo.plan.register.views.showing import chart_by_p, map_of_plans

OF_THEIR_OWN = (Role.ASSESSOR, Role.ANALYST, Role.WORKER, Role.DESK_MEMBER)
"""Roles that have nothing to do with returns."""


@public
def home(request: HttpRequest) -> HttpResponse:
    """One plan at a glance: how far it is, what changed, what is late, what cannot be told."""
    page = home_page(viewer_of(request))
    context: dict[str, object] = {"page": page, "values": map_of_plans(page.plans)}
    if page.shown and page.changes:
        context |= {
            "counted": page.shown,
            "at": page.shown.at,
            "plan": page.shown.at.plan,
            "chart": chart_by_p(page.shown),
            "moved": rows_of(page.changes.moved, [page.shown.at]),
            "added": rows_of(page.changes.added, [page.shown.at]),
            "untold": [(concern, page.shown.by_concern[concern]) for concern in CANNOT_BE_TOLD],
        }
    return render(request, "register/home.html", context)


@for_roles(*ALL_STAFF)
def work(request: HttpRequest) -> HttpResponse:
    """Where everybody with a role begins: what their roles let them do."""
    viewer = signed_in(request)
    roles = set(holding(viewer).values_list("role", flat=True))
    context = {
        "plans": plans_to_change(viewer),
        "coordinates": Role.COORDINATOR in roles,
        "assesses": Role.ASSESSOR in roles,
        "returns": bool(roles - {Role.COORDINATOR, *OF_THEIR_OWN}),
        "refers": bool(roles & {Role.COORDINATOR, Role.WORKER}),
        "prepares": bool(roles & {Role.ANALYST, Role.COORDINATOR}),
        "reads_tips": Role.DESK_MEMBER in roles,
        "figures": bool(roles & set(ENTERING)),
        "hands_over": bool(roles - {Role.READER, *OF_THEIR_OWN}),
    }
    return render(request, "register/work.html", context)
