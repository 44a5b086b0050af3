"""What a request asks for, made safe to look up."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from palermo.people.policies import Viewer
from palermo.plan.register.queries.plan_at import PlanAt, plan_at

LONGEST = 200


def asked(request: HttpRequest, name: str) -> str:
    """A value of the query, without blanks around it and without what no database can hold."""
    return _clean(request.GET.get(name, ""))


def asked_list(request: HttpRequest, name: str) -> list[str]:
    """Every value of the query under one name."""
    return [_clean(value) for value in request.GET.getlist(name)]


def _clean(value: str) -> str:
    return value.replace("\x00", "").strip()[:LONGEST]


def viewer_of(request: HttpRequest) -> Viewer:
    """Whoever asks."""
    return request.user


def code_or_404(code: str) -> str:
    """A code from an address. One that no database can hold is the code of nothing."""
    if "\x00" in code:
        raise Http404
    return code


def plan_or_404(request: HttpRequest, code: str) -> PlanAt:
    """The plan of an address, in the period that the query asks for."""
    at = plan_at(viewer_of(request), code_or_404(code), asked(request, "period"))
    if at is None:
        raise Http404
    return at
